"""Independent random values, each held for a while."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics.noise import next_sample, normal, sample_at, uniforms
from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import choice, number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

MEAN, DEVIATION, HOLD, SHAPE, KEY = range(5)
NORMAL, UNIFORM = range(2)  # values of SHAPE
HALF_WIDTH = math.sqrt(3.0)  # of a uniform distribution with standard deviation 1
SHOWN = 30.0  # values in a picture


def _value(p: Floats, t: float) -> float:
    k = int(sample_at(t, p[HOLD]))
    if p[SHAPE] == UNIFORM:
        away = HALF_WIDTH * (2.0 * uniforms(p[KEY:], k, 0)[0] - 1.0)
    else:
        away = normal(p[KEY:], k, 0)
    value: float = p[MEAN] + p[DEVIATION] * away
    return value


def _next_edge(p: Floats, t: float) -> float:
    return next_sample(t, float(p[HOLD]))


def _interval(p: Floats) -> tuple[float, float]:
    mean, deviation = float(p[MEAN]), float(p[DEVIATION])
    swing = HALF_WIDTH * deviation
    if p[SHAPE] != UNIFORM and deviation > 0.0:
        swing = math.inf
    return mean - swing, mean + swing


def _glimpse(p: Floats) -> float:
    return SHOWN * float(p[HOLD])


KIND = StimulusKind(
    id="white_noise",
    title="White noise",
    doc="Independent random values, each held for a while. The seed of the circuit chooses them. The normal shape has no bound, so what it drives has no state band; the uniform one has.",
    equation="u(t) = mean + deviation ξ_k for k hold ≤ t < (k + 1) hold, ξ_k independent with variance 1",
    reference="Salmon et al., SC 2011 (Philox4x32-10)",
    parameters=(
        number("mean", "mean", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Mean value."),
        number(
            "deviation", "standard deviation", "σ", Dimension.NONE, (0.5, 0.0, 2.0), (0.5, 0.0, 2.0),
            "How far values stray from the mean.", low=0.0,
        ),
        number(
            "hold", "hold", "Δ", Dimension.TIME, (0.1, 0.01, 2.0), (10.0, 1.0, 200.0),
            "How long a value is held; each begin ends a step of the solver.", low=1e-6, log=True,
        ),
        choice("shape", "shape", "shape", ("normal", "uniform"), "Distribution of the values."),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    clock="hold",
    glimpse=_glimpse,
)  # fmt: skip
