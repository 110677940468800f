"""Every edit has an inverse that restores the circuit exactly, indices included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_circuits import MAKERS, an_edit, circuits

import circuitsim.circuit.edits as edits
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Compound, Restore
from circuitsim.circuit.validate import validate

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Changed

relaxed = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def everything(circuit: Circuit) -> dict[str, Any]:
    """All that can be asked of a circuit."""
    ids = sorted(circuit.elements)
    return {
        "elements": {i: circuit.elements[i] for i in ids},
        "lists": [
            circuit.neurons,
            circuit.synapses,
            circuit.inputs,
            circuit.cells,
            circuit.outputs,
            circuit.notes,
        ],
        "attached": {i: circuit.attached(i) for i in ids},
        "names": dict(circuit._names),
    }


def rebuilt(circuit: Circuit) -> dict[str, Any]:
    """The same, asked of a circuit that was never edited."""
    fresh = Circuit(kinds=circuit.kinds)
    fresh.apply(Restore(dict(circuit.elements)))
    return everything(fresh)


def test_every_edit_class_is_drawn() -> None:
    assert set(edits.__all__) - {"Edit", "Restore", "Compound"} == set(MAKERS)


@relaxed
@given(circuits(), st.data())
def test_edits_and_their_inverses(circuit: Circuit, data: st.DataObject) -> None:
    past = [everything(circuit)]
    inverses = []
    for _ in range(data.draw(st.integers(1, 6))):
        inverses.append(circuit.apply(an_edit(data.draw, circuit)))
        assert everything(circuit) == rebuilt(circuit)
        past.append(everything(circuit))
    redo = []
    for k, inverse in enumerate(reversed(inverses), start=2):
        redo.append(circuit.apply(inverse))
        assert everything(circuit) == past[-k]
    for k, again in enumerate(reversed(redo), start=1):
        circuit.apply(again)
        assert everything(circuit) == past[k]


@relaxed
@given(circuits(), st.data())
def test_several_edits_as_one(circuit: Circuit, data: st.DataObject) -> None:
    """A compound does what its parts do one after another, with one event and one inverse."""
    before = everything(circuit)
    twin = circuit.copy()
    parts = []
    for _ in range(data.draw(st.integers(1, 4))):
        part = an_edit(data.draw, twin)
        twin.apply(part)
        parts.append(part)
    heard: list[Changed] = []
    circuit.changed.connect(heard.append)
    inverse = circuit.apply(Compound(tuple(parts), "Several"))
    assert everything(circuit) == everything(twin)
    assert len(heard) == 1
    assert inverse.text == "Several"
    circuit.apply(inverse)
    assert everything(circuit) == before


@relaxed
@given(circuits(), st.data())
def test_what_the_event_says(circuit: Circuit, data: st.DataObject) -> None:
    """Before and after of the event are exactly what listeners would have seen."""
    before = dict(circuit.elements)
    heard: list[Changed] = []
    circuit.changed.connect(heard.append)
    circuit.apply(an_edit(data.draw, circuit))
    (message,) = heard
    assert set(message.before) == set(message.after)
    for i in set(before) | set(circuit.elements) | set(message.after):
        if i in message.after:
            assert message.before[i] == before.get(i)
            assert message.after[i] == circuit.elements.get(i)
        else:
            assert before.get(i) is circuit.elements.get(i)


@relaxed
@given(circuits(), st.data())
def test_an_edited_circuit_is_legal(circuit: Circuit, data: st.DataObject) -> None:
    """What an edit checks in part holds for the whole."""
    for _ in range(4):
        circuit.apply(an_edit(data.draw, circuit))
    assert validate(circuit) == []
