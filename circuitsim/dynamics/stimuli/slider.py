"""An input moved by hand between two ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

VALUE, LOW, HIGH = range(3)


def _value(p: Floats, _t: float) -> float:
    value: float = p[VALUE]
    return value


def _next_edge(_p: Floats, _t: float) -> float:
    return math.inf


def _interval(p: Floats) -> tuple[float, float]:
    return float(min(p)), float(max(p))


KIND = StimulusKind(
    id="slider",
    title="Slider",
    doc="A value that the hand moves while the circuit runs.",
    avoid="Do not use it where a run must be repeated without its log: take a ramp or a table.",
    equation="u(t) = u,  low ≤ u ≤ high",
    reference="",
    parameters=(
        number("value", "value", "u", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Where it stands."),
        number("low", "low end", "low", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Left end."),
        number("high", "high end", "high", Dimension.NONE, (1.0, -2.0, 2.0), (1.0, -2.0, 2.0), "Right end."),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    by_hand="value",
)
