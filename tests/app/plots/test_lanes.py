"""Lanes: added, removed, moved and resized by hand; scales that are held; traces that are hidden."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from scope_hand import LEFT, NONE, choose, drag, drawn, menu_on, place_in, scope_of, wheel

from circuitsim.api import load
from circuitsim.app.plots.paint import lock_box
from circuitsim.circuit.edits import SetLanes
from circuitsim.circuit.elements import USUAL_LANES, ScopeLane
from circuitsim.io.examples import example


def variables(window):
    return [lane.variable for lane in window.document.circuit.document.lanes]


def add(window, text):
    menu = window.panels["scope"].add.menu()
    menu.popup(window.mapToGlobal(QPoint(400, 300)))
    choose(menu, text)
    drawn(window)


def on_trace(window, name, t=4.5, lane=0):
    shown = scope_of(window).lanes[lane]
    neuron = window.document.circuit[name].id
    stroke = next(s for s in shown.strokes if s.trace.element == neuron)
    at = place_in(window, t, lane)
    at.setY(round(shown.height(stroke.trace.at(t))))
    return at


def name_of(window, lane):
    box = scope_of(window).lanes[lane].box
    return QPoint(12, round(box.center().y()))


def numbers_of(window, lane):
    box = scope_of(window).lanes[lane].box
    return QPoint(60, round(box.center().y()))


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("Membrane", "v"),
        ("Time constant", "tau"),
        ("Target", "vinf"),
        ("Inputs", "input"),
        ("Outputs", "output"),
    ],
)
def test_a_lane_of_every_variable_is_added_and_taken_back(window, text, variable):
    document, scope = window.document, scope_of(window)
    add(window, text)
    assert variables(window) == ["v", "tau", "input", variable]
    assert len(scope.lanes) == 4
    assert scope.lanes[3].strokes
    document.stack.undo()
    drawn(window)
    assert variables(window) == ["v", "tau", "input"]
    assert len(scope.lanes) == 3
    document.stack.redo()
    assert variables(window) == ["v", "tau", "input", variable]


def test_an_output_lane_shows_gain_times_state_plus_offset(window):
    scope = scope_of(window)
    add(window, "Outputs")
    v = next(s for s in scope.lanes[0].strokes if s.trace.element == window.document.circuit["one"].id)
    out = scope.lanes[3].strokes[0]
    assert out.trace.at(5.0) == pytest.approx(2.0 * v.trace.at(5.0) + 1.0)
    assert out.ink == v.ink


def test_a_lane_of_the_selection_traces_it(window):
    document, scope = window.document, scope_of(window)
    two = document.circuit["two"].id
    document.toggle_trace(two)
    document.select({two})
    add(window, "Membrane potential v of two")
    assert document.circuit.document.lanes[3] == ScopeLane("v", (two,))
    assert two in document.traced
    assert [s.trace.element for s in scope.lanes[3].strokes] == [two]
    document.stack.undo()
    assert two not in document.traced
    assert len(document.circuit.document.lanes) == 3
    document.stack.redo()
    assert two in document.traced


def test_a_lane_is_moved_by_its_name(window):
    document, scope = window.document, scope_of(window)
    scope.lanes[2].share = 0.4
    drag(scope, name_of(window, 2), name_of(window, 0) - QPoint(0, 8))
    drawn(window)
    assert variables(window) == ["input", "v", "tau"]
    assert scope.lanes[0].share == 0.4  # what was done to a lane goes with it
    document.stack.undo()
    drawn(window)
    assert variables(window) == ["v", "tau", "input"]
    assert scope.lanes[2].share == 0.4
    document.stack.redo()
    assert variables(window) == ["input", "v", "tau"]


def test_the_gap_between_lanes_shares_their_height(window):
    scope = scope_of(window)
    upper, lower, last = (scope.lanes[k].box.height() for k in range(3))
    y = round(scope.lanes[0].box.bottom() + 2)
    drag(scope, QPoint(500, y), QPoint(500, y - 15))
    drawn(window)
    assert scope.lanes[0].box.height() == pytest.approx(upper - 15, abs=1.5)
    assert scope.lanes[1].box.height() == pytest.approx(lower + 15, abs=1.5)
    assert scope.lanes[2].box.height() == pytest.approx(last)
    drag(scope, QPoint(500, round(scope.lanes[0].box.bottom() + 2)), QPoint(500, -300))
    drawn(window)
    assert scope.lanes[0].box.height() == pytest.approx(14)
    assert not window.document.stack.canUndo()


def test_a_held_scale_stays_and_a_double_click_fits_it(window):
    scope = scope_of(window)
    lane = scope.lanes[0]
    QTest.mouseClick(scope, LEFT, NONE, lock_box(lane).center().toPoint())
    assert lane.scale.locked
    before = lane.scale.low, lane.scale.high
    drawn(window)
    assert (lane.scale.low, lane.scale.high) == before
    wheel(scope, numbers_of(window, 0), 2)
    assert lane.scale.high - lane.scale.low == pytest.approx((before[1] - before[0]) / 1.25**2)
    held = lane.scale.low
    drag(scope, numbers_of(window, 0), numbers_of(window, 0) + QPoint(0, 20))
    assert lane.scale.low > held
    drawn(window)
    assert lane.scale.locked
    QTest.mouseDClick(scope, LEFT, NONE, numbers_of(window, 0))
    drawn(window)
    assert not lane.scale.locked
    assert (lane.scale.low, lane.scale.high) == before


def test_the_menu_of_a_lane(window):
    document, scope = window.document, scope_of(window)
    at = place_in(window, 4.5, 1)
    at.setY(round(scope.lanes[1].box.top() + 2))
    choose(menu_on(window, at), "Hold the scale")
    assert scope.lanes[1].scale.locked
    choose(menu_on(window, at), "Logarithmic scale")
    assert not scope.lanes[1].log
    drawn(window)
    assert scope.lanes[1].unit == "s"
    choose(menu_on(window, at), "Move up")
    assert variables(window) == ["tau", "v", "input"]
    document.stack.undo()
    drawn(window)
    choose(menu_on(window, at), "Remove lane")
    assert variables(window) == ["v", "input"]
    document.stack.undo()
    assert variables(window) == ["v", "tau", "input"]
    document.stack.redo()
    assert variables(window) == ["v", "input"]


def test_the_menu_of_a_trace(window):
    document, scope = window.document, scope_of(window)
    one, two = (document.circuit[name].id for name in ("one", "two"))
    at = on_trace(window, "two")
    choose(menu_on(window, at), "Copy value")
    value = float(QGuiApplication.clipboard().text())
    assert value == pytest.approx(-0.6, abs=0.01)
    choose(menu_on(window, at), "Hide two")
    assert scope.hidden == {two}
    drawn(window)
    assert [s.trace.element for s in scope.lanes[0].strokes] == [one]
    choose(menu_on(window, on_trace(window, "one")), "Show all traces")
    drawn(window)
    choose(menu_on(window, on_trace(window, "two")), "Show two alone")
    assert scope.hidden == {one}
    scope.show_all()
    drawn(window)
    choose(menu_on(window, on_trace(window, "two")), "Take two off the scope")
    assert document.traced == (one,)
    document.stack.undo()
    assert document.traced == (one, two)
    document.stack.redo()
    assert document.traced == (one,)


def test_taking_a_trace_off_takes_it_out_of_its_lanes(window):
    document = window.document
    one, two = (document.circuit[name].id for name in ("one", "two"))
    lanes = (ScopeLane("v"), ScopeLane("tau", (two,)), ScopeLane("v", (one, two)))
    document.push(SetLanes(lanes))
    drawn(window)
    choose(menu_on(window, on_trace(window, "two")), "Take two off the scope")
    assert document.circuit.document.lanes == (ScopeLane("v"), ScopeLane("v", (one,)))
    document.stack.undo()
    assert document.circuit.document.lanes == lanes
    assert document.traced == (one, two)


def test_the_legend_hides_shows_and_solos(window):
    document, scope = window.document, scope_of(window)
    legend = window.panels["scope"].legend
    one, two = (document.circuit[name].id for name in ("one", "two"))
    at = legend.place_of(one).toPoint()
    QTest.mouseClick(legend, LEFT, NONE, at)
    assert scope.hidden == {one}
    QTest.mouseClick(legend, LEFT, NONE, at)
    assert scope.hidden == set()
    QTest.mouseClick(legend, LEFT, NONE, at)
    QTest.mouseDClick(legend, LEFT, NONE, at)
    assert scope.hidden == {two}
    QTest.mouseClick(legend, LEFT, NONE, at)
    QTest.mouseDClick(legend, LEFT, NONE, at)
    assert scope.hidden == set()
    assert not document.stack.canUndo()


def test_a_lane_of_inputs_has_a_scale_before_anything_is_recorded(window):
    document = window.document
    document.replace(load(example("tap-withdrawal").path), None)
    drawn(window)
    (lane,) = [lane for lane in scope_of(window).lanes if lane.spec.variable == "input"]
    assert (lane.scale.low, lane.scale.high) == pytest.approx((0.0, 1.0), abs=0.25)
    assert all(len(text) < 6 for _, text in lane.marks)


@pytest.mark.parametrize("count", [3, 5])
def test_numbers_in_the_gutter_never_touch(window, count):
    scope = scope_of(window)
    window.resize(1024, 700)
    more = (ScopeLane("vinf"), ScopeLane("output"))
    window.document.push(SetLanes((*USUAL_LANES, *more)[:count]))
    drawn(window)
    assert len(scope.lanes) == count
    for upper, lower in zip(scope.lanes, list(scope.lanes)[1:], strict=False):
        assert upper.box.bottom() < lower.box.top()
    for lane in scope.lanes:
        assert lane.box.height() >= 14
        assert lane.placed_marks
        heights = sorted(y for y, _ in lane.placed_marks)
        assert all(b - a >= 12 for a, b in itertools.pairwise(heights))
        assert all(lane.box.top() - 3 <= y <= lane.box.bottom() for y in heights)
