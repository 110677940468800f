"""A state that leaves its interval is told of, with what helps, until it is back or the circuit is edited."""

from __future__ import annotations

import time

import numpy as np
import pytest
from engine_circuits import random_circuit

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine.bands import bands
from circuitsim.engine.monitor import MOST, Monitor
from circuitsim.engine.proposal import propose
from circuitsim.engine.replay import replay
from circuitsim.engine.session import Session
from circuitsim.engine.simulator import Simulator


def leaky(solver: str, dt: float) -> Circuit:
    """A neuron of time constant 1 that starts at 0 and heads for 1."""
    circuit = Circuit("leaky")
    circuit.add_neuron("A", start=0.0, capacitance=1.0, leak_conductance=1.0, leak_potential=1.0)
    circuit.apply(SetSettings(Settings(solver=solver, dt=dt)))
    return circuit


def watched(circuit: Circuit, solver: str, dt: float, steps: int) -> Monitor:
    """A monitor that has looked at every step of a run."""
    monitor = Monitor(circuit, bands(circuit), solver, dt)
    monitor.look(Session(circuit, solver, dt).advance(steps).v, 0.0)
    return monitor


@pytest.mark.parametrize(
    ("solver", "dt", "leaves"),
    [
        ("euler", 0.9, False), ("euler", 1.1, True), ("rk4", 2.7, False), ("rk4", 2.9, True),
        ("fused", 50.0, False), ("exponential_euler", 50.0, False),
    ],
)  # fmt: skip
def test_it_tells_of_the_steps_that_theory_calls_too_large(solver, dt, leaves):
    """One factor a step: 1 - h of Euler turns negative at 1, that of RK4 is larger than 1 from 2.785 on."""
    monitor = watched(leaky(solver, dt), solver, dt, 10)
    assert bool(monitor.issues) == leaves
    for issue in monitor.issues:
        assert issue.where == "neuron A"
        assert (
            issue.problem
            == f"its state left 0 to 1, where its equation keeps it: the step {dt:g} s is too large"
        )
        assert issue.remedy == "lower dt to 0.5 s or take the solver fused"
        assert (issue.cures, issue.step, issue.warning) == (("step", "fused"), 0.5, True)


def test_where_a_solver_chooses_its_steps_the_tolerance_is_named():
    monitor = Monitor(leaky("dormand_prince", 0.05), bands(leaky("rk4", 0.05)), "dormand_prince", 0.05)
    monitor.look(np.array([[1.2]]), 0.0)
    (issue,) = monitor.issues
    assert issue.problem.endswith(
        "where its equation keeps it: the tolerance 1e-06 of its steps is too large"
    )
    assert issue.remedy == "take the solver fused or take a tolerance below 1e-06"
    assert (issue.cures, issue.step) == (("fused",), None)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("solver", ["rk4", "fused", "exponential_euler"])
def test_it_is_silent_at_the_proposed_step(seed, solver):
    circuit = random_circuit(seed)
    assert watched(circuit, solver, propose(circuit).dt, 3000).issues == ()


def test_a_neuron_stays_named_for_a_moment_and_is_let_go_when_it_is_back():
    circuit = leaky("rk4", 3.0)
    circuit.add_neuron("B")
    monitor = Monitor(circuit, bands(circuit), "rk4", 3.0)
    inside, outside = np.array([[0.5, 0.0]]), np.array([[0.5, 0.0], [-0.2, 0.0], [0.5, 0.0]])
    monitor.look(inside, 0.0)
    assert monitor.issues == ()
    monitor.look(outside, 1.0)
    assert [issue.element for issue in monitor.issues] == [circuit["A"].id]
    told = monitor.issues
    monitor.look(inside, 1.5)
    assert monitor.issues is told  # the sentence does not change while it is shown
    monitor.look(inside, 2.5)
    assert monitor.issues == ()
    monitor.look(outside, 3.0)
    monitor.look(inside[:0], 9.0)
    assert monitor.issues
    monitor.look(inside, 3.1, hold=0.0)
    assert monitor.issues == ()


def test_only_so_many_are_named():
    circuit = Circuit("many")
    for k in range(MOST + 5):
        circuit.add_neuron(f"n{k}")
    monitor = Monitor(circuit, bands(circuit), "rk4", 1.0)
    monitor.look(np.full((1, MOST + 5), 9.0), 0.0)
    assert len(monitor.issues) == MOST


def test_a_state_without_bounds_cannot_leave_them():
    circuit = leaky("rk4", 3.0)
    circuit.add_input("w", "white_noise")
    circuit.connect("w", "A", "current")
    assert not np.isfinite(bands(circuit).state_high).all()
    assert watched(circuit, "rk4", 0.1, 200).issues == ()


def test_a_live_run_tells_of_it_until_the_step_is_edited_and_its_log_stays_as_it_was():
    circuit = leaky("rk4", 2.9)
    simulator = Simulator(circuit)
    circuit.changed.connect(simulator.update)
    left = lambda: [i for i in simulator.status().warnings if "left" in i.problem]  # noqa: E731
    try:
        simulator.step(3)
        _wait(left)
        assert simulator.status().warnings[0].element == circuit["A"].id
        circuit.apply(SetSettings(Settings(solver="rk4", dt=0.1)))
        _wait(lambda: not left() and simulator.status().dt == 0.1)
        simulator.step(50)
        _wait(lambda: simulator.status().t > 13.0)
        assert not left()
        run = replay(simulator.log())
        np.testing.assert_array_equal(run.v[-1], simulator.latest().v)
    finally:
        assert simulator.close()


def _wait(condition, patience=20.0):
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.002)
