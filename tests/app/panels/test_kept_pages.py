"""Pages of the inspector outlive their circuit: in the next one they show what a page made for it would show."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.api import load
from circuitsim.app.document.group import Group
from circuitsim.app.widgets.area import Area
from circuitsim.app.widgets.field import Field
from circuitsim.circuit.build import new_note
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import DOCUMENT_ID
from circuitsim.io.examples import examples


def selections(circuit, document):
    """Nothing, one of each kind, the first two neurons, everything; no note, whose text may have a bar or none."""
    everything = tuple(i for i in circuit.elements if i != DOCUMENT_ID)
    first = [(some[0].id,) for some in Group(document, everything).of_a_kind]
    return [(), *first, tuple(n.id for n in circuit.neurons[:2]), everything]


def picture(page):
    """What a page looks like now, the run standing still."""
    page.sync()
    page.refresh()
    page.box.activate()
    return page.grab().toImage()


def fresh(inspector):
    """A page for what is shown, made for it alone."""
    shown = inspector.page
    made = type(shown)(shown.document, shown.ids)
    made.complete()
    made.setParent(shown.parentWidget())
    made.setFixedSize(shown.size())
    made.box.setContentsMargins(shown.box.contentsMargins())
    made.show()
    QApplication.processEvents()
    return made


def test_a_page_looks_as_one_that_is_made_for_its_circuit(window, qtbot):
    document, inspector = window.document, window.panels["inspector"]
    shown_in, kept = {}, 0
    for one in examples()[::2]:
        document.replace(load(one.path), one.path)
        document.step(1)
        qtbot.waitUntil(lambda: document.snapshot() is not None, timeout=120_000)  # kernels may be cold
        for ids in selections(document.circuit, document):
            document.select(ids)
            page = inspector.page
            if shown_in.setdefault(page, one) is not one:
                shown_in[page] = one
                kept += 1
                QApplication.processEvents()
                made = fresh(inspector)
                assert picture(made) == picture(page), (one.id, ids)
                made.deleteLater()
    assert kept > 30


def test_another_circuit_of_the_same_kinds_and_units_takes_no_page_to_be_made(window):
    document, inspector = window.document, window.panels["inspector"]
    for _ in range(2):
        before = dict(inspector._pages)
        document.replace(document.circuit.copy(), None)
        document.select({document.circuit["A"].id})
    assert inspector._pages == before


@pytest.mark.parametrize("sort", [Field, Area])
def test_what_was_typed_and_not_taken_does_not_reach_another_circuit(window, sort):
    document, inspector = window.document, window.panels["inspector"]
    note = new_note(document.circuit, "old", "kept", (0.0, 0.0))
    document.push(Add((note,)))
    document.select({note.id})
    typed = inspector.page.findChild(sort)
    typed.setFocus()
    QTest.keyClicks(typed, "unfinished")
    other = document.circuit.copy()
    before = dict(other.elements)
    document.replace(other, None)
    assert document.circuit.elements == before
    assert document.stack.count() == 0
    document.select({note.id})
    assert typed is inspector.page.findChild(sort)
    assert "unfinished" not in (typed.text() if sort is Field else typed.toPlainText())
