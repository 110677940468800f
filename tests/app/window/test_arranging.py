"""Cut, copy, paste, duplicate, align and tidy by keys and menus of the real window, while the circuit runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from circuitsim.api import load
from circuitsim.app.document.clipboard import MIME
from circuitsim.app.window.start import application, build
from circuitsim.circuit.circuit import Circuit
from circuitsim.io.examples import example

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def make(qtbot):
    """Makes windows, which are closed at the end."""
    application()
    made = []

    def window(circuit):
        found = build(circuit, None)
        found.show()
        qtbot.waitExposed(found)
        found.activateWindow()
        qtbot.waitUntil(found.isActiveWindow)
        found.frames.start()
        found.canvas.setFocus()
        made.append(found)
        return found

    yield window
    for each in made:
        each.document.stack.setClean()
        each.close()


@pytest.fixture
def window(make, qtbot):
    found = make(load(example("liquid").path))
    found.document.play()
    qtbot.waitUntil(lambda: found.document.status().t > 0.02, timeout=120_000)  # kernels may be cold
    return found


def key(window, letter, modifiers=CONTROL):
    QTest.keyClick(window.canvas, letter, modifiers)


def select(window, *names):
    window.document.select({window.document.circuit[name].id for name in names})


def names(window):
    return [n.name for n in window.document.circuit.neurons]


def test_duplicate_takes_inner_synapses_and_is_one_step(window, qtbot):
    document = window.document
    before, t = dict(document.circuit.elements), document.status().t
    first, second = document.circuit.neurons[:2]
    inner = [s for s in document.circuit.synapses if {s.pre, s.post} <= {first.id, second.id}]
    select(window, first.name, second.name)
    key(window, Qt.Key.Key_D)
    fresh = [e for i, e in document.circuit.elements.items() if i not in before]
    assert len([e for e in fresh if type(e) is type(first)]) == 2
    assert len([e for e in fresh if hasattr(e, "pre")]) == len(inner)
    copy = document.circuit.elements[min(e.id for e in fresh)]
    assert copy.position == (first.position[0] + 32, first.position[1] + 32)
    assert copy.parameters == first.parameters
    assert document.selection == {e.id for e in fresh if hasattr(e, "position")}
    document.stack.undo()
    assert dict(document.circuit.elements) == before
    document.stack.redo()
    assert len(document.circuit.neurons) == 2 + len([e for e in before.values() if type(e) is type(first)])
    qtbot.waitUntil(lambda: document.status().t > t)
    assert document.status().playing


def test_copy_and_paste_at_the_mouse_and_between_windows(window, make):
    document = window.document
    first = document.circuit.neurons[0]
    select(window, first.name)
    key(window, Qt.Key.Key_C)
    assert document.stack.count() == 0
    at = QPoint(300, 200)
    QTest.mouseMove(window.canvas, at)
    key(window, Qt.Key.Key_V)
    pasted = document.circuit.get(next(iter(document.selection)), type(first))
    there = window.canvas.camera.to_canvas(at.toPointF())
    assert abs(pasted.position[0] - there.x()) <= 8
    assert abs(pasted.position[1] - there.y()) <= 8
    other = make(Circuit(title="other", unit_system=document.circuit.document.unit_system))
    key(other, Qt.Key.Key_V)
    assert names(other) == [first.name]
    assert other.document.circuit.neurons[0].position == first.position
    key(other, Qt.Key.Key_V)
    assert other.document.circuit.neurons[1].position == (first.position[0] + 32, first.position[1] + 32)


def test_cut_puts_it_on_the_clipboard_and_paste_brings_it_back(window):
    document = window.document
    first = document.circuit.neurons[0]
    select(window, first.name)
    key(window, Qt.Key.Key_X)
    assert document.circuit.named(first.name) is None
    assert document.stack.undoText() == "Cut"
    key(window, Qt.Key.Key_V)
    assert document.circuit[first.name].parameters == first.parameters
    document.stack.undo()
    document.stack.undo()
    assert document.circuit[first.name] == first


def test_the_clipboard_carries_a_circuit_as_text(window):
    document = window.document
    select(window, document.circuit.neurons[0].name)
    key(window, Qt.Key.Key_C)
    text = QGuiApplication.clipboard().text()
    assert '"format": "circuitsim"' in text
    assert QGuiApplication.clipboard().mimeData().hasFormat(MIME)
    QGuiApplication.clipboard().setText(text)
    assert not QGuiApplication.clipboard().mimeData().hasFormat(MIME)
    before = len(document.circuit.neurons)
    key(window, Qt.Key.Key_V)
    assert len(document.circuit.neurons) == before + 1


@pytest.mark.parametrize("text", ["milk, eggs", "", '{"format": "circuitsim", "version": 1, "neurons": 3}'])
def test_foreign_text_is_refused_with_a_sentence(window, qtbot, text):
    QGuiApplication.clipboard().setText(text)
    before = dict(window.document.circuit.elements)
    with qtbot.waitSignal(window.document.refused) as caught:
        key(window, Qt.Key.Key_V)
    assert "clipboard" in caught.args[0].where
    assert dict(window.document.circuit.elements) == before


def test_pasting_across_unit_systems_is_refused(window, make, qtbot):
    document = window.document
    select(window, document.circuit.neurons[0].name)
    key(window, Qt.Key.Key_C)
    mine = document.circuit.document.unit_system
    other = make(Circuit(unit_system="liquid" if mine == "physiological" else "physiological"))
    with qtbot.waitSignal(other.document.refused) as caught:
        key(other, Qt.Key.Key_V)
    assert "same units" in caught.args[0].remedy
    assert not other.document.circuit.neurons


def test_a_synapse_alone_is_not_copied(window, qtbot):
    document = window.document
    document.select({document.circuit.synapses[0].id})
    with qtbot.waitSignal(document.refused):
        key(window, Qt.Key.Key_X)
    assert document.stack.count() == 0


@pytest.mark.parametrize(
    ("side", "axis"),
    [("left", 0), ("right", 0), ("centre", 0), ("top", 1), ("bottom", 1), ("middle", 1)],
)
def test_align_brings_neurons_to_one_line(window, side, axis):
    document = window.document
    chosen = [n.id for n in document.circuit.neurons[:3]]
    places = {i: document.circuit.elements[i].position for i in chosen}
    document.select(chosen)
    window.commands.actions[f"align_{side}"].trigger()
    now = {i: document.circuit.elements[i].position for i in chosen}
    assert len({at[axis] for at in now.values()}) == 1
    assert all(now[i][1 - axis] == places[i][1 - axis] for i in chosen)
    document.stack.undo()
    assert {i: document.circuit.elements[i].position for i in chosen} == places


def test_align_by_keys_and_only_with_several(window):
    document = window.document
    assert not window.commands.actions["align_left"].isEnabled()
    chosen = [n.id for n in document.circuit.neurons[:2]]
    document.select(chosen)
    assert window.commands.actions["align_left"].isEnabled()
    key(window, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert document.stack.undoText() == "Align 2 things"


def test_tidy_lays_everything_out_and_the_run_goes_on(window, qtbot):
    document = window.document
    before = {i: e.position for i, e in document.circuit.elements.items() if hasattr(e, "position")}
    t = document.status().t
    key(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: document.stack.count() == 1)
    after = {i: e.position for i, e in document.circuit.elements.items() if hasattr(e, "position")}
    assert after != before
    neurons = [n.position for n in document.circuit.neurons]
    assert len(set(neurons)) == len(neurons)
    assert document.stack.undoText() == "Tidy"
    document.stack.undo()
    assert {i: document.circuit.elements[i].position for i in before} == before
    qtbot.waitUntil(lambda: document.status().t > t)


def test_tidy_of_a_selection_leaves_the_rest(window, qtbot):
    document = window.document
    chosen = [n.id for n in document.circuit.neurons[:3]]
    others = {n.id: n.position for n in document.circuit.neurons[3:]}
    document.select(chosen)
    key(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: document.stack.count() == 1)
    assert {i: document.circuit.elements[i].position for i in others} == others
