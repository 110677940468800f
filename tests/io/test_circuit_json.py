"""A circuit that is written and read is the same circuit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from circuit_strategy import circuits
from hypothesis import given, settings

import circuitsim as cs
from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.edits import Add, Replace, SetParameter, SetTraced
from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.io.document import FileDocument
from circuitsim.io.repeated_keys import nothing_lost

FILE = Path("x.circuit.json")


@given(circuits())
@settings(max_examples=150)
def test_write_and_read_are_inverse(circuit: cs.Circuit) -> None:
    data = dumps(circuit)
    again = loads(data, FILE)
    assert again == circuit
    assert dumps(again) == data
    assert list(again.elements) == sorted(again.elements)


@given(circuits())
@settings(max_examples=30)
def test_a_saved_file_is_known_by_its_text(circuit: cs.Circuit) -> None:
    data = dumps(circuit)
    known = circuit.kinds.solver_parameters
    whole = any(known[name].whole for name in circuit.document.settings.parameters)  # read as other numbers
    assert whole or nothing_lost(data, msgspec.json.decode(data, type=FileDocument))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 1}',
        '{"a": 1, "\\u0061": 1}',
        '[{"b": {"a": [], "a": []}}]',
        '{"a": 1, "b": {}, "a": 2}',
    ],
)
def test_a_key_that_stands_twice_is_a_loss(text: str) -> None:
    assert not nothing_lost(text.encode(), msgspec.json.decode(text))


@given(circuits())
@settings(max_examples=30)
def test_files_are_plain_json(circuit: cs.Circuit) -> None:
    content = json.loads(dumps(circuit))
    gaps = ["trace_numbers"] if circuit.document.numbers else []
    networks = ["networks"] if circuit.cells else []
    assert list(content) == [
        "format", "version", "title", "unit_system", "units", "settings", "traced", *gaps, "lanes", "pins", "neurons",
        "synapses", "inputs", *networks, "outputs", "notes",
    ]  # fmt: skip
    for neuron in content["neurons"]:
        kind = circuit.kinds.neuron(neuron["kind"])
        assert list(neuron["parameters"]) == [p.name for p in kind.parameters]


def pair() -> cs.Circuit:
    """Two neurons of different kinds, an input and what joins them."""
    circuit = cs.Circuit("pair")
    a = new_neuron(circuit, "A")
    b = new_neuron(circuit, "B", "ltc_paper", activation="tanh")
    tap = new_input(circuit, "tap", "button")
    ends = [new_synapse(circuit, tap.id, a.id), new_synapse(circuit, a.id, b.id, "weight")]
    circuit.apply(Add((a, b, tap, *ends)))
    return circuit


def test_choices_are_names_and_ends_are_names() -> None:
    content = json.loads(dumps(pair()))
    assert content["neurons"][1]["parameters"]["activation"] == "tanh"
    assert [(s["from"], s["to"]) for s in content["synapses"]] == [("tap", "A"), ("A", "B")]
    assert content["units"]["time"] == "s"


def test_what_an_input_sends_is_named_only_where_it_is_not_its_value() -> None:
    circuit = pair()
    assert not {"gain", "offset"} & set(json.loads(dumps(circuit))["inputs"][0])
    circuit.apply(Replace((replace(circuit["tap"], gain=0.0, offset=-2.0),), "Map"))
    (tap,) = json.loads(dumps(circuit))["inputs"]
    assert (tap["gain"], tap["offset"]) == (0.0, -2.0)
    assert loads(dumps(circuit), FILE) == circuit


def test_traces_of_files_without_numbers_count_from_one() -> None:
    circuit = pair()
    circuit.apply(SetTraced((circuit["B"].id, circuit["A"].id)))
    content = json.loads(dumps(circuit))
    assert "trace_numbers" not in content
    again = loads(json.dumps(content).encode(), FILE)
    assert again.document.trace_numbers == {circuit["B"].id: 1, circuit["A"].id: 2}
    told = loads(json.dumps({**content, "trace_numbers": [1, 2]}).encode(), FILE)
    assert told == again
    assert dumps(told) == dumps(circuit)


def test_a_changed_number_changes_one_line() -> None:
    circuit = pair()
    before = dumps(circuit).splitlines()
    circuit.apply(SetParameter((circuit["A"].id,), "capacitance", 3.0))
    after = dumps(circuit).splitlines()
    assert len(before) == len(after)
    assert sum(x != y for x, y in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("group", "changes", "expected"),
    [
        ("neurons", {"kind": "other"}, "neuron A: there is no neuron kind 'other'; use one of: ltc, ltc_paper"),
        ("neurons", {"parameters": {}}, "neuron A: .* is missing; give capacitance"),
        ("neurons", {"parameters": {"capacitance": -1.0}}, "neuron A: .* must be at least"),
        ("neurons", {"parameters": {"capacitance": "big"}}, r"neurons\[0\].parameters.capacitance: 'big' is not a number"),
        ("neurons", {"start": 1e300}, r"neuron A: start state is 1e\+300; use a finite number of at most 1e\+09"),
        ("synapses", {"to": "tap"}, r"synapses\[0\].to: there is no neuron named 'tap'; check the name"),
        ("synapses", {"from": "Z"}, r"synapses\[0\].from: there is no neuron or input named 'Z'; check the name"),
        ("synapses", {"kind": "electrical", "parameters": {"conductance": 1}}, "synapse tap to A: an electrical synapse begins at a neuron, not at an input"),
        ("inputs", {"stimulus": "table", "parameters": {"mode": "held"}}, "input tap: a table needs times and values; give it a table"),
        ("inputs", {"stimulus": "table", "parameters": {"mode": "cubic"}}, r"inputs\[0\].parameters.mode: 'cubic' is not one of held, linear"),
        ("inputs", {"stimulus": "table", "parameters": {"mode": "held"}, "table": {"times": [1, 1], "values": [0, 0]}}, "input tap: the times of its table do not increase"),
    ],
)  # fmt: skip
def test_illegal_circuits_are_refused_with_the_element(
    group: str, changes: dict[str, object], expected: str
) -> None:
    content = json.loads(dumps(pair()))
    content[group][0].update(changes)
    with pytest.raises(cs.InputError, match=f"x.circuit.json, {expected}"):
        loads(json.dumps(content).encode(), FILE)


def test_every_issue_of_a_file_is_told() -> None:
    content = json.loads(dumps(pair()))
    content["neurons"][0]["start"] = 1e300
    content["neurons"][1]["kind"] = "other"
    with pytest.raises(cs.InputError) as caught:
        loads(json.dumps(content).encode(), FILE)
    assert len(caught.value.issues) >= 2
    assert "more like it" in caught.value.sentence


def test_a_number_without_a_point_is_a_number() -> None:
    content = dumps(pair()).replace(b'"start": 0.0', b'"start": 0')
    assert loads(content, FILE) == pair()
