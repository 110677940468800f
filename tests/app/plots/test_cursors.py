"""Cursors A and B, set by mouse and keys; what they measure agrees with theory."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from scope_hand import LEFT, NONE, drag, drawn, place_in, run_for, scope_of

from circuitsim.circuit.edits import SetParameter

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def early(window, qtbot):
    """The window with its first second and a half in sight, in which the neurons relax."""
    scope = scope_of(window)
    window.document.restart()
    qtbot.waitUntil(lambda: window.document.status().t == 0.0)
    run_for(window, qtbot, 1.5)
    assert scope.timeline.follows
    return window


def set_both(window, a=0.1, b=1.3):
    scope = scope_of(window)
    drag(scope, place_in(window, a) + QPoint(30, 0), place_in(window, a))
    drag(scope, place_in(window, b) - QPoint(30, 0), place_in(window, b), SHIFT)
    drawn(window)


def test_dragging_sets_a_and_with_shift_b(early):
    scope = scope_of(early)
    set_both(early)
    pixel = scope.window_of_time.per_pixel
    assert scope.cursors["A"] == pytest.approx(0.1, abs=pixel)
    assert scope.cursors["B"] == pytest.approx(1.3, abs=pixel)
    assert not early.document.stack.canUndo()  # measuring changes no circuit
    head = early.panels["scope"]
    assert head.figures.text.startswith("Δt 1.2")
    assert all(button.isChecked() for button in head.cursors.values())


def test_the_measured_time_constant_agrees_with_the_inspector(early):
    document, scope = early.document, scope_of(early)
    set_both(early)
    for name in ("one", "two"):
        neuron = document.circuit[name].id
        document.select({neuron})
        drawn(early)
        fit = scope.measurement.fit
        snapshot = document.snapshot()
        assert fit.good
        assert fit.tau == pytest.approx(snapshot.tau[snapshot.ids.index(neuron)], rel=0.01)
        assert fit.residual < 1e-3
        bands = document.bands()
        at = bands.ids.index(neuron)
        assert fit.tau == pytest.approx(bands.tau_low[at], rel=0.01)  # no synapse: a band of width 0
    assert "fit τ 400 ms" in early.panels["scope"].figures.text


def test_differences_are_those_of_the_recording(early):
    document, scope = early.document, scope_of(early)
    set_both(early)
    a, b = scope.cursors.pair
    neuron = document.focus
    t, v = document.simulator.recording.read("v", neuron, 0.0, 2.0)
    assert scope.measurement.dv == pytest.approx(np.interp(b, t, v) - np.interp(a, t, v))
    assert scope.measurement.dt == pytest.approx(b - a)


def test_a_trace_that_is_no_exponential_is_called_so(early, qtbot):
    scope = scope_of(early)
    neuron = early.document.circuit["one"]
    hold = early.document.circuit["hold_one"].id
    for value in (-2.0, 2.0, -2.0):
        early.document.push(SetParameter((hold,), "value", value))
        run_for(early, qtbot, 0.4)
    early.document.select({neuron.id})
    scope.put_cursor("A", 1.2)
    scope.put_cursor("B", 2.6)
    drawn(early)
    assert "no exponential" in early.panels["scope"].figures.text


def test_handles_are_dragged_and_keys_move_them(early):
    scope = scope_of(early)
    set_both(early)
    handle = scope.cursors.handles(scope.window_of_time, scope.area.bottom() + 1)["B"].center().toPoint()
    drag(scope, handle, handle - QPoint(100, 0))
    pixel = scope.window_of_time.per_pixel
    assert scope.cursors["B"] == pytest.approx(1.3 - 100 * pixel, abs=2 * pixel)
    b = scope.cursors["B"]
    scope.setFocus()
    QTest.keyClick(scope, Qt.Key.Key_Right)
    assert scope.cursors["B"] == pytest.approx(b + pixel)
    QTest.keyClick(scope, Qt.Key.Key_Left, SHIFT)
    assert scope.cursors["B"] == pytest.approx(b - 9 * pixel)
    QTest.keyClick(scope, Qt.Key.Key_Delete)
    assert scope.cursors["B"] is None
    assert early.document.circuit.named("one") is not None  # Delete meant the cursor alone
    QTest.keyClick(scope, Qt.Key.Key_Escape)
    assert scope.cursors["A"] is None
    assert early.panels["scope"].figures.text == ""


def test_keys_and_buttons_set_cursors(early):
    scope, head = scope_of(early), early.panels["scope"]
    scope.setFocus()
    at = place_in(early, 0.7)
    QTest.mouseMove(scope, at)
    QTest.keyClick(scope, Qt.Key.Key_A)
    assert scope.cursors["A"] == pytest.approx(0.7, abs=scope.window_of_time.per_pixel)
    QTest.mouseClick(head.cursors["B"], LEFT)
    assert scope.window_of_time.t0 < scope.cursors["B"] < scope.window_of_time.t1
    QTest.mouseClick(head.cursors["B"], LEFT)
    assert scope.cursors["B"] is None


def test_a_click_on_a_trace_selects_its_neuron(early):
    scope, document = scope_of(early), early.document
    lane = scope.lanes[0]
    stroke = next(s for s in lane.strokes if s.trace.element == document.circuit["two"].id)
    at = place_in(early, 1.0)
    at.setY(round(lane.height(stroke.trace.at(1.0))))
    QTest.mouseClick(scope, LEFT, NONE, at)
    assert document.selection == {document.circuit["two"].id}
    assert scope.cursors["A"] is None


def test_delete_takes_the_cursors_away_one_after_the_other(early):
    document, scope = early.document, scope_of(early)
    document.select({document.circuit["one"].id})
    set_both(early)
    scope.setFocus()
    QTest.keyClick(scope, Qt.Key.Key_Delete)
    assert (scope.cursors["A"] is None, scope.cursors["B"] is None) == (False, True)
    QTest.keyClick(scope, Qt.Key.Key_Delete)
    assert scope.cursors["A"] is None
    assert "one" in {neuron.name for neuron in document.circuit.neurons}


def test_where_nothing_is_recorded_only_the_time_is_measured(early, qtbot):
    document, figures = early.document, early.panels["scope"].figures
    set_both(early)
    assert "Δv" in figures.text
    document.restart()
    qtbot.waitUntil(lambda: document.status().t == 0.0)
    qtbot.waitUntil(lambda: "Δv" not in figures.text)
    assert figures.text.startswith("Δt 1.2")
    assert "exponential" not in figures.text
