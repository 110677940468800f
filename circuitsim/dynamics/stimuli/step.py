"""A step from one value to another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

BEFORE, AFTER, ONSET = range(3)


def _value(p: Floats, t: float) -> float:
    value: float = p[AFTER] if t >= p[ONSET] else p[BEFORE]
    return value


def _next_edge(p: Floats, t: float) -> float:
    return float(p[ONSET]) if p[ONSET] > t else math.inf


def _interval(p: Floats) -> tuple[float, float]:
    return float(min(p[:ONSET])), float(max(p[:ONSET]))


KIND = StimulusKind(
    id="step",
    title="Step",
    doc="One value before the onset, another one from then on.",
    avoid="Do not use it to find the threshold of a slow change: take a ramp.",
    equation="u(t) = { u₀ if t < t₀; u₁ otherwise }",
    reference="",
    parameters=(
        number(
            "before",
            "before",
            "u₀",
            Dimension.NONE,
            (0.0, -2.0, 2.0),
            (0.0, -2.0, 2.0),
            "Value until the onset.",
        ),
        number(
            "after",
            "after",
            "u₁",
            Dimension.NONE,
            (1.0, -2.0, 2.0),
            (1.0, -2.0, 2.0),
            "Value from the onset on.",
        ),
        number(
            "onset", "onset", "t₀", Dimension.TIME, (1.0, 0.0, 20.0), (100.0, 0.0, 2000.0), "When it jumps."
        ),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
)
