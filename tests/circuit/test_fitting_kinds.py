"""The kinds into which an element can be turned: just those that the circuit accepts."""

from __future__ import annotations

import pytest

from circuitsim.api import load
from circuitsim.circuit.build import new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, SetKind
from circuitsim.circuit.wiring import fitting_neuron_kinds, fitting_synapse_kinds
from circuitsim.io.examples import examples
from circuitsim.spec.issue import InputError


def accepted(circuit, element, kind):
    try:
        circuit.copy().apply(SetKind(element.id, kind))
    except InputError:
        return False
    return True


@pytest.mark.parametrize("example", [e for e in examples() if e.id != "tap-withdrawal"], ids=lambda e: e.id)
def test_kinds_that_fit_are_those_that_the_circuit_accepts(example):
    circuit = load(example.path)
    for neuron in circuit.neurons[:6]:
        fitting = fitting_neuron_kinds(circuit, neuron)
        assert (neuron.kind in fitting) != (neuron.kind in circuit.kinds.units)
        assert fitting == [kind for kind in circuit.kinds.neurons if accepted(circuit, neuron, kind)]
    for synapse in circuit.synapses[:6]:
        fitting = fitting_synapse_kinds(circuit, synapse)
        assert fitting == [kind for kind in circuit.kinds.synapses if accepted(circuit, synapse, kind)]


def test_a_neuron_that_hears_itself_keeps_its_memory():
    circuit = Circuit()
    a, b = (new_neuron(circuit, name, kind) for name, kind in (("a", "ct_rnn"), ("b", "static")))
    circuit.apply(Add((a, b)))
    circuit.apply(Add((new_synapse(circuit, a.id, b.id, "weight"),)))
    assert "static" in fitting_neuron_kinds(circuit, a)
    circuit.apply(Add((new_synapse(circuit, b.id, a.id, "weight"),)))
    assert "static" not in fitting_neuron_kinds(circuit, a)
    assert not accepted(circuit, a, "static")
    assert "neural_ode" in fitting_neuron_kinds(circuit, a)
