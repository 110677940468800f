"""A line between two elements becomes the synapse that fits them, or a reason is given."""

from __future__ import annotations

import pytest

from circuitsim.circuit.build import new_note, new_output
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.circuit.wiring import Effect, connection, refusal
from circuitsim.spec.issue import InputError

EXC, INH, ELE, DIR, CLAMP = Effect


@pytest.fixture(params=["liquid", "physiological"])
def circuit(request):
    made = Circuit(unit_system=request.param)
    made.add_neuron("A")
    made.add_neuron("B")
    made.add_neuron("P", "ltc_paper")
    made.add_input("tap", "button")
    return made


@pytest.mark.parametrize(
    ("pre", "post", "effect", "kind"),
    [
        ("A", "B", EXC, "chemical"), ("A", "B", INH, "chemical"), ("A", "B", ELE, "electrical"),
        ("A", "B", DIR, "electrical_directed"),
        ("A", "P", EXC, "weight"), ("P", "P", INH, "weight"), ("P", "A", EXC, "chemical"),
        ("tap", "A", EXC, "current"), ("tap", "A", INH, "current"), ("tap", "P", EXC, "current"),
        ("tap", "A", CLAMP, "clamp"),
        ("A", "A", INH, "chemical"),
    ],
)  # fmt: skip
def test_the_most_fitting_kind_is_taken(circuit, pre, post, effect, kind):
    source, target = circuit[pre], circuit[post]
    assert refusal(circuit, source, target, effect) is None
    synapse = connection(circuit, source, target, effect)
    assert (synapse.kind, synapse.pre, synapse.post) == (kind, source.id, target.id)
    circuit.apply(Add((synapse,)))


@pytest.mark.parametrize("post", ["A", "P"])
@pytest.mark.parametrize("pre", ["A", "P", "tap"])
@pytest.mark.parametrize("effect", [EXC, INH])
def test_numbers_have_the_wanted_sign(circuit, pre, post, effect):
    synapse = connection(circuit, circuit[pre], circuit[post], effect)
    kind = circuit.kinds.synapses[synapse.kind]
    zero = circuit[post].parameters.get("leak_potential", 0.0) if kind.sign == "reversal_potential" else 0.0
    assert (synapse.parameters[kind.sign] > zero) == (effect is EXC)


@pytest.mark.parametrize("rest", [-120.0, -60.0, 30.0])
def test_a_reversal_potential_lies_on_its_side_of_an_unusual_rest(rest):
    circuit = Circuit(unit_system="physiological")
    a = circuit.add_neuron("A", leak_potential=rest)
    assert connection(circuit, a, a, INH).parameters["reversal_potential"] < rest
    assert connection(circuit, a, a, EXC).parameters["reversal_potential"] > rest


@pytest.mark.parametrize(
    ("pre", "post", "effect", "reason"),
    [
        ("A", "A", ELE, "joins two different neurons"),
        ("A", "A", DIR, "joins two different neurons"),
        ("A", "P", DIR, "cannot receive a directed electrical synapse"),
        ("P", "A", DIR, "compares two membranes"),
        ("tap", "A", DIR, "begins at a neuron, not at an input"),
        ("A", "P", ELE, "cannot receive an electrical synapse"),
        ("P", "A", ELE, "acts on both ends"),
        ("tap", "A", ELE, "begins at a neuron, not at an input"),
        ("A", "tap", EXC, "is an input"),
    ],
)
def test_what_may_not_be_is_refused_with_the_reason(circuit, pre, post, effect, reason):
    assert reason in refusal(circuit, circuit[pre], circuit[post], effect)


def test_outputs_notes_and_nothing_receive_no_line(circuit):
    a = circuit["A"]
    output = new_output(circuit, "y", a.id)
    assert refusal(circuit, a, output, EXC) == f"y already reads {a.name}"
    assert refusal(circuit, circuit.neurons[-1], output, EXC) is None
    assert "not an input" in refusal(circuit, circuit.inputs[0], output, EXC)
    assert "receives nothing" in refusal(circuit, a, new_note(circuit, "", "", (0.0, 0.0)), EXC)
    assert "ends at a neuron" in refusal(circuit, a, None, EXC)


def test_a_refused_connection_raises_with_the_place(circuit):
    with pytest.raises(InputError, match=r"A to P: .*cannot receive"):
        connection(circuit, circuit["A"], circuit["P"], ELE)
