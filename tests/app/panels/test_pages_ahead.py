"""Pages of the inspector are made before somebody turns to them, hidden until then, and follow another circuit."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from circuitsim.api import load
from circuitsim.app import theme
from circuitsim.app.widgets.field import Field
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, Rename, SetKind
from circuitsim.circuit.elements import DOCUMENT_ID
from circuitsim.circuit.wiring import fitting_neuron_kinds
from circuitsim.io.examples import examples


@pytest.fixture
def inspector(window):
    window.panels["inspector"].prepare()
    return window.panels["inspector"]


def made_ahead(window, inspector):
    """Let frames go by until all pages are there."""
    for _ in range(1000):
        if inspector._ahead.done:
            return
        window.refresh()
    pytest.fail("pages are never made")


def test_the_first_look_at_a_neuron_meets_a_page_that_is_there(window, inspector):
    made_ahead(window, inspector)
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


def test_a_circuit_of_other_units_gets_pages_of_its_own(window, inspector):
    made_ahead(window, inspector)
    before = set(inspector._pages.values())
    circuit = Circuit("other", "liquid")
    circuit.add_neuron("only")
    window.document.replace(circuit, None)
    made_ahead(window, inspector)
    made = set(inspector._pages.values()) - before
    window.document.select({window.document.circuit["only"].id})
    assert inspector.page in made
    assert inspector.page.element == window.document.circuit["only"].id


class Windows(QObject):
    """Notes every window that is shown."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched.text() if isinstance(watched, QLabel) else watched)
        return False


def test_no_part_of_a_page_is_shown_as_a_window_before_it_has_its_place(window, inspector):
    document, seen = window.document, Windows()
    window.frames.stop()
    QApplication.instance().installEventFilter(seen)
    try:
        for one in examples():
            document.replace(load(one.path), one.path)
            made_ahead(window, inspector)
            for element in document.circuit.elements:
                if element != DOCUMENT_ID:
                    document.select({element})
                    assert inspector.page.ids == (element,)
    finally:
        QApplication.instance().removeEventFilter(seen)
    assert seen.shown == []


def test_another_theme_keeps_all_pages(window, inspector, qtbot):
    made_ahead(window, inspector)
    before = dict(inspector._pages)
    for _ in range(2):
        window.switch_theme()
        qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
        assert inspector._pages == before
        assert [page for page in before.values() if not page.isHidden()] == [inspector.page]
        inks = {
            label.palette().windowText().color().name()
            for page in before.values()
            for label in page.findChildren(QLabel)
        }
        assert inks <= {ink.lower() for ink in astuple(theme.current()) if isinstance(ink, str)}


def test_what_is_gone_before_its_page_is_made_is_passed_over(window, inspector):
    document = window.document
    document.replace(document.circuit.copy(), None)
    everything = frozenset(i for i in document.circuit.elements if i != DOCUMENT_ID)
    assert document.push(Delete(everything))
    made_ahead(window, inspector)
    assert inspector._ahead.done
    assert list(inspector._pages.values()) == [inspector.page]


def test_what_is_edited_while_its_page_is_made_is_shown_as_it_is(window, inspector):
    document = window.document
    first = document.circuit["A"].id
    window.refresh()
    assert not inspector._ahead.done
    assert document.push(Rename(first, "other"))
    made_ahead(window, inspector)
    document.select({first})
    assert "other" in [field.text() for field in inspector.page.findChildren(Field)]


def test_who_turns_to_a_page_that_is_being_made_gets_a_whole_one(window, inspector):
    window.refresh()
    assert not inspector._ahead.done
    first = window.document.circuit["A"].id
    window.document.select({first})
    whole = len(inspector.page.findChildren(QWidget))
    made_ahead(window, inspector)
    window.document.select(())
    window.document.select({first})
    assert len(inspector.page.findChildren(QWidget)) == whole > 20


def test_a_page_that_is_missing_comes_within_some_frames(window, inspector):
    """Until then the one before stays, as it is, and keys go on."""
    inspector._ahead.look()
    window.frames.stop()
    document, before = window.document, inspector.page
    first = document.circuit["A"].id
    document.select({first})
    assert inspector._page is before
    assert before.isVisible()
    assert inspector.title.findChild(QWidget) is not None
    for _ in range(1000):
        if inspector._page is not before:
            break
        window.refresh()
    assert inspector._page.ids == (first,)
    assert not before.isVisible()
    assert [page for page in inspector._pages.values() if not page.isHidden()] == [inspector._page]


def test_a_page_that_is_coming_follows_what_becomes_of_its_elements(window, inspector):
    window.frames.stop()
    document, whole = window.document, inspector.page
    assert document.push(Delete({s.id for s in document.circuit.synapses}))  # so that kinds may change
    first, second = (document.circuit[name].id for name in "AB")
    document.select({first})
    window.refresh()
    assert document.push(Rename(first, "other"))
    document.select({second})  # of the same kind: the page that is under way fits
    assert document.push(Delete({first}))
    document.stack.undo()
    document.select({first})
    before = document.circuit["other"].kind
    other = next(
        kind for kind in fitting_neuron_kinds(document.circuit, document.circuit["other"]) if kind != before
    )
    assert document.push(SetKind(first, other))
    assert inspector._page is whole
    assert inspector.page.ids == (first,)
    assert "other" in [field.text() for field in inspector.page.findChildren(Field)]
    document.stack.undo()
    assert "other" in [field.text() for field in inspector.page.findChildren(Field)]
    made_ahead(window, inspector)
    assert [page for page in inspector._pages.values() if not page.isHidden()] == [inspector.page]


def test_a_page_that_is_coming_is_there_when_the_inspector_is_shown_again(window, inspector):
    window.frames.stop()
    document = window.document
    first, second = document.circuit["A"].id, document.circuit.synapses[0].id
    document.select({first})
    assert inspector._coming
    inspector.hide()
    assert not inspector._coming
    assert inspector._page.ids == (first,)
    document.select({second})
    assert inspector._page.ids == (second,)
    document.replace(document.circuit.copy(), None)
    assert [page.ids for page in inspector._pages.values()] == [()]
    inspector.show()


def test_a_circuit_of_other_units_is_shown_at_once(window, inspector):
    made_ahead(window, inspector)
    window.frames.stop()
    other = Circuit(
        "other", "physiological" if window.document.circuit.unit_system.id == "liquid" else "liquid"
    )
    window.document.replace(other, None)
    assert not inspector._coming
    assert inspector._page.ids == ()
    assert "other" in [field.text() for field in inspector._page.findChildren(Field)]


def test_a_window_that_is_closed_while_a_page_is_made_leaves_nothing(launch):
    window = launch()
    inspector = window.panels["inspector"]
    inspector.prepare()
    window.refresh()
    assert not inspector._ahead.done
    window.close()
