"""Pages outlive their circuit: of the next one they show what pages made for it would show, or they go."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from circuitsim.api import load
from circuitsim.app.panels import inspector as inspector_module
from circuitsim.app.widgets.area import Area
from circuitsim.app.widgets.field import Field
from circuitsim.circuit.build import new_note
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, SetParameter
from circuitsim.io.examples import example, examples


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


def test_the_page_of_a_circuit_looks_as_one_that_is_made_for_it(window):
    document, inspector = window.document, window.panels["inspector"]
    shown_in, kept = {}, 0
    for one in examples():
        document.replace(load(one.path), one.path)
        page = inspector.page
        if shown_in.setdefault(page, one) is not one:
            kept += 1
            QApplication.processEvents()
            made = fresh(inspector)
            assert picture(made) == picture(page), one.id
            made.deleteLater()
    assert kept > 10


def settled(window):
    """Let frames go by until the inspector has dealt with what was there before."""
    inspector = window.panels["inspector"]
    for _ in range(2000):
        if inspector._ahead.done and not inspector._stale:
            return
        window.refresh()
    pytest.fail("pages are never dealt with")


def sorts(circuit):
    """An element of each class and kind."""
    found = {}
    for element in (*circuit.neurons, *circuit.synapses, *circuit.inputs, *circuit.outputs):
        found.setdefault((type(element), getattr(element, "kind", None)), element.id)
    return list(found.values())


def test_pages_of_elements_look_as_ones_that_are_made_for_the_next_circuit(window):
    document, inspector = window.document, window.panels["inspector"]
    window.frames.stop()
    made_for, kept = {}, 0
    for one in examples()[:8]:
        document.replace(load(one.path), one.path)
        document.simulator.pause()
        settled(window)
        for element in sorts(document.circuit):
            document.select({element})
            page = inspector.page
            if made_for.setdefault(page, one) is not one:
                kept += 1
                QApplication.processEvents()
                made = fresh(inspector)
                assert picture(made) == picture(page), (one.id, document.circuit.elements[element])
                made.deleteLater()
    assert kept > 10


def test_no_page_remembers_the_circuit_before(window):
    document, inspector = window.document, window.panels["inspector"]
    for element in sorts(document.circuit):
        document.select({element})
    before = weakref.ref(document.circuit)
    other = Circuit("other", document.circuit.document.unit_system)
    other.add_neuron("only", document.circuit["A"].kind)
    made = inspector._pages.copy()
    document.replace(other, None)
    settled(window)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    kept = set(inspector._pages.values())
    assert [page for page in made.values() if isValid(page)] == [
        page for page in made.values() if page in kept
    ]
    assert {page.ids for page in kept} == {(), (other["only"].id,)}
    del made
    window.refresh()
    gc.collect()
    assert before() is None


def test_pages_of_the_circuit_before_make_room_for_those_that_are_looked_at(window, monkeypatch):
    monkeypatch.setattr(inspector_module, "KEPT", 3)
    document, inspector = window.document, window.panels["inspector"]
    window.frames.stop()
    for element in sorts(document.circuit):
        document.select({element})
        assert inspector.page.ids == (element,)
        assert len(inspector._pages) <= 3
    document.replace(load(example("flip-flop").path), None)
    assert len(inspector._stale) == 2
    for element in sorts(document.circuit):
        document.select({element})
        assert inspector.page.ids == (element,)
        assert len(inspector._pages) <= 3
        assert set(inspector._stale) <= set(inspector._pages)
    settled(window)
    assert inspector._page in inspector._pages.values()


def test_the_next_circuit_is_shown_from_the_top(window, qtbot):
    document, inspector = window.document, window.panels["inspector"]
    window.resize(1024, 500)
    qtbot.waitUntil(lambda: inspector._bar.maximum() > 0)
    inspector._bar.setValue(inspector._bar.maximum())
    document.replace(document.circuit.copy(), None)
    assert inspector._bar.value() == 0


def test_what_was_to_be_chosen_for_a_circuit_is_not_chosen_for_the_next_one(window):
    document, inspector = window.document, window.panels["inspector"]
    choice, seen = inspector.page.findChild(object, "choice:solver").choice, []

    def opened() -> None:
        seen.append(QApplication.activePopupWidget())
        document.replace(document.circuit.copy(), None)
        seen.append(QApplication.activePopupWidget())
        for left in filter(None, seen[1:]):
            left.close()

    QTimer.singleShot(100, opened)
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton)  # returns when the list closes
    assert seen[0] is not None
    assert seen[1] is None


def test_a_gesture_ends_with_its_circuit(window):
    document = window.document
    document.begin_gesture()
    document.replace(document.circuit.copy(), None)
    neuron = document.circuit["A"].id
    for value in (1.5, 2.5):
        document.push(SetParameter((neuron,), "leak_conductance", value))
    assert document.stack.count() == 2


@pytest.mark.parametrize("sort", [Field, Area])
def test_what_was_typed_and_not_taken_does_not_reach_another_circuit(window, sort):
    document, inspector = window.document, window.panels["inspector"]
    note = new_note(document.circuit, "old", "kept", (0.0, 0.0))
    document.push(Add((note,)))
    if sort is Area:
        document.select({note.id})
    typed = inspector.page.findChild(sort)
    typed.setFocus()
    QTest.keyClicks(typed, "unfinished")
    other = document.circuit.copy()
    before = dict(other.elements)
    document.replace(other, None)
    assert document.circuit.elements == before
    assert document.stack.count() == 0
