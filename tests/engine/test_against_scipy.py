"""Kernels and solvers against an independent right-hand side and scipy at tight tolerance."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from engine_circuits import decay_and_drive, random_circuit, right_hand_side
from scipy.integrate import solve_ivp

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

END = 2.0


def _truth(circuit, end=END):
    start = np.array([n.start for n in circuit.neurons])
    return solve_ivp(right_hand_side(circuit), (0, end), start, method="DOP853", rtol=1e-12, atol=1e-13).y[
        :, -1
    ]


@pytest.mark.parametrize("seed", range(12))
def test_tau_and_target_are_those_of_the_equations(seed):
    circuit = random_circuit(seed, stable=False)
    states = np.random.default_rng(seed).uniform(-1, 1, len(circuit.neurons))
    names = [n.id for n in circuit.neurons]
    session = Session(circuit, "rk4", 0.01, initial=dict(zip(names, states, strict=True)))
    row = session.present()
    lam, b = decay_and_drive(circuit, 0.0, states)
    np.testing.assert_allclose(1.0 / row.tau[0], lam, rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(row.vinf[0] / row.tau[0], b, rtol=0, atol=1e-13)


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_measured_order(solver):
    order = kinds().solvers[solver].order
    circuit = random_circuit(2, paper=0)  # conductance form only: smooth, so that the order shows
    truth = _truth(circuit)
    if kinds().solvers[solver].adaptive:
        _check_adaptive_order(circuit, solver, truth)
        return
    errors = [
        np.abs(run(circuit, duration=END, dt=h, solver=solver).v[-1] - truth).max()
        for h in (0.02, 0.01, 0.005)
    ]
    measured = np.log2(errors[1] / errors[2])
    assert abs(measured - order) < 0.25, errors


def _check_adaptive_order(circuit, solver, truth):
    """Its steps are its own: fewer of them for a larger tolerance, and the error falls as their order says."""
    errors, steps = [], []
    for tolerance in (1e-5, 1e-7, 1e-9):
        session = Session(circuit, solver, 0.5, tolerance=tolerance)
        errors.append(np.abs(session.advance(10**6, END).v[-1] - truth).max())
        steps.append(session.own_steps)
    measured = np.log(errors[0] / errors[-1]) / np.log(steps[-1] / steps[0])
    assert abs(measured - kinds().solvers[solver].order) < 1.0, (errors, steps)


@pytest.mark.parametrize("seed", range(6))
def test_runge_kutta_reaches_scipy(seed):
    circuit = random_circuit(seed)
    result = run(circuit, duration=END, dt=0.0005, solver="rk4")
    # relu and hard tanh have kinks: there the method is of lower order
    assert np.abs(result.v[-1] - _truth(circuit)).max() < 1e-6


@pytest.mark.parametrize("solver", ["rk4", "dormand_prince"])
def test_a_jump_inside_a_step_does_not_cost_the_order(solver):
    """Steps end at edges, and the value before the jump holds up to the very end of the step."""
    circuit = Circuit()
    cell = new_neuron(circuit, "a", capacitance=0.4, leak_conductance=0.8, start=0.0)
    jump = new_input(circuit, "u", "step", onset=0.3333)
    circuit.apply(Add((cell, jump, new_synapse(circuit, jump.id, cell.id, "current", gain=1.0))))
    tau = 0.4 / 0.8
    exact = (1 / 0.8) * (1 - np.exp(-(1.0 - 0.3333) / tau))
    result = run(circuit, duration=1.0, dt=0.01, solver=solver)
    assert abs(result.v[-1, 0] - exact) < (1e-9 if solver == "rk4" else 1e-6)
    assert 0.3333 in result.t
    assert result.inputs[result.t == 0.3333, 0] == 1.0


def test_outputs_are_affine_in_the_state():
    circuit = random_circuit(1)
    result = run(circuit, duration=0.5, dt=0.01, solver="rk4")
    np.testing.assert_array_equal(result.outputs[:, 0], 2.0 * result.v[:, 0] - 0.5)


@pytest.mark.slow
def test_kernels_give_the_same_numbers_uncompiled():
    """The plain Python functions are the oracle of what numba makes of them."""
    code = (
        "import sys; sys.path.insert(0, 'tests/engine')\n"
        "from engine_circuits import random_circuit\nfrom circuitsim.engine.run import run\n"
        "print(repr(run(random_circuit(3), duration=0.5, dt=0.02, solver='rk4').v[-1].tolist()))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    plain = np.array([float(x) for x in printed.strip("[]\n").split(",")])
    compiled = run(random_circuit(3), duration=0.5, dt=0.02, solver="rk4").v[-1]
    np.testing.assert_allclose(compiled, plain, rtol=0, atol=1e-13)


@pytest.mark.parametrize("leak", [0.8, 1e-30, 0.0])
def test_exponential_euler_is_exact_while_nothing_moves(leak):
    """Any step will do for a lone neuron with a constant current, and without leak it is a straight line."""
    circuit = Circuit()
    cell = new_neuron(circuit, "a", capacitance=0.4, leak_conductance=leak, leak_potential=-0.3, start=0.7)
    push = new_input(circuit, "u", "constant", value=0.5)
    circuit.apply(Add((cell, push, new_synapse(circuit, push.id, cell.id, "current", gain=1.0))))
    found = run(circuit, duration=3.0, dt=1.5, solver="exponential_euler")
    rest = -0.3 + 0.5 / leak if leak > 1e-20 else None
    exact = 0.7 + 0.5 / 0.4 * found.t if rest is None else rest + (0.7 - rest) * np.exp(-leak / 0.4 * found.t)
    np.testing.assert_allclose(found.v[:, 0], exact, rtol=1e-14)
