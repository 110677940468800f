"""Directed electrical synapse: a gap junction that only its postsynaptic neuron feels.

The functions are those of the symmetric one: that one stands twice in a circuit, once in each direction.
"""

from __future__ import annotations

from circuitsim.dynamics.synapses.electrical import KIND as SYMMETRIC
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

KIND = SynapseKind(
    id="electrical_directed",
    title="Directed electrical synapse",
    doc="A gap junction that only the postsynaptic neuron feels: it is pulled towards the presynaptic potential, and "
    "nothing flows back. The published code of the worm-inspired circuits computes gap junctions in this way.",
    equation="I = ĝ (v_pre − v_post), into the postsynaptic neuron only",
    reference="Lechner et al., arXiv 1809.04423, as computed by its published code; the linear graded synapse of "
    "NeuroML 2 obeys the same equation",
    parameters=(
        number(
            "conductance", "conductance", "ĝ", Dimension.CONDUCTANCE,
            (0.2, 0.01, 10.0), (0.5, 0.01, 20.0),
            "Conductance towards the presynaptic potential.", low=0.0, log=True,
        ),
    ),
    sources=frozenset({"neuron"}),
    mutual=False,
    strength="conductance",
    pack=SYMMETRIC.pack,
    accumulate=SYMMETRIC.accumulate,
    slopes=SYMMETRIC.slopes,
    current=SYMMETRIC.current,
    acting=SYMMETRIC.acting,
    reach=SYMMETRIC.reach,
    junction=True,
)  # fmt: skip
