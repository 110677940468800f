"""A run stops at the very step in which a value crosses a level, whatever the slicing, and with the same bits."""

from __future__ import annotations

import time

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.edits import Delete, SetParameter
from circuitsim.engine.condition import Condition
from circuitsim.engine.replay import replay
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.engine.simulator import Simulator

DT = 0.01


def crossing(variable, *, above, solver="rk4", seed=3):
    """A circuit, a condition that is met on the way, and the row of the first instant beyond its level."""
    circuit = random_circuit(seed)
    rows = run(circuit, duration=3.0, dt=DT, solver=solver)
    values = getattr(rows, variable)
    column = int(np.argmax(np.ptp(values, axis=0)))
    course = values[:, column]
    side = 1.0 if above else -1.0
    for level in np.quantile(course, [0.5, 0.4, 0.6, 0.3, 0.7]):
        beyond = side * (course - level) > 0
        new = np.flatnonzero(beyond[1:] & ~beyond[:-1]) + 1
        if new.size:
            condition = Condition(circuit.neurons[column].id, variable, above=above, level=float(level))
            return circuit, condition, rows, int(new[0])
    pytest.fail("nothing crosses")


@pytest.mark.parametrize("solver", ["rk4", "fused"])
@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("variable", ["v", "tau"])
def test_it_stops_at_the_first_step_beyond_the_level(variable, above, solver):
    circuit, condition, rows, k = crossing(variable, above=above, solver=solver)
    session = Session(circuit, solver, DT, every=7)
    session.watch(condition)
    sampled = session.advance(10**6, 3.0)
    assert session.met
    assert session.t == rows.t[k] == sampled.t[-1]
    np.testing.assert_array_equal(sampled.v[-1], rows.v[k])
    session.every = 1
    rest = session.advance(5)
    np.testing.assert_array_equal(rest.v[-1], rows.v[k + 5])


@given(slices=st.lists(st.integers(1, 37), min_size=1, max_size=12))
@settings(max_examples=25)
def test_slicing_moves_the_stop_by_no_step(slices):
    circuit, condition, rows, k = crossing("tau", above=True)
    session, turn = Session(circuit, "rk4", DT), 0
    session.watch(condition)
    while not session.met:
        session.advance(slices[turn % len(slices)], 3.0)
        turn += 1
    assert session.t == rows.t[k]
    assert session.states() == dict(zip((n.id for n in circuit.neurons), rows.v[k].tolist(), strict=True))


def test_a_value_that_is_there_already_must_come_back_first():
    circuit, condition, rows, k = crossing("v", above=True)
    session = Session(circuit, "rk4", DT)
    session.advance(10**6, rows.t[k])
    session.watch(condition)
    session.advance(1)
    assert not session.met


def test_what_an_edit_changes_is_a_crossing():
    circuit = random_circuit(7)
    cell = circuit["c0"]
    session = Session(circuit, "rk4", DT)
    session.advance(10)
    tau = session.present().tau[0, 0]
    session.watch(Condition(cell.id, "tau", above=True, level=2 * tau))
    session.edit({cell.id: circuit.elements[cell.id]})
    circuit.apply(SetParameter((cell.id,), "capacitance", 10 * cell.parameters["capacitance"]))
    session.edit({cell.id: circuit.elements[cell.id]})
    session.advance(100)
    assert session.met
    assert session.t == pytest.approx(11 * DT)


def _wait(condition):
    end = time.monotonic() + 20.0
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.002)


@pytest.mark.parametrize("speed", [None, 5.0])
def test_a_live_run_stops_there_says_so_and_replays(speed):
    circuit, condition, _, _ = crossing("v", above=True)
    simulator = Simulator(circuit)
    simulator.watch(condition)
    simulator.set_speed(speed)
    simulator.play()
    _wait(lambda: simulator.status().met is not None)
    status = simulator.status()
    assert not status.playing
    assert (status.met.condition, status.condition) == (condition, condition)
    log = simulator.log()
    assert log.end == status.met.t == simulator.latest().t
    again = replay(log)
    np.testing.assert_array_equal(again.v[-1], simulator.latest().v)
    column = [n.id for n in circuit.neurons].index(condition.neuron)
    assert again.v[-1, column] > condition.level >= again.v[-2, column]
    simulator.play()
    _wait(lambda: simulator.status().met != status.met)  # it goes on, and may have met it again by now
    simulator.watch(None)
    _wait(lambda: simulator.status().condition is None)
    assert simulator.close()


def test_a_condition_lasts_through_a_reset_and_goes_with_its_neuron():
    circuit, condition, _, _ = crossing("v", above=True)
    simulator = Simulator(circuit)
    circuit.changed.connect(simulator.update)
    simulator.watch(condition)
    simulator.reset()
    _wait(lambda: simulator.status().condition == condition)
    simulator.step(3)
    circuit.apply(Delete(frozenset({condition.neuron})))
    _wait(lambda: simulator.status().condition is None)
    assert simulator.close()
