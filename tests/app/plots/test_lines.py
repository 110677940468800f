"""Few points, the same picture; axes that do not tremble."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from circuitsim.app.plots.decimate import MISSED, runs, simplify, sparse, thin
from circuitsim.app.plots.scale import Scale, round_step, tick_text, ticks
from circuitsim.app.plots.traces import Trace, Window, lines_of


def test_no_peak_is_lost():
    t = np.arange(100_000) * 1e-3
    y = np.zeros_like(t)
    y[[12_345, 67_890]] = 40.0, -40.0
    times, heights = thin(t, y[None, :], 0.1)[0]
    assert len(times) < 1100
    assert heights.max() == 40.0
    assert heights.min() == -40.0
    assert np.all(np.diff(times) >= 0)
    assert (times[0], times[-1]) == (t[0], t[-1])


def test_thinning_does_not_depend_on_where_the_window_begins():
    t = np.arange(50_000) * 1e-3
    y = 30 * np.sin(t) + 5 * np.sin(40 * t)
    whole = dict(zip(*(a.tolist() for a in thin(t, y[None, :], 0.25)[0]), strict=True))
    part = dict(zip(*(a.tolist() for a in thin(t[12_345:], y[None, 12_345:], 0.25)[0]), strict=True))
    inner = {k: v for k, v in part.items() if 13.0 < k < 49.0}
    assert inner
    assert all(whole.get(k) == v for k, v in inner.items())


@given(st.floats(0.2, 20.0), st.floats(1.0, 60.0))
def test_a_simplified_line_stays_where_it_was(waves, height):
    x = np.arange(0.0, 1200.0)
    y = height * np.sin(x * waves / 200)
    few_x, few_y = simplify(x, y)
    assert np.abs(np.interp(x, few_x, few_y) - y).max() < 0.5
    assert (few_x[0], few_x[-1]) == (x[0], x[-1])


@given(st.lists(st.floats(0.2, 20.0), min_size=1, max_size=5), st.floats(1.0, 60.0), st.integers(32, 900))
def test_sparse_hairlines_stay_where_they_were(waves, height, count):
    x = np.linspace(-50.0, 700.0, count) ** 3 / 700**2  # not evenly spaced
    y = height * np.sin(x * np.array(waves)[:, None] / 200)
    for (few_x, few_y), row in zip(sparse(x, y), y, strict=True):
        assert np.abs(np.interp(x, few_x, few_y) - row).max() <= MISSED + 1e-9
        assert (few_x[0], few_x[-1]) == (x[0], x[-1])
    straight, _ = sparse(x, np.array([0.3 * x]))[0]
    assert len(straight) < count / 4 + 5


def test_a_straight_line_needs_few_points():
    x = np.arange(1000.0)
    assert len(simplify(x, 0.3 * x)[0]) < 6


@given(st.floats(50.0, 900.0), st.floats(20.0, 400.0), st.floats(2.0, 60.0))
def test_a_flat_stretch_stays_flat_up_to_where_something_begins(onset, decay, height):
    x = np.arange(0.0, 1200.0, 0.66)
    y = height * (1.0 - np.exp(-np.maximum(0.0, x - onset) / decay))
    few_x, few_y = simplify(x, y)
    assert np.abs(np.interp(x, few_x, few_y) - y).max() < 0.3
    assert len(few_x) < 100


def test_a_step_keeps_its_corner():
    x = np.arange(1000.0)
    y = np.where(x < 500, 0.0, 40.0)
    few_x, few_y = simplify(x, y)
    np.testing.assert_allclose(np.interp(x, few_x, few_y), y)


def test_breaks_part_the_line():
    there = np.ones(10, dtype=bool)
    there[[3, 7, 9]] = False
    assert list(runs(there)) == [slice(0, 3), slice(4, 7)]
    assert list(runs(np.zeros(10, dtype=bool))) == []


@given(st.data())
def test_traces_with_breaks_are_drawn_together_as_each_by_itself(data):
    count = data.draw(st.integers(20, 300))
    times, window = np.arange(float(count)), Window(0.0, float(count), 0.0, data.draw(st.floats(20.0, 600.0)))
    cuts = st.lists(st.tuples(st.integers(0, count), st.integers(0, 40)), max_size=3)
    patterns = data.draw(st.lists(cuts, min_size=1, max_size=3))
    traces = []
    for k in range(data.draw(st.integers(1, 6))):
        values = np.sin(times / (3.0 + k)) * (k + 1.0)
        for begin, length in patterns[k % len(patterns)]:
            values[begin : begin + length] = math.nan
        traces.append(Trace(k, times, values))
    together = lines_of(traces, window, lambda values: 20.0 * values)
    for trace, lines in zip(traces, together, strict=True):
        (alone,) = lines_of([trace], window, lambda values: 20.0 * values)
        assert len(alone) == len(lines)
        for mine, other in zip(lines, alone, strict=True):
            np.testing.assert_array_equal(mine, other)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_scale_holds_what_it_follows(low, span):
    scale = Scale()
    scale.follow(low, low + span)
    assert scale.low <= low
    assert scale.high >= low + span
    assert scale.high - scale.low < 3 * span + 1e-3 * abs(low) + 1e-6


@pytest.mark.parametrize("value", [0.0, -70.0, 1e-3])
def test_what_is_flat_stands_on_a_scale_that_can_be_read(value):
    """A line that does not move is not magnified until its limits differ in the ninth place."""
    scale = Scale()
    scale.follow(value, value)
    assert scale.low < value < scale.high
    assert scale.high - scale.low >= 0.1 * (abs(value) or 1.0)
    scale.follow(value, value + 1.0)
    assert scale.high >= value + 1.0


def test_a_scale_widens_at_once_and_closes_in_late():
    scale = Scale()
    scale.follow(0.0, 10.0)
    wide = (scale.low, scale.high)
    scale.follow(0.5, 9.0)
    assert (scale.low, scale.high) == wide
    scale.follow(0.0, 12.0)
    assert scale.high >= 12.0
    scale.follow(4.0, 5.0)
    assert scale.high - scale.low < 3.0
    scale.follow(math.inf, -math.inf)
    assert scale.known


@given(st.floats(-1e5, 1e5), st.floats(1e-3, 1e5), st.integers(2, 12))
def test_ticks_are_round_and_inside(low, span, count):
    found = ticks(low, low + span, count)
    step = round_step(span, count)
    assert len(found) <= count + 1
    assert all(low - 1e-6 * span <= tick <= low + span * (1 + 1e-6) for tick in found)
    assert len({tick_text(tick, step) for tick in found}) == len(found)


def test_ticks_have_a_true_minus():
    assert tick_text(-0.5, 0.5) == "−0.5"
    assert tick_text(-0.0, 1.0) == "0"
