"""Currents and acting strengths follow the equations of their synapses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.engine.currents import acting, currents
from circuitsim.engine.report import Snapshot


@pytest.fixture
def circuit():
    made = Circuit(unit_system="physiological")
    a, b = new_neuron(made, "A"), new_neuron(made, "B")
    drive = new_input(made, "drive", "constant")
    lines = (
        new_synapse(made, a.id, b.id, conductance=2.0, slope=0.1, midpoint=-40.0, reversal_potential=0.0),
        new_synapse(made, a.id, b.id, kind="electrical", conductance=0.5),
        new_synapse(made, drive.id, a.id, kind="current", gain=-3.0),
    )
    made.apply(Add((a, b, drive, *lines)))
    return made


def seen(circuit, v, u):
    ids = tuple(n.id for n in circuit.neurons)
    none = np.zeros(len(ids))
    return Snapshot(0.0, ids, np.array(v), none, none, tuple(i.id for i in circuit.inputs), np.array(u), 1)


def test_a_chemical_synapse_is_half_open_at_its_midpoint(circuit):
    chemical, electrical, current = (s.id for s in circuit.synapses)
    snapshot = seen(circuit, [-40.0, -60.0], [0.5])
    found = acting(circuit, snapshot, (chemical, electrical, current))
    assert found == {chemical: 1.0, electrical: 0.5, current: -1.5}
    flowing = currents(circuit, snapshot)
    assert flowing[chemical] == pytest.approx(found[chemical] * 60.0)
    assert flowing[electrical] == pytest.approx(0.5 * 20.0)
    assert flowing[current] == -1.5
    opened = acting(circuit, seen(circuit, [-20.0, 0.0], [0.0]), (chemical,))
    assert opened[chemical] == pytest.approx(2.0 / (1.0 + math.exp(-2.0)))


def test_a_synapse_that_the_run_does_not_know_yet_is_left_out(circuit):
    chemical = circuit.synapses[0].id
    empty = Snapshot(0.0, (), np.zeros(0), np.zeros(0), np.zeros(0), (), np.zeros(0), 1)
    assert acting(circuit, empty, (chemical,)) == {}
