"""A constant input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

VALUE = 0


def _value(p: Floats, _t: float) -> float:
    value: float = p[VALUE]
    return value


def _next_edge(_p: Floats, _t: float) -> float:
    return math.inf


def _interval(p: Floats) -> tuple[float, float]:
    return float(p[VALUE]), float(p[VALUE])


KIND = StimulusKind(
    id="constant",
    title="Constant",
    doc="The same value all the time.",
    avoid="Do not use it to see how a circuit responds: after the beginning nothing changes any more; take a "
    "step.",
    equation="u(t) = u",
    reference="",
    parameters=(
        number("value", "value", "u", Dimension.NONE, (1.0, -2.0, 2.0), (1.0, -2.0, 2.0), "The value."),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
)
