"""One pulse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

BASE, HEIGHT, ONSET, WIDTH = range(4)


def _value(p: Floats, t: float) -> float:
    value: float = p[BASE] + p[HEIGHT] if p[ONSET] <= t < p[ONSET] + p[WIDTH] else p[BASE]
    return value


def _next_edge(p: Floats, t: float) -> float:
    return min((float(e) for e in (p[ONSET], p[ONSET] + p[WIDTH]) if e > t), default=math.inf)


def _interval(p: Floats) -> tuple[float, float]:
    ends = (float(p[BASE]), float(p[BASE] + p[HEIGHT]))
    return min(ends), max(ends)


KIND = StimulusKind(
    id="pulse",
    title="Pulse",
    doc="A base value, raised once for a while.",
    avoid="Do not use it where the circuit should be excited again and again: take a pulse train.",
    equation="u(t) = { u₀ + h if t₀ ≤ t < t₀ + w; u₀ otherwise }",
    reference="",
    parameters=(
        number("base", "base", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Value outside the pulse."),
        number("height", "height", "h", Dimension.NONE, (1.0, -2.0, 2.0), (1.0, -2.0, 2.0), "Added inside the pulse."),
        number("onset", "onset", "t₀", Dimension.TIME, (1.0, 0.0, 20.0), (100.0, 0.0, 2000.0), "When it begins."),
        number(
            "width", "width", "w", Dimension.TIME, (1.0, 0.01, 10.0), (100.0, 1.0, 1000.0),
            "How long it lasts.", low=0.0,
        ),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
)  # fmt: skip
