"""The solver ncps against ncps itself: its states and outputs, its intervals, its order towards the equation."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ncps_circuits import CASES, Case, circuit, hidden

import circuitsim as cs
from circuitsim.circuit.edits import Replace, SetSettings
from circuitsim.circuit.elements import Settings, Table
from circuitsim.engine.bands import bands
from circuitsim.engine.ends import elapsed, last_end
from circuitsim.engine.hazards import hazards
from circuitsim.engine.monitor import Monitor
from circuitsim.engine.preview import preview
from circuitsim.engine.proposal import propose
from circuitsim.engine.replay import replay
from circuitsim.engine.rows import Rows
from circuitsim.engine.runlog import Edited, HandMoved, RunLog
from circuitsim.engine.session import Session

if TYPE_CHECKING:
    from circuitsim.engine.samples import Samples

EXACT = {"rtol": 0.0, "atol": 1e-12}
FLOAT32 = {"rtol": 0.0, "atol": 1e-6}
MANY = pytest.mark.parametrize("name", CASES)


def simulated(circuit: cs.Circuit, *arguments: float, **options: Any) -> Samples:
    return cs.simulate(circuit, *arguments, **options).samples


@MANY
def test_states_and_outputs_are_those_of_ncps(name):
    """To rounding those of float64, and as near to those of float32 as these are to those."""
    case = Case(name)
    trace = simulated(case.circuit(), solver="ncps")
    np.testing.assert_array_equal(trace.t, case.times)
    for found, stored in ((trace.v, "hidden"), (trace.outputs, "output")):
        np.testing.assert_allclose(found[1:], case.arrays[f"{stored}_f64"], **EXACT)
        np.testing.assert_allclose(found[1:], case.arrays[stored], **FLOAT32)
    np.testing.assert_array_equal(trace.v[0], case.arrays["h0"])
    np.testing.assert_array_equal(
        trace.inputs[:-1], case.arrays["input"]
    )  # as they are, not as they are sent


@MANY
def test_time_constants_are_those_of_the_states(name):
    """The stored ones are of the states after a call and the input that it has read: rows after the last do not change it."""
    case = Case(name)
    trace = simulated(case.circuit(), solver="ncps")
    np.testing.assert_allclose(trace.tau[-1], case.arrays["tau_sys_f64"][-1], rtol=1e-12)


@MANY
def test_unfolds_bring_it_to_the_equation_at_the_first_order(name):
    case = Case(name)
    stored = {int(k): v for k, v in case.facts["fused_error_by_unfolds"].items()}
    errors = {}
    for unfolds, error in stored.items():
        trace = simulated(case.circuit(), solver="ncps", unfolds=unfolds)
        errors[unfolds] = np.abs(trace.v[1:] - case.arrays["ode_truth"]).max()
        assert errors[unfolds] == pytest.approx(error, rel=1e-9)
    assert np.log2(errors[96] / errors[192]) == pytest.approx(1.0, abs=0.05)


@MANY
def test_solvers_of_the_equation_reach_its_solution(name):
    case = Case(name)
    truth = case.arrays["ode_truth"]
    tight = simulated(
        case.circuit(), solver="dormand_prince", dt=1.0, duration=case.times[-1], tolerance=1e-11
    )
    np.testing.assert_allclose(tight.v[1:], truth, rtol=0, atol=1e-10)
    errors = []
    for dt in (0.05, 0.025):
        rows = simulated(case.circuit(), solver="rk4", dt=dt, every=1.0, duration=case.times[-1])
        assert rows.t.size == case.times.size
        errors.append(np.abs(rows.v[1:] - truth).max())
    assert errors[1] < 1e-4
    assert np.log2(errors[0] / errors[1]) == pytest.approx(4.0, abs=0.5)


def irregular(case: Case, spans: np.ndarray, digits: int | None = None) -> tuple[cs.Circuit, np.ndarray]:
    """The circuit of a case with intervals of other lengths, and where they begin and end."""
    times = np.concatenate([[0.0], np.cumsum(spans)])
    times = times if digits is None else np.round(times, digits)
    inputs = case.arrays["input"][: spans.size]
    return circuit(case.parameters, inputs, times[:-1], case.arrays["h0"]), times


@MANY
@settings(max_examples=20)
@given(
    spans=st.lists(st.floats(0.003, 30.0), min_size=3, max_size=12, unique_by=lambda span: round(span, 1)),
    unfolds=st.integers(1, 9),
    epsilon=st.sampled_from([0.0, 1e-8, 0.1]),
)
def test_irregular_intervals_are_those_of_the_cell(name, spans, unfolds, epsilon):
    case = Case(name)
    drawn, times = irregular(case, np.array(spans), 3)
    numbers = {"unfolds": unfolds, "epsilon": epsilon}
    trace = simulated(drawn, times[-1], solver="ncps", **numbers)
    np.testing.assert_array_equal(trace.t, times)
    exact = np.array([float(f"{b - a:.3f}") for a, b in pairwise(times)])
    due = hidden(case.parameters, case.arrays["input"][: exact.size], exact, case.arrays["h0"], **numbers)
    np.testing.assert_allclose(trace.v[1:], due, **EXACT)


def test_intervals_between_decimal_times_are_exact_at_any_time():
    late = np.array([1e6 + 0.1, 1e6 + 0.2, 1e6 + 0.5, 1e6 + 1.5])
    assert elapsed(late, 1.0).tolist() == [0.1, 0.3, 1.0]
    assert elapsed(0.1 + np.arange(100_000.0), 1.0).tolist() == [1.0] * 99_999
    assert elapsed(0.1 * np.arange(1000.0), 0.1).tolist() == [0.1] * 999
    assert last_end(np.array([0.1, 0.3]), 1.0) == 0.5
    assert last_end(np.array([2.0]), 1.0) == 3.0
    assert last_end(np.zeros(0), 1.0) == 0.0


def test_no_time_passes_in_a_call_of_no_length():
    """What divides 0 by 0 in ncps is the identity."""
    case = Case("ltc_full4")
    session = Session(case.circuit(), "ncps", 1.0)
    step, work = session._step, session._work
    x = session._x.copy()
    step(0.0, 0.0, 0.0, x, work, session._program.tables)
    n = session._program.states
    np.testing.assert_array_equal(x[:n], session._x[:n])
    spans = np.array([1.0, 0.0, 1.0])
    due = hidden(case.parameters, case.arrays["input"][:3], spans, case.arrays["h0"])
    np.testing.assert_array_equal(due[0], due[1])


def test_rows_of_all_tables_are_calls_and_every_step_before_them_and_the_end_after_uneven_ones():
    free = cs.Circuit()
    free.add_neuron("a")
    free.add_input("u", "table", table=Table((1.25, 3.0), (0.0, 1.0)))
    free.add_input("w", "table", table=Table((2.0, 3.0, 3.5), (0.0, 1.0, 2.0)))
    free.connect("u", "a")
    trace = simulated(free, 5.75, dt=0.5, solver="ncps")
    assert trace.t.tolist() == [0, 0.5, 1.0, 1.25, 2.0, 3.0, 3.5, 5.75]
    assert propose(free, solver="ncps").duration == 4.0
    assert propose(free, solver="ncps").dt == 1.0
    bare = cs.Circuit()
    bare.add_neuron("a")
    assert propose(bare, solver="ncps").dt == 1.0
    assert simulated(bare, 3.0, solver="ncps").t.tolist() == [0, 1, 2, 3]
    assert simulated(free, 5.75, dt=0.5, solver="ncps", every=1.5).t.tolist() == [0, 1.25, 3.5, 5.75]
    live = Session(free, "ncps", 0.5)
    assert live.advance(10**6, 5.75).t.tolist() == [0.5, 1.0, 1.25, 2.0, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 5.75]


def test_after_even_rows_calls_go_on_as_they_were():
    drawn = cs.Circuit()
    drawn.add_neuron("a")
    drawn.add_input("u", "table", table=Table(tuple(k / 10 for k in range(5)), (0.0, 1.0, 0.0, 2.0, 0.0)))
    drawn.connect("u", "a")
    assert propose(drawn, solver="ncps").duration == 0.5
    assert propose(drawn, solver="ncps").dt == 0.1
    assert simulated(drawn, 0.75, solver="ncps").t.tolist() == pytest.approx(
        [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75], abs=1e-15
    )
    assert simulated(drawn, 0.75, solver="ncps", dt=0.25).t.tolist() == [0, 0.1, 0.2, 0.3, 0.4, 0.65, 0.75]


def hand() -> cs.Circuit:
    """A case with a button and a sine besides its tables."""
    case = Case("ltc_autoncp8_1")
    result = case.circuit()
    result.add_input("button", "button")
    result.add_input("sine", "sine", frequency=0.37)
    result.connect("button", "n3", conductance=2.0)
    result.connect("sine", "n4", conductance=1.0)
    result.apply(SetSettings(Settings(solver="ncps", parameters={"unfolds": 4.0})))
    return result


@settings(max_examples=20)
@given(slices=st.lists(st.integers(1, 9), min_size=1, max_size=6), stop=st.floats(2.0, 30.0))
def test_slices_change_no_bit(slices, stop):
    whole = Session(hand(), "ncps", 1.0).advance(10**6, stop)
    session, parts, turn = Session(hand(), "ncps", 1.0), [], 0
    while session.t < stop:
        parts.append(session.advance(slices[turn % len(slices)], stop))
        turn += 1
    cut = Rows.joined(parts)
    for variable in ("t", "v", "tau", "inputs"):
        np.testing.assert_array_equal(getattr(cut, variable), getattr(whole, variable))


def test_what_hands_and_edits_do_counts_from_the_next_call_on_and_is_replayed():
    session = Session(hand(), "ncps", 1.0)
    button = session.circuit["button"].id
    after = {session.circuit["n3"].id: replace(session.circuit["n3"], parameters={
        **session.circuit["n3"].parameters, "capacitance": 2.0,
    })}  # fmt: skip
    fewer = {
        0: replace(session.circuit.document, settings=Settings(solver="ncps", parameters={"unfolds": 2.0}))
    }
    log = (HandMoved(3.0, button, 1.0), Edited(5.0, after), Edited(8.0, fewer))
    session.advance(3)
    session.move_hand(button, 1.0)
    session.advance(2)
    session.edit(after)
    session.advance(3)
    session.edit(fewer)
    session.advance(4)
    again = replay(RunLog(hand(), "ncps", 1.0, 0, log, 12.0))
    np.testing.assert_array_equal(again.v[-1], session.present().v[0])
    plain = simulated(hand(), 12.0)
    assert again.t.tolist() == plain.t.tolist() == list(range(13))
    np.testing.assert_array_equal(again.v[:4], plain.v[:4])
    assert (again.v[4] != plain.v[4]).any()


def test_the_numbers_of_the_settings_count_and_those_of_a_run_take_their_place():
    drawn = hand()
    given = simulated(drawn, 5.0)
    assert given.stamp.parameters == {"unfolds": 4.0, "epsilon": 1e-8}
    assert given.stamp.solver == "ncps"
    other = simulated(drawn, 5.0, unfolds=9)
    assert other.stamp.parameters["unfolds"] == 9.0
    assert other.stamp.circuit_hash == given.stamp.circuit_hash
    assert np.abs(other.v - given.v).max() > 1e-4
    drawn.apply(SetSettings(Settings(solver="ncps", parameters={"unfolds": 9.0})))
    np.testing.assert_array_equal(simulated(drawn, 5.0).v, other.v)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"solver": "rk4", "unfolds": 3}, "rk4 has no parameter 'unfolds'; take the solver ncps"),
        ({"unfolds": 0}, "unfolds must be at least 1"),
        ({"unfolds": 2.5}, "unfolds must be a whole number"),
        ({"unfolds": "six"}, "unfolds 'six' is not a number"),
        ({"epsilon": -1.0}, "epsilon must be at least 0"),
        ({"epsilon": float("nan")}, "epsilon must be a finite number"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(arguments, words):
    with pytest.raises(cs.InputError, match=words):
        simulated(hand(), 2.0, **arguments)


def test_settings_with_numbers_that_no_solver_has_are_refused():
    with pytest.raises(cs.InputError, match="no solver has a parameter 'folds'"):
        hand().apply(SetSettings(Settings(parameters={"folds": 3.0})))


def test_it_says_before_the_run_what_ncps_does_not_have():
    assert not hazards(Case("ltc_full4").circuit(), 1.0, "ncps")
    mixed = Case("ltc_full4").circuit()
    mixed.connect("n0", "n1", "electrical")
    mixed.add_neuron("other", "ct_rnn")
    told = [f"{issue.where}: {issue.problem}" for issue in hazards(mixed, 1.0, "ncps")]
    assert any("neuron other: ncps has no CT-RNN neuron" in line for line in told)
    assert any("synapse n0 to n1: ncps has no electrical synapse" in line for line in told)
    assert not [issue for issue in hazards(mixed, 0.01, "fused") if "ncps" in issue.problem]
    network = Case("ltc_full4").circuit()
    network.add_network("net", reads=("u0",), units=2)
    assert not hazards(network, 1.0, "ncps")


def test_epsilon_pulls_to_0_and_no_monitor_takes_it_for_an_error():
    far = cs.Circuit()
    far.add_neuron("a", leak_potential=5.0, start=5.0)
    trace = simulated(far, 20.0, solver="ncps", epsilon=0.5)
    assert trace.v[-1, 0] == pytest.approx(5.0 / 1.5)
    watching = Monitor(far, bands(far), "ncps", 1.0)
    watching.look(trace.v, 0.0)
    assert not watching.issues


def test_units_of_networks_and_kinds_without_capacitance_take_no_epsilon():
    mixed = cs.Circuit()
    mixed.add_neuron("still", "neural_ode", start=0.5)
    mixed.add_network("net", units=2, period=3.0)
    trace = simulated(mixed, 3.0, solver="ncps", epsilon=0.5, dt=0.5)
    units = trace.v[:-1, 1:]
    assert (units == units[0]).all()
    plain = simulated(mixed, 3.0, solver="ncps", epsilon=0.0, dt=0.5)
    np.testing.assert_array_equal(trace.v, plain.v)


def test_the_estimate_is_how_far_the_states_are_from_the_equation():
    case = Case("ltc_autoncp8_1")
    trace = simulated(case.circuit(), solver="ncps")
    off = np.abs(trace.v[1:] - case.arrays["ode_truth"]).max()
    assert off / 6.0 < trace.error < 6.0 * off


def test_a_preview_presses_buttons_without_making_calls_of_its_own():
    shown = hand()
    shown.apply(Replace((replace(shown["u0"], table=Table((0.0, 2.5), (0.3, 0.1))),), "Shorten"))
    found = preview(shown, 20.0)
    assert found.frames == pytest.approx(14 * 20, abs=1)
    spans = np.diff(found.samples.t)
    assert spans[0] == 1.0
    assert set(spans[3:-1].tolist()) <= {0.5, 1.0}
    pressed = found.samples.inputs[:, found.samples.input_names.index("button")]
    assert set(pressed) == {0.0, 1.0}


@pytest.mark.parametrize("gleak", [0.4, 0.0])
def test_the_least_capacitance_is_none(gleak):
    """What ncps clips to 0 is read as 1e-12: against its words with 0 itself, where a leak or a synapse conducts."""
    case = Case("ltc_full4")
    p = case.parameters
    p["cm"][1], p["gleak"][1] = 1e-12, gleak
    due = hidden(
        {**p, "cm": np.where(p["cm"] == 1e-12, 0.0, p["cm"])},
        case.arrays["input"],
        case.arrays["timespans"],
        case.arrays["h0"],
    )
    built = circuit(p, case.arrays["input"], case.times[:-1], case.arrays["h0"])
    found = simulated(built, solver="ncps")
    np.testing.assert_allclose(found.v[1:], due, rtol=0.0, atol=1e-9)
    assert np.ptp(due[:, 1]) > 0.02
