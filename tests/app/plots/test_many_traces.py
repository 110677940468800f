"""Traces of a recording whose old rows are thinned: what is drawn keeps the extremes, what is read is true."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from circuitsim.app.plots.decimate import extremes
from circuitsim.app.plots.traces import Trace, Window, lines_of, read_all, stretch_of
from circuitsim.engine.recording import Recording
from circuitsim.engine.rows import Rows

COUNT = 300_000  # rows


@pytest.fixture(scope="module")
def recording() -> Recording:
    """A slow ramp with a spike up in row 20 003 and one down in row 1005; the row is the time."""
    result = Recording()
    for begin in range(0, COUNT, 1000):
        t = np.arange(float(begin), begin + 1000.0)
        v = (1e-5 * t)[:, None].copy()
        v[t == 20_003.0] = 9.0
        v[t == 1005.0] = -7.0
        result.append(Rows(t, v, v, v, np.empty((1000, 0)), v[:, :0], v[:, :0]), (1,), ())
    return result


def drawn(trace: Trace, window: Window) -> np.ndarray:
    """All points of its lines, float64[k, 2] in px, at one px per unit upwards."""
    (lines,) = lines_of([trace], window, lambda v: v)
    return np.concatenate([np.column_stack(line) for line in lines])


@pytest.mark.parametrize("window", [Window(0.0, COUNT, 0.0, 800.0), Window(0.0, 40_000.0, 0.0, 1600.0)])
def test_spikes_that_were_thinned_are_drawn(recording: Recording, window: Window) -> None:
    (trace,) = read_all(stretch_of(recording, window), "v", (1,))
    assert trace.span == (pytest.approx(-7.0), pytest.approx(9.0))
    points = drawn(trace, window)
    assert points[:, 1].max() == pytest.approx(9.0)
    assert points[:, 1].min() == pytest.approx(-7.0)
    spike = points[points[:, 1].argmax()]
    assert window.time(spike[0]) == pytest.approx(20_003.0, abs=max(512.0, 2 * window.per_pixel))


def test_a_slope_that_was_thinned_stays_a_slope(recording: Recording) -> None:
    window = Window(30_000.0, 90_000.0, 0.0, 1600.0)
    (trace,) = read_all(stretch_of(recording, window), "v", (1,))
    assert len(trace.times) < 15_000
    assert trace.low is not None
    assert trace.high is not None
    t, v = extremes(trace.times, trace.values[None], trace.low[None], trace.high[None])
    np.testing.assert_array_equal(t, trace.times)
    np.testing.assert_array_equal(v[0], trace.values)


def test_extremes_stand_between_their_neighbours() -> None:
    """Where one line needs points, the others get some on their way."""
    nan = np.nan
    t, v = extremes(
        np.array([0.0, 2.0, 4.0, 6.0, 8.0]),
        np.array([[1.0, 2.0, 1.0, nan, 3.0], [0.0, 4.0, 8.0, 8.0, 8.0]]),
        np.array([[0.0, 1.0, -5.0, nan, 3.0], [0.0, 4.0, 8.0, 8.0, 8.0]]),
        np.array([[4.0, 9.0, 1.0, nan, 3.0], [3.5, 7.5, 8.0, 8.0, 8.0]]),
    )
    np.testing.assert_array_equal(t, [0.0, 1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 6.0, 8.0])
    np.testing.assert_array_equal(v[0], [1.0, 0.0, 4.0, 2.0, 9.0, 1.5, 1.0, nan, 3.0])
    np.testing.assert_array_equal(v[1], [0.0, 2.0, 2.0, 4.0, 6.0, 6.0, 8.0, 8.0, 8.0])


def test_an_output_with_a_negative_gain_turns_the_extremes_over() -> None:
    t = np.arange(3.0)
    trace = Trace(1, t, t, t - 1.0, t + 5.0).scaled(4, -2.0, 1.0)
    assert (trace.element, trace.span) == (4, (-13.0, 3.0))
    np.testing.assert_array_equal(trace.values, [1.0, -1.0, -3.0])


def test_spans_found_together_are_those_found_one_by_one() -> None:
    """With breaks, with nothing but breaks, with an infinite value, and without any of these."""
    recording, rng = Recording(), np.random.default_rng(3)
    t, v = np.arange(200.0), rng.normal(size=(200, 4))
    v[20:40, 0] = np.nan
    v[:, 1] = np.nan
    v[7, 2] = -np.inf
    recording.append(Rows(t, v, v, v, np.empty((200, 0)), v[:, :0], v[:, :0]), (1, 2, 3, 4), ())
    traces = read_all(stretch_of(recording, Window(0.0, 200.0, 0.0, 800.0)), "v", (1, 2, 3, 4))
    assert [trace.span for trace in traces] == [replace(trace, known_span=None).span for trace in traces]
    assert traces[0].span == (np.nanmin(v[:, 0]), np.nanmax(v[:, 0]))
    assert traces[1].span == (np.inf, -np.inf)
