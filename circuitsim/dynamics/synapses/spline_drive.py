"""Spline as drive: a function of the presynaptic state, drawn by knots, is a summand of the drive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.splines import extremes, spline, spline_slope, steepest
from circuitsim.dynamics.synapses import _spline
from circuitsim.dynamics.synapses.weight import KIND as WEIGHT_KIND
from circuitsim.spec.bounds import Reach
from circuitsim.spec.curve import MOST, Curve, Knots
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints, Places

DRIVE = 2  # row of acc: Channel
WEIGHT = 0  # row of p


def _pack(p: Floats) -> Floats:
    """The curves; what they are multiplied by is in their coefficients."""
    table = _spline.table(p, held=False)
    table[MOST:] *= p[WEIGHT]
    return table


def _accumulate(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, acc: Floats
) -> None:
    for c in range(c0, c1):
        drive = acc[DRIVE, row[c] : row[c] + 8]
        for k in range(off[c], off[c + 1], 8):
            for lane in range(8):
                drive[lane] += spline(q, length, k + lane, x[pre[k + lane]])


def _slopes(
    c0: int, c1: int, _row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, out: Floats
) -> None:
    for j in range(off[c0], off[c1]):
        out[DRIVE * length + j] = spline_slope(q, length, j, x[pre[j]])


def _acting(p: Floats, x_pre: Floats) -> Floats:
    return _spline.acting(p, x_pre, held=False)


def _current(p: Floats, x_pre: Floats, _x_post: Floats) -> Floats:
    return _acting(p, x_pre)


def _reach(p: Floats, low: Floats, high: Floats) -> Reach:
    with np.errstate(invalid="ignore"):
        table = _spline.table(p, held=False)
        ends = np.stack(extremes(table, low, high)) * p[WEIGHT]
    ends = np.where(p[WEIGHT] == 0.0, 0.0, ends)
    return Reach(drive=(ends.min(0), ends.max(0)), slope=np.abs(p[WEIGHT]) * steepest(table))


_LINE = Knots((-1.0, 0.0, 1.0), (-1.0, 0.0, 1.0))  # a weight of 1, to be bent

KIND = SynapseKind(
    id="spline_drive",
    title="Spline drive",
    doc="Adds a function of the presynaptic state, drawn by knots, to the drive: the edge of a Kolmogorov-Arnold "
    "network. It is smooth, does not overshoot between knots and goes on in straight lines outside.",
    avoid="Do not use it where a straight line would do: that is a weight.",
    equation="drive = w φ(x_pre)",
    reference=_spline.REFERENCE,
    parameters=(
        number(
            WEIGHT_KIND.parameters[0].name, "weight", "w", Dimension.NONE, (1.0, -4.0, 4.0), (1.0, -4.0, 4.0),
            "Factor on the curve.",
        ),
    ),
    sources=frozenset({"neuron", "input"}),
    mutual=False,
    strength="weight",
    pack=_pack,
    accumulate=_accumulate,
    slopes=_slopes,
    current=_current,
    acting=_acting,
    reach=_reach,
    sign="weight",
    signs=(_spline.SIGN,),
    curve=Curve(
        title="the curve", symbol="φ", across=Dimension.POTENTIAL, up=Dimension.NONE,
        liquid=_LINE, physiological=_LINE, low=-1e6, high=1e6, held=False,
        doc="Value for every presynaptic state.",
    ),
)  # fmt: skip
