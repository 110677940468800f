"""Properties of every registered kind."""

from __future__ import annotations

import inspect
import math
import sys

import numpy as np
import pytest
from drawn_knots import with_knots
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.dynamics.noise import key
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import CellKind
from circuitsim.spec.unit import UNIT_SYSTEMS, Dimension

K = kinds()
ALL = [
    *K.neurons.values(),
    *K.synapses.values(),
    *K.stimuli.values(),
    *K.solvers.values(),
    *K.cells.values(),
    *K.units.values(),
]
MANY = pytest.mark.parametrize("kind", ALL, ids=lambda k: f"{type(k).__name__}-{k.id}")


@MANY
@pytest.mark.parametrize("system", UNIT_SYSTEMS)
def test_defaults_and_slider_ends_are_allowed(kind, system):
    for parameter in kind.parameters:
        shown = parameter.range(system)
        for value in (shown.default, shown.slider_low, shown.slider_high):
            assert parameter.check(value) is None
        assert shown.slider_low <= shown.default <= shown.slider_high
        if parameter.log:
            assert shown.slider_low > 0


@MANY
def test_rows_of_the_kernel_are_named_in_the_order_of_the_declaration(kind):
    """A kernel reads rows by constants such as CAPACITANCE; they must number the parameters."""
    function = next((getattr(kind, f) for f in ("pack", "value") if hasattr(kind, f)), None)
    if function is None or isinstance(kind, CellKind):  # that of a network reads its numbers by name
        return
    constants = vars(inspect.getmodule(function))
    for row, parameter in enumerate(kind.parameters):
        assert constants[parameter.name.upper()] == row


@MANY
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e300])
def test_impossible_numbers_get_a_sentence(kind, value):
    for parameter in kind.parameters:
        assert parameter.title in (parameter.check(value) or "")


@MANY
def test_it_says_what_it_is(kind):
    assert kind.title
    assert kind.doc.endswith(".")
    assert kind.avoid.startswith("Do not use ")
    assert kind.avoid.endswith(".")
    assert "Do not use" not in kind.doc
    assert kind.equation
    if not hasattr(kind, "next_edge"):
        assert kind.reference


@pytest.mark.parametrize("system", UNIT_SYSTEMS.values(), ids=lambda s: s.id)
def test_units_multiply_out(system):
    si = system.si
    assert si[Dimension.CAPACITANCE] / si[Dimension.CONDUCTANCE] == pytest.approx(si[Dimension.TIME])
    assert si[Dimension.CONDUCTANCE] * si[Dimension.POTENTIAL] == pytest.approx(si[Dimension.CURRENT])
    assert si[Dimension.SLOPE] * si[Dimension.POTENTIAL] == pytest.approx(1.0)
    assert si[Dimension.FREQUENCY] * si[Dimension.TIME] == pytest.approx(1.0)


def test_listing_kinds_needs_no_numba():
    import subprocess

    code = "import sys; from circuitsim.spec.catalogue import kinds; kinds(); print('numba' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.strip() == "False"


@pytest.mark.parametrize("kind", K.synapses.values(), ids=lambda k: k.id)
def test_padding_adds_nothing(kind):
    """Slots without a synapse hold zeros, which must leave every channel as it is."""
    ones = np.ones((len(kind.parameters), 1))
    rows = kind.pack(with_knots(kind, np.random.default_rng(0), "liquid", ones)).shape[0]
    acc = np.zeros((4, 8))
    slots = np.zeros(8, dtype=np.int64)
    kind.accumulate(0, 1, np.array([0]), np.array([0, 8]), slots, np.zeros(rows * 8), 8, np.ones(9), acc)
    assert not acc.any()


times = st.floats(-5.0, 50.0, allow_nan=False)
STIMULI = [k for k in K.stimuli.values() if not k.table]


@pytest.mark.parametrize("kind", STIMULI, ids=lambda k: k.id)
@given(data=st.data(), t=times)
def test_stimuli_stay_in_their_interval_and_jump_only_at_edges(kind, data, t):
    p = np.array([
        data.draw(st.floats(max(q.low, q.liquid.slider_low), min(q.high, q.liquid.slider_high))) for q in kind.parameters
    ] + (key(data.draw(st.integers(0, 2**63 - 1)), 7) if kind.clock else []))  # fmt: skip
    low, high = kind.interval(p)
    assert low - 1e-12 <= kind.value(p, t) <= high + 1e-12
    edge = kind.next_edge(p, t)
    assert edge > t
    before = math.nextafter(edge, -math.inf) if math.isfinite(edge) else t + 1.0
    if kind.id in ("step", "pulse", "pulse_train", "button", "slider", "constant") or kind.clock:
        assert kind.value(p, t) == kind.value(p, before)  # nothing jumps between two edges
    if kind.id == "step" and math.isfinite(edge):
        assert kind.value(p, edge) == p[1]


@pytest.mark.parametrize("kind", STIMULI, ids=lambda k: k.id)
@given(data=st.data(), t=st.floats(0.0, 50.0))
@settings(max_examples=30)
def test_what_turns_between_two_edges_declares_its_shortest_wave(kind, data, t):
    """A wave turns twice; where none is declared, nothing turns at all."""
    p = np.array([
        data.draw(st.floats(max(q.low, q.liquid.slider_low), min(q.high, q.liquid.slider_high))) for q in kind.parameters
    ] + (key(7, 7) if kind.clock else []))  # fmt: skip
    wave = math.inf if kind.wave is None else kind.wave(p)
    assert wave > 0.0
    end = min(kind.next_edge(p, t), t + (5.0 * wave if math.isfinite(wave) else 100.0))
    times = np.linspace(t, math.nextafter(end, -math.inf), 600)
    rise = np.diff([kind.value(p, each) for each in times])
    moves = np.flatnonzero(np.abs(rise) > 1e-9)
    turns = times[moves[1:][np.diff(np.sign(rise[moves])) != 0]]
    assert turns.size == 0 or np.all(np.diff(turns) >= 0.5 * wave - 2.0 * (times[1] - times[0]))
    assert turns.size == 0 or math.isfinite(wave)


@given(onset=st.floats(0, 3), period=st.floats(1e-3, 3), part=st.floats(0.1, 0.9), count=st.integers(1, 200))
def test_pulse_trains_lose_no_pulse_to_rounding(onset, period, part, count):
    kind = K.stimuli["pulse_train"]
    p = np.array([0.0, 1.0, onset, part * period, period])
    t, values = -1.0, []
    for _ in range(count):
        t = kind.next_edge(p, t)
        values.append(kind.value(p, t))
    assert values == [float(k % 2 == 0) for k in range(count)]


@given(
    rows=st.lists(st.floats(-3, 3), min_size=1, max_size=8, unique_by=lambda r: round(r, 9)).map(sorted),
    t=st.floats(-4, 4),
    mode=st.sampled_from([0.0, 1.0]),
)
def test_tables_agree_with_numpy(rows, t, mode):
    values = np.cos(np.arange(len(rows)))
    p = np.array([mode, len(rows), *rows, *values])
    table = K.stimuli["table"]
    held = values[max(0, int(np.searchsorted(rows, t, side="right")) - 1)]
    expected = held if mode == 0.0 else np.interp(t, rows, values)
    assert table.value(p, t) == pytest.approx(expected, abs=1e-12)
    edge = table.next_edge(p, t)
    assert edge == min((r for r in rows if r > t), default=math.inf)
