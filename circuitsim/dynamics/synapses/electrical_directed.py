"""Directed electrical synapse: a gap junction that only its postsynaptic neuron feels.

The functions are those of the symmetric one: that one stands twice in a circuit, once in each direction.
"""

from __future__ import annotations

from dataclasses import replace

from circuitsim.dynamics.synapses.electrical import KIND as SYMMETRIC
from circuitsim.spec.kind import SynapseKind

(CONDUCTANCE,) = SYMMETRIC.parameters

KIND = SynapseKind(
    id="electrical_directed",
    title="Directed electrical synapse",
    doc="A gap junction that only the postsynaptic neuron feels: it is pulled towards the presynaptic potential, and "
    "nothing flows back. The published code of the worm-inspired circuits computes gap junctions in this way.",
    avoid="Do not use it for a real gap junction: charge is not conserved, since nothing flows back.",
    equation="I = ĝ (v_pre − v_post),  I_pre = 0",
    reference="Lechner et al., arXiv 1809.04423, as computed by its published code; the linear graded synapse of "
    "NeuroML 2 obeys the same equation",
    parameters=(replace(CONDUCTANCE, doc="Conductance towards the presynaptic potential."),),
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
    signs=SYMMETRIC.signs,
)  # fmt: skip
