"""Electrical synapse: a symmetric gap junction, Ohm's law between two membranes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.lanes import add_weighted
from circuitsim.spec.bounds import Reach
from circuitsim.spec.kind import Sign, SynapseKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints, Places

G, GE = 0, 1  # rows of acc: Channel
CONDUCTANCE = 0  # row of p


def _pack(p: Floats) -> Floats:
    return p


def _accumulate(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, _length: int, x: Floats, acc: Floats
) -> None:
    sum_ge = acc[GE]
    for c in range(c0, c1):
        sum_g = acc[G, row[c] : row[c] + 8]
        for k in range(off[c], off[c + 1], 8):
            g = q[k : k + 8]
            for lane in range(8):
                sum_g[lane] += g[lane]
        add_weighted(off[c], off[c + 1], pre, q, x, sum_ge, row[c])


def _slopes(
    c0: int, c1: int, _row: Ints, off: Ints, _pre: Places, q: Floats, length: int, _x: Floats, out: Floats
) -> None:
    for j in range(off[c0], off[c1]):
        out[GE * length + j] = q[j]


def _acting(p: Floats, _x_pre: Floats) -> Floats:
    opened: Floats = p[CONDUCTANCE]
    return opened


def _current(p: Floats, x_pre: Floats, x_post: Floats) -> Floats:
    flow: Floats = p[CONDUCTANCE] * (x_pre - x_post)
    return flow


def _reach(p: Floats, _low: Floats, _high: Floats) -> Reach:
    return Reach(gap=p[CONDUCTANCE])


KIND = SynapseKind(
    id="electrical",
    title="Electrical synapse",
    doc="A gap junction: current flows from the higher to the lower potential, the same in both directions. "
    "It always shortens the time constants of both cells.",
    avoid="Do not use it to carry a signal in one direction only, or for two cells that should have "
    "different potentials: it evens them out.",
    equation="I = ĝ (v_pre − v_post),  I_pre = −I",
    reference="Hasani et al., arXiv 1811.00321; Lechner et al., arXiv 1809.04423",
    parameters=(
        number(
            "conductance", "conductance", "ĝ", Dimension.CONDUCTANCE,
            (0.2, 0.01, 10.0), (0.5, 0.01, 20.0),
            "Conductance of the junction.", low=0.0, log=True,
        ),
    ),
    sources=frozenset({"neuron"}),
    mutual=True,
    strength="conductance",
    pack=_pack,
    accumulate=_accumulate,
    slopes=_slopes,
    current=_current,
    acting=_acting,
    reach=_reach,
    junction=True,
    signs=(Sign("I_pre", "current into the neuron at the other end", Dimension.CURRENT),),
)  # fmt: skip
