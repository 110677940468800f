"""The icon in the head of the inspector says what is selected."""

from __future__ import annotations

from circuitsim.app.panels._title import icon_of
from circuitsim.circuit.circuit import Circuit


def test_a_clamp_is_an_electrode_and_other_synapses_are_synapses():
    circuit = Circuit()
    circuit.add_neuron("a")
    circuit.add_input("u", "step")
    clamp = circuit.connect("u", "a", "clamp")
    other = circuit.connect("u", "a", "chemical")
    icons = [icon_of(circuit, element) for element in (clamp, other, circuit.inputs[0], None)]
    assert icons == ["electrode", "synapse", "input", "layout"]
