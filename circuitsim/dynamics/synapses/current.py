"""Injected current: gain times the value of an input; enters f in the paper's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.lanes import add_weighted
from circuitsim.spec.bounds import Reach
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints, Places

CURRENT = 3  # row of acc: Channel
GAIN = 0  # row of p


def _pack(p: Floats) -> Floats:
    return p


def _accumulate(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, _length: int, x: Floats, acc: Floats
) -> None:
    current = acc[CURRENT]
    for c in range(c0, c1):
        add_weighted(off[c], off[c + 1], pre, q, x, current, row[c])


def _slopes(
    c0: int, c1: int, _row: Ints, off: Ints, _pre: Places, q: Floats, length: int, _x: Floats, out: Floats
) -> None:
    for j in range(off[c0], off[c1]):
        out[CURRENT * length + j] = q[j]


def _acting(p: Floats, x_pre: Floats) -> Floats:
    flow: Floats = p[GAIN] * x_pre
    return flow


def _current(p: Floats, x_pre: Floats, _x_post: Floats) -> Floats:
    return _acting(p, x_pre)


def _reach(p: Floats, low: Floats, high: Floats) -> Reach:
    with np.errstate(invalid="ignore"):
        ends = np.where(p[GAIN] == 0.0, 0.0, np.stack([p[GAIN] * low, p[GAIN] * high]))
    return Reach(current=(ends.min(0), ends.max(0)))


KIND = SynapseKind(
    id="current",
    title="Injected current",
    doc="Carries the value of an input into a neuron as current; in the paper's form it enters the nonlinearity f.",
    avoid="Do not use it to hold a potential: the current flows whatever the membrane does; take a chemical "
    "synapse that begins at the input where it should saturate.",
    equation="I = gain · u",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, eq. 1",
    parameters=(
        number(
            "gain", "gain", "gain", Dimension.CURRENT, (1.0, -4.0, 4.0), (10.0, -100.0, 100.0),
            "Current per unit of the input; negative hyperpolarises.",
        ),
    ),
    sources=frozenset({"input"}),
    mutual=False,
    strength="gain",
    pack=_pack,
    accumulate=_accumulate,
    slopes=_slopes,
    current=_current,
    acting=_acting,
    reach=_reach,
    sign="gain",
)  # fmt: skip
