"""The hint line keeps up with the person: what was refused makes room for what is being done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.canvas.hints import EMPTY, NEURON_MOVE, RIM, TOOL_HINTS

pytestmark = pytest.mark.gui

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(opened):
    """The real window with the first example, running."""
    return opened("liquid")


def told(window):
    return window.status.message.whole


def move(canvas, at, button=NO_BUTTON):
    place = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), NO_BUTTON, button, NONE)
    QApplication.sendEvent(canvas, event)


def place(window, name, dx=0.0, dy=0.0):
    canvas = window.canvas
    centre = canvas.scene.box(window.document.circuit[name]).center() + QPointF(dx, dy)
    return canvas.camera.to_view(centre).toPoint()


def draw(window, start, stop, *, release=True):
    canvas = window.canvas
    QTest.mousePress(canvas, LEFT, NONE, start)
    for k in (0.3, 0.7, 1.0):
        move(canvas, start + k * (stop - start), LEFT)
    if release:
        QTest.mouseRelease(canvas, LEFT, NONE, stop)


def test_a_new_line_says_what_it_does_right_after_one_was_refused(window):
    draw(window, place(window, "still", 30, 6), place(window, "swell"))
    assert told(window).startswith("no line from still here")
    draw(window, place(window, "tide", 30, 6), place(window, "liquid"), release=False)
    assert told(window).startswith("release for excitatory chemical synapse from tide to liquid")
    QTest.mouseRelease(window.canvas, LEFT, NONE, place(window, "liquid"))
    assert window.document.stack.undoText() == "Connect tide to liquid"
    assert told(window).startswith("drag from its rim")  # what the mouse would do on liquid now


def test_an_edit_takes_the_reason_for_a_refusal_back(window, press):
    document = window.document
    document.select({document.circuit["still"].id})
    press(window, Qt.Key.Key_F2)
    editor = window.canvas.inline.editor.first
    QTest.keyClicks(editor, "tide")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told(window) == "the name tide is already taken; choose another name."
    editor.selectAll()
    QTest.keyClicks(editor, "quiet")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert document.stack.undoText() == "Rename to quiet"
    assert "taken" not in told(window)


def test_empty_canvas_says_what_it_is_good_for(window):
    move(window.canvas, place(window, "still", -110, 10))
    assert told(window) == EMPTY
    assert window.canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_hint_follows_what_comes_and_goes_under_a_still_mouse(window, press):
    canvas = window.canvas
    QTest.mouseClick(canvas, LEFT, NONE, place(window, "tide"))
    move(canvas, place(window, "tide") + QPoint(1, 0))
    assert told(window).startswith("drag from its rim")
    press(window, Qt.Key.Key_Delete)
    assert told(window) == EMPTY
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told(window).startswith("drag from its rim")


def test_where_there_is_no_room_the_last_parts_of_a_hint_go_first(window):
    window.resize(1024, 700)
    for hint in (*TOOL_HINTS.values(), EMPTY, RIM, NEURON_MOVE):
        window.document.set_hint(hint)
        shown = window.status.message.text()
        parts = hint.split(" · ")
        assert shown == " · ".join(parts[: len(shown.split(" · "))])  # whole parts, the first ones
        assert told(window) == hint
