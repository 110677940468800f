"""What sets the ends of bands: what moves them most when it is strengthened, called so that a user can find it."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

import circuitsim as cs
from circuitsim.__main__ import main
from circuitsim.circuit.edits import Replace
from circuitsim.engine.bands import bands

MORE = 1e-5  # by which a synapse is strengthened, as a part of what it is


def ends(circuit):
    found = bands(circuit)
    return {"state_low": -found.state_low, "state_high": found.state_high, "tau_low": -found.tau_low}


def strengthened(circuit, element, number):
    twin = circuit.copy()
    numbers = {**element.parameters, number: element.parameters[number] * (1 + MORE)}
    twin.apply(Replace((replace(element, parameters=numbers),), "Strengthen"))
    return ends(twin)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_is_named_moves_the_end_more_than_anything_else_does(seed):
    """A junction counts in the direction of its neuron alone, so the symmetric ones are made of two directed ones."""
    circuit = random_circuit(seed, 5, 0)
    mutual = [s for s in circuit.synapses if s.kind == "electrical"]
    circuit.apply(Replace(tuple(replace(s, kind="electrical_directed") for s in mutual), "Direct"))
    for s in mutual:
        circuit.connect(circuit.elements[s.post].name, circuit.elements[s.pre].name, "electrical_directed", **s.parameters)  # fmt: skip
    found, before = cs.analyse(circuit, "bounds", duration=0.1), ends(circuit)
    strength = {kind.id: kind.strength for kind in circuit.kinds.synapses.values()}
    moved = {s.id: strengthened(circuit, s, strength[s.kind]) for s in circuit.synapses}
    for k, neuron in enumerate(circuit.neurons):
        leak = strengthened(circuit, neuron, "leak_conductance")
        for end, by in (("state_low", "state_low_synapse"), ("state_high", "state_high_synapse")):
            shifts = {
                s.id: moved[s.id][end][k] - before[end][k] for s in circuit.synapses if s.post == neuron.id
            }
            named = found[by][k]
            if found[f"{end}_by"][k] == "start state":
                assert before[end][k] == (1 if end == "state_high" else -1) * neuron.start
            elif named is None:
                assert leak[end][k] - before[end][k] >= max([0.0, *shifts.values()]) - 1e-9
            else:
                assert shifts[named] >= max(shifts.values()) - 1e-9
        fast = found["tau_low_synapse"][k]
        shifts = {
            s.id: moved[s.id]["tau_low"][k] - before["tau_low"][k]
            for s in circuit.synapses
            if s.post == neuron.id
        }
        if fast is not None:
            assert shifts[fast] >= max(shifts.values()) - 1e-12


def test_a_gap_junction_that_sets_an_end_is_named_at_both_neurons():
    circuit = cs.Circuit()
    circuit.add_neuron("a")
    circuit.add_neuron("b")
    circuit.add_neuron("c")
    circuit.add_input("u", "sine", amplitude=1.0)
    current = circuit.connect("u", "b", "current")
    first = circuit.connect("a", "b", "electrical", conductance=0.5)
    second = circuit.connect("b", "c", "electrical_directed", conductance=0.5)
    found = cs.analyse(circuit, "bounds", duration=1.0)
    for end in ("state_low", "state_high"):
        assert found[f"{end}_by"] == ["b, gap junction", "u", "b, directed gap junction"]
        assert found[f"{end}_synapse"] == [first.id, current.id, second.id]
    assert found["tau_low_synapse"] == [first.id, first.id, second.id]


def test_a_start_state_is_the_cause_only_where_the_end_would_be_elsewhere_without_it():
    circuit = cs.Circuit()
    circuit.add_neuron("at_rest", leak_potential=0.2, start=0.2)
    circuit.add_neuron("above", leak_potential=0.2, start=0.9)
    found = cs.analyse(circuit, "bounds", duration=1.0)
    assert found["state_high_by"] == ["leak", "start state"]
    assert found["state_low_by"] == ["leak", "leak"]


def test_a_clamp_that_holds_is_named_and_one_that_is_far_away_is_not_stronger_than_it_is():
    circuit = cs.Circuit()
    circuit.add_neuron("cell", leak_potential=0.0)
    circuit.add_input("command", "sine", amplitude=0.2, offset=0.3)
    circuit.add_input("drive", "constant", value=1.0)
    circuit.connect("command", "cell", "clamp", series_conductance=20.0)
    drive = circuit.connect("drive", "cell", "current", gain=5.0)
    found = cs.analyse(circuit, "bounds", duration=1.0)
    assert found["state_high_synapse"] == [drive.id]  # 5, where the clamp at 0.5 already holds back


@pytest.mark.parametrize(
    ("numbers", "names"),
    [
        (({"reversal_potential": 1.0}, {"reversal_potential": 0.5}), ("u, E = 1", "u, E = 0.5")),
        (({"conductance": 3.0}, {"conductance": 2.0}), ("u, g = 3", "u, g = 2")),
        (({"midpoint": 0.1}, {"midpoint": 0.2}), ("u, m = 0.1", "u, m = 0.2")),
        (({}, {}), ("u, chemical 1 of 2", "u, chemical 2 of 2")),
    ],
)
def test_parallel_synapses_are_told_apart(numbers, names):
    for first in (0, 1):
        circuit = cs.Circuit()
        circuit.add_neuron("v")
        circuit.add_input("u")
        both = [circuit.connect("u", "v", **given) for given in numbers]
        circuit.connect("u", "v", "current", gain=0.0)
        alone = circuit.copy()
        alone.mute(both[1 - first])
        assert cs.analyse(alone, "bounds", duration=0.1)["tau_low_by"] == ["u, chemical"]
        found = cs.analyse(circuit, "bounds", duration=0.1)
        (by,), (synapse,) = found["tau_low_by"], found["tau_low_synapse"]
        assert by == names[[s.id for s in both].index(synapse)]


def test_units_tell_potentials_apart():
    circuit = cs.Circuit(unit_system="physiological")
    circuit.add_neuron("v")
    circuit.add_neuron("pre")
    for potential in (0.0, -80.0):
        circuit.connect("pre", "v", reversal_potential=potential)
    found = cs.analyse(circuit, "bounds", duration=1.0)
    assert (found["state_low_by"][0], found["state_high_by"][0]) == ("pre, E = -80 mV", "pre, E = 0 mV")


@pytest.mark.parametrize(("target", "end", "other"), [(1.5, "state_high", "state_low"), (-1.5, "state_low", "state_high")])  # fmt: skip
def test_in_the_papers_form_the_end_away_from_0_is_set_by_what_opens_f(target, end, other):
    circuit = cs.Circuit()
    circuit.add_neuron("v", "ltc_paper", target=target)
    circuit.add_input("up", "sine", amplitude=1.0)
    opens = circuit.connect("up", "v", "weight", weight=-2.0)
    circuit.connect("up", "v", "current", gain=0.3)
    found = cs.analyse(circuit, "bounds", duration=0.1)
    assert found[f"{end}_synapse"] == found["tau_low_synapse"] == [opens.id]
    assert found[f"{end}_by"] == ["up, weight"]
    assert found[f"{other}_by"] != ["start state"]


def test_the_table_and_the_file_hold_the_synapses(tmp_path):
    file, out = tmp_path / "two.circuit.json", tmp_path / "found.json"
    circuit = cs.Circuit()
    circuit.add_neuron("v")
    circuit.add_neuron("w")
    first = circuit.connect("v", "w", reversal_potential=1.0, conductance=1.0)
    second = circuit.connect("v", "w", reversal_potential=-1.0, conductance=2.0)
    cs.save(circuit, file)
    assert main(["analyse", str(file), "bounds", "--set", "duration=1", "--out", str(out)]) == 0
    values = json.loads(out.read_text())["values"]
    assert values["tau_low_synapse"] == [None, second.id]
    assert values["state_high_synapse"] == [None, first.id]
    found = cs.analyse(circuit, "bounds", duration=1)
    table = found.pieces[0]
    assert table.links == {(1, 3): (second.id,), (1, 6): (second.id,), (1, 7): (first.id,)}
    assert [table.rows[1][k] for k in (3, 6, 7)] == ["v, E = -1", "v, E = -1", "v, E = 1"]
    assert np.isfinite(found["tau_low"]).all()
