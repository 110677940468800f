"""A part of a circuit taken out, and put into a circuit again."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_circuits import circuits

from circuitsim.circuit.build import new_note, new_output
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Named
from circuitsim.circuit.fragment import fragment, is_empty, merged, middle
from circuitsim.circuit.validate import validate
from circuitsim.spec.issue import InputError


@pytest.fixture
def circuit():
    made = Circuit(title="whole")
    for k, name in enumerate(("N", "N2", "DB01", "last")):
        made.add_neuron(name, position=(100.0 * k, 50.0), leak_conductance=0.1 + k, start=0.1 * k)
    made.add_input("tap", "button", key="t", position=(-100.0, 0.0))
    made.connect("N", "N2", conductance=3.0)
    made.connect("N2", "last", conductance=4.0)
    made.connect("N", "N", reversal_potential=-1.0)
    made.connect("tap", "N")
    made.apply(Add((new_output(made, "y0", made["N2"].id, gain=2.0), new_note(made, "a", "b", (0.0, 9.0)))))
    return made


def ids(circuit, *names):
    return {circuit[name].id for name in names}


def test_a_part_holds_what_lies_inside(circuit):
    part = fragment(circuit, ids(circuit, "N", "N2"))
    assert [n.name for n in part.neurons] == ["N", "N2"]
    ends = [(part.elements[s.pre].name, part.elements[s.post].name) for s in part.synapses]
    assert ends == [("N", "N2"), ("N", "N")]
    assert [o.name for o in part.outputs] == ["y0"]
    assert not part.inputs
    assert part.neurons[1] == circuit["N2"]


def test_what_cannot_stand_alone_makes_an_empty_part(circuit):
    assert is_empty(fragment(circuit, {circuit.synapses[0].id, circuit["y0"].id}))
    assert not is_empty(fragment(circuit, {circuit.notes[0].id}))


def test_a_merged_part_has_new_ids_and_free_names_and_is_taken_back_by_one_inverse(circuit):
    before = dict(circuit.elements)
    edit = merged(circuit, fragment(circuit, ids(circuit, "N", "N2", "DB01", "tap")), (32.0, 16.0))
    assert edit.text == "Paste 5 things"
    assert dict(circuit.elements) == before  # nothing has been added so far
    inverse = circuit.apply(edit)
    added = [e for e in circuit.elements.values() if e.id not in before]
    assert {e.name for e in added if hasattr(e, "name")} == {"N3", "N4", "DB01_2", "tap2", "y0_2"}
    copy = circuit["N3"]
    assert copy.position == (32.0, 66.0)
    assert (copy.parameters, copy.start) == (circuit["N"].parameters, circuit["N"].start)
    (line,) = [s for s in circuit.synapses if s.post == circuit["N4"].id]
    assert (line.pre, line.parameters["conductance"]) == (copy.id, 3.0)
    assert circuit["tap2"].key == "t"
    circuit.apply(inverse)
    assert dict(circuit.elements) == before


@pytest.mark.parametrize(
    ("there", "part", "expected"),
    [
        ((), ("N", "N7"), {"N", "N7"}),
        (("N", "N3"), ("N4",), {"N4"}),
        (("N",), ("N", "N2"), {"N3", "N2"}),
        (("N", "N2"), ("N", "N2"), {"N3", "N4"}),
        (("VA",), ("VA12", "VA11", "VA"), {"VA12", "VA11", "VA2"}),
    ],
)
def test_a_name_that_is_free_stays(there, part, expected):
    target, origin = Circuit(), Circuit()
    for name in there:
        target.add_neuron(name)
    for name in part:
        origin.add_neuron(name)
    added = merged(target, origin, (0.0, 0.0)).elements
    assert {e.name for e in added} == expected
    assert {e.name for e in added if e.name in part} == set(part) - set(there)


def bare(part, shift=(0.0, 0.0)):
    """What a part is, whatever its ids and names are and wherever it stands."""
    sorts = (part.neurons, part.inputs, part.cells, part.synapses, part.outputs, part.notes)
    number = {0: -1, **{e.id: k for elements in sorts for k, e in enumerate(elements)}}

    def value(name, of):
        if name in {"id", "name"}:
            return None
        if name in {"pre", "post", "source"}:
            return type(part.elements[of]), number[of]
        if name == "reads":
            return [(number[r.source], r.gain, r.offset) for r in of]
        if name == "units":
            return [number[i] for i in of]
        return [round(a - b, 6) for a, b in zip(of, shift, strict=True)] if name == "position" else of

    return [[{f.name: value(f.name, getattr(e, f.name)) for f in fields(e)} for e in some] for some in sorts]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(circuits(), circuits(), st.data())
def test_any_part_comes_whole_into_any_circuit(origin, other, data):
    part = fragment(origin, data.draw(st.sets(st.sampled_from(sorted(origin.elements)))))
    for target in (origin, other):
        if target.document.unit_system != part.document.unit_system:
            continue
        for _ in range(2):  # the second time beside the first
            before = dict(target.elements)
            target.apply(merged(target, part, (32.0, -16.0)))
            assert not [issue for issue in validate(target) if not issue.warning]
            assert {i: target.elements[i] for i in before} == before
            named = [e.name for e in target.elements.values() if isinstance(e, Named)]
            assert len(named) == len(set(named))
            assert {e.name for e in part.elements.values() if isinstance(e, Named)} <= set(named)
            again = fragment(target, target.elements.keys() - before.keys())
            assert bare(again, (32.0, -16.0)) == bare(part)


def test_a_part_of_other_units_is_refused(circuit):
    part = fragment(circuit, ids(circuit, "N"))
    with pytest.raises(InputError, match="same units"):
        merged(Circuit(unit_system="physiological"), part, (0.0, 0.0))


def test_the_middle_of_a_part(circuit):
    assert middle(fragment(circuit, ids(circuit, "N", "last"))) == (150.0, 50.0)
    assert middle(Circuit()) == (0.0, 0.0)
