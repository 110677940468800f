"""A straight line from one value to another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.kind import StimulusKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

BEFORE, AFTER, ONSET, RISE = range(4)


def _value(p: Floats, t: float) -> float:
    done = t - p[ONSET]
    if done < 0.0:
        before: float = p[BEFORE]
        return before
    if t >= p[ONSET] + p[RISE]:
        after: float = p[AFTER]
        return after
    share = done / p[RISE]
    value: float = (1.0 - share) * p[BEFORE] + share * p[AFTER]
    return value


def _next_edge(p: Floats, t: float) -> float:
    return min((float(e) for e in (p[ONSET], p[ONSET] + p[RISE]) if e > t), default=math.inf)


def _interval(p: Floats) -> tuple[float, float]:
    return float(min(p[:ONSET])), float(max(p[:ONSET]))


KIND = StimulusKind(
    id="ramp",
    title="Ramp",
    doc="Goes over from one value to another in a straight line; shows where a circuit tips over.",
    avoid="Do not use it to find where a circuit tips over with a rise that is short against its time "
    "constants: the state lags behind.",
    equation="u(t) = { u₀ if t < t₀; u₀ + (u₁ − u₀) (t − t₀)/r if t₀ ≤ t < t₀ + r; u₁ otherwise }",
    reference="",
    parameters=(
        number(
            "before", "before", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Value until the onset.",
        ),
        number(
            "after", "after", "u₁", Dimension.NONE, (1.0, -2.0, 2.0), (1.0, -2.0, 2.0), "Value at the end and from then on.",
        ),
        number("onset", "onset", "t₀", Dimension.TIME, (1.0, 0.0, 20.0), (100.0, 0.0, 2000.0), "When it begins."),
        number(
            "rise", "rise time", "r", Dimension.TIME, (5.0, 0.0, 20.0), (500.0, 0.0, 2000.0),
            "How long it takes from the one value to the other.", low=0.0,
        ),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
)  # fmt: skip
