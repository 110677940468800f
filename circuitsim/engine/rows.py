"""Sampled instants of a run, and what stopped it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

EXPLODED = 1e6  # a state beyond this, in its unit, has exploded


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Sampled instants of a session; neurons, inputs and units in id order.

    Attributes:
        t: float64[s].
        v: float64[s, n].
        tau: float64[s, n].
        vinf: float64[s, n].
        inputs: float64[s, m].
        clamp: float64[s, k], holding currents of the neurons that are clamped.
        gate: float64[s, g], gates of the units of networks with memory, as their last call left them; NaN before the first.
    """

    t: Floats
    v: Floats
    tau: Floats
    vinf: Floats
    inputs: Floats
    clamp: Floats
    gate: Floats

    def part(self, rows: slice) -> Rows:
        """Some of the rows."""
        return Rows(*(getattr(self, f.name)[rows] for f in fields(self)))

    @staticmethod
    def joined(parts: list[Rows]) -> Rows:
        """Rows one after the other; at least one part."""
        if len(parts) == 1:
            return parts[0]
        return Rows(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Rows)))


class Gathering:
    """Rows that come in parts and end up one after the other, without being in memory twice.

    Args:
        first: The first rows.
        expected: How many rows there will be, about.
    """

    def __init__(self, first: Rows, expected: int) -> None:
        self._filled = 0
        self._rows = _roomy(first, max(expected, first.t.size))
        self.add(first)

    def add(self, part: Rows) -> None:
        """Put rows behind the others."""
        begin, end = self._filled, self._filled + part.t.size
        if end > self._rows.t.size:
            kept = self.gathered()
            self._rows, self._filled = _roomy(kept, max(end, begin + begin // 2)), 0
            self.add(kept)
        for f in fields(Rows):
            getattr(self._rows, f.name)[begin:end] = getattr(part, f.name)
        self._filled = end

    def gathered(self) -> Rows:
        """All that was added."""
        return self._rows.part(slice(self._filled))


def _roomy(like: Rows, rows: int) -> Rows:
    """Room for rows that are as wide as others."""
    return Rows(*(np.empty((rows, *getattr(like, f.name).shape[1:])) for f in fields(Rows)))


@dataclass(frozen=True, slots=True)
class Explosion:
    """A state that left all bounds.

    Attributes:
        t: When.
        neuron: Id of the neuron.
        value: The state it reached.
        tau: Its effective time constant at the last sound state.
        stalled: True if no step was small enough to follow it, or too many were needed.
    """

    t: float
    neuron: int
    value: float
    tau: float
    stalled: bool = False
