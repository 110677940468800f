"""What the scope keeps of what it drew looks as if it were drawn anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from scope_hand import drawn, run_for, scope_of, wheel

from circuitsim.app.plots import roll
from circuitsim.app.plots.lane_edits import add_lane
from circuitsim.app.plots.roll import snapped
from circuitsim.app.plots.traces import Window
from circuitsim.circuit.edits import Replace, SetTraced

SEEN = 40  # of 255: lines that are drawn in pieces end a part of a pixel elsewhere; a trace has more than twice the contrast
STEPS = 40


def pixels(scope) -> np.ndarray:
    """uint8[h, w, 4] of the scope as it is painted now."""
    image = scope.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def assert_looks_as_drawn_anew(scope) -> None:
    kept = pixels(scope).astype(int)
    scope.repaint()
    scope._paper.forget()
    anew = pixels(scope).astype(int)
    assert np.abs(kept - anew).max() <= SEEN


def let_it_scroll(window, qtbot) -> None:
    """Run for longer than is in sight, and paint on the way."""
    length = scope_of(window).timeline.length
    for _ in range(STEPS):
        run_for(window, qtbot, 1.3 * length / STEPS)


def test_tiles_look_like_one_picture(window, qtbot):
    scope = scope_of(window)
    let_it_scroll(window, qtbot)
    assert scope.timeline.window(0.0, 1.0).t0 > 0.0
    assert_looks_as_drawn_anew(scope)


@pytest.mark.parametrize("change", ["focus", "trace", "output", "zoom", "pan", "scale", "size"])
def test_a_change_is_drawn_in_the_past_too(window, qtbot, change):
    scope, document = scope_of(window), window.document
    add_lane(document, "output")
    let_it_scroll(window, qtbot)
    before = pixels(scope)
    middle = QPoint(scope.width() // 2, int(scope.lanes[0].box.center().y()))
    if change == "focus":
        document.select({document.circuit["two"].id})
    elif change == "trace":
        document.push(SetTraced((document.circuit["two"].id,)))
    elif change == "output":
        (output,) = document.circuit.outputs
        for lane in scope.lanes:
            lane.scale.locked = True
        document.push(Replace((replace(output, gain=-3.0),), "Turn the output over"))
    elif change == "zoom":
        scope.timeline.zoom(0.5, scope.window_of_time.time(middle.x()))
    elif change == "pan":
        scope.timeline.pan(-0.37 * scope.timeline.length)
    elif change == "scale":
        wheel(scope, QPoint(40, middle.y()), 2)
    else:
        window.resize(window.width() - 101, window.height() - 31)
    drawn(window)
    after = pixels(scope)
    assert before.shape != after.shape or (before != after).any()
    assert_looks_as_drawn_anew(scope)


def _change_scale(scope) -> None:
    wheel(scope, QPoint(40, int(scope.lanes[0].box.center().y())), 2)


def test_a_long_past_is_drawn_over_some_frames_the_newest_first(window, qtbot, monkeypatch):
    scope = scope_of(window)
    let_it_scroll(window, qtbot)
    monkeypatch.setattr(roll, "FEW", 0)
    monkeypatch.setattr(roll, "SLICE", 0.0)
    _change_scale(scope)
    first = pixels(scope).astype(int)
    assert scope._paper.unfinished
    frames = 0
    while scope._paper.unfinished:
        drawn(window)
        frames += 1
    assert 3 <= frames <= scope.width() / roll.WIDE + 2
    assert_looks_as_drawn_anew(scope)
    lacks = np.abs(first - pixels(scope)).max(axis=(0, 2)) > SEEN  # by columns
    third = scope.width() // 3
    assert lacks[:third].any()
    assert not lacks[-third // 3 :].any()


@pytest.mark.parametrize("way", [-0.4, -0.05, 0.5])
def test_what_comes_into_sight_while_the_scale_changes_is_drawn_at_once(window, qtbot, monkeypatch, way):
    scope = scope_of(window)
    let_it_scroll(window, qtbot)
    scope.timeline.pan(-0.55 * scope.timeline.length)
    drawn(window)
    monkeypatch.setattr(roll, "FEW", 0)
    monkeypatch.setattr(roll, "SLICE", 0.0)
    scope.timeline.pan(way * scope.timeline.length)
    _change_scale(scope)
    assert_looks_as_drawn_anew(scope)


def _leave_unfinished(window, qtbot, monkeypatch):
    """The scope, one frame after another scale."""
    scope = scope_of(window)
    let_it_scroll(window, qtbot)
    monkeypatch.setattr(roll, "FEW", 0)
    monkeypatch.setattr(roll, "SLICE", 0.0)
    _change_scale(scope)
    pixels(scope)
    assert scope._paper.unfinished
    return scope


def test_lanes_that_go_leave_nothing_to_be_drawn(window, qtbot, monkeypatch):
    scope, document = _leave_unfinished(window, qtbot, monkeypatch), window.document
    document.push(Replace((replace(document.circuit.document, lanes=()),), "Take the lanes away"))
    drawn(window)
    assert not scope._paper.unfinished


@pytest.mark.parametrize("then", ["scale", "pan", "run"])
def test_a_past_that_is_being_drawn_may_change_again(window, qtbot, monkeypatch, then):
    scope = _leave_unfinished(window, qtbot, monkeypatch)
    if then == "scale":
        _change_scale(scope)  # as a hand that turns on would
    elif then == "pan":
        scope.timeline.pan(-0.2 * scope.timeline.length)
    else:
        run_for(window, qtbot, 0.2 * scope.timeline.length)
    pixels(scope)
    assert scope._paper.unfinished == (then == "run")
    while scope._paper.unfinished:
        drawn(window)
    assert_looks_as_drawn_anew(scope)


def test_a_run_that_begins_anew_shows_nothing_of_the_one_before(window, qtbot):
    scope, document = scope_of(window), window.document
    before = document.status().t
    document.push(Replace((replace(document.circuit["one"], start=0.2),), "Start elsewhere"))
    for lane in scope.lanes:
        lane.scale.locked = True
    document.simulator.reset()
    qtbot.waitUntil(lambda: document.status().t == 0.0)
    run_for(window, qtbot, before)
    drawn(window)
    assert_looks_as_drawn_anew(scope)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_window_begins_at_a_whole_device_pixel(ratio):
    window = Window(3.14159, 15.14159, 92.0, 1428.0)
    moved = snapped(window, ratio)
    place = moved.t0 / window.per_pixel * ratio
    assert place == pytest.approx(round(place), abs=1e-6)
    assert 0.0 <= (moved.t0 - window.t0) / window.per_pixel * ratio < 1.0
    assert moved.per_pixel == pytest.approx(window.per_pixel)
