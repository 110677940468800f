"""Every registered kind, collected once."""

from __future__ import annotations

from functools import cache

from circuitsim.spec.kind import CellKind, Kinds, NeuronKind, SolverKind, StimulusKind, SynapseKind
from circuitsim.spec.registry import collect


@cache
def kinds() -> Kinds:
    """All kinds of neurons, synapses, inputs, solvers, cells and units; importing them touches no numba."""
    return Kinds(
        neurons=collect("circuitsim.dynamics.neurons", "KIND", NeuronKind),
        synapses=collect("circuitsim.dynamics.synapses", "KIND", SynapseKind),
        stimuli=collect("circuitsim.dynamics.stimuli", "KIND", StimulusKind),
        solvers=collect("circuitsim.dynamics.solvers", "SOLVER", SolverKind),
        cells=collect("circuitsim.dynamics.cells", "KIND", CellKind),
        units=collect("circuitsim.dynamics.units", "KIND", NeuronKind),
    )
