"""Noise with a memory: the stationary Ornstein-Uhlenbeck process at the ticks of a clock.

Sample k must be known without the samples before it, however late it is. Samples that lie further apart than
`APART` correlation times are independent to the last bit, so the process is drawn there first; between two
known samples the one in the middle has the distribution of the process given both its neighbours, a bridge:
mean (left + right) / (2 cosh d), variance tanh d, with d half their distance in correlation times.
Halving down to the tick gives the process itself, in as many draws as the ratio of the times has bits.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics.noise import next_sample, normal, sample_at
from circuitsim.dynamics.stimuli import _noise
from circuitsim.spec.kind import Sign, StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

MEAN, DEVIATION, TIME_CONSTANT, HOLD, KEY = range(5)
APART = 37.0  # exp(-37) is below half a unit in the last place of 1
SHOWN = 60.0  # values in a picture


def _value(p: Floats, t: float) -> float:
    numbers = p[KEY:]
    k = int(sample_at(t, p[HOLD]))
    near = p[HOLD] / p[TIME_CONSTANT]
    level = 0
    while near * (1 << level) < APART:
        level += 1
    first = k >> level
    left, right = normal(numbers, first, level), normal(numbers, first + 1, level)
    ahead = k - (first << level)  # samples from the left one to the wanted one
    while ahead > 0:
        level -= 1
        half = 1 << level
        d = near * half
        middle = 0.5 * (left + right) / math.cosh(d) + math.sqrt(math.tanh(d)) * normal(
            numbers, (k - ahead + half) >> level, level
        )
        if ahead >= half:
            left = middle
            ahead -= half
        else:
            right = middle
    value: float = p[MEAN] + p[DEVIATION] * left
    return value


def _next_edge(p: Floats, t: float) -> float:
    return next_sample(t, float(p[HOLD]))


def _interval(p: Floats) -> tuple[float, float]:
    swing = math.inf if p[DEVIATION] > 0.0 else 0.0
    return float(p[MEAN]) - swing, float(p[MEAN]) + swing


def _glimpse(p: Floats) -> float:
    return SHOWN * float(p[HOLD])


KIND = StimulusKind(
    id="ornstein_uhlenbeck",
    title="Ornstein-Uhlenbeck noise",
    doc="Noise with a memory. It strays from its mean and comes back within the correlation time, sampled on its own "
    "clock and held in between; the seed of the circuit chooses its course. It has no bound, so what it drives has no "
    "state band.",
    avoid="Do not use it where the state must stay in a band that is known beforehand, or with a hold that "
    "is not well below the correlation time: then it is white noise.",
    equation="du = (u₀ − u)/τ dt + σ √(2/τ) dW,  t = k Δ",
    reference="Uhlenbeck and Ornstein, Physical Review 36 (1930) 823; Gillespie, Physical Review E 54 (1996) 2084",
    parameters=(
        _noise.MEAN,
        _noise.deviation("How far it strays from the mean."),
        number(
            "time_constant", "correlation time", "τ", Dimension.TIME, (1.0, 0.05, 10.0), (50.0, 1.0, 1000.0),
            "How long it remembers: the autocorrelation falls by e in this time.", low=1e-6, log=True,
        ),
        _noise.hold(5.0),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    clock="hold",
    glimpse=_glimpse,
    signs=(Sign("W", "Wiener process"),),
)  # fmt: skip
