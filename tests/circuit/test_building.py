"""Circuits are built in Python with a call for each thing, and refuse what is not legal."""

from __future__ import annotations

import pytest

import circuitsim as cs


def pair() -> cs.Circuit:
    circuit = cs.Circuit("pair")
    circuit.add_neuron("A", capacitance=0.25, role="sensory", start=-0.1)
    circuit.add_neuron("B", "ltc_paper", activation="tanh", decay="absolute")
    circuit.add_input("tap", "pulse", onset=2.0, width=0.5)
    circuit.add_output("y0", "B", gain=2.0)
    circuit.connect("tap", "A", conductance=0.5)
    circuit.connect("A", "B", "weight", weight=-1.0)
    return circuit


def test_what_is_added_is_there_with_its_numbers() -> None:
    circuit = pair()
    neuron, source = circuit["A"], circuit["tap"]
    assert (neuron.parameters["capacitance"], neuron.role, neuron.start) == (0.25, "sensory", -0.1)
    assert source.parameters["onset"] == 2.0
    assert [(s.kind, s.pre, s.post) for s in circuit.synapses] == [
        ("chemical", source.id, neuron.id),
        ("weight", neuron.id, circuit["B"].id),
    ]
    assert circuit.outputs[0].source == circuit["B"].id


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (lambda c: c.add_neuron("A"), "neuron A: the name A is already taken; choose another name"),
        (lambda c: c.add_neuron("C", "other"), "there is no kind 'other'; use one of: ltc, ltc_paper"),
        (lambda c: c.add_neuron("C", capacitance="big"), "capacitance cannot be 'big'; give a number"),
        (
            lambda c: c.add_neuron("C", start=None, capacitance=None),
            "capacitance cannot be None; give a number",
        ),
        (lambda c: c.add_neuron("C", tau=1.0), "has no parameter 'tau'; use one of: capacitance"),
        (lambda c: c.add_neuron("C", capacitance=-1.0), "neuron C: .* must be at least"),
        (lambda c: c.add_neuron("two words"), "is not an identifier"),
        (lambda c: c.connect("A", "Z"), "there is no neuron, input, network or output named 'Z'"),
        (lambda c: c.connect("A", "tap"), "end at a neuron"),
        (lambda c: c.connect("A", "B"), "cannot receive a chemical synapse"),
        (lambda c: c.connect("A", "A", "electrical"), "joins two different neurons"),
        (lambda c: c.add_output("y1", "tap"), "it reads neuron .*, which does not exist"),
    ],
)
def test_what_is_not_legal_is_refused_and_changes_nothing(attempt, expected: str) -> None:  # type: ignore[no-untyped-def]
    circuit = pair()
    before = circuit.copy()
    with pytest.raises(cs.InputError, match=expected):
        attempt(circuit)
    assert circuit == before
