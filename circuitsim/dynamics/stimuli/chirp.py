"""A tone that sweeps from one frequency to another, again and again.

Edges and value compute the begin of sweep j by the same expression, j period.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics.noise import next_sample, sample_at
from circuitsim.spec.kind import Sign, StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

OFFSET, AMPLITUDE, START_FREQUENCY, END_FREQUENCY, PERIOD = range(5)
SHOWN = 5.0  # waves in a picture


def _value(p: Floats, t: float) -> float:
    begin, end = p[START_FREQUENCY], p[END_FREQUENCY]
    r = t - sample_at(t, p[PERIOD]) * p[PERIOD]
    waves = begin * r + (end - begin) * r * r / (2.0 * p[PERIOD])
    value: float = p[OFFSET] + p[AMPLITUDE] * math.sin(2.0 * math.pi * waves)
    return value


def _next_edge(p: Floats, t: float) -> float:
    return next_sample(t, float(p[PERIOD]))


def _interval(p: Floats) -> tuple[float, float]:
    swing = abs(float(p[AMPLITUDE]))
    return float(p[OFFSET]) - swing, float(p[OFFSET]) + swing


def _wave(p: Floats) -> float:
    highest = max(float(p[START_FREQUENCY]), float(p[END_FREQUENCY]))
    return 1.0 / highest if p[AMPLITUDE] != 0.0 and highest > 0.0 else math.inf


def _glimpse(p: Floats) -> float:
    """The first waves of a sweep: more of them would run into each other."""
    begin, end, period = float(p[START_FREQUENCY]), float(p[END_FREQUENCY]), float(p[PERIOD])
    rise = (end - begin) / period
    under_root = begin * begin + 2.0 * rise * SHOWN
    if under_root <= 0.0 or begin + math.sqrt(under_root) == 0.0:
        return period
    return min(period, 2.0 * SHOWN / (begin + math.sqrt(under_root)))


KIND = StimulusKind(
    id="chirp",
    title="Chirp",
    doc="A tone that rises or falls, again and again. Shows which frequencies a circuit lets pass.",
    avoid="Do not use it to measure a response at one frequency: the sweep passes on before a slow circuit "
    "has settled; take a sine.",
    equation="u(t) = u₀ + a sin(2π (f₀ r + (f₁ − f₀) r²/(2 P))),  r = t mod P",
    reference="",
    parameters=(
        number("offset", "offset", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Mean value."),
        number("amplitude", "amplitude", "a", Dimension.NONE, (1.0, 0.0, 2.0), (1.0, 0.0, 2.0), "Half the swing."),
        number(
            "start_frequency", "first frequency", "f₀", Dimension.FREQUENCY, (0.1, 0.01, 5.0), (0.001, 0.0001, 0.1),
            "Periods per unit of time when a sweep begins.", low=0.0, log=True,
        ),
        number(
            "end_frequency", "last frequency", "f₁", Dimension.FREQUENCY, (2.0, 0.01, 5.0), (0.02, 0.0001, 0.1),
            "Periods per unit of time when a sweep ends.", low=0.0, log=True,
        ),
        number(
            "period", "period", "P", Dimension.TIME, (10.0, 1.0, 100.0), (1000.0, 100.0, 10000.0),
            "How long a sweep takes.", low=1e-6, log=True,
        ),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    wave=_wave,
    glimpse=_glimpse,
    signs=(Sign("r", "time since the sweep began", Dimension.TIME),),
)  # fmt: skip
