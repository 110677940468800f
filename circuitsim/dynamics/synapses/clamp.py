"""Voltage clamp: an electrode that drives the membrane to the value of an input through a series conductance.

The kernel is that of a gap junction of which one side is an input: a conductance that is always open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.synapses.electrical import KIND as ELECTRICAL
from circuitsim.spec.bounds import Reach
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

SERIES_CONDUCTANCE = 0  # row of p


def _pack(p: Floats) -> Floats:
    return p


def _acting(p: Floats, _x_pre: Floats) -> Floats:
    opened: Floats = p[SERIES_CONDUCTANCE]
    return opened


def _current(p: Floats, x_pre: Floats, x_post: Floats) -> Floats:
    flow: Floats = p[SERIES_CONDUCTANCE] * (x_pre - x_post)
    return flow


def _reach(p: Floats, low: Floats, high: Floats) -> Reach:
    """It is open whatever happens: a conductance towards 0, and the current that makes it one towards u."""
    g = p[SERIES_CONDUCTANCE]
    with np.errstate(invalid="ignore"):
        ends = np.where(g == 0.0, 0.0, np.stack([g * low, g * high]))
    return Reach(steady=g, current=(ends[0], ends[1]))


KIND = SynapseKind(
    id="clamp",
    title="Voltage clamp",
    doc="An electrode that holds the membrane potential at the value of an input, the command potential, through its "
    "series conductance. The current that it passes, the holding current, is recorded under the name clamp. The larger the "
    "series conductance, the closer the clamp: the inverse is the series resistance, 100 nS being 10 MΩ.",
    avoid="Do not use it to stimulate a neuron that shall move freely: that is an injected current.",
    equation="I = gₛ (u − v_post)",
    reference="Carnevale and Hines, The NEURON Book (Cambridge University Press 2006): SEClamp, a single-electrode "
    "clamp with series resistance",
    parameters=(
        number(
            "series_conductance", "series conductance", "gₛ", Dimension.CONDUCTANCE,
            (50.0, 1.0, 1000.0), (100.0, 1.0, 1000.0),
            "Conductance between electrode and membrane, the inverse of the series resistance.", low=0.0, log=True,
        ),
    ),
    sources=frozenset({"input"}),
    mutual=False,
    strength="series_conductance",
    pack=_pack,
    accumulate=ELECTRICAL.accumulate,
    slopes=ELECTRICAL.slopes,
    current=_current,
    acting=_acting,
    reach=_reach,
    clamp=True,
)  # fmt: skip
