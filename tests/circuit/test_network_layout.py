"""Tidying a circuit with networks: nothing lies on anything, blocks stand left of their units, inputs left of blocks."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.layout import arrange


@pytest.mark.parametrize("sizes", [(8,), (1, 8, 30), (302,)])
def test_networks_stand_between_inputs_and_neurons(sizes):
    circuit = Circuit()
    circuit.add_input("u", "slider")
    for k, n in enumerate(sizes):
        circuit.add_network(f"net{k}", reads=("u",), units=n)
    for k in range(3):
        circuit.add_neuron(f"m{k}")
        circuit.connect("net0_n0", f"m{k}")
    circuit.add_output("y", "net0_n0")
    circuit.add_output("z", "m0")
    at = arrange(circuit)
    assert at == arrange(circuit)
    assert at.keys() == {e.id for e in circuit.elements.values() if hasattr(e, "position")}
    for a, b in combinations(at, 2):
        assert math.dist(at[a], at[b]) >= 120.0, (circuit.elements[a], circuit.elements[b])
    for cell in circuit.cells:
        assert at[circuit["u"].id][0] < at[cell.id][0] < min(at[i][0] for i in cell.units)
        assert max(at[i][0] for i in cell.units) < at[circuit["m0"].id][0]
