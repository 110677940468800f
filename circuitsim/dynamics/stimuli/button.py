"""An input that is on while a button is held."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

RELEASED, PRESSED, STATE = range(3)


def _value(p: Floats, _t: float) -> float:
    value: float = p[PRESSED] if p[STATE] >= 0.5 else p[RELEASED]
    return value


def _next_edge(_p: Floats, _t: float) -> float:
    return math.inf


def _interval(p: Floats) -> tuple[float, float]:
    return float(min(p[:STATE])), float(max(p[:STATE]))


KIND = StimulusKind(
    id="button",
    title="Push button",
    doc="On while it is held with the mouse or its key; a touch, a tap, a shock.",
    avoid="Do not use it where a run must be repeated without its log: take a pulse.",
    equation="u(t) = { on while held; off otherwise }",
    reference="",
    parameters=(
        number(
            "released", "released value", "off", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0),
            "Value while nobody holds it.",
        ),
        number(
            "pressed", "pressed value", "on", Dimension.NONE, (1.0, -2.0, 2.0), (1.0, -2.0, 2.0),
            "Value while it is held.",
        ),
        number(
            "state", "held", "held", Dimension.NONE, (0.0, 0.0, 1.0), (0.0, 0.0, 1.0),
            "1 if it is held from the start, 0 if not.", low=0.0, high=1.0,
        ),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    by_hand="state",
)  # fmt: skip
