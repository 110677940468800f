"""The transport bar by mouse and keys: stepping in the recording, the present, going back, speed, small windows."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.edits import Add, SetParameter

LEFT = Qt.MouseButton.LeftButton


def press(window, action):
    QTest.mouseClick(window.transport.buttons[action], LEFT)


def pause(window, qtbot):
    press(window, "play")
    qtbot.waitUntil(lambda: not window.document.status().playing)
    qtbot.waitUntil(window.commands.actions["step"].isEnabled)


def test_stepping_back_and_on_walks_through_the_recording(window, qtbot):
    document, recording = window.document, window.document.simulator.recording
    pause(window, qtbot)
    newest = document.status().t
    QTest.keyClick(window.canvas, Qt.Key.Key_Comma)
    first = document.looking_at
    assert first == recording.before(newest)
    press(window, "step_back")
    assert document.looking_at == recording.before(first)
    qtbot.waitUntil(lambda: window.transport.clock.text() == f"{document.looking_at:.3f}")
    qtbot.waitUntil(lambda: window.transport.live.state == "past")
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    assert document.looking_at is None
    assert document.status().t == newest
    press(window, "step")
    qtbot.waitUntil(lambda: document.status().t == pytest.approx(newest + 0.01))


def test_stepping_back_pauses_a_run_and_the_live_button_returns(window, qtbot):
    document = window.document
    qtbot.waitUntil(window.commands.actions["step_back"].isEnabled)
    press(window, "step_back")
    assert document.looking_at is not None
    qtbot.waitUntil(lambda: not document.status().playing)
    QTest.mouseClick(window.transport.live, LEFT)
    assert document.looking_at is None
    press(window, "play")
    qtbot.waitUntil(lambda: window.transport.live.state == "live")


def test_going_back_to_the_file_restores_numbers_but_not_structure(window, qtbot):
    document = window.document
    cell = document.circuit["AVAL"]
    document.push(SetParameter((cell.id,), "capacitance", 3.0))
    document.push(Add((new_neuron(document.circuit, "late"),)))
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert document.circuit["AVAL"].parameters == cell.parameters
    assert document.circuit.named("late") is not None
    qtbot.waitUntil(lambda: document.status().t < 0.5)
    assert document.status().playing
    document.stack.undo()
    assert document.circuit["AVAL"].parameters["capacitance"] == 3.0
    document.stack.redo()
    assert document.circuit["AVAL"].parameters == cell.parameters


def test_the_bar_says_how_fast_it_runs(window, qtbot):
    speed = window.transport.speed
    qtbot.waitUntil(lambda: speed.reached.text() == "0.35 s per second" or "asked" in speed.asked.text())
    assert "slowest time constant" in speed.slider.toolTip()
    QTest.mouseClick(speed.fastest, LEFT)
    qtbot.waitUntil(lambda: window.document.status().speed is None)
    qtbot.waitUntil(lambda: speed.asked.text() == "the fastest it can")
    QTest.mouseClick(speed.fastest, LEFT)
    qtbot.waitUntil(lambda: window.document.status().speed is not None)


def test_running_for_a_while_is_asked_for_and_stops_exactly(window, qtbot):
    pause(window, qtbot)
    press(window, "run_for")
    field = window.transport.findChild(QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "20 ms")
    t = window.document.status().t
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.status().t == t + 0.02 and not window.document.status().playing)


def test_a_small_window_folds_what_has_no_room(window, qtbot):
    transport = window.transport
    window.resize(1024, 700)
    qtbot.waitUntil(transport.more.isVisible)
    shown = [b for b in (*transport.buttons.values(), transport.live, transport.more) if b.isVisible()]
    assert transport.buttons["theme"] not in shown
    edges = sorted((b.x(), b.x() + b.width()) for b in shown)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(edges))
    assert edges[-1][1] <= window.width()
    QTest.mouseClick(transport.more, LEFT)
    menu = transport.findChild(QMenu)
    titles = [action.text() for action in menu.actions()]
    assert "Solver step 10 ms…" in titles
    assert "Switch theme" in titles
    menu.close()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not transport.more.isVisible())
    assert transport.method.seed.isVisible()


def test_a_run_that_lost_its_last_neuron_can_be_paused(window, qtbot):
    document = window.document
    QTest.keyClick(window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert not document.circuit.neurons
    assert document.status().playing  # no edit stops it
    window.commands.refresh()
    pause_button = window.transport.buttons["play"]
    qtbot.waitUntil(pause_button.isEnabled)
    press(window, "play")
    qtbot.waitUntil(lambda: not document.status().playing)
    qtbot.waitUntil(lambda: not pause_button.isEnabled())  # and there is nothing to play now
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(pause_button.isEnabled)
