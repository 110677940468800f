"""Sampled instants of a run, and what stopped it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats


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
