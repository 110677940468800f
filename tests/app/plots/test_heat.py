"""Many traces as a map: colours in order, rows that can be told, and a line for the focused neuron."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtTest import QTest
from scope_hand import choose, drawn, menu_on, place_in, scope_of

from circuitsim.app.plots.heat import FROM, STRETCH, Columns, HeatMap, Source
from circuitsim.app.plots.hover import read_at
from circuitsim.app.plots.scale import Scale
from circuitsim.app.plots.traces import Window, stretch_of
from circuitsim.app.theme.ramp import STEPS, from_oklab, ramp, ramp_colours, to_oklab
from circuitsim.app.theme.tokens import THEMES, contrast
from circuitsim.app.window.start import application, build
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetTraced
from circuitsim.engine.recording import Recording
from circuitsim.engine.rows import Rows


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_scale_of_colours_is_even_and_in_order(name):
    theme = THEMES[name]
    colours = ramp_colours(theme)
    lab = to_oklab(colours)
    lightness = np.diff(lab[:, 0])
    assert (lightness > 0).all() if theme.is_dark else (lightness < 0).all()
    steps = np.linalg.norm(np.diff(lab, axis=0), axis=1)
    assert steps.max() < 1.1 * steps.min()
    ends = ["#{:02X}{:02X}{:02X}".format(*np.rint(255 * c).astype(int)) for c in colours[[0, -1]]]
    assert contrast(*ends) > 7
    assert len(set(ramp(theme))) == STEPS + 1
    assert ramp(theme)[0] == 0  # where nothing is recorded, the lane is seen


# Severity 1 of Machado, Oliveira and Fernandes (2009), on linear RGB.
BLIND = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("kind", list(BLIND))
def test_every_colour_vision_sees_the_order(name, kind):
    colours = ramp_colours(THEMES[name])
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(BLIND[kind]).T, 0.0, 1.0)
    seen = np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055)
    lightness = to_oklab(seen)[::8, 0]
    rising = np.diff(lightness) > 0
    assert rising.all() or not rising.any()
    assert abs(lightness[-1] - lightness[0]) > 0.5


def test_oklab_there_and_back():
    colours = np.random.default_rng(1).random((50, 3))
    np.testing.assert_allclose(from_oklab(to_oklab(colours)), colours, atol=1e-6)


def test_columns_stand_still_in_time_and_gaps_stay_empty():
    t = np.arange(0.0, 10.0, 0.01)
    values = np.sin(t)
    values[500:600] = np.nan
    recording = recorded(t, np.column_stack((values, t)))
    one = map_of(recording, Window(2.0, 8.0, 0.0, 300.0))
    other = map_of(recording, Window(2.013, 8.013, 0.0, 300.0))
    assert one.step == pytest.approx(STRETCH * 0.02 / 2)
    shift = round((other.start - one.start) / one.step)
    np.testing.assert_array_equal(one.values[:, shift : shift + 100], other.values[:, :100])
    at = one.start + np.arange(one.values.shape[1]) * one.step
    assert np.isnan(one.values[0][(at > 5.0) & (at < 5.99)]).all()
    assert np.isfinite(one.values[1]).all()
    box = QRectF(0, 10, 100, 40)
    assert (one.row_at(box, 12.0), one.row_at(box, 49.0), one.row_at(box, 99.0)) == (7, 9, 9)
    index = one._indices(Scale(-1.0, 1.0, known=True))
    assert index.max() <= STEPS
    assert (index[0] == 0).any()


@given(st.lists(st.tuples(st.floats(-3.0, 3.0), st.integers(0, 400)), min_size=2, max_size=8))
def test_a_map_that_scrolls_is_the_one_that_is_drawn_anew(ways):
    """Whichever way the window goes while rows are recorded, what is kept of the map stands for what is read."""
    t = np.arange(0.0, 30.0, 0.013)
    values = np.column_stack((np.sin(3.0 * t), np.where(t % 7.0 < 1.0, np.nan, t)))
    recording, columns, end, done = Recording(), Columns(), 5.0, 0
    for way, more in ways:
        put(recording, t[done : done + more], values[done : done + more])
        done += more
        end = max(2.0, end + way)
        window = Window(end - 6.0, end, 0.0, 200.0)
        kept, fresh = map_of(recording, window, columns), map_of(recording, window)
        assert (kept.start, kept.step) == (fresh.start, fresh.step)
        np.testing.assert_array_equal(kept.values, fresh.values)


def put(recording: Recording, t: np.ndarray, v: np.ndarray) -> None:
    """Record the states of neurons 7 and 9."""
    recording.append(Rows(t, v, v, v, np.zeros((t.size, 0)), v[:, :0], v[:, :0]), (7, 9), ())


def recorded(t: np.ndarray, v: np.ndarray) -> Recording:
    result = Recording()
    put(result, t, v)
    return result


def map_of(recording: Recording, window: Window, columns: Columns | None = None) -> HeatMap:
    source = Source(stretch_of(recording, window), "v", (7, 9))
    return (columns or Columns()).map(source, window, lambda v: v)


def one_row_spikes(count: int) -> tuple[Recording, float]:
    """A recording of 0 with a spike up and one down, a row each, and the time of the first."""
    recording, rng = Recording(), np.random.default_rng(2)
    spike = int(rng.integers(600, 700))
    for begin in range(0, count, 500):
        t = (begin + np.arange(500)) * 0.01
        v = np.zeros((500, 2))
        for k, at in ((0, spike), (1, spike + 3)):
            if begin <= at < begin + 500:
                v[at - begin, k] = 1.0 - 2.0 * k
        recording.append(Rows(t, v, np.ones((500, 2)), v, np.zeros((500, 0)), v[:, :0], v[:, :0]), (7, 9), ())
    return recording, spike * 0.01


@pytest.mark.parametrize("count", [1_000, 200_000])  # every row is there; all but one of 64 are gone
def test_a_spike_of_one_row_is_seen_however_old_it_is(count):
    recording, at = one_row_spikes(count)
    window = Window(0.0, 9.9, 0.0, 100.0)
    assert (len(recording.course("v", (7,), window.t0, window.t1).t) < 100) == (count > 1_000)
    found = map_of(recording, window)
    times = found.start + np.arange(found.values.shape[1]) * found.step
    for row, extreme in ((0, 1.0), (1, -1.0)):
        seen = np.flatnonzero(found.values[row] == extreme)
        assert seen.size
        assert np.abs(times[seen] - at).max() < 1.0
        assert set(np.unique(found.values[row])) == {0.0, extreme}
    assert found.span == (-1.0, 1.0)


@pytest.fixture
def crowd(qtbot):
    """The real window with more traces than lines could show, after 2 s."""
    application()
    circuit = Circuit("Crowd")
    count = FROM + 10
    for k in range(count):
        circuit.add_neuron(f"n{k}", start=np.sin(k), capacitance=0.3 + 0.01 * k)
    circuit.apply(SetTraced(tuple(n.id for n in circuit.neurons)))
    made = build(circuit, None)
    made.show()
    made.document.simulator.set_speed(None)
    made.document.simulator.run_for(2.0)
    status = made.document.status
    qtbot.waitUntil(lambda: status().t >= 2.0 - 1e-6 and not status().playing, timeout=120_000)
    drawn(made)
    yield made
    made.close()


def test_a_crowd_is_a_map_with_one_line(crowd):
    scope, document = scope_of(crowd), crowd.document
    document.select({document.circuit["n3"].id})
    drawn(crowd)
    lane = scope.lanes[0]
    assert lane.heat is not None
    assert len(lane.heat.source.elements) == FROM + 10
    assert [s.trace.element for s in lane.strokes] == [document.circuit["n3"].id]
    for name in (n.name for n in document.circuit.neurons if n.name != "n3"):
        scope.toggle_hidden(document.circuit[name].id)
        if len(scope.hidden) == 10:
            break
    drawn(crowd)
    assert lane.heat is None  # sixty are lines again
    assert len(lane.strokes) == FROM


def test_a_person_may_want_lines_of_a_crowd_and_a_map_of_few(crowd):
    scope = scope_of(crowd)
    lane = scope.lanes[0]
    at = QPoint(round(lane.box.right()) - 5, round(lane.box.top()) + 2)
    choose(menu_on(crowd, at), "Map of colours")
    drawn(crowd)
    assert lane.heat is None
    assert len(lane.strokes) == FROM + 10
    assert scope.lanes[1].heat is not None
    picture = scope.grab().toImage()
    choose(menu_on(crowd, at), "Map of colours")
    drawn(crowd)
    assert lane.heat is not None
    assert scope.grab().toImage() != picture
    for neuron in list(crowd.document.traced)[2:]:
        scope.toggle_hidden(neuron)
    drawn(crowd)
    assert lane.heat is not None
    assert len(lane.heat.source.elements) == 2
    assert scope.lanes[1].heat is None


def test_rows_are_named_under_the_pointer(crowd):
    scope, document = scope_of(crowd), crowd.document
    lane = scope.lanes[0]
    at = QPointF(place_in(crowd, 1.0))
    at.setY(lane.box.top() + 0.1)
    assert scope.neuron_at(at) == document.circuit["n0"].id
    at.setY(lane.box.bottom() - 0.1)
    last = document.circuit[f"n{FROM + 9}"].id
    assert scope.neuron_at(at) == last
    reading = read_at(document, scope.lanes, scope.window_of_time, 1.0, (last, document.focus))
    assert [entry.name for entry in reading.entries] == [f"n{FROM + 9}", "n0"]
    assert all(entry.cells[0] for entry in reading.entries)
    before = scope.grab().toImage()
    QTest.mouseMove(scope, at.toPoint())
    drawn(crowd)
    assert scope.grab().toImage() != before
