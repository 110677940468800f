"""The recording as its readers see it: several elements at once, neighbouring instants, breaks, a long past."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.engine.block import GROUP
from circuitsim.engine.recording import AT_ONCE, BUDGET, MOST, Recording, rows_of_block
from circuitsim.engine.rows import Rows

ROWS_PER_SECOND = 400


def recorded(count=MOST + 10):
    """A recording over two blocks: neurons 1 and 2, after a break 1 and 3; row k is at time k."""
    recording = Recording()
    t = np.arange(float(count))
    v = np.column_stack((t, -t))
    recording.append(Rows(t, v, v + 1, v + 2, t[:, None], v[:, :0], v[:, :0]), (1, 2), (9,))
    late = count + np.arange(5.0)
    w = np.column_stack((late, 10 * late))
    recording.append(Rows(late, w, w, w, late[:, None], w[:, :0], w[:, :0]), (1, 3), (9,))
    return recording, count


def wave(t, neurons=2):
    """Rows at times whose values follow from the time alone, with a spike in one row of a hundred."""
    k = np.rint(t).astype(np.int64)
    spike = np.where(k % 100 == 37, 50.0 + k % 7, 0.0)
    v = np.sin(t / 500.0)[:, None] * np.arange(1, neurons + 1) + spike[:, None] * (-1.0) ** np.arange(neurons)
    return Rows(
        t, v, 2.0 + np.cos(t / 90.0)[:, None] + 0.0 * v, 3.0 * v, t[:, None] % 11.0, v[:, :0], v[:, :0]
    )


def long_recording(seconds, neurons=2, chunk=4000):
    recording = Recording()
    count = seconds * ROWS_PER_SECOND
    for begin in range(0, count, chunk):
        t = np.arange(float(begin), float(min(begin + chunk, count)))
        recording.append(wave(t, neurons), tuple(range(1, neurons + 1)), (99,))
    return recording, count


def test_several_elements_are_read_at_once():
    recording, count = recorded()
    course = recording.course("v", (1, 2, 3), count - 5.0, count + 2.0)
    times, values = course.t, course.values
    np.testing.assert_array_equal(times, np.arange(count - 6.0, count + 4.0))
    np.testing.assert_array_equal(values[0], times)
    old = times < count
    np.testing.assert_array_equal(values[1][old], -times[old])
    assert np.isnan(values[1][~old]).all()
    assert np.isnan(values[2][old]).all()
    np.testing.assert_array_equal(values[2][~old], 10 * times[~old])
    assert course.low is None
    assert course.high is None


def test_one_element_is_read_like_several():
    recording, _ = recorded()
    times, values = recording.read("tau", 2, 10.0, 20.0)
    many = recording.course("tau", (1, 2), 10.0, 20.0)
    np.testing.assert_array_equal(times, many.t)
    np.testing.assert_array_equal(values, many.values[1])


def test_nothing_recorded_reads_as_nothing():
    course = Recording().course("v", (1, 2), 0.0, 1.0)
    assert course.t.shape == (0,)
    assert course.values.shape == (2, 0)
    assert Recording().at(1.0) is None
    assert Recording().span() == (0.0, 0.0)


def test_neighbouring_instants_across_blocks():
    recording, count = recorded()
    assert recording.before(0.0) is None
    assert recording.before(float(MOST)) == MOST - 1.0
    assert recording.after(MOST - 1.0) == MOST
    assert recording.after(count - 0.5) == count
    assert recording.after(count + 4.0) is None
    assert recording.before(1e9) == count + 4.0


@pytest.mark.parametrize("t0", [0.0, 3.0, MOST - 1.0, MOST - 0.5, float(MOST), MOST + 0.5])
def test_a_stretch_has_one_row_before_and_one_after_it(t0):
    recording, _ = recorded()
    times, _ = recording.read("v", 1, t0, t0 + 2.0)
    first = max(0.0, np.ceil(t0) - 1.0)
    np.testing.assert_array_equal(times, np.arange(first, np.floor(t0 + 2.0) + 2.0))


@given(st.tuples(st.floats(-10.0, 41_000.0), st.floats(-10.0, 41_000.0)))
def test_a_part_of_a_stretch_is_the_stretch_of_that_part(ends):
    recording = Recording()
    for begin in range(0, 40_000, 1000):
        t = np.arange(float(begin), begin + 1000.0)
        v = np.sin(t)[:, None]
        recording.append(Rows(t, v, v, v, np.empty((1000, 0)), v[:, :0], v[:, :0]), (1,), ())
    t0, t1 = sorted(ends)
    whole, part = recording.stretch(-np.inf, np.inf), recording.stretch(t0, t1)
    found = whole.part(t0, t1)
    np.testing.assert_array_equal(found.t, part.t)
    np.testing.assert_array_equal(found.course("v", (1,)).values, part.course("v", (1,)).values)


def test_large_rows_are_thinned_a_little_at_a_time():
    """However wide rows are, one of 1, 8, 64 and so on stays, and hardly more is done for one row than for another."""
    width = AT_ONCE // 60  # v, tau and target of each: 20 rows at once
    recording, line = Recording(), np.zeros((4, width))
    t, most = 0, 0
    for _ in range(600):
        before = {id(block) for block in recording._blocks}
        rows = Rows(t + np.arange(4.0), line, line, line, np.empty((4, 0)), line[:, :0], line[:, :0])
        recording.append(rows, tuple(range(1, width + 1)), ())
        t += 4
        new = [block for block in recording._blocks if id(block) not in before and block.below is not None]
        most = max(most, sum(block.t.size for block in new))
    times = recording.stretch(-np.inf, np.inf).t
    assert (np.diff(times) > 0).all()
    assert set(np.diff(times).tolist()) <= {1.0, 8.0, 64.0, 512.0}
    assert times[0] == 0.0
    assert most <= 4


def test_an_hour_stays_visible_in_little_memory():
    recording, count = long_recording(3600)
    assert recording.span() == (0.0, count - 1.0)
    assert recording.size <= BUDGET
    newest, _ = recording.read("v", 1, count - 60.0 * ROWS_PER_SECOND, np.inf)
    np.testing.assert_array_equal(np.diff(newest), 1.0)  # the last minute keeps every row


@pytest.mark.parametrize("neurons", [1, 30])
def test_memory_does_not_grow(neurons):
    """After five minutes hardly, and never beyond the budget of circuits up to a few hundred neurons."""
    recording = Recording()
    sizes = []
    for k in range(600):
        t = 400.0 * k + np.arange(400.0)
        recording.append(wave(t, neurons), tuple(range(1, neurons + 1)), (99,))
        sizes.append(recording.size)
    assert max(sizes) <= BUDGET
    assert max(sizes[300:]) <= 1.2 * max(sizes[:300])
    assert recording.span()[0] == 0.0


def test_hundreds_of_neurons_keep_the_budget():
    recording, _ = long_recording(60, neurons=300)
    assert recording.size <= BUDGET
    assert recording.span()[0] == 0.0


def test_a_very_large_circuit_keeps_some_seconds():
    recording, count = long_recording(4, neurons=3000, chunk=100)
    times, _ = recording.read("v", 1, count - 2.0 * ROWS_PER_SECOND, np.inf)
    np.testing.assert_array_equal(np.diff(times), 1.0)
    assert recording.span()[0] == 0.0


@pytest.mark.parametrize("variable", ["v", "tau", "vinf", "input"])
def test_thinned_rows_are_true_ones_and_extremes_survive(variable):
    recording, count = long_recording(900)
    element = 99 if variable == "input" else 2
    course = recording.course(variable, (element,), -np.inf, np.inf)
    assert course.low is not None
    assert course.high is not None
    true = wave(np.arange(float(count)))
    twin = {"v": true.v[:, 1], "tau": true.tau[:, 1], "vinf": true.vinf[:, 1], "input": true.inputs[:, 0]}[
        variable
    ]
    rows = course.t.astype(np.int64)
    assert (np.diff(rows) > 0).all()
    assert len(rows) < count // 4
    np.testing.assert_array_equal(course.values[0], twin[rows])
    np.testing.assert_allclose(course.low[0], np.minimum.reduceat(twin, rows), rtol=1e-6, atol=1e-5)
    np.testing.assert_allclose(course.high[0], np.maximum.reduceat(twin, rows), rtol=1e-6, atol=1e-5)


def test_a_look_back_finds_a_true_state():
    recording, count = long_recording(900)
    rng = np.random.default_rng(5)
    for t in rng.uniform(0.0, count, 300):
        found = recording.at(t)
        true = wave(np.array([found.t]))
        assert found.t <= t
        assert recording.after(found.t) is None or recording.after(found.t) > t
        np.testing.assert_array_equal(found.v, true.v[0])
        np.testing.assert_array_equal(found.tau, true.tau[0])
        np.testing.assert_array_equal(found.vinf, true.vinf[0])
        np.testing.assert_array_equal(found.inputs, true.inputs[0])
        assert found.serial == -1 - round(found.t)


def test_steps_through_the_past_meet_every_row_that_is_left():
    recording, _ = long_recording(300)
    times, _ = recording.read("v", 1, -np.inf, np.inf)
    t, met = times[0], [times[0]]
    while (later := recording.after(t)) is not None:
        assert recording.before(later) == t
        t = later
        met.append(t)
    np.testing.assert_array_equal(met, times)


def test_infinite_values_are_no_extremes():
    recording = Recording()
    for k in range(200):
        t = 400.0 * k + np.arange(400.0)
        rows = wave(t)
        rows.tau[::3] = np.inf
        rows.vinf[::5] = np.nan
        recording.append(rows, (1, 2), (99,))
    course = recording.course("tau", (1,), 0.0, 800.0)
    assert np.isfinite(course.high[0][np.isfinite(course.values[0])]).all()


@given(
    st.lists(
        st.tuples(st.integers(1, 3000), st.sampled_from([(1,), (1, 2), (2, 3)])), min_size=1, max_size=60
    )
)
@settings(max_examples=40, deadline=None)
def test_breaks_and_thinning_together(stretches):
    """Whatever neurons come and go: times rise, values are true, what did not exist reads as NaN."""
    recording, exists, t = Recording(), [], 0.0
    for length, neurons in stretches:
        times = t + np.arange(float(length))
        t += length
        value = np.sin(times)[:, None] * np.array(neurons)
        recording.append(
            Rows(times, value, value, value, np.empty((length, 0)), value[:, :0], value[:, :0]), neurons, ()
        )
        exists += [neurons] * length
    course = recording.course("v", (1, 2, 3), -np.inf, np.inf)
    assert recording.span() == (0.0, t - 1.0)
    assert (np.diff(course.t) > 0).all()
    for k, element in enumerate((1, 2, 3)):
        there = np.array([element in exists[int(row)] for row in course.t])
        np.testing.assert_array_equal(np.isnan(course.values[k]), ~there)
        np.testing.assert_array_equal(course.values[k][there], element * np.sin(course.t[there]))


def test_readers_never_see_a_torn_state():
    """One thread writes so fast that blocks are thinned all the time, another one reads."""
    recording, done, faults = Recording(), threading.Event(), []

    def check():
        end = recording.span()[1]
        course = recording.course("v", (1, 2), -np.inf, np.inf)
        found = recording.at(0.6 * end)
        if not (np.diff(course.t) > 0).all():
            faults.append("times do not rise")
        if course.t.size and (course.t[0] != 0.0 or course.t[-1] < end):
            faults.append("the span is not whole")
        if not np.array_equal(course.values[0], np.sin(course.t)):
            faults.append("a value is not true")
        if course.t.size and np.diff(course.t, append=end + 1.0).max() > GROUP**4:
            faults.append("a stretch is missing")
        if found is not None and found.v[1] != -np.sin(found.t):
            faults.append("a state is not true")

    def read():
        while not done.is_set():
            check()

    reader = threading.Thread(target=read)
    reader.start()
    for k in range(2500):
        t = 97.0 * k + np.arange(97.0)
        v = np.column_stack((np.sin(t), -np.sin(t)))
        recording.append(Rows(t, v, v, v, np.empty((97, 0)), v[:, :0], v[:, :0]), (1, 2), ())
    done.set()
    reader.join()
    check()
    assert not faults


def test_blocks_fit_the_budget():
    assert rows_of_block(4) == MOST
    assert all(rows_of_block(c) % GROUP == 0 for c in (1, 10, 100, 300, 1000, 100_000))
