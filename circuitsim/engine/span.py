"""The time in which an input shows what it does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Input
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.kind import StimulusKind

EDGES = 4  # two periods of a train


def last_edge(kind: StimulusKind, row: Floats) -> float:
    """The last edge of a stimulus, of one that repeats that of the second period; 0 if it has none.

    Args:
        kind: Its kind.
        row: float64[P], what its kernel reads.
    """
    last = 0.0
    for _ in range(EDGES):
        edge = float(kind.next_edge(row, last))
        if not math.isfinite(edge):
            break
        last = edge
    return last


def period(source: Input) -> float:
    """The time of a wave; 0 for what does not swing."""
    frequency = source.parameters.get("frequency", 0.0)
    return 1.0 / frequency if frequency > 0.0 else 0.0
