"""The fused step of a circuit and its exact derivative, call by call: how outputs answer small changes of inputs.

v' = (a v + b) / D with D = c/h + g_l + G for membranes and 1/h + 1/tau + d for the paper's form, so that

    dv'_i / dv_j = (delta_ij a_i + g s' slope (E - v'_i) + gap_ij) / D_i

and the same for inputs without the first term (DYNAMICS of the LTC cell of ncps; exact, as v' is what D divides).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._random_networks import ACTIVATIONS

if TYPE_CHECKING:
    from circuitsim.analysis._standard import Shared
    from circuitsim.spec.bounds import Floats, Ints

NAMES = ("sigmoid", "tanh", "relu", "hard_tanh")


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """A sequence of calls, linearised.

    Attributes:
        states: float64[T + 1, n], states before and after each call.
        by_state: float64[T, n, n], derivative of the states after a call by those before it.
        by_input: float64[T, n, m], by the values of the inputs that it held.
    """

    states: Floats
    by_state: Floats
    by_input: Floats

    def outputs(self, changes: Floats, read: Floats) -> Floats:
        """float64[T, o], changes of the outputs for float64[T, m] changes of the inputs; float64[o, n] reads states."""
        v, rows = np.zeros(self.states.shape[1]), []
        for a, b, change in zip(self.by_state, self.by_input, changes, strict=True):
            v = a @ v + b @ change
            rows.append(read @ v)
        return np.array(rows)

    def inputs(self, changes: Floats, read: Floats) -> Floats:
        """float64[T, m], the transposed map: float64[T, o] to changes of the inputs."""
        v, rows = np.zeros(self.states.shape[1]), []
        for a, b, change in zip(self.by_state[::-1], self.by_input[::-1], changes[::-1], strict=True):
            v = v + read.T @ change
            rows.append(b.T @ v)
            v = a.T @ v
        return np.array(rows[::-1])

    def norm(self, read: Floats, rounds: int = 200, tolerance: float = 1e-10) -> float:
        """Spectral norm of the whole map from inputs to outputs, by power iteration."""
        shape = self.by_input.shape
        if not self.by_input.any() or not read.any():
            return 0.0
        way = np.random.default_rng(0).normal(size=(shape[0], shape[2]))
        way /= np.linalg.norm(way)
        found = 0.0
        for _ in range(rounds):
            back = self.inputs(self.outputs(way, read), read)
            size = float(np.linalg.norm(back))
            if size == 0.0:
                return 0.0
            way, before, found = back / size, found, float(np.sqrt(size))
            if abs(found - before) <= tolerance * found:
                break
        return found


class Tangent:
    """The fused step of a circuit with its derivative.

    Attributes:
        shared: The numbers of the circuit.
        h: Length of a step.
    """

    def __init__(self, shared: Shared, h: float) -> None:
        self.shared, self.h = shared, h
        s, n = shared, len(shared.names)
        pre, post, (gap,) = s.groups["gap"]
        self._gap = np.zeros((n, n + s.sources))
        np.add.at(self._gap, (post, pre), gap)
        self._kept = np.where(s.is_membrane, s.c / h, 1.0 / h)

    def step(self, x: Floats, u: Floats) -> tuple[Floats, Floats]:
        """States after a step, float64[n], and their derivative by states and inputs, float64[n, n + m]."""
        s, n = self.shared, x.size
        all_ = np.concatenate([x, u])
        pre, post, (g, slope, midpoint, reversal) = s.groups["chemical"]
        open_ = 1.0 / (1.0 + np.exp(-np.clip(slope * (all_[pre] - midpoint), -700.0, 700.0)))
        conductance, pulled = np.bincount(post, g * open_, n), np.bincount(post, g * open_ * reversal, n)
        wpre, wpost, (weight,) = s.groups["weight"]
        cpre, cpost, (gain,) = s.groups["current"]
        current = np.bincount(cpost, gain * all_[cpre], n)
        z = np.bincount(wpost, weight * all_[wpre], n) + current + s.bias
        f, df = _activation(s.code, z)
        sign = np.where(s.absolute & (f < 0.0), -1.0, 1.0)
        divisor = np.where(
            s.is_membrane,
            self._kept + s.leak + conductance + self._gap.sum(axis=1),
            self._kept + 1.0 / s.tau + sign * f,
        )
        above = np.where(
            s.is_membrane,
            self._kept * x + s.leak * s.rest + pulled + current + self._gap @ all_,
            self._kept * x + f * s.target,
        )
        after = above / divisor
        d = np.where(s.is_membrane[:, None], self._gap, 0.0)
        np.add.at(d, (post, pre), g * slope * open_ * (1.0 - open_) * (reversal - after[post]))
        by_drive = df * (s.target - sign * after)
        np.add.at(d, (wpost, wpre), weight * by_drive[wpost])
        np.add.at(d, (cpost, cpre), gain * np.where(s.is_membrane[cpost], 1.0, by_drive[cpost]))
        d[np.arange(n), np.arange(n)] += self._kept
        return after, d / divisor[:, None]

    def calls(self, start: Floats, inputs: Floats, steps: int) -> Calls:
        """A sequence of calls of so many steps, each holding a row of what inputs send, float64[T, m]."""
        n, x, states, by_state, by_input = start.size, start, [start], [], []
        for u in inputs:
            a, b = np.eye(n), np.zeros((n, u.size))
            for _ in range(steps):
                x, d = self.step(x, u)
                a, b = d[:, :n] @ a, d[:, :n] @ b + d[:, n:]
            states.append(x)
            by_state.append(a)
            by_input.append(b * self.shared.gains)
        return Calls(np.array(states), np.array(by_state), np.array(by_input))

    def most(self, low: Floats, high: Floats) -> Floats:
        """float64[n, n + m], the largest derivative of a step in size, wherever states lie in their intervals.

        The slope of a sigmoid is at most a quarter, |E - v| is largest at an end, and D is least with all synapses shut.
        """
        s, n = self.shared, low.size
        d = np.where(s.is_membrane[:, None], self._gap, 0.0)
        pre, post, (g, slope, _, reversal) = s.groups["chemical"]
        reach = np.maximum(np.abs(reversal - low[post]), np.abs(reversal - high[post]))
        np.add.at(d, (post, pre), g * np.abs(slope) / 4.0 * reach)
        steepest = np.where(s.code == 0, 0.25, 1.0)
        aside = np.maximum(np.abs(s.target - low), np.abs(s.target - high))
        aside = np.where(
            s.absolute, np.maximum(aside, np.maximum(np.abs(s.target + low), np.abs(s.target + high))), aside
        )
        by_drive = steepest * aside
        for name in ("weight", "current"):
            wpre, wpost, (weight,) = s.groups[name]
            factor = np.where(s.is_membrane[wpost], 1.0 if name == "current" else 0.0, by_drive[wpost])
            np.add.at(d, (wpost, wpre), np.abs(weight) * factor)
        d[np.arange(n), np.arange(n)] += self._kept
        least = np.where(s.is_membrane, s.leak + self._gap.sum(axis=1), self._slowest())
        return np.asarray(d / (self._kept + least)[:, None])

    def _slowest(self) -> Floats:
        """The least decay of a neuron in the paper's form: f is not below 0 unless it is signed and of two signs."""
        two_signed = (self.shared.code == 1) | (self.shared.code == 3)
        return 1.0 / self.shared.tau - np.where(two_signed & ~self.shared.absolute, 1.0, 0.0)

    def flow(self, low: Floats, high: Floats) -> Floats:
        """float64[n, n + m], M and S of |dv|' <= M |dv| + S |du| for the differential equation: M is Metzler."""
        s, n = self.shared, low.size
        step = self.most(low, high)
        least = np.where(s.is_membrane, s.leak + self._gap.sum(axis=1), self._slowest())
        numerator = step * (self._kept + least)[:, None]
        numerator[np.arange(n), np.arange(n)] -= self._kept + least
        return np.asarray(numerator / np.where(s.is_membrane, s.c, 1.0)[:, None])


def _activation(code: Ints, z: Floats) -> tuple[Floats, Floats]:
    """What the activations of some codes make of z, and their slopes there, float64[n] each."""
    each = [ACTIVATIONS[name](z) for name in NAMES]
    sigmoid, tanh = each[:2]
    slopes = [
        sigmoid * (1.0 - sigmoid),
        1.0 - tanh**2,
        (z > 0.0).astype(np.float64),
        (np.abs(z) < 1.0).astype(np.float64),
    ]
    return np.choose(code, each), np.choose(code, slopes)
