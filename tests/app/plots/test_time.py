"""Time on the scope: following, stretching, going back, and what the rest of the window shows then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from scope_hand import LEFT, NONE, drag, drawn, place_in, run_for, scope_of, scrub_of, wheel

from circuitsim.app import theme
from circuitsim.app.document.quantity import steady

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_dragging_the_history_shows_the_past_everywhere(window, qtbot):
    document, scrub = window.document, scrub_of(window)
    neuron = document.circuit["one"].id
    document.select({neuron})
    drawn(window)
    now = document.snapshot()
    picture = window.canvas.grab().toImage()
    drag(scrub, scrub.place_of(6.0).toPoint(), scrub.place_of(0.5).toPoint())
    drawn(window)
    assert document.looking_at == pytest.approx(0.5, abs=0.05)
    past = document.snapshot()
    assert past.t <= document.looking_at
    assert past.v[0] < now.v[0] - 0.01
    assert window.canvas.grab().toImage() != picture
    inspector = window.panels["inspector"]
    qtbot.waitUntil(lambda: steady(past.v[0]) in {label.text() for label in inspector.findChildren(QLabel)})
    assert not document.stack.canUndo()
    qtbot.waitUntil(window.commands.actions["live"].isEnabled)
    QTest.keyClick(window.canvas, Qt.Key.Key_End)
    assert document.looking_at is None
    assert document.snapshot() is now or document.snapshot().t == now.t


def test_the_word_live_returns_to_the_present(window):
    scrub = scrub_of(window)
    QTest.mouseClick(scrub, LEFT, NONE, scrub.place_of(2.0).toPoint())
    assert window.document.looking_at is not None
    QTest.mouseClick(scrub, LEFT, NONE, scrub._word.center().toPoint())
    assert window.document.looking_at is None


@pytest.mark.parametrize("way", ["key", "button", "word"])
def test_a_scope_that_was_moved_alone_follows_again(window, way):
    scope, scrub = scope_of(window), scrub_of(window)
    wheel(scope, place_in(window, 3.0), 4, CONTROL)  # a shorter stretch, which can stand apart from the end
    wheel(scope, place_in(window, 3.0), 3, SHIFT)
    drawn(window)
    assert not scope.timeline.follows
    assert window.document.looking_at is None  # the rest of the window shows the present all the time
    if way == "key":
        QTest.keyClick(window.canvas, Qt.Key.Key_End)
    elif way == "button":
        QTest.mouseClick(window.transport.live, LEFT)
    else:
        QTest.mouseClick(scrub, LEFT, NONE, scrub._word.center().toPoint())
    assert scope.timeline.follows


def test_commas_and_points_step_through_what_is_recorded(window, qtbot):
    document = window.document
    t = document.snapshot().t
    window.canvas.setFocus()
    qtbot.waitUntil(window.commands.actions["step_back"].isEnabled)
    QTest.keyClick(window.canvas, Qt.Key.Key_Comma)
    one = document.snapshot().t
    QTest.keyClick(window.canvas, Qt.Key.Key_Comma)
    assert document.snapshot().t < one < t
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    assert document.snapshot().t == one
    assert document.looking_at is not None
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    assert document.looking_at is None  # the last recorded instant is the present
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: document.status().t > t)


def test_home_looks_at_the_start_and_playing_returns(window, qtbot):
    document = window.document
    window.canvas.setFocus()
    t = document.status().t
    qtbot.waitUntil(window.commands.actions["look_start"].isEnabled)
    QTest.keyClick(window.canvas, Qt.Key.Key_Home)
    assert document.looking_at == 0.0
    assert document.snapshot().t == 0.0
    assert document.status().t == t
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    assert document.looking_at is None
    qtbot.waitUntil(lambda: document.status().t > t)


def test_arrows_on_the_strip_step(window):
    document, scrub = window.document, scrub_of(window)
    QTest.mouseClick(scrub, LEFT, NONE, scrub.place_of(3.0).toPoint())
    t = document.snapshot().t
    QTest.keyClick(scrub, Qt.Key.Key_Left)
    assert document.snapshot().t < t
    QTest.keyClick(scrub, Qt.Key.Key_Right)
    assert document.snapshot().t == t


def test_stretching_time_keeps_the_instant_under_the_pointer(window):
    scope = scope_of(window)
    at = place_in(window, 4.5)
    before = scope.window_of_time
    t = before.time(at.x())
    wheel(scope, at, 3, CONTROL)
    drawn(window)
    after = scope.window_of_time
    assert after.t1 - after.t0 == pytest.approx((before.t1 - before.t0) / 1.25**3)
    assert after.time(at.x()) == pytest.approx(t)


def test_a_followed_run_stays_in_sight_while_time_is_stretched(window, qtbot):
    document, scope = window.document, scope_of(window)
    document.play()
    qtbot.waitUntil(lambda: document.status().playing)
    wheel(scope, place_in(window, 5.0), 5, CONTROL)
    assert scope.timeline.follows


def test_going_back_along_time_and_to_the_present(window, qtbot):
    scope = scope_of(window)
    run_for(window, qtbot, 30.0)
    end = scope.window_of_time.t1
    wheel(scope, place_in(window, 35.0), 4, SHIFT)
    drawn(window)
    assert scope.window_of_time.t1 < end
    assert not scope.timeline.follows
    wheel(scope, QPointF(400, 40), -9, SHIFT)
    drawn(window)
    assert scope.timeline.follows
    assert scope.window_of_time.t1 == end


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_run_that_stands_still_is_not_drawn_again(window, qtbot):
    scope = scope_of(window)
    qtbot.waitUntil(lambda: not window.document.bridge.busy)
    drawn(window)
    paints = Paints(scope)
    for _ in range(5):
        drawn(window)
    assert paints.count == 0
    wheel(scope, place_in(window, 5.0), 1, CONTROL)
    drawn(window)
    assert paints.count > 0
    run_for(window, qtbot, 0.1)
    before = paints.count
    window.switch_theme()
    qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
    assert paints.count > before
    theme.set_theme("light")


def test_an_instant_out_of_sight_is_brought_in(window, qtbot):
    scope, document = scope_of(window), window.document
    run_for(window, qtbot, 60.0)
    document.look_at(1.0)
    drawn(window)
    assert scope.window_of_time.t0 <= 1.0 <= scope.window_of_time.t1
    document.look_at(None)
    drawn(window)
    assert scope.window_of_time.t1 == pytest.approx(66.0, abs=0.1)
