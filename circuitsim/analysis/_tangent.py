"""The fused step of a circuit and its exact derivative: how states after a step answer small changes before it.

v' = (a v + b) / D with D = c/h + g_l + G for membranes and 1/h + 1/tau + d for the paper's form (d = f or |f|; of a CT-RNN
d = 0, and of a neural ODE D = 1/h), so that

    dv'_i / dv_j = (delta_ij a_i + g s' slope (E - v'_i) + gap_ij) / D_i

and the same for inputs without the first term (DYNAMICS of the LTC cell of ncps; exact, as v' is what D divides).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from circuitsim.analysis._calls import Calls, DenseCalls, SparseCalls
from circuitsim.analysis._random_networks import ACTIVATIONS
from circuitsim.spec.issue import Issue, RunError

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.analysis._standard import Shared
    from circuitsim.spec.bounds import Floats, Ints

NAMES = ("sigmoid", "tanh", "relu", "hard_tanh")
DENSE = 100  # neurons up to which each call is made a matrix
ROOM = 8_000_000  # numbers that are worked on at once
NEAR = 100_000  # of derivatives, so few that they stay near the processor
KEPT = 60_000_000  # numbers of derivatives that are kept; beyond they are computed again


class Sums:
    """Sums of numbers by place, over the last axis.

    Args:
        at: int64[s], the place of each.
        size: How many places there are.
    """

    def __init__(self, at: Ints, size: int) -> None:
        order = np.argsort(at, kind="stable")
        self._order = None if np.array_equal(order, np.arange(at.size)) else order
        self._places, self._begin = np.unique(at[order], return_index=True)
        self._size = size

    def __call__(self, values: Floats) -> Floats:
        """float64[..., size] of float64[..., s]."""
        if not self._places.size:
            return np.zeros((*values.shape[:-1], self._size))
        ordered = values if self._order is None else np.take(values, self._order, axis=-1)
        sums = np.add.reduceat(ordered, self._begin, axis=-1)
        if self._places.size == self._size:
            return np.asarray(sums)
        result = np.zeros((*values.shape[:-1], self._size))
        result[..., self._places] = sums
        return result


class _Heard(NamedTuple):
    """What neurons hear somewhere: opening of chemical synapses float64[..., s], and float64[..., n] each."""

    opening: Floats
    f: Floats
    slope: Floats
    divisor: Floats
    after: Floats


class Tangent:
    """The fused step of a circuit with its derivative.

    Attributes:
        shared: The numbers of the circuit.
        h: Length of a step.
        rows, columns: int64[nnz] places of the derivative, float64[n, n + m], that are not 0 everywhere, in the order of rows.
    """

    def __init__(self, shared: Shared, h: float) -> None:
        self.shared, self.h = shared, h
        s, n = shared, len(shared.names)
        self._n, self._wide = n, n + s.sources
        self._kept = np.where(s.is_membrane, s.c / h, 1.0 / h)
        ends = [s.groups[name][:2] for name in ("chemical", "weight", "current", "gap")]
        self._by_kind = [Sums(post, n) for _, post in ends]
        _, post, (gap,) = s.groups["gap"]
        self._gap = np.where(s.is_membrane[post], gap, 0.0)
        self._coupling = np.bincount(post, self._gap, n).astype(np.float64)
        rows = np.concatenate([*(post for _, post in ends), np.arange(n)])
        columns = np.concatenate([*(pre for pre, _ in ends), np.arange(n)])
        places, slots = np.unique(rows * self._wide + columns, return_inverse=True)
        self.rows, self.columns = places // self._wide, places % self._wide
        self._slots = Sums(slots, places.size)

    # the step ---------------------------------------------------------------------------------------

    def _heard(self, x: Floats, u: Floats) -> _Heard:
        """At float64[..., n] states and float64[..., m] of what inputs send."""
        s = self.shared
        by_chemical, by_weight, by_current, by_gap = self._by_kind
        all_ = np.concatenate([x, u], axis=-1)
        pre, _, (g, slope, midpoint, reversal) = s.groups["chemical"]
        opening = _logistic(np.take(all_, pre, axis=-1), slope, midpoint)
        current = by_current(s.groups["current"][2][0] * all_[..., s.groups["current"][0]])
        z = by_weight(s.groups["weight"][2][0] * all_[..., s.groups["weight"][0]]) + current + s.bias
        f, df = _activation(s.code, z)
        sign = np.where(s.liquid, np.where(s.absolute & (f < 0.0), -1.0, 1.0), 0.0)  # of f in the decay
        open_ = g * opening
        divisor = self._kept + np.where(
            s.is_membrane, s.leak + by_chemical(open_) + self._coupling, s.steady_decay + sign * f
        )
        pulled = by_chemical(open_ * reversal) + by_gap(self._gap * all_[..., s.groups["gap"][0]])
        above = self._kept * x + np.where(s.is_membrane, s.leak * s.rest + pulled + current, f * s.target)
        after = above / divisor
        return _Heard(opening, f, df * (s.target - sign * after), divisor, after)

    def step(self, x: Floats, u: Floats) -> Floats:
        """float64[..., n], states after a step."""
        return self._heard(x, u).after

    def derivative(self, x: Floats, u: Floats) -> Floats:
        """float64[..., nnz], the numbers of the derivative of a step by states and by what inputs send."""
        s, heard = self.shared, self._heard(x, u)
        _, post, (g, slope, _, reversal) = s.groups["chemical"]
        _, weighted, (weight,) = s.groups["weight"]
        _, injected, (gain,) = s.groups["current"]
        by_drive = np.where(s.is_membrane, 1.0, heard.slope)  # of currents
        chemical = g * slope * heard.opening * (1.0 - heard.opening) * (reversal - heard.after[..., post])
        parts = (
            chemical,
            weight * heard.slope[..., weighted],
            gain * by_drive[..., injected],
            np.broadcast_to(self._gap, (*x.shape[:-1], self._gap.size)),
            np.broadcast_to(self._kept, x.shape),
        )
        return self._slots(np.concatenate(parts, axis=-1)) / heard.divisor[..., self.rows]

    # sequences --------------------------------------------------------------------------------------

    def states(
        self,
        start: Floats,
        inputs: Floats,
        steps: int,
        report: Callable[[float], bool] = lambda _fraction: True,
    ) -> Floats:
        """States of sequences side by side before each step and after the last.

        Args:
            start: float64[n], where all begin.
            inputs: float64[s, T, m], what inputs send in each call.
            steps: Of a call.
            report: Called with the fraction done; returns False to cancel.

        Returns:
            float64[s, T * steps + 1, n].

        Raises:
            RunError: If it was cancelled.
        """
        count, calls, _ = inputs.shape
        result = np.empty((count, calls * steps + 1, start.size))
        result[:, 0] = x = np.broadcast_to(start, (count, start.size))
        for k in range(calls):
            for j in range(steps):
                result[:, k * steps + j + 1] = x = self.step(x, inputs[:, k])
            if report((k + 1) / calls) is False:
                raise RunError(Issue("the analysis", "it was cancelled"))
        return result

    def calls(self, start: Floats, inputs: Floats, steps: int) -> Calls:
        """A sequence of calls of so many steps, each holding a row of what inputs send, float64[T, m], linearised."""
        return self.linearised(self.states(start, inputs[None], steps)[0], inputs, steps)

    def linearised(self, states: Floats, inputs: Floats, steps: int) -> Calls:
        """The derivative along float64[T * steps + 1, n] states."""
        count = inputs.shape[0]

        def values(begin: int, end: int) -> Floats:
            """float64[calls, steps, nnz]."""
            x = states[begin * steps : end * steps].reshape(end - begin, steps, -1)
            u = np.broadcast_to(inputs[begin:end, None], (end - begin, steps, inputs.shape[1]))
            return self.derivative(x, u)

        if self._n <= DENSE:
            return self._dense(states[::steps], values, steps)
        kept = count * steps * self.rows.size <= KEPT
        return self._sparse(
            states[::steps], lambda k: self._of_call(states[k * steps :], inputs[k], steps), kept=kept
        )

    def _of_call(self, states: Floats, u: Floats, steps: int) -> Floats:
        """float64[steps, nnz], the derivative of each step from the first of some states on, a few steps at once."""
        result = np.empty((steps, self.rows.size))
        few = max(1, NEAR // self.rows.size)
        for begin in range(0, steps, few):
            x = states[begin : min(begin + few, steps)]
            result[begin : begin + few] = self.derivative(x, np.broadcast_to(u, (len(x), u.size)))
        return result

    def _sparse(self, states: Floats, values: Callable[[int], Floats], *, kept: bool) -> SparseCalls:
        begin = np.searchsorted(self.rows, np.arange(self._n + 1)).astype(np.int32)
        pattern = self.columns.astype(np.int32), begin
        return SparseCalls(states, pattern, cache(values) if kept else values, self.shared.gains)

    def _dense(self, states: Floats, values: Callable[[int, int], Floats], steps: int) -> DenseCalls:
        n, m, count = self._n, self.shared.sources, states.shape[0] - 1
        by_state, by_input = np.empty((count, n, n)), np.empty((count, n, m))
        at_once = max(1, ROOM // (steps * n * (n + m)))
        for begin in range(0, count, at_once):
            part = slice(begin, min(begin + at_once, count))
            d = np.zeros((part.stop - begin, steps, n, n + m))
            d[:, :, self.rows, self.columns] = values(begin, part.stop)
            a, b = np.broadcast_to(np.eye(n), d[:, 0, :, :n].shape), np.zeros((part.stop - begin, n, m))
            for j in range(steps):
                a, b = d[:, j, :, :n] @ a, d[:, j, :, :n] @ b + d[:, j, :, n:]
            by_state[part], by_input[part] = a, b * self.shared.gains
        return DenseCalls(states, by_state, by_input)

    # the largest derivative -------------------------------------------------------------------------

    def most(self, low: Floats, high: Floats) -> Floats:
        """float64[n, n + m], the largest derivative of a step in size, wherever states lie in their intervals.

        The slope of a sigmoid is at most a quarter, |E - v| is largest at an end, and D is least with all synapses shut.
        """
        s, n = self.shared, self._n
        d = np.zeros((n, self._wide))
        pre, post, _ = s.groups["gap"]
        np.add.at(d, (post, pre), self._gap)
        pre, post, (g, slope, _, reversal) = s.groups["chemical"]
        reach = np.maximum(np.abs(reversal - low[post]), np.abs(reversal - high[post]))
        np.add.at(d, (post, pre), g * np.abs(slope) / 4.0 * reach)
        steepest = np.where(s.code == 0, 0.25, 1.0)
        aside = np.maximum(np.abs(s.target - low), np.abs(s.target - high))
        aside = np.where(s.liquid, aside, np.abs(s.target))  # f alone does not depend on the state
        aside = np.where(
            s.absolute, np.maximum(aside, np.maximum(np.abs(s.target + low), np.abs(s.target + high))), aside
        )
        by_drive = steepest * aside
        for name in ("weight", "current"):
            wpre, wpost, (weight,) = s.groups[name]
            factor = np.where(s.is_membrane[wpost], 1.0 if name == "current" else 0.0, by_drive[wpost])
            np.add.at(d, (wpost, wpre), np.abs(weight) * factor)
        d[np.arange(n), np.arange(n)] += self._kept
        return np.asarray(d / (self._kept + self._least())[:, None])

    def _least(self) -> Floats:
        """float64[n], the least decay: f is not below 0 unless it is signed and of two signs."""
        s = self.shared
        two_signed = s.liquid & ((s.code == 1) | (s.code == 3))
        slowest = s.steady_decay - np.where(two_signed & ~s.absolute, 1.0, 0.0)
        return np.where(s.is_membrane, s.leak + self._coupling, slowest)

    def flow(self, low: Floats, high: Floats) -> Floats:
        """float64[n, n + m], M and S of |dv|' <= M |dv| + S |du| for the differential equation: M is Metzler."""
        s, n, least = self.shared, self._n, self._least()
        numerator = self.most(low, high) * (self._kept + least)[:, None]
        numerator[np.arange(n), np.arange(n)] -= self._kept + least
        return np.asarray(numerator / np.where(s.is_membrane, s.c, 1.0)[:, None])


def _logistic(x: Floats, slope: Floats, midpoint: Floats) -> Floats:
    """1 / (1 + exp(slope (midpoint - x))) in place of x, since of many neurons memory is what takes time."""
    x -= midpoint
    x *= -slope
    np.clip(x, -700.0, 700.0, out=x)
    np.exp(x, out=x)
    x += 1.0
    np.reciprocal(x, out=x)
    return x


def _activation(code: Ints, z: Floats) -> tuple[Floats, Floats]:
    """What the activations of some codes make of z, and their slopes there, float64[..., n] each."""
    each = [ACTIVATIONS[name](z) for name in NAMES]
    sigmoid, tanh = each[:2]
    slopes = [
        sigmoid * (1.0 - sigmoid),
        1.0 - tanh**2,
        (z > 0.0).astype(np.float64),
        (np.abs(z) < 1.0).astype(np.float64),
    ]
    return np.choose(code, each), np.choose(code, slopes)
