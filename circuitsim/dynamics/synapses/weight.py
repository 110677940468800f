"""Weight: a summand of the drive of a neuron in the paper's form."""

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

DRIVE = 2  # row of acc: Channel
WEIGHT = 0  # row of p


def _pack(p: Floats) -> Floats:
    return p


def _accumulate(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, _length: int, x: Floats, acc: Floats
) -> None:
    drive = acc[DRIVE]
    for c in range(c0, c1):
        add_weighted(off[c], off[c + 1], pre, q, x, drive, row[c])


def _slopes(
    c0: int, c1: int, _row: Ints, off: Ints, _pre: Places, q: Floats, length: int, _x: Floats, out: Floats
) -> None:
    for j in range(off[c0], off[c1]):
        out[DRIVE * length + j] = q[j]


def _acting(p: Floats, x_pre: Floats) -> Floats:
    flow: Floats = p[WEIGHT] * x_pre
    return flow


def _current(p: Floats, x_pre: Floats, _x_post: Floats) -> Floats:
    return _acting(p, x_pre)


def _reach(p: Floats, low: Floats, high: Floats) -> Reach:
    with np.errstate(invalid="ignore"):
        ends = np.where(p[WEIGHT] == 0.0, 0.0, np.stack([p[WEIGHT] * low, p[WEIGHT] * high]))
    return Reach(drive=(ends.min(0), ends.max(0)), slope=np.abs(p[WEIGHT]))


KIND = SynapseKind(
    id="weight",
    title="Weight",
    doc="Adds the weighted presynaptic state to the drive of a neuron in the paper's form.",
    avoid="Do not use it to compare with measured synapses: a weight has neither a conductance nor a "
    "reversal potential.",
    equation="drive = w x_pre",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, algorithm 1 (W, W_r)",
    parameters=(
        number(
            "weight", "weight", "w", Dimension.NONE, (1.0, -4.0, 4.0), (1.0, -4.0, 4.0),
            "Factor on the presynaptic state; negative inhibits.",
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
)  # fmt: skip
