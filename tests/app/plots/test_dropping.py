"""Neurons dropped on the scope: from the canvas with the mouse, and by a drag between widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scope_hand import LEFT, NONE, drawn, place_in, scope_of

from circuitsim.app.document.carry import packed
from circuitsim.circuit.edits import SetLanes, SetTraced
from circuitsim.circuit.elements import ScopeLane


@pytest.fixture
def untraced(window):
    """The window with no trace of neuron two, and a lane that shows neuron one alone."""
    document = window.document
    one = document.circuit["one"].id
    document.push(SetTraced((one,)))
    document.push(SetLanes((ScopeLane("v"), ScopeLane("v", (one,)), ScopeLane("input"))))
    document.stack.clear()
    drawn(window)
    return window


def on_screen(window, widget, at):
    """A place of a widget, in px of the window."""
    return widget.mapTo(window, at)


def carry(window, name, end, *, let_go=True):
    """Drag a neuron from the canvas to a place of the window, as a hand does: by the window."""
    canvas, handle = window.canvas, window.windowHandle()
    centre = canvas.camera.to_view(canvas.scene.box(window.document.circuit[name]).center()).toPoint()
    start = on_screen(window, canvas, centre)
    QTest.mouseMove(handle, start)
    QTest.mousePress(handle, LEFT, NONE, start)
    for k in range(1, 6):
        QTest.mouseMove(handle, start + (end - start) * k / 5)
    if let_go:
        QTest.mouseRelease(handle, LEFT, NONE, end)
    drawn(window)


@pytest.mark.parametrize(("lane", "joins"), [(0, False), (1, True), (2, False)])
def test_a_neuron_is_dropped_on_a_lane(untraced, lane, joins):
    document, scope = untraced.document, scope_of(untraced)
    one, two = (document.circuit[name] for name in ("one", "two"))
    lanes = document.circuit.document.lanes
    carry(untraced, "two", on_screen(untraced, scope, place_in(untraced, 4.5, lane)))
    assert document.traced == (one.id, two.id)
    assert document.circuit["two"].position == two.position
    assert document.circuit.document.lanes[1].elements == ((one.id, two.id) if joins else (one.id,))
    drawn(untraced)
    assert {s.trace.element for s in scope.lanes[0].strokes} == {one.id, two.id}
    document.stack.undo()
    assert document.traced == (one.id,)
    assert document.circuit.document.lanes == lanes
    assert not document.stack.canUndo()
    document.stack.redo()
    assert document.traced == (one.id, two.id)


def test_the_neuron_goes_home_while_it_is_over_the_scope(untraced):
    document, scope = untraced.document, scope_of(untraced)
    hints = []
    document.hint_changed.connect(hints.append)
    before = untraced.canvas.scene.box(document.circuit["two"])
    end = on_screen(untraced, scope, place_in(untraced, 4.5))
    carry(untraced, "two", end, let_go=False)
    assert hints[-1] == "release to trace two"
    assert untraced.canvas.scene.box(document.circuit["two"]) == before
    QTest.keyClick(untraced.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(untraced.windowHandle(), LEFT, NONE, end)
    assert len(document.traced) == 1
    assert not document.stack.canUndo()


def test_a_neuron_dropped_on_the_canvas_moves_as_before(untraced):
    document = untraced.document
    before = document.circuit["two"].position
    canvas = untraced.canvas
    centre = canvas.camera.to_view(canvas.scene.box(document.circuit["two"]).center()).toPoint()
    carry(untraced, "two", on_screen(untraced, canvas, centre + QPoint(80, 0)))
    assert document.circuit["two"].position != before
    assert len(document.traced) == 1


def send(scope, kind, data, at):
    event = kind(at.toPoint() if kind is QDragEnterEvent else at, Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(scope, event)
    return event.isAccepted()


def test_a_drag_from_the_inspector_is_taken(untraced):
    document, scope = untraced.document, scope_of(untraced)
    one, two = (document.circuit[name].id for name in ("one", "two"))
    at, data = QPointF(place_in(untraced, 4.5, 1)), packed([two])
    assert send(scope, QDragEnterEvent, data, at)
    assert send(scope, QDropEvent, data, at)
    assert document.traced == (one, two)
    assert document.circuit.document.lanes[1].elements == (one, two)


def test_a_drag_of_something_else_is_not_taken(untraced):
    scope, data = scope_of(untraced), QMimeData()
    data.setText("neuron")
    assert not send(scope, QDragEnterEvent, data, QPointF(400, 40))
    hold = untraced.document.circuit["hold_one"].id
    assert not send(scope, QDragEnterEvent, packed([hold, 999]), QPointF(400, 40))
