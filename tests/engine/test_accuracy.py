"""The error that a run says it makes is about the one it makes."""

from __future__ import annotations

import math
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
        (math.inf, "error without bound"),
        (None, "error unknown"),
        (2.3e-5, "error about 2e-5 mV"),
        (0.037, "error about 0.04 mV"),
        (46.0, "error about 50 mV"),
        (3e4, "error about 3e4 mV"),
    ],
)
def test_it_is_said_in_words(error, said):
    assert in_words(error, "mV") == said
    assert in_words(error, "") == said.removesuffix(" mV")


def stepped(onset: float) -> Circuit:
    """A neuron that hears a step."""
    return driven("step", onset=onset)


def driven(stimulus: str, **numbers) -> Circuit:
    """A neuron whose equation is linear and whose input is held between edges."""
    circuit = Circuit("held")
    circuit.add_neuron("A", start=0.1)
    circuit.add_input("u", stimulus, **numbers)
    circuit.connect("u", "A", "current", gain=0.7)
    return circuit


@pytest.mark.parametrize("solver", ["euler", "rk4", "rosenbrock"])
@pytest.mark.parametrize("dt", [0.05, 0.02, 0.033])
@pytest.mark.parametrize(
    "circuit",
    [
        stepped(0.3), stepped(0.317), driven("pulse", onset=0.1, width=0.2),
        driven("pulse_train", onset=0.25, width=0.125, period=0.375), driven("pulse_train", width=0.0078125, period=0.015625),
        driven("white_noise", hold=0.05), driven("white_noise", hold=0.013), driven("white_noise", hold=0.3),
        driven("ornstein_uhlenbeck", time_constant=0.3, hold=0.02),
    ],
    ids=["step", "off", "pulse", "train", "fast_train", "noise", "fast_noise", "slow_noise", "ou"],
)  # fmt: skip
def test_edges_neither_alarm_nor_hide(circuit, dt, solver):
    """Against the closed form from row to row: edges are rows, and the input is held from each to the next."""
    found = run(circuit, duration=2.0, dt=dt, solver=solver)
    exact = found.v.copy()
    for k, h in enumerate(np.diff(found.t)):
        kept = np.exp(-h / found.tau[k])
        exact[k + 1] = found.vinf[k] + kept * (exact[k] - found.vinf[k])
    error = np.abs(found.v - exact).max()
    assert error / 10 < found.error < error * 30


def test_an_overflow_is_no_small_error():
    circuit = driven("constant", value=1.0)
    session = Session(circuit, "euler", 1e200)
    session._x[:1] = 1e200
    assert session.error() == math.inf


def test_where_no_step_leads_the_error_is_unknown():
    session = Session(stepped(0.3), "rk4", 0.05)
    session.advance(100, 0.2)
    near = math.nextafter(0.3, 0.0)
    assert session._doubling().error(near, np.array([0.1])) is None
    assert session.error() > 0.0


def _wait(until):
    deadline = time.monotonic() + 60.0
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.01)
