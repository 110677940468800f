"""Spline as conductance: how far it opens is a function of the presynaptic potential, drawn by knots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.splines import extremes, spline, spline_slope
from circuitsim.dynamics.synapses import _spline
from circuitsim.dynamics.synapses.chemical import KIND as CHEMICAL
from circuitsim.spec.bounds import Reach
from circuitsim.spec.curve import MOST, Curve, Knots
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints, Places

G, GE = 0, 1  # rows of acc: Channel
CONDUCTANCE, REVERSAL_POTENTIAL = range(2)  # rows of p


def _pack(p: Floats) -> Floats:
    """Row E, then the curves with the conductance in their coefficients."""
    table = _spline.table(p, held=True)
    table[MOST:] *= p[CONDUCTANCE]
    return np.concatenate([p[REVERSAL_POTENTIAL : REVERSAL_POTENTIAL + 1], table])


def _accumulate(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, acc: Floats
) -> None:
    reversal, table = q[0:length], q[length:]
    for c in range(c0, c1):
        sum_g, sum_ge = acc[G, row[c] : row[c] + 8], acc[GE, row[c] : row[c] + 8]
        for k in range(off[c], off[c + 1], 8):
            for lane in range(8):
                j = k + lane
                g = max(spline(table, length, j, x[pre[j]]), 0.0)  # rounding may fall below a knot at 0
                sum_g[lane] += g
                sum_ge[lane] += g * reversal[j]


def _slopes(
    c0: int, c1: int, _row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, out: Floats
) -> None:
    reversal, table = q[0:length], q[length:]
    for j in range(off[c0], off[c1]):
        steepness = spline_slope(table, length, j, x[pre[j]])
        out[G * length + j] = steepness
        out[GE * length + j] = steepness * reversal[j]


def _acting(p: Floats, x_pre: Floats) -> Floats:
    return np.maximum(_spline.acting(p, x_pre, held=True), 0.0)


def _current(p: Floats, x_pre: Floats, x_post: Floats) -> Floats:
    flow: Floats = _acting(p, x_pre) * (p[REVERSAL_POTENTIAL] - x_post)
    return flow


def _reach(p: Floats, low: Floats, high: Floats) -> Reach:
    most = extremes(_spline.table(p, held=True), low, high)[1]
    return Reach(conductance=p[CONDUCTANCE] * most, reversal=p[REVERSAL_POTENTIAL])


_strength, _, _, _reversal = CHEMICAL.parameters

KIND = SynapseKind(
    id="spline_conductance",
    title="Spline conductance",
    doc="Opens a conductance by a function of the presynaptic potential that is drawn by knots: a measured activation "
    "curve, or an edge of a Kolmogorov-Arnold network. It is smooth, does not overshoot between knots and levels "
    "off at both ends.",
    avoid="Do not use it where a sigmoid would do: that is a chemical synapse.",
    equation="I = g φ(v_pre) (E − v_post)",
    reference=_spline.REFERENCE,
    parameters=(replace(_strength, doc="Conductance where the curve is at 1."), _reversal),
    sources=frozenset({"neuron", "input"}),
    mutual=False,
    strength="conductance",
    pack=_pack,
    accumulate=_accumulate,
    slopes=_slopes,
    current=_current,
    acting=_acting,
    reach=_reach,
    sign="reversal_potential",
    signs=(_spline.SIGN,),
    curve=Curve(
        title="the curve", symbol="φ", across=Dimension.POTENTIAL, up=Dimension.NONE,
        liquid=Knots((-0.3, 0.3, 0.9), (0.0, 0.5, 1.0)),
        physiological=Knots((-60.0, -40.0, -20.0), (0.0, 0.5, 1.0)),
        low=0.0, high=1.0, held=True,
        doc="Share of the conductance that is open, for every presynaptic potential.",
    ),
)  # fmt: skip
