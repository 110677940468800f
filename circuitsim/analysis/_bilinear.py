"""The bilinear system dx/dt = g + J dx + sum dI_k (C_k + B_k dx), integrated like SPM's: by exponentials of matrices."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from circuitsim.spec.bounds import Floats

REACH = 2.0  # of the norm of a matrix whose exponential is taken as a series
ROUNDING = 2.0**-54
FAR = 1e12  # a state beyond this has run away
MANY = 150  # neurons, from which on products with a sparse matrix are cheaper than its exponential


@dataclass(frozen=True, slots=True, eq=False)
class Bilinear:
    """A circuit expanded at a point (Friston et al., NeuroImage 19 (2003) 1273, eq. 3; here with the constant term).

    Attributes:
        rate: float64[n], g at the point.
        a: float64[n, n], derivative by the states.
        b: float64[n, n] for each input, how that changes with it; arrays or sparse ones.
        c: float64[n, m], derivative by the inputs.
    """

    rate: Floats
    a: Floats
    b: Sequence[Any]
    c: Floats

    def response(self, step: Floats, t: Floats) -> Floats:
        """How far the states are from the point while the inputs stand aside from it.

        The state is taken together with a 1, as in SPM's ``spm_int``, so that one exponential of a matrix goes from a row
        to the next one; rows need not be even.

        Args:
            step: float64[m], inputs minus those of the point, or float64[s - 1, m], the same from each row to the next.
            t: float64[s], rising from 0.

        Returns:
            float64[s, n]; infinite from where it has run away.
        """
        steps = np.broadcast_to(step, (max(0, t.size - 1), self.c.shape[1]))
        state, rows = np.zeros(self.rate.size + 1), np.full((t.size, self.rate.size), np.inf)
        state[0], rows[0] = 1.0, 0.0
        go_on: Callable[[Floats, float], Floats] | None = None
        with np.errstate(over="ignore", invalid="ignore"):
            for k, span in enumerate(np.diff(t).tolist()):
                if go_on is None or not np.array_equal(steps[k], steps[k - 1]):
                    go_on = self._flow(steps[k])
                state = go_on(state, span) if span > 0.0 else state
                if not np.abs(state).max() < FAR:  # no number any more, too
                    break
                rows[k + 1] = state[1:]
        return rows

    def _flow(self, step: Floats) -> Callable[[Floats, float], Floats]:
        """What leads from a state to the one a span later, while the inputs stand aside from the point."""
        n = self.rate.size
        total = np.zeros((n + 1, n + 1))
        total[1:, 0] = self.rate + self.c @ step
        total[1:, 1:] = self.a
        for amount, block in zip(step.tolist(), self.b, strict=True):
            if amount:
                total[1:, 1:] += amount * block
        return _by_products(total) if n >= MANY else _by_matrix(total)


def _by_matrix(total: Floats) -> Callable[[Floats, float], Floats]:
    """One exponential for all spans that are alike."""
    from scipy.linalg import expm

    kept: list[Any] = [math.nan, total]

    def go_on(state: Floats, span: float) -> Floats:
        if not math.isclose(span, kept[0], rel_tol=1e-12):
            kept[:] = span, expm(total * span)
        return np.asarray(kept[1] @ state)

    return go_on


def _by_products(total: Floats) -> Callable[[Floats, float], Floats]:
    """The exponential times the state: Taylor's series of spans so short that no term is much larger than the sum."""
    from scipy.sparse import csr_array

    sparse, size = csr_array(total), float(np.abs(total).sum(axis=0).max())

    def go_on(state: Floats, span: float) -> Floats:
        count = max(1, math.ceil(size * span / REACH))
        for _ in range(count):
            term, k = state, 0
            while k == 0 or np.abs(term).max() > ROUNDING * np.abs(state).max():
                k += 1
                term = (sparse @ term) * (span / count / k)
                state = state + term
        return state

    return go_on
