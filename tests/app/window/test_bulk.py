"""Hundreds of things copied, pasted, changed and deleted by keys of the real window, and undone and done again."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from circuitsim.app.document.clipboard import AT_ONCE, LARGE
from circuitsim.app.document.group import Group
from circuitsim.app.document.handle import Handle
from circuitsim.circuit.build import new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Placed
from circuitsim.circuit.fragment import fragment
from circuitsim.io.circuits.circuit_json import dumps

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NEURONS, SYNAPSES = 40, 260


def crowd():
    rng = np.random.default_rng(5)
    circuit = Circuit("crowd")
    cells = [new_neuron(circuit, f"N{k}", position=(80.0 * (k % 8), 80.0 * (k // 8))) for k in range(NEURONS)]
    ends = rng.integers(0, NEURONS, (SYNAPSES, 2)).tolist()
    lines = [
        new_synapse(circuit, cells[a].id, cells[b].id, conductance=0.1 + 0.001 * k)
        for k, (a, b) in enumerate(ends)
    ]
    circuit.apply(Add((*cells, *lines)))
    return circuit


@pytest.fixture
def window(opened):
    return opened(crowd())


def key(window, letter, modifiers=CONTROL):
    QTest.keyClick(window.canvas, letter, modifiers)


def elements(window):
    return dict(window.document.circuit.elements)


def undo(window):
    key(window, Qt.Key.Key_Z)


def redo(window):
    key(window, Qt.Key.Key_Z, CONTROL | SHIFT)


def undo_and_redo(window, before, after):
    """Undo and redo twice; each state is elements and selection."""
    for _ in range(2):
        undo(window)
        assert (elements(window), window.document.selection) == before
        redo(window)
        assert (elements(window), window.document.selection) == after


def same_but_names_and_places(old, new):
    """Whether the new neurons and synapses are wired as the old ones, in the same order of ids."""
    ids = dict(zip((n.id for n in old.neurons), (n.id for n in new.neurons), strict=True))
    theirs = [(s.kind, ids[s.pre], ids[s.post], s.parameters) for s in old.synapses]
    return theirs == [(s.kind, s.pre, s.post, s.parameters) for s in new.synapses]


@pytest.mark.parametrize("waits", [False, True])
def test_paste_of_hundreds_is_one_step_that_selects_what_it_adds(window, qtbot, waits):
    document = window.document
    assert len(document.circuit.elements) > AT_ONCE
    whole = fragment(document.circuit, document.circuit.elements)
    key(window, Qt.Key.Key_A)
    QGuiApplication.clipboard().setText("milk, eggs")
    key(window, Qt.Key.Key_C)
    if waits:  # else what is copied is pasted before other programs could have it
        qtbot.waitUntil(lambda: '"circuitsim"' in QGuiApplication.clipboard().text())
    before = elements(window), document.selection
    key(window, Qt.Key.Key_V)
    fresh = [e for i, e in document.circuit.elements.items() if i not in before[0]]
    assert [e.id for e in fresh] == list(range(max(before[0]) + 1, max(before[0]) + 1 + NEURONS + SYNAPSES))
    assert document.selection == {e.id for e in fresh if isinstance(e, Placed)}
    assert document.stack.undoText() == f"Paste {NEURONS} things"
    assert same_but_names_and_places(whole, fragment(document.circuit, document.selection))
    undo_and_redo(window, before, (elements(window), document.selection))
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == dumps(whole).decode())


def test_long_text_of_another_program_is_pasted_once_it_is_read(window, qtbot):
    document = window.document
    raw = dumps(fragment(document.circuit, document.circuit.elements))
    assert len(raw) > LARGE
    QGuiApplication.clipboard().setText(raw.decode())
    before = elements(window), document.selection
    key(window, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: document.stack.count() == 1)
    assert len(document.circuit.neurons) == 2 * NEURONS
    assert len(document.selection) == NEURONS
    undo_and_redo(window, before, (elements(window), document.selection))


def test_long_text_that_is_no_circuit_is_refused(window, qtbot):
    document = window.document
    QGuiApplication.clipboard().setText('{"format": "circuitsim", "version": 1, "x": "' + "y" * LARGE)
    before = elements(window)
    with qtbot.waitSignal(document.refused) as caught:
        key(window, Qt.Key.Key_V)
    assert "clipboard" in caught.args[0].where
    assert elements(window) == before
    assert document.stack.count() == 0


@pytest.mark.parametrize("letter", [Qt.Key.Key_D, Qt.Key.Key_X, Qt.Key.Key_Delete])
def test_undo_selects_what_was_selected_and_redo_what_was_left(window, letter):
    document = window.document
    key(window, Qt.Key.Key_A)
    before = elements(window), document.selection
    key(window, letter, Qt.KeyboardModifier.NoModifier if letter == Qt.Key.Key_Delete else CONTROL)
    after = elements(window), document.selection
    assert len(after[1]) == (NEURONS if letter == Qt.Key.Key_D else 0)
    undo_and_redo(window, before, after)
    assert window.commands.actions["align_left"].isEnabled() is (letter == Qt.Key.Key_D)
    undo(window)
    assert window.commands.actions["align_left"].isEnabled()
    assert window.commands.actions["mute"].isEnabled()


@pytest.mark.parametrize(
    ("text", "factor", "more"), [("0.25", 0.0, 0.25), ("*2", 2.0, 0.0), ("+=x", 2.0, 0.0)]
)
def test_a_number_of_all_synapses_is_one_step(window, text, factor, more):
    document = window.document
    ids = tuple(s.id for s in document.circuit.synapses)
    document.select(ids)
    before = elements(window), document.selection
    numbers = [s.parameters["conductance"] for s in document.circuit.synapses]
    conductance = document.circuit.kinds.synapses["chemical"].parameter("conductance")
    assert Handle(Group(document, ids), conductance).take(text) is None
    found = [s.parameters["conductance"] for s in document.circuit.synapses]
    assert found == pytest.approx([factor * g + more for g in numbers])
    assert document.stack.count() == 1
    undo_and_redo(window, before, (elements(window), document.selection))
