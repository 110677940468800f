"""Independent random values, each held for a while."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics.noise import next_sample, normal, sample_at, uniforms
from circuitsim.dynamics.stimuli import _noise
from circuitsim.spec.kind import Sign, StimulusKind
from circuitsim.spec.parameter import choice

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
    avoid="Do not use it as noise whose strength is independent of the hold: a shorter hold lets less of it "
    "through; take Ornstein-Uhlenbeck noise where a correlation time is meant.",
    equation="u(t) = u₀ + σ ξₖ for k Δ ≤ t < (k + 1) Δ",
    reference="Salmon et al., SC 2011 (Philox4x32-10)",
    parameters=(
        _noise.MEAN,
        _noise.deviation("How far values stray from the mean."),
        _noise.hold(10.0),
        choice("shape", "shape", "shape", ("normal", "uniform"), "Distribution of the values."),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    clock="hold",
    glimpse=_glimpse,
    signs=(Sign("ξₖ", "independent random numbers with mean 0 and variance 1"),),
)  # fmt: skip
