"""The error that a run says it makes is about the one it makes."""

from __future__ import annotations

import time

import numpy as np
import pytest
from engine_circuits import random_circuit, right_hand_side
from scipy.integrate import solve_ivp

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine.accuracy import in_words
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.engine.simulator import Simulator
from circuitsim.spec.catalogue import kinds


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
@pytest.mark.parametrize("seed", range(3))
def test_the_estimate_is_of_the_size_of_the_error(solver, seed):
    circuit = random_circuit(seed, paper=0)
    result = run(circuit, duration=2.0, dt=0.02, solver=solver)
    start = [n.start for n in circuit.neurons]
    truth = solve_ivp(
        right_hand_side(circuit), (0, 2), start, method="DOP853", rtol=1e-12, atol=1e-13, t_eval=result.t
    )
    error = np.abs(result.v - truth.y.T).max()
    assert error / 10 < result.error < error * 30


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_estimating_changes_no_bit(solver):
    plain, watched = (Session(random_circuit(7), solver, 0.01) for _ in range(2))
    for _ in range(20):
        plain.advance(5)
        watched.advance(5)
        watched.error()
    assert plain.states() == watched.states()


def test_a_live_run_publishes_it_and_a_smaller_step_lowers_it():
    circuit = random_circuit(1, paper=0)
    circuit.apply(SetSettings(Settings(solver="rk4", dt=0.05)))
    simulator = Simulator(circuit)
    circuit.changed.connect(simulator.update)
    try:
        simulator.run_for(1.0)
        _wait(lambda: simulator.status().t >= 1.0)
        coarse = simulator.status().error
        circuit.apply(SetSettings(Settings(solver="rk4", dt=0.005)))
        _wait(lambda: simulator.status().dt == 0.005)
        assert 0.0 < simulator.status().error < coarse / 100
    finally:
        assert simulator.close()


def test_without_neurons_there_is_no_error():
    assert Session(Circuit(), "rk4", 0.1).error() == 0.0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (0.0, "error below 1e-12 mV"),
        (2.3e-5, "error about 2e-5 mV"),
        (0.037, "error about 0.04 mV"),
        (46.0, "error about 50 mV"),
        (3e4, "error about 3e4 mV"),
    ],
)
def test_it_is_said_in_words(error, said):
    assert in_words(error, "mV") == said
    assert in_words(error, "") == said.removesuffix(" mV")


def _wait(until):
    deadline = time.monotonic() + 60.0
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.01)
