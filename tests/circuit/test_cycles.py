"""A cycle of neurons without memory is refused with its members, however it comes about."""

from __future__ import annotations

import json

import pytest

import circuitsim as cs
from circuitsim.circuit.build import new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Compound, SetKind
from circuitsim.circuit.memoryless import closes_cycle, levels
from circuitsim.circuit.rewire import turned
from circuitsim.circuit.validate import validate
from circuitsim.circuit.wiring import Effect, refusal


def ring(kind: str, count: int, *, closed: bool) -> Circuit:
    circuit = Circuit()
    names = [circuit.add_neuron(f"n{k}", kind).name for k in range(count)]
    ends = (*names[1:], *names[:1]) if closed else names[1:]
    for pre, post in zip(names, ends, strict=False):
        circuit.connect(pre, post, "weight")
    return circuit


def test_closing_a_ring_names_its_members():
    circuit = ring("static", 3, closed=False)
    before = dict(circuit.elements)
    with pytest.raises(cs.InputError) as caught:
        circuit.connect("n2", "n0", "weight")
    (issue,) = caught.value.issues
    assert issue.sentence == (
        "neurons n0, n1 and n2: they hear one another in a cycle and none of them has a memory, so none can be "
        "evaluated first; put a neuron that remembers between them, or take a synapse away."
    )
    assert issue.element == circuit["n0"].id
    assert not issue.warning
    assert dict(circuit.elements) == before
    reason = closes_cycle(circuit, circuit["n2"], circuit["n0"])
    assert reason == "n2 already follows from n0 at once, and neither has a memory"
    assert refusal(circuit, circuit["n2"], circuit["n0"], Effect.EXCITATORY) == reason
    assert refusal(circuit, circuit["n0"], circuit["n2"], Effect.EXCITATORY) is None


def test_a_neuron_that_would_hear_itself_is_named():
    circuit = ring("static", 1, closed=False)
    with pytest.raises(cs.InputError, match="neuron n0: it hears itself, but has no memory"):
        circuit.connect("n0", "n0", "weight")
    assert "cannot hear itself" in (closes_cycle(circuit, circuit["n0"], circuit["n0"]) or "")


def test_turning_the_last_neuron_of_a_ring_static_is_refused():
    circuit = ring("ct_rnn", 12, closed=True)
    for k in range(11):
        circuit.apply(SetKind(circuit[f"n{k}"].id, "static"))
    with pytest.raises(cs.InputError, match=r"neurons n0, n1, n2, n3, n4, n5, n6 and 5 more: they hear"):
        circuit.apply(SetKind(circuit["n11"].id, "static"))
    every = Compound(tuple(SetKind(n.id, "ct_rnn") for n in circuit.neurons), "Change")
    circuit.apply(every)
    with pytest.raises(cs.InputError, match="in a cycle"):
        circuit.apply(Compound(tuple(SetKind(n.id, "static") for n in circuit.neurons), "Change"))


def test_a_cycle_with_a_neuron_that_remembers_is_legal():
    circuit = ring("static", 3, closed=False)
    circuit.apply(SetKind(circuit["n1"].id, "neural_ode"))
    circuit.connect("n2", "n0", "weight")
    assert levels(circuit) == {circuit["n0"].id: 1, circuit["n2"].id: 0}
    assert validate(circuit) == []


def test_turning_a_synapse_round_may_close_a_cycle():
    circuit = ring("static", 3, closed=False)
    skip = circuit.connect("n0", "n2", "weight")
    with pytest.raises(cs.InputError, match="neurons n0, n1 and n2"):
        circuit.apply(turned(circuit, {skip.id}))


def test_every_cycle_is_told_of():
    circuit = ring("static", 4, closed=False)
    pairs = (("n1", "n0"), ("n3", "n2"))
    backwards = tuple(new_synapse(circuit, circuit[a].id, circuit[b].id, "weight") for a, b in pairs)
    with pytest.raises(cs.InputError) as caught:
        circuit.apply(Add(backwards))
    assert [issue.where for issue in caught.value.issues] == ["neurons n0 and n1", "neurons n2 and n3"]


def test_a_file_with_a_cycle_is_refused_with_its_members(tmp_path):
    path = tmp_path / "ring.circuit.json"
    cs.save(ring("ct_rnn", 3, closed=True), path)
    content = json.loads(path.read_text())
    for neuron in content["neurons"]:
        neuron["kind"] = "static"
        del neuron["parameters"]["time_constant"]
    path.write_text(json.dumps(content))
    with pytest.raises(cs.InputError, match="n0, n1 and n2"):
        cs.load(path)
