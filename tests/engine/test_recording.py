"""The recording as its readers see it: several elements at once, neighbouring instants, breaks."""

from __future__ import annotations

import numpy as np

from circuitsim.engine.recording import ROWS, Recording
from circuitsim.engine.session import Rows


def recorded(count=ROWS + 10):
    """A recording over two blocks: neurons 1 and 2, after a break 1 and 3; row k is at time k."""
    recording = Recording()
    t = np.arange(float(count))
    v = np.column_stack((t, -t))
    recording.append(Rows(t, v, v + 1, v + 2, t[:, None]), (1, 2), (9,))
    late = count + np.arange(5.0)
    w = np.column_stack((late, 10 * late))
    recording.append(Rows(late, w, w, w, late[:, None]), (1, 3), (9,))
    return recording, count


def test_several_elements_are_read_at_once():
    recording, count = recorded()
    times, values = recording.table("v", (1, 2, 3), count - 5.0, count + 2.0)
    np.testing.assert_array_equal(times, np.arange(count - 6.0, count + 4.0))
    np.testing.assert_array_equal(values[0], times)
    old = times < count
    np.testing.assert_array_equal(values[1][old], -times[old])
    assert np.isnan(values[1][~old]).all()
    assert np.isnan(values[2][old]).all()
    np.testing.assert_array_equal(values[2][~old], 10 * times[~old])


def test_one_element_is_read_like_several():
    recording, _ = recorded()
    times, values = recording.read("tau", 2, 10.0, 20.0)
    many_times, many = recording.table("tau", (1, 2), 10.0, 20.0)
    np.testing.assert_array_equal(times, many_times)
    np.testing.assert_array_equal(values, many[1])


def test_nothing_recorded_reads_as_nothing():
    times, values = Recording().table("v", (1, 2), 0.0, 1.0)
    assert times.shape == (0,)
    assert values.shape == (2, 0)


def test_neighbouring_instants_across_blocks():
    recording, count = recorded()
    assert recording.before(0.0) is None
    assert recording.before(float(ROWS)) == ROWS - 1.0
    assert recording.after(ROWS - 1.0) == ROWS
    assert recording.after(count - 0.5) == count
    assert recording.after(count + 4.0) is None
    assert recording.before(1e9) == count + 4.0
