"""What the notes of the examples claim, measured in runs with their own solver and step.

The recorded values come from another integrator (scipy DOP853, restarted at every jump of an input).
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from measures import identifier, measure

import circuitsim as cs
from circuitsim.circuit.edits import Replace, SetParameter
from circuitsim.circuit.elements import Input
from circuitsim.io.examples import example

DATA = json.loads((Path(__file__).parent.parent / "data" / "gallery_claims.json").read_text())["circuits"]
CLAIMS = [(name, claim) for name, entry in DATA.items() for claim in entry["claims"]]


@cache
def run(name, protocol):
    """The trace of an example under a protocol: presses, held values, cut synapses, muted neurons."""
    entry = DATA[name]
    steps = entry["protocols"][protocol]
    circuit = cs.load(example(name).path)
    for neuron in steps.get("mute", ()):
        cell = circuit[identifier(neuron)].id
        silent = [
            s.id
            for s in circuit.synapses
            if cell in ((s.pre, s.post) if s.kind == "electrical" else (s.pre,))
        ]
        circuit.apply(SetParameter(tuple(silent), "conductance", 0.0))
    for target, value in steps.get("set", {}).items():
        _, ends, _ = target.split(":")
        pre, post = (circuit[identifier(end)].id for end in ends.split(">"))
        found = tuple(s.id for s in circuit.synapses if (s.pre, s.post) == (pre, post))
        assert len(found) == 1
        circuit.apply(SetParameter(found, "conductance", value))
    for source, value in steps.get("hold", {}).items():
        circuit.apply(SetParameter((circuit[identifier(source)].id,), "value", value))
    pressed = {
        identifier(button): (
            [0.0, *(t for press in presses for t in press)],
            [0.0, *([1.0, 0.0] * len(presses))],
        )
        for button, presses in steps.get("press", {}).items()
    }
    return cs.simulate(circuit, duration=steps.get("duration", entry["duration"]), inputs=pressed, every=0.02)


@pytest.mark.parametrize(("name", "claim"), CLAIMS, ids=[f"{n}: {c['text']}" for n, c in CLAIMS])
def test_claim_holds_and_agrees_with_another_integrator(name, claim):
    value = measure(run(name, claim["protocol"]), claim["what"])
    low, high = claim["range"]
    assert low is None or value >= low
    assert high is None or value <= high
    assert value == pytest.approx(claim["measured"], rel=2e-3, abs=2e-5)


def test_tapping_shifts_the_balance_to_backward_and_letting_go_back():
    trace = run("tap-withdrawal", "tap")
    rest, tapped = (
        measure(
            trace, {"measure": "at_end", "signal": "diff:AVAL,AVAR,AVDL,AVDR|AVBL,AVBR,PVCL,PVCR", "t": t}
        )
        for t in ([0, 8], [0, 12])
    )
    assert rest < 0 < tapped


def test_deleting_a_crossing_synapse_stops_the_beat():
    """What the note of the half-centre says to try."""
    circuit = cs.load(example("half-centre").path)
    left, right = circuit["left"].id, circuit["right"].id
    cut = next(s for s in circuit.synapses if (s.pre, s.post) == (left, right))
    circuit.apply(Replace((replace(cut, parameters={**cut.parameters, "conductance": 0.0}),), "Cut"))
    v = cs.simulate(circuit, duration=40.0)["left"].v
    assert v[-1000:].max() - v[-1000:].min() < 0.02


@pytest.mark.parametrize("name", list(DATA))
def test_buttons_wait_for_the_hand(name):
    circuit = cs.load(example(name).path)
    for source in circuit.inputs:
        assert isinstance(source, Input)
        assert source.stimulus != "button" or (source.parameters["state"] == 0.0 and source.key)
