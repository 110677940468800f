"""Pages of the inspector are made before somebody turns to them, hidden until then, and follow another circuit."""

from __future__ import annotations

import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete
from circuitsim.circuit.elements import DOCUMENT_ID


@pytest.fixture
def inspector(window):
    window.panels["inspector"].prepare()
    return window.panels["inspector"]


def frames(window, count=12):
    for _ in range(count):
        window.refresh()


def test_the_first_look_at_a_neuron_meets_a_page_that_is_there(window, inspector):
    frames(window)
    made = list(inspector._pages.values())
    assert [page for page in made if not page.isHidden()] == [inspector.page]
    for name in ("A", "B"):
        window.document.select({window.document.circuit[name].id})
        assert inspector.page in made
        assert inspector.page.ids == (window.document.circuit[name].id,)
        assert [page for page in inspector._pages.values() if not page.isHidden()] == [inspector.page]
    window.document.select({window.document.circuit.synapses[0].id})
    assert inspector.page in made
    assert len(inspector._pages) == len(made)


def test_another_circuit_gets_pages_of_its_own(window, inspector):
    frames(window)
    before = set(inspector._pages.values())
    circuit = Circuit("other")
    circuit.add_neuron("only")
    window.document.replace(circuit, None)
    window.document.circuit.add_neuron("more")
    frames(window)
    assert before.isdisjoint(inspector._pages.values())
    window.document.select({window.document.circuit["only"].id})
    assert inspector.page.element == window.document.circuit["only"].id


def test_what_is_gone_before_its_page_is_made_is_passed_over(window, inspector):
    document = window.document
    document.replace(document.circuit.copy(), None)
    everything = frozenset(i for i in document.circuit.elements if i != DOCUMENT_ID)
    assert document.push(Delete(everything))
    frames(window)
    assert not inspector._ahead
    assert list(inspector._pages.values()) == [inspector.page]
