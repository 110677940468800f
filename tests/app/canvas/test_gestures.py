"""Gestures as a user makes them: mouse and keys on the view, then a look at the circuit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from circuitsim.app import theme
from circuitsim.app.canvas.gestures import Gesture
from circuitsim.circuit.edits import Move, Replace

pytestmark = pytest.mark.gui

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def drag(view, start, stop, modifiers=NONE, button=LEFT, release=True):
    QTest.mousePress(view, button, modifiers, start)
    for k in (0.3, 0.7, 1.0):
        move(view, start + QPoint(*(round(k * d) for d in (stop - start).toTuple())), modifiers, button)
    if release:
        QTest.mouseRelease(view, button, modifiers, stop)


def move(view, at, modifiers=NONE, button=LEFT):
    """A mouse move with a button held, which `QTest.mouseMove` cannot make."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.mapToGlobal(place), Qt.MouseButton.NoButton, button, modifiers
    )
    QApplication.sendEvent(view, event)


def ids(document, *names):
    return frozenset(document.circuit[name].id for name in names)


# selecting --------------------------------------------------------------------------------------


def test_click_selects_and_shift_or_control_toggles(canvas, document, place):
    QTest.mouseClick(canvas, LEFT, NONE, place("A"))
    assert document.selection == ids(document, "A")
    QTest.mouseClick(canvas, LEFT, SHIFT, place("B"))
    assert document.selection == ids(document, "A", "B")
    QTest.mouseClick(canvas, LEFT, CONTROL, place("A"))
    assert document.selection == ids(document, "B")
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(700, 560))
    assert not document.selection


def test_click_on_one_of_several_selects_it_alone(canvas, document, place):
    document.select(ids(document, "A", "B"))
    QTest.mouseClick(canvas, LEFT, NONE, place("A"))
    assert document.selection == ids(document, "A")


def test_click_on_a_line_selects_its_synapse(canvas, document):
    synapse = document.circuit.synapses[0]
    middle = canvas.scene.curves(1.0)[synapse.id].at(0.5).toPoint()
    QTest.mouseClick(canvas, LEFT, NONE, middle)
    assert document.selection == {synapse.id}
    QTest.mouseClick(canvas, LEFT, SHIFT, middle)
    assert not document.selection


def test_band_selects_what_it_holds_and_shift_adds(canvas, document):
    drag(canvas, QPoint(100, 90), QPoint(420, 230))
    assert document.selection == ids(document, "A", "B")
    drag(canvas, QPoint(8, 272), QPoint(130, 380), SHIFT)
    assert document.selection == ids(document, "A", "B", "tap")
    drag(canvas, QPoint(8, 272), QPoint(130, 380))
    assert document.selection == ids(document, "tap")


def test_a_band_over_lines_alone_selects_synapses(canvas, document):
    a, b = (document.circuit[name].id for name in "AB")
    between = {s.id for s in document.circuit.synapses if {s.pre, s.post} == {a, b}}
    drag(canvas, QPoint(225, 80), QPoint(290, 240))
    assert document.selection == between
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert not between & set(document.circuit.elements)
    document.stack.undo()
    assert between <= set(document.circuit.elements)


def test_escape_cancels_the_band_then_the_selection(canvas, document):
    document.select(ids(document, "tap"))
    drag(canvas, QPoint(100, 90), QPoint(420, 230), release=False)
    assert document.selection == ids(document, "A", "B")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert document.selection == ids(document, "tap")
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(420, 230))
    assert document.selection == ids(document, "tap")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not document.selection


# moving -----------------------------------------------------------------------------------------


def test_move_snaps_to_the_grid_and_is_one_step_of_undo(canvas, document, place):
    drag(canvas, place("A"), place("A", 70, 37))
    assert document.circuit["A"].position == (224.0, 192.0)
    assert document.stack.count() == 1
    assert document.stack.undoText() == "Move A"
    document.stack.undo()
    assert document.circuit["A"].position == (160.0, 160.0)
    document.stack.redo()
    assert document.circuit["A"].position == (224.0, 192.0)


def test_move_with_alt_leaves_the_grid(canvas, document, place):
    drag(canvas, place("A"), place("A", 70, 37), ALT)
    assert document.circuit["A"].position == (230.0, 197.0)


def test_the_selection_moves_together(canvas, document, place):
    document.select(ids(document, "A", "B"))
    drag(canvas, place("B"), place("B", 32, 0))
    assert [document.circuit[name].position for name in "AB"] == [(192.0, 160.0), (384.0, 160.0)]
    document.stack.undo()
    assert [document.circuit[name].position for name in "AB"] == [(160.0, 160.0), (352.0, 160.0)]


def test_a_shaky_click_moves_nothing(canvas, document, place):
    drag(canvas, place("A"), place("A", 2, 1))
    assert document.stack.count() == 0
    assert document.selection == ids(document, "A")


def test_escape_puts_a_moved_neuron_back(canvas, document, place):
    start = place("A")
    drag(canvas, start, start + QPoint(64, 64), release=False)
    shown = canvas.scene.place(document.circuit["A"])
    assert shown == (224.0, 224.0)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, start + QPoint(64, 64))
    assert canvas.scene.place(document.circuit["A"]) == (160.0, 160.0)
    assert document.stack.count() == 0


def test_a_moved_neuron_snaps_to_the_middle_of_a_neighbour_off_the_grid(canvas, document, place):
    document.push(Move({document.circuit["B"].id: (352.0, 165.0)}))
    drag(canvas, place("A"), place("A", 32, 8), release=False)
    guided = canvas.grab().toImage()
    QTest.mouseRelease(canvas, LEFT, NONE, place("A", 32, 8))
    assert document.circuit["A"].position == (192.0, 165.0)
    x, y = place("A").toTuple()
    column = [guided.pixelColor(x + 60, y + dy).name() for dy in (-1, 0, 1)]
    assert theme.current().accent.lower() in column


def test_alt_ignores_neighbours_too(canvas, document, place):
    drag(canvas, place("A"), place("A", 32, 3), ALT)
    assert document.circuit["A"].position == (192.0, 163.0)


def test_ctrl_drag_copies_with_inner_synapses(canvas, document, place):
    before = dict(document.circuit.elements)
    document.select(ids(document, "A", "B"))
    drag(canvas, place("A"), place("A", 0, 96), CONTROL)
    fresh = [e for i, e in document.circuit.elements.items() if i not in before]
    assert sorted(e.name for e in fresh if hasattr(e, "name")) == ["A2", "B2", "y0_2"]
    assert len([e for e in fresh if hasattr(e, "pre")]) == 2
    assert document.circuit["A2"].position == (160.0, 256.0)
    assert document.circuit["A"].position == (160.0, 160.0)
    assert document.selection == ids(document, "A2", "B2", "y0_2")
    assert document.stack.undoText() == "Copy 3 things"
    document.stack.undo()
    assert dict(document.circuit.elements) == before
    document.stack.redo()
    assert document.circuit["B2"].position == (352.0, 256.0)


def test_ctrl_let_go_before_the_button_moves_after_all(canvas, document, place):
    start, stop = place("A"), place("A", 0, 96)
    drag(canvas, start, stop, CONTROL, release=False)
    move(canvas, stop)
    QTest.mouseRelease(canvas, LEFT, NONE, stop)
    assert document.circuit["A"].position == (160.0, 256.0)
    assert document.circuit.named("A2") is None


def test_escape_cancels_a_copy(canvas, document, place):
    before = dict(document.circuit.elements)
    drag(canvas, place("A"), place("A", 0, 96), CONTROL, release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, CONTROL, place("A", 0, 96))
    assert dict(document.circuit.elements) == before
    assert document.stack.count() == 0


def test_a_note_moves_by_its_paper(canvas, document):
    note = document.circuit.notes[0]
    drag(canvas, QPoint(560, 380), QPoint(560, 412))
    assert document.circuit.get(note.id, type(note)).position == (480.0, 352.0)
    document.stack.undo()
    assert document.circuit.get(note.id, type(note)).position == (480.0, 320.0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_synapses_and_outputs_along(canvas, document, place, key):
    before = dict(document.circuit.elements)
    QTest.mouseClick(canvas, LEFT, NONE, place("B"))
    QTest.keyClick(canvas, key)
    assert document.circuit.named("B") is None
    assert document.circuit.named("y0") is None
    assert len(document.circuit.synapses) == 2
    assert not document.selection
    document.stack.undo()
    assert dict(document.circuit.elements) == before
    document.stack.redo()
    assert document.circuit.named("B") is None


# inputs by hand ---------------------------------------------------------------------------------


def test_a_button_is_on_while_the_mouse_holds_it(canvas, document, place, hands):
    before = canvas.grab().toImage()
    QTest.mousePress(canvas, LEFT, NONE, place("tap"))
    assert hands == [("tap", 1.0)]
    assert canvas.grab().toImage() != before
    move(canvas, QPoint(600, 500))
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(600, 500))
    assert hands == [("tap", 1.0), ("tap", 0.0)]
    assert canvas.grab().toImage() == before
    assert document.stack.count() == 0
    assert not document.selection


def test_mouse_and_key_hold_a_button_together(canvas, place, hands):
    QTest.mousePress(canvas, LEFT, NONE, place("tap"))
    assert canvas.press_key("T")
    QTest.mouseRelease(canvas, LEFT, NONE, place("tap"))
    assert hands == [("tap", 1.0)]
    assert canvas.release_key("t")
    assert hands == [("tap", 1.0), ("tap", 0.0)]
    assert not canvas.press_key("x")


def test_a_button_is_let_go_when_the_canvas_loses_the_focus(canvas, place, hands):
    QTest.mousePress(canvas, LEFT, NONE, place("tap"))
    canvas.clearFocus()
    assert hands == [("tap", 1.0), ("tap", 0.0)]
    QTest.mouseRelease(canvas, LEFT, NONE, place("tap"))
    assert len(hands) == 2


def test_the_rim_of_a_button_moves_it(canvas, document, place, hands):
    drag(canvas, place("tap", 0, 28), place("tap", 32, 28))
    assert hands == []
    assert document.circuit["tap"].position == (96.0, 320.0)


def test_a_slider_follows_the_mouse(canvas, document, place, hands):
    QTest.mousePress(canvas, LEFT, NONE, place("drive", 0, 8))
    assert hands[-1] == ("drive", pytest.approx(0.5))
    assert canvas.value_of(document.circuit["drive"].id) == pytest.approx(0.5)
    move(canvas, place("drive", 500, 8))
    assert hands[-1] == ("drive", 1.0)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert hands[-1] == ("drive", 0.0)
    QTest.mouseRelease(canvas, LEFT, NONE, place("drive", 500, 8))
    assert document.circuit["drive"].position == (64.0, 416.0)


def test_the_key_of_a_slider_steps_it_and_wraps(canvas, document, hands):
    drive = document.circuit["drive"]
    document.push(Replace((replace(drive, key="D"),), "Change key"))
    for _ in range(11):
        assert canvas.press_key("d")
        canvas.release_key("d")
    values = [value for name, value in hands if name == "drive"]
    assert values == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 0.0])
    assert not canvas.press_key("q")


def test_the_name_of_a_slider_moves_it(canvas, document, place, hands):
    drag(canvas, place("drive", -30, -14), place("drive", 2, -14))
    assert hands == []
    assert document.circuit["drive"].position == (96.0, 416.0)


# panning ----------------------------------------------------------------------------------------


def test_middle_drag_pans(canvas, document):
    before = canvas.camera.to_canvas(QPointF(300, 300))
    drag(canvas, QPoint(300, 300), QPoint(340, 280), button=MIDDLE)
    after = canvas.camera.to_canvas(QPointF(340, 280))
    assert (after - before).manhattanLength() < 1e-9
    assert document.stack.count() == 0


def test_space_drag_pans_and_moves_nothing(canvas, document, place):
    start = place("A")
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, start, start + QPoint(60, 40))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert place("A") == start + QPoint(60, 40)
    assert document.stack.count() == 0
    drag(canvas, place("A"), place("A", 32, 0))  # without the key it moves the neuron again
    assert document.circuit["A"].position == (192.0, 160.0)


def test_a_gesture_is_one_more_file(canvas, document, monkeypatch):
    """A class in the list is asked before those behind it."""

    class Refuse(Gesture):
        @classmethod
        def begin(cls, host, pointer):  # noqa: ARG003
            return cls() if pointer.hit is not None else None

        def move(self, pointer):
            pass

        def release(self, pointer):
            pass

        def cancel(self):
            pass

    monkeypatch.setattr("circuitsim.app.canvas.mouse.GESTURES", (Refuse,))
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(160, 160))
    assert not document.selection
