"""A sine wave."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

OFFSET, AMPLITUDE, FREQUENCY, PHASE = range(4)


def _value(p: Floats, t: float) -> float:
    value: float = p[OFFSET] + p[AMPLITUDE] * math.sin(2.0 * math.pi * (p[FREQUENCY] * t + p[PHASE]))
    return value


def _next_edge(_p: Floats, _t: float) -> float:
    return math.inf


def _interval(p: Floats) -> tuple[float, float]:
    swing = abs(float(p[AMPLITUDE]))
    return float(p[OFFSET]) - swing, float(p[OFFSET]) + swing


def _wave(p: Floats) -> float:
    return 1.0 / float(p[FREQUENCY]) if p[AMPLITUDE] != 0.0 and p[FREQUENCY] > 0.0 else math.inf


KIND = StimulusKind(
    id="sine",
    title="Sine",
    doc="A sine wave around an offset.",
    avoid="Do not use it with a step above a twentieth of its period: solvers see it at their own instants only.",
    equation="u(t) = u₀ + a sin(2π (f t + φ))",
    reference="",
    parameters=(
        number("offset", "offset", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Mean value."),
        number("amplitude", "amplitude", "a", Dimension.NONE, (1.0, 0.0, 2.0), (1.0, 0.0, 2.0), "Half the swing."),
        number(
            "frequency", "frequency", "f", Dimension.FREQUENCY, (0.5, 0.01, 5.0), (0.005, 0.0001, 0.1),
            "Periods per unit of time.", low=0.0, log=True,
        ),
        number("phase", "phase", "φ", Dimension.NONE, (0.0, -0.5, 0.5), (0.0, -0.5, 0.5), "Lead, in periods."),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    wave=_wave,
)  # fmt: skip
