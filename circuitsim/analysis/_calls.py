"""A sequence of calls, linearised: products with its derivative and with the transposed one, never the whole matrix."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._lanczos import strongest
from circuitsim.spec.issue import Issue, RunError

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.spec.bounds import Floats

FEW = 400  # values of inputs up to which all directions are taken at once: a product with many columns costs little more
SMALL = 10_000  # numbers of a matrix that is not worth while making sparse


def lean(read: Floats) -> Any:
    """What reads states, as a sparse matrix where that is the shorter way."""
    from scipy.sparse import csr_array

    return csr_array(read) if read.size > SMALL else read


class Calls:
    """A sequence of T calls of n states and m inputs.

    Attributes:
        states: float64[T + 1, n], before and after each call.
        inputs_count: m.
    """

    def __init__(self, states: Floats, inputs_count: int) -> None:
        self.states, self.inputs_count = states, inputs_count

    def ahead(self, k: int, v: Floats, change: Floats) -> Floats:
        """Changes of the states after call k, of those before it and of the inputs that it held.

        Args:
            k: Which call.
            v: float64[n], or float64[n, d] for many directions at once.
            change: float64[m] or float64[m, d].

        Returns:
            As v.
        """
        raise NotImplementedError

    def back(self, k: int, w: Floats) -> tuple[Floats, Floats]:
        """float64[n] and float64[m], the transposed map of call k."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """T."""
        return len(self.states) - 1

    def outputs(self, changes: Floats, read: Any) -> Floats:
        """float64[T, o], changes of the outputs for float64[T, m] changes of the inputs; float64[o, n] reads states."""
        v, rows = np.zeros(self.states.shape[1]), np.empty((self.count, read.shape[0]))
        for k in range(self.count):
            v = self.ahead(k, v, changes[k])
            rows[k] = read @ v
        return rows

    def inputs(self, changes: Floats, read: Any) -> Floats:
        """float64[T, m], the transposed map: float64[T, o] to changes of the inputs."""
        v, rows, spread = np.zeros(self.states.shape[1]), np.empty((self.count, self.inputs_count)), read.T
        for k in reversed(range(self.count)):
            v, rows[k] = self.back(k, v + spread @ changes[k])
        return rows

    def strongest(
        self, read: Floats, report: Callable[[float], bool] = lambda _fraction: True
    ) -> tuple[float, Floats]:
        """Spectral norm of the whole map from inputs to outputs, and float64[T, m], what it stretches most.

        Raises:
            RunError: If it was cancelled.
        """
        reads, shape = lean(read), (self.count, self.inputs_count)
        if 0 < self.count * self.inputs_count <= FEW:
            values, ways = np.linalg.eigh(self._gram(reads, report))
            return math.sqrt(max(0.0, float(values[-1]))), ways[:, -1].reshape(shape)
        return strongest(lambda way: self.inputs(self.outputs(way, reads), reads), shape, report)

    def _gram(self, read: Any, report: Callable[[float], bool]) -> Floats:
        """float64[T m, T m], the transposed map times the map: every value of every input goes ahead beside the others."""
        m, size = self.inputs_count, self.count * self.inputs_count
        v, total = np.zeros((self.states.shape[1], size)), np.zeros((size, size))
        for k in range(self.count):
            begun, known = k * m, (k + 1) * m  # later values have not acted yet
            change = np.zeros((m, known))
            change[:, begun:] = np.eye(m)
            v[:, :known] = self.ahead(k, v[:, :known], change)
            seen = read @ v[:, :known]
            total[:known, :known] += seen.T @ seen
            if report((k + 1) / self.count) is False:
                raise RunError(Issue("the analysis", "it was cancelled"))
        return total

    def norm(self, read: Floats) -> float:
        """Spectral norm of the whole map from inputs to outputs."""
        return self.strongest(read)[0]


class DenseCalls(Calls):
    """Few neurons: each call is a matrix.

    Attributes:
        by_state: float64[T, n, n], derivative of the states after a call by those before it.
        by_input: float64[T, n, m], by the values of the inputs that it held.
    """

    def __init__(self, states: Floats, by_state: Floats, by_input: Floats) -> None:
        super().__init__(states, by_input.shape[2])
        self.by_state, self.by_input = by_state, by_input

    def ahead(self, k: int, v: Floats, change: Floats) -> Floats:
        """Two products."""
        after: Floats = self.by_state[k] @ v + self.by_input[k] @ change
        return after

    def back(self, k: int, w: Floats) -> tuple[Floats, Floats]:
        """Two products."""
        return self.by_state[k].T @ w, self.by_input[k].T @ w


class SparseCalls(Calls):
    """Many neurons: each call is a chain of sparse matrices of one pattern, step by step.

    Args:
        states: float64[T + 1, n].
        pattern: int32[nnz] columns and int32[n + 1] beginnings of rows of every derivative, float64[n, n + m].
        values: (call) -> float64[steps, nnz], their numbers.
        gains: float64[m], what inputs send for each unit of their value.
    """

    def __init__(
        self,
        states: Floats,
        pattern: tuple[Any, Any],
        values: Callable[[int], Floats],
        gains: Floats,
    ) -> None:
        from scipy.sparse import csc_array, csr_array

        super().__init__(states, gains.size)
        n, wide = states.shape[1], states.shape[1] + gains.size
        empty = np.zeros(pattern[0].size)
        self._ahead = csr_array((empty, *pattern), shape=(n, wide))
        self._back = csc_array((empty, *pattern), shape=(wide, n))  # the same numbers read by columns
        self._values, self._gains = values, gains

    def ahead(self, k: int, v: Floats, change: Floats) -> Floats:
        """A product for each step."""
        sent = (self._gains * change.T).T
        for numbers in self._values(k):
            self._ahead.data = numbers
            v = self._ahead @ np.concatenate([v, sent])
        return v

    def back(self, k: int, w: Floats) -> tuple[Floats, Floats]:
        """A transposed product for each step."""
        n, total = w.size, np.zeros(self.inputs_count)
        for numbers in self._values(k)[::-1]:
            self._back.data = numbers
            both = self._back @ w
            w = both[:n]
            total += both[n:]
        return w, total * self._gains
