"""Pulses that repeat with a period.

Edges and value compute the begin of pulse j by the same expression, onset + j period, so that
no rounding can put an edge and the jump of the value on different sides of a step.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import Sign, StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

BASE, HEIGHT, ONSET, WIDTH, PERIOD = range(5)


def _value(p: Floats, t: float) -> float:
    onset, period = p[ONSET], p[PERIOD]
    base: float = p[BASE]
    if t < onset:
        return base
    j = math.floor((t - onset) / period)
    if onset + (j + 1.0) * period <= t:
        j += 1.0
    elif onset + j * period > t:
        j -= 1.0
    high: float = base + p[HEIGHT]
    return high if t < onset + j * period + p[WIDTH] else base


def _next_edge(p: Floats, t: float) -> float:
    onset, width, period = float(p[ONSET]), float(p[WIDTH]), float(p[PERIOD])
    first = max(0.0, math.floor((t - onset) / period) - 1.0)
    edges = (onset + (first + j) * period + late for j in range(4) for late in (0.0, width))
    return min((e for e in edges if e > t), default=math.inf)


def _interval(p: Floats) -> tuple[float, float]:
    ends = (float(p[BASE]), float(p[BASE] + p[HEIGHT]))
    return min(ends), max(ends)


KIND = StimulusKind(
    id="pulse_train",
    title="Pulse train",
    doc="A base value, raised again and again.",
    avoid="Do not use it with a width of a period or more: then the pulses run together to a constant.",
    equation="u(t) = { u₀ + h if t₀ + j P ≤ t < t₀ + j P + w; u₀ otherwise }",
    reference="",
    parameters=(
        number("base", "base", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Value between the pulses."),
        number("height", "height", "h", Dimension.NONE, (1.0, -2.0, 2.0), (1.0, -2.0, 2.0), "Added inside a pulse."),
        number(
            "onset", "onset", "t₀", Dimension.TIME, (1.0, 0.0, 20.0), (100.0, 0.0, 2000.0),
            "When the first pulse begins.",
        ),
        number(
            "width", "width", "w", Dimension.TIME, (0.5, 0.01, 10.0), (50.0, 1.0, 1000.0),
            "How long a pulse lasts.", low=0.0,
        ),
        number(
            "period", "period", "P", Dimension.TIME, (2.0, 0.02, 20.0), (200.0, 2.0, 2000.0),
            "From the begin of a pulse to the next.", low=1e-9,
        ),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    signs=(Sign("j", "number of the pulse, from 0"),),
)  # fmt: skip
