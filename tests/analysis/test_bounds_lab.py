"""The laboratory of bounds: what runs visit lies in the bands, and what it names does set their ends."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

import circuitsim as cs
from circuitsim.__main__ import main
from circuitsim.analysis.bounds import visited_part
from circuitsim.engine.bands import bands
from circuitsim.io.examples import example
from circuitsim.spec.result import Interval, Level


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 6), m=st.integers(0, 5))
def test_a_run_stays_in_its_bands(seed, n, m):
    found = cs.analyse(random_circuit(seed, n, m), "bounds", duration=3.0)
    room = 1e-4 * (1 + np.abs(np.nan_to_num(found["state_high"], posinf=0)))
    assert (found["seen_state_low"] >= found["state_low"] - room).all()
    assert (found["seen_state_high"] <= found["state_high"] + room).all()
    positive = found["tau_low"] > 0
    assert (found["seen_tau_low"] >= found["tau_low"] * (1 - 1e-9))[positive].all()
    assert not [f for f in found.findings if "left" in f.text]


@pytest.mark.parametrize(
    ("band", "log", "part"),
    [
        (Interval(0.0, 4.0, 1.0, 3.0, 2.0), False, 0.5),
        (Interval(0.1, 10.0, 1.0, 10.0, 2.0), True, 0.5),
        (Interval(1.0, 1.0, 1.0, 1.0, 1.0), False, math.nan),
        (Interval(-math.inf, 1.0, 0.0, 1.0, 1.0), False, math.nan),
    ],
)
def test_the_visited_part(band, log, part):
    assert visited_part(band, log=log) == pytest.approx(part, nan_ok=True)


def test_deleting_what_sets_the_fast_end_slows_it_more_than_deleting_anything_else():
    circuit = cs.load(example("tap-withdrawal").path)
    found = cs.analyse(circuit, "bounds")
    for neuron, chosen in zip(found["neurons"], found["tau_low_synapse"], strict=True):
        slowed = {}
        post = circuit[neuron].id
        for synapse in circuit.synapses:
            if post in (synapse.post, synapse.pre if synapse.kind == "electrical" else None):
                twin = circuit.copy()
                twin.mute(synapse)
                row = [n.id for n in twin.neurons].index(post)
                slowed[synapse.id] = bands(twin).tau_low[row]
        assert slowed[chosen] == max(slowed.values())


def test_gap_junctions_and_currents_are_said_to_move_the_intervals():
    circuit = cs.Circuit()
    circuit.add_neuron("a", leak_potential=0.2)
    circuit.add_neuron("b", leak_potential=-0.7)
    circuit.add_input("i", "constant", value=0.4)
    assert not cs.analyse(circuit, "bounds").findings[0].text.startswith("Gap")
    circuit.connect("a", "b", "electrical")
    circuit.connect("i", "a", "current")
    texts = [f.text for f in cs.analyse(circuit, "bounds").findings]
    assert any(
        t.startswith("Gap junctions change the state interval of both and the band of τ of both.")
        for t in texts
    )
    assert any(t.startswith("Injected currents change the state interval of both.") for t in texts)


def test_an_input_without_bound_is_the_cause_that_is_named():
    circuit = cs.Circuit()
    circuit.add_neuron("a")
    circuit.add_input("hiss", "ornstein_uhlenbeck")
    circuit.connect("hiss", "a", "current")
    (alarm,) = [f for f in cs.analyse(circuit, "bounds").findings if f.level is Level.WARNING]
    assert alarm.text == "No interval holds the state of a: the values of hiss have no bound themselves."


def test_the_command_line_writes_the_same_numbers(tmp_path, capsys):
    file, out = example("liquid").path, tmp_path / "found.json"
    assert main(["analyse", str(file), "bounds", "--set", "duration=5", "--out", str(out)]) == 0
    assert "fastest by" in capsys.readouterr().out
    plain = json.loads(out.read_text())
    found = cs.analyse(cs.load(file), "bounds", duration=5)
    assert plain["options"] == {"duration": 5.0}
    assert plain["values"]["tau_high"] == found["tau_high"].tolist()
    assert [f["text"] for f in plain["findings"]] == [f.text for f in found.findings]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["bonds"], "use one of: bounds"),
        (["bounds", "--set", "duraton=5"], "did you mean duration"),
        (["bounds", "--set", "duration"], "write it like name=value"),
        (["bounds", "--set", "duration=-1"], "give a number from 0"),
        (["dcm", "--set", "input=nobody"], "there is no input 'nobody'"),
        (["bounds", "--out", "x.pdf"], "ending in .json, .svg or .png"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_one_sentence(words, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["analyse", str(example("liquid").path), *words]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_a_picture_is_drawn_without_a_display(tmp_path):
    out = tmp_path / "found.svg"
    assert main(["analyse", str(example("liquid").path), "bounds", "--out", str(out)]) == 0
    text = out.read_text()
    assert text.startswith("<?xml")
    assert all(name in text for name in ("tide", "liquid", "still"))


def test_where_a_gap_junction_moves_an_interval_it_is_said_from_where_to_where_and_given_as_numbers():
    circuit = cs.Circuit()
    circuit.add_neuron("a", leak_potential=0.2)
    circuit.add_neuron("b", leak_potential=-0.7)
    circuit.connect("a", "b", "electrical", conductance=1.0)
    found = cs.analyse(circuit, "bounds", duration=1.0, states={"a": -0.1, "b": -0.3})
    without = found["without"]["gap junctions"]
    assert without["state_high"].tolist() == pytest.approx([0.2, -0.3])
    assert without["state_low"].tolist() == pytest.approx([-0.1, -0.7])
    # v = (0.2 + w) / 2 and w = (-0.7 + v) / 2 from below give v = -0.1 and w = -0.4; from above they rest at their starts
    assert found["state_low"].tolist() == pytest.approx([-0.1, -0.4])
    assert found["state_high"].tolist() == pytest.approx([-0.05, -0.3])
    assert found["seen_state_high"][1] == pytest.approx(-0.3)
    (said,) = [f.text for f in found.findings if f.text.startswith("Gap junctions")]
    assert "Most at b: -0.4 to -0.3 instead of -0.7 to -0.3." in said


def test_the_neuron_whose_time_constant_changes_most_and_those_whose_cannot_are_named():
    found = cs.analyse(cs.load(example("liquid").path), "bounds", duration=5)
    texts = [f.text for f in found.findings]
    assert "The time constant of tide and still cannot change: no conductance opens or closes there." in texts
    assert any(t.startswith("The most liquid time constant of the run is that of liquid") for t in texts)


def test_a_neuron_without_memory_has_no_time_constant_that_could_change():
    circuit = cs.Circuit()
    circuit.add_neuron("a")
    circuit.add_neuron("s", kind="static")
    circuit.connect("a", "s", "weight")
    (said,) = [f for f in cs.analyse(circuit, "bounds", duration=1.0).findings if "cannot change" in f.text]
    assert said.text.startswith("The time constant of a cannot change")


def test_weights_of_inputs_are_no_injected_currents():
    found = cs.analyse(cs.load(example("product").path), "bounds", duration=1)
    assert not any(f.text.startswith("Injected") for f in found.findings)
    assert found["without"] == {}


def test_a_circuit_without_neurons_has_no_bounds():
    with pytest.raises(cs.CircuitsimError, match="the circuit has no neuron"):
        cs.analyse(cs.Circuit(), "bounds")
