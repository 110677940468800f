"""Building from nothing in the real window, without a menu, while it runs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.gui

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(opened):
    """The real window with the first example, running."""
    return opened("liquid")


def move(canvas, at, modifiers=NONE, button=LEFT):
    place = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), NO_BUTTON, button, modifiers)
    QApplication.sendEvent(canvas, event)


def draw(canvas, start, stop, modifiers=NONE):
    QTest.mousePress(canvas, LEFT, NONE, start)
    for k in (0.3, 0.7, 1.0):
        move(canvas, start + k * (stop - start), modifiers)
    QTest.mouseRelease(canvas, LEFT, modifiers, stop)


def place(window, name, dx=0.0, dy=0.0):
    canvas = window.canvas
    centre = canvas.scene.box(window.document.circuit[name]).center() + QPointF(dx, dy)
    return canvas.camera.to_view(centre).toPoint()


def press_at(window, at, key):
    move(window.canvas, at, button=NO_BUTTON)
    QTest.keyClick(window.canvas, key)


def test_two_neurons_an_input_two_synapses_and_an_output_without_a_menu(window, qtbot):
    document, canvas = window.document, window.canvas
    QTest.keyClick(canvas, Qt.Key.Key_N, CONTROL)
    assert not document.circuit.neurons
    window.grab()
    press_at(window, QPoint(420, 260), Qt.Key.Key_N)
    press_at(window, QPoint(640, 260), Qt.Key.Key_N)
    press_at(window, QPoint(200, 260), Qt.Key.Key_I)
    draw(canvas, place(window, "button", 34, 0), place(window, "N"))
    draw(canvas, place(window, "N", 30, 6), place(window, "N2"))
    draw(canvas, place(window, "N2", -30, 6), place(window, "N"), SHIFT)
    press_at(window, place(window, "N2"), Qt.Key.Key_P)
    circuit = document.circuit
    assert [s.kind for s in circuit.synapses] == ["current", "chemical", "chemical"]
    assert [s.parameters.get("reversal_potential") for s in circuit.synapses] == [None, 1.0, -1.0]
    assert circuit.outputs[0].source == circuit["N2"].id
    assert circuit.document.traced == (circuit["N"].id, circuit["N2"].id)
    seen = canvas.camera.to_view(QPointF(*circuit.outputs[0].position)).toPoint()
    assert canvas.rect().contains(seen)
    qtbot.waitUntil(lambda: document.status().t > 0.1, timeout=60_000)  # the first neuron set it going
    QTest.keyPress(canvas, Qt.Key.Key_A)  # the letter on the new button

    def level():
        snapshot = document.snapshot()
        return snapshot.v[snapshot.ids.index(circuit["N"].id)]

    qtbot.waitUntil(lambda: level() > 0.2, timeout=20_000)
    QTest.keyRelease(canvas, Qt.Key.Key_A)
    for _ in range(document.stack.count()):
        QTest.keyClick(canvas, Qt.Key.Key_Z, CONTROL)
    assert not circuit.neurons
    assert not circuit.inputs
    while document.stack.canRedo():
        QTest.keyClick(canvas, Qt.Key.Key_Y, CONTROL)
    assert len(circuit.synapses) == 3
    assert document.status().playing


def test_wiring_by_dropping_on_empty_leaves_the_other_states_unbroken(window, qtbot):
    document, canvas = window.document, window.canvas
    qtbot.waitUntil(lambda: document.status().t > 0.5, timeout=20_000)
    t, ids = document.status().t, [n.id for n in document.circuit.neurons]
    empty = QPoint(round(canvas.width() * 0.86), round(canvas.height() * 0.8))
    draw(canvas, place(window, "still", 29, 8), empty)
    field = canvas.quick.list.field
    QTest.keyClicks(field, "ltc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.stack.count() == 1
    qtbot.waitUntil(lambda: len(document.snapshot().ids) == len(ids) + 1)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(document.snapshot().ids) == len(ids))
    later = document.status().t
    qtbot.waitUntil(lambda: document.status().t > later + 0.1)
    assert document.status().playing
    assert document.status().t > t
    for neuron in ids:
        times, v = document.simulator.recording.read("v", neuron, t - 0.2, document.status().t)
        steps = np.diff(times)
        whole = np.isclose(steps, document.status().dt)
        assert np.all(whole | (steps == 0))  # at an edit the same instant is recorded twice
        assert np.all(np.diff(v)[~whole] == 0)
        assert np.isfinite(v).all()
        assert np.abs(np.diff(v)).max() < 0.1


def test_a_line_that_ends_beside_the_canvas_is_given_up(window):
    document, canvas = window.document, window.canvas
    count = len(document.circuit.elements)
    outside = QPoint(400, canvas.height() + 60)  # over the scope
    draw(canvas, place(window, "still", 30, 6), outside)
    assert not canvas.quick.list.isVisible()
    assert canvas.gesture is None
    assert len(document.circuit.elements) == count
    draw(canvas, place(window, "still", 30, 6), place(window, "still", -110, 10))
    assert canvas.quick.list.isVisible()
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Escape)
    assert not canvas.quick.list.isVisible()
