"""A solver that chooses its own steps: rows, slices, stops, hands and edits have no say in them that they should not."""

from __future__ import annotations

import numpy as np
import pytest
from engine_circuits import random_circuit, right_hand_side
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.special import expit

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Delete, SetParameter
from circuitsim.dynamics.adaptive import PARTS
from circuitsim.engine.condition import Condition
from circuitsim.engine.hazards import explosion_issue, hazards
from circuitsim.engine.replay import replay
from circuitsim.engine.rows import Rows
from circuitsim.engine.runlog import Edited, HandMoved, RunLog, Stopped
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

ADAPTIVE = sorted(k.id for k in kinds().solvers.values() if k.adaptive)
MANY = pytest.mark.parametrize("solver", ADAPTIVE)


def _states(session):
    return np.array(list(session.states().values()))


@MANY
@pytest.mark.parametrize("seed", range(3))
def test_rows_between_its_steps_are_as_good_as_those_at_them(solver, seed):
    circuit = random_circuit(seed, paper=0)
    session = Session(circuit, solver, 0.01, tolerance=1e-8)
    rows = session.advance(10**6, 2.0)
    assert 0 < session.own_steps < rows.t.size
    start = [n.start for n in circuit.neurons]
    truth = solve_ivp(
        right_hand_side(circuit), (0, 2), start, method="DOP853", rtol=1e-12, atol=1e-13, t_eval=rows.t
    )
    assert np.abs(rows.v - truth.y.T).max() < 3e-7


def _wave(numbers, t):
    """Value of a sine or of a chirp of those numbers, written from the equation."""
    phase = numbers.get("frequency", 0.0) * t + numbers.get("phase", 0.0)
    if "period" in numbers:
        r, rise = t % numbers["period"], numbers["end_frequency"] - numbers["start_frequency"]
        phase = numbers["start_frequency"] * r + rise * r * r / (2.0 * numbers["period"])
    return np.sin(2.0 * np.pi * phase)


def _crests(stimulus, **numbers):
    """A neuron that a wave reaches through a synapse so steep that nothing but its crests opens it."""
    circuit = Circuit()
    circuit.add_neuron("a", capacitance=0.5, leak_conductance=0.5, leak_potential=0.2, start=0.4)
    circuit.add_input("wave", stimulus, amplitude=1.0, **numbers)
    circuit.connect(
        "wave", "a", "chemical", conductance=2.0, slope=400.0, midpoint=0.99, reversal_potential=1.0
    )
    return circuit


@MANY
@pytest.mark.parametrize(
    ("stimulus", "numbers"),
    [
        *(("sine", {"phase": phase, "frequency": f}) for phase in (0.0, 0.1, 0.37) for f in (0.2, 1.0)),
        ("chirp", {"start_frequency": 0.3, "end_frequency": 2.0, "period": 3.0}),
        ("chirp", {"start_frequency": 2.0, "end_frequency": 0.3, "period": 3.0}),
    ],
)
def test_no_crest_of_a_wave_is_stepped_over(solver, stimulus, numbers):
    """Each opens a steep synapse for a moment, and between them there is nothing that would shorten a step."""
    circuit = _crests(stimulus, **numbers)
    rows = Session(circuit, solver, 0.05).advance(10**6, 6.0)

    def slope(t, v):
        return (0.5 * (0.2 - v) + 2.0 * expit(400.0 * (_wave(numbers, t) - 0.99)) * (1.0 - v)) / 0.5

    truth = solve_ivp(
        slope, (0, 6), [0.4], method="DOP853", rtol=1e-9, atol=1e-10, max_step=0.004, t_eval=rows.t
    )
    assert np.ptp(truth.y) > 0.1
    assert np.abs(rows.v - truth.y.T).max() < 1e-3


@MANY
def test_the_longest_step_follows_the_shortest_wave_and_its_edits(solver):
    """Of a circuit at rest, where nothing else shortens a step."""
    circuit = Circuit()
    circuit.add_neuron("a", start=0.0, leak_potential=0.0)
    for name, frequency in (("slow", 0.5), ("fast", 2.0)):
        circuit.add_input(name, "sine", amplitude=1.0, frequency=frequency)
    session = Session(circuit, solver, 0.25)

    def steps(until):
        before = session.own_steps
        session.advance(10**6, until)
        return session.own_steps - before

    def edit(name, parameter, value):
        circuit.apply(SetParameter((circuit[name].id,), parameter, value))
        session.edit({circuit[name].id: circuit[name]})

    first = steps(10.0)
    assert 10.0 * 2.0 * PARTS <= first < 10.0 * 2.0 * PARTS + 20
    edit("fast", "frequency", 4.0)
    assert steps(20.0) == pytest.approx(2 * first, abs=20)
    edit("fast", "amplitude", 0.0)
    assert steps(30.0) == pytest.approx(first / 4, abs=20)
    edit("slow", "frequency", 0.0)
    assert steps(40.0) < 20


@MANY
@given(stops=st.lists(st.floats(0.01, 1.99), max_size=6).map(sorted))
@settings(max_examples=20, deadline=None)
def test_stops_have_no_say_in_steps_that_a_wave_bounds(solver, stops):
    circuit = _crests("sine", frequency=2.0)
    whole, halting = Session(circuit, solver, 0.125), Session(circuit, solver, 0.125)
    whole.advance(10**6, 2.0)
    for stop in (*stops, 2.0):
        halting.advance(10**6, stop)
    assert halting.own_steps == whole.own_steps
    np.testing.assert_array_equal(_states(halting), _states(whole))


@MANY
def test_rows_have_no_say_in_its_steps(solver):
    circuit = random_circuit(4)
    fine, coarse = Session(circuit, solver, 2.0**-8), Session(circuit, solver, 2.0**-3)
    many, few = fine.advance(10**6, 2.0), coarse.advance(10**6, 2.0)
    assert fine.own_steps == coarse.own_steps
    np.testing.assert_array_equal(many.v[31::32], few.v)


@MANY
@given(stops=st.lists(st.floats(0.01, 1.99), max_size=6).map(sorted))
@settings(max_examples=20, deadline=None)
def test_stops_have_no_say_in_its_steps(solver, stops):
    circuit = random_circuit(4)
    whole = Session(circuit, solver, 0.125)
    rows = whole.advance(10**6, 2.0)
    halting = Session(circuit, solver, 0.125)
    parts = [halting.advance(10**6, stop) for stop in (*stops, 2.0)]
    cut = Rows.joined(parts)
    shared = np.isin(cut.t, rows.t)
    assert np.isin(rows.t, cut.t).sum() >= rows.t.size - len(stops)  # a stop close to a row takes its place
    np.testing.assert_array_equal(cut.v[shared], rows.v[np.isin(rows.t, cut.t)])
    assert halting.own_steps == whole.own_steps


@MANY
def test_a_run_with_hands_edits_and_stops_is_replayed_to_the_last_bit(solver):
    circuit = random_circuit(5)
    hand = circuit["hand"].id
    neuron, other = circuit.neurons[0], circuit.neurons[-1]
    session, events, seen = Session(circuit, solver, 0.01), [], []

    def go(t):
        while session.t < t:
            session.advance(7, t)
        seen.append((session.t, session.states()))

    def edit(change):
        circuit.apply(change)
        after = {i: circuit.elements.get(i) for i in (*session.circuit.elements, *circuit.elements)}
        after = {i: e for i, e in after.items() if session.circuit.elements.get(i) != e}
        session.edit(after)
        events.append(Edited(session.t, after))

    first = circuit.copy()
    go(0.213)
    session.move_hand(hand, 0.9)
    events.append(HandMoved(session.t, hand, 0.9))
    go(0.5)
    edit(SetParameter((neuron.id,), "start", 0.1) if not neuron.parameters else _other_number(neuron))
    go(0.777)
    events.append(Stopped(session.t))
    edit(Delete((other.id,)))
    go(1.5)
    log = RunLog(first, solver, 0.01, 0, tuple(events), session.t)
    found = replay(log)
    names = {n.id: found.neuron_names.index(n.name) for n in first.neurons}
    for t, states in seen:
        (row,) = np.flatnonzero(found.t == t) if t != 0.777 else np.flatnonzero(found.t == t)[-1:]
        for i, value in states.items():
            if np.isfinite(found.v[row, names[i]]):
                assert found.v[row, names[i]] == value


def _other_number(neuron):
    name = next(iter(neuron.parameters))
    return SetParameter((neuron.id,), name, 0.9 * neuron.parameters[name])


@MANY
def test_a_hand_that_moves_makes_it_begin_anew(solver):
    """Against the closed form of a lone neuron whose current jumps at an instant that no grid knows."""
    circuit = Circuit()
    cell = new_neuron(circuit, "a", capacitance=0.4, leak_conductance=0.8, leak_potential=0.0, start=0.0)
    push = new_input(circuit, "u", "slider", value=0.0)
    circuit.apply(Add((cell, push, new_synapse(circuit, push.id, cell.id, "current", gain=1.0))))
    session = Session(circuit, solver, 0.05, tolerance=1e-9)
    session.advance(10**6, 0.3333)
    session.move_hand(push.id, 1.0)
    rows = session.advance(10**6, 1.0)
    exact = (1 / 0.8) * -np.expm1(-(rows.t - 0.3333) / 0.5)
    np.testing.assert_allclose(rows.v[:, 0], exact, atol=1e-8)


@MANY
def test_a_condition_stops_it_at_a_row_and_it_goes_on_with_the_same_bits(solver):
    circuit = random_circuit(6)
    free = Session(circuit, solver, 0.01).advance(10**6, 2.0)
    column = int(np.argmax(np.ptp(free.v, axis=0)))
    level = float(np.median(free.v[:, column]))
    session = Session(circuit, solver, 0.01)
    rising = bool(free.v[-1, column] > free.v[0, column])
    session.watch(Condition(session.neuron_ids[column], "v", rising, level))
    session.advance(10**6, 2.0)
    assert session.met
    assert session.t in free.t
    session.watch(None)
    session.advance(10**6, 2.0)
    np.testing.assert_array_equal(_states(session), free.v[-1])


@MANY
def test_a_step_that_stalls_names_the_neuron_and_a_remedy(solver):
    circuit = random_circuit(3)
    session = Session(circuit, solver, 0.01, tolerance=1e-40)
    session.advance(100)
    assert session.explosion is not None
    assert session.explosion.stalled
    assert all(np.isfinite(_states(session)))
    issue = explosion_issue(circuit, session.explosion, solver, 0.01)
    assert issue.element in {n.id for n in circuit.neurons}
    assert "too many small steps" in issue.sentence
    assert "fused" in issue.cures


@MANY
def test_an_explosion_stops_it_at_the_last_sound_state(solver):
    circuit = Circuit()
    wild = circuit.add_neuron("wild", "ltc_paper", time_constant=5.0, decay=0, activation=1, start=-1.0)
    circuit.connect("wild", "wild", "weight", weight=1.0)
    session = Session(circuit, solver, 0.1)
    rows = session.advance(10**5)
    assert session.explosion is not None
    assert session.explosion.neuron == wild.id
    assert not session.explosion.stalled
    assert rows.t[-1] == session.t < session.explosion.t
    assert np.isfinite(rows.v).all()


@MANY
def test_time_constants_far_apart_are_told_before_the_run(solver):
    circuit = Circuit()
    fast = circuit.add_neuron("fast", capacitance=1e-4, leak_conductance=10.0)
    circuit.add_neuron("slow", capacitance=10.0, leak_conductance=0.01)
    (issue,) = hazards(circuit, 0.1, solver)
    assert issue.element == fast.id
    assert "very many steps" in issue.sentence
    assert hazards(circuit, 0.1, "fused") == []


@MANY
def test_a_circuit_without_neurons_runs(solver):
    circuit = Circuit()
    circuit.apply(Add((new_input(circuit, "u", "sine"),)))
    session = Session(circuit, solver, 0.1)
    assert session.advance(10).inputs.shape == (10, 1)
