"""What is compiled can be told apart in the cache."""

from __future__ import annotations

from circuitsim.dynamics import build
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import ContinuousKind


def test_no_two_kernels_share_a_name():
    """Methods that are tables of one function would; loaded from the cache, the first then stood in for all."""
    found = kinds()
    functions = {kind.step for kind in found.solvers.values()} | {
        kind.value for kind in found.stimuli.values()
    }
    for kind in found.neurons.values():
        functions.add(kind.rates if isinstance(kind, ContinuousKind) else kind.output)
    for synapse in found.synapses.values():
        functions |= {synapse.accumulate, synapse.slopes}
    names = [build.name_of(function) for function in functions]
    assert len(set(names)) == len(names)
