"""Turning synapses round, their effect, and roles of neurons."""

from __future__ import annotations

import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.rewire import turned, with_effect, with_role
from circuitsim.circuit.wiring import Effect


@pytest.fixture(params=["liquid", "physiological"])
def circuit(request):
    made = Circuit(unit_system=request.param)
    made.add_neuron("A")
    made.add_neuron("B")
    made.add_input("u", "constant")
    made.connect("A", "B")
    made.connect("u", "A", "current", gain=0.7)
    made.connect("A", "B", "electrical")
    return made


def all_ids(circuit):
    return [s.id for s in circuit.synapses]


def test_synapses_turn_round_but_not_those_of_inputs(circuit):
    before = dict(circuit.elements)
    a, b, u = (circuit[name].id for name in ("A", "B", "u"))
    inverse = circuit.apply(turned(circuit, all_ids(circuit)))
    assert [(s.pre, s.post) for s in circuit.synapses] == [(b, a), (u, a), (b, a)]
    circuit.apply(inverse)
    assert dict(circuit.elements) == before


def test_an_effect_is_made_by_the_number_that_decides_it(circuit):
    rest = circuit["B"].parameters["leak_potential"]
    circuit.apply(with_effect(circuit, all_ids(circuit), Effect.INHIBITORY))
    chemical, current, gap = circuit.synapses
    assert chemical.parameters["reversal_potential"] < rest
    assert current.parameters["gain"] == -0.7
    circuit.apply(with_effect(circuit, all_ids(circuit), Effect.EXCITATORY))
    chemical, current, again = circuit.synapses
    assert chemical.parameters["reversal_potential"] > rest
    assert current.parameters["gain"] == 0.7
    assert again == gap


def test_roles(circuit):
    circuit.apply(with_role(circuit, circuit.elements, "motor"))
    assert {n.role for n in circuit.neurons} == {"motor"}
