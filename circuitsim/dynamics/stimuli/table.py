"""An input that follows times and values, for instance from a CSV.

Behind its parameters the kernel finds the number of rows, the times and the values.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.spec.kind import Sign, StimulusKind
from circuitsim.spec.parameter import choice
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

MODE, COUNT, TIMES = range(3)
HELD, LINEAR = range(2)  # values of MODE


def _value(p: Floats, t: float) -> float:
    n = int(p[COUNT])
    low, high = 0, n  # the last row at or before t is row low - 1
    while low < high:
        middle = (low + high) // 2
        if p[TIMES + middle] <= t:
            low = middle + 1
        else:
            high = middle
    row = max(low - 1, 0)
    value: float = p[TIMES + n + row]
    if p[MODE] == LINEAR and 0 < low < n:
        t0, t1 = p[TIMES + row], p[TIMES + row + 1]
        value += (p[TIMES + n + row + 1] - value) * (t - t0) / (t1 - t0)
    return value


def _next_edge(p: Floats, t: float) -> float:
    n = int(p[COUNT])
    times = p[TIMES : TIMES + n]
    row = int(np.searchsorted(times, t, side="right"))
    return float(times[row]) if row < n else math.inf


def _interval(p: Floats) -> tuple[float, float]:
    values = p[TIMES + int(p[COUNT]) :]
    return float(values.min()), float(values.max())


KIND = StimulusKind(
    id="table",
    title="Table",
    doc="Follows a recording: each value holds until the next row, or goes over to it in a straight line.",
    avoid="Do not use it for recordings with far more rows than the run has steps: each row of a held table "
    "ends a step.",
    equation="u(t) = { uₖ if held; uₖ + (uₖ₊₁ − uₖ) (t − tₖ)/(tₖ₊₁ − tₖ) if linear },  tₖ ≤ t < tₖ₊₁",
    reference="",
    parameters=(
        choice("mode", "between rows", "mode", ("held", "linear"), "What happens between two rows."),
    ),
    value=_value,
    next_edge=_next_edge,
    interval=_interval,
    table=True,
    signs=(
        Sign("uₖ", "value of row k"),
        Sign("uₖ₊₁", "value of the row behind it"),
        Sign("tₖ", "time of row k", Dimension.TIME),
        Sign("tₖ₊₁", "time of the row behind it", Dimension.TIME),
        Sign("held", "each value holds until the next row"),
        Sign("linear", "it goes over to the next row in a straight line"),
    ),
)
