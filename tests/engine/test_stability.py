"""Solvers that do not fit a decay below 0 or none at all say so before the run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_bands import paper_circuit

from circuitsim.circuit.circuit import Circuit
from circuitsim.dynamics.splines import curves, evaluate, rows_of, steepest
from circuitsim.engine.bands import bands
from circuitsim.engine.hazards import hazards
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.engine.stability import misfits, steepness
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.curve import Knots

SOLVERS = sorted(kinds().solvers)


def growing(time_constant=2.0):
    """A lone neuron in the paper's form with f = -1: x' = (1 - 1/tau) x - A, A = 1."""
    circuit = Circuit()
    circuit.add_neuron(
        "a", "ltc_paper", time_constant=time_constant, bias=-1.0, activation="hard_tanh", decay="signed", start=0.1
    )  # fmt: skip
    return circuit


def integrating(weight, activation="sigmoid"):
    """A neuron without a decay that hears itself."""
    circuit = Circuit()
    circuit.add_neuron("a", "neural_ode", activation=activation, start=0.3)
    circuit.connect("a", "a", "weight", weight=weight)
    return circuit


def found_in(circuit, dt, solver):
    return list(misfits(circuit, bands(circuit), dt, solver))


def test_fused_beyond_its_pole_is_bounded_and_wrong_and_says_so():
    circuit = growing()
    wrong = run(circuit, duration=50.0, dt=5.0, solver="fused").v[-1, 0]
    assert abs(wrong) < 10.0  # the state itself is beyond -1e11
    issue = next(i for i in hazards(circuit, 5.0, "fused") if i.step is not None)
    assert issue.warning
    assert "its decay can fall to -0.5" in issue.sentence
    assert issue.cures == ("step", "dormand_prince")
    assert f"lower dt to {issue.step:g}" in issue.remedy
    t = np.arange(0.0, 2.0 + 1e-9, issue.step)
    with_cure = run(circuit, duration=2.0, dt=issue.step, solver="fused").v[:, 0]
    truth = 2.0 + (0.1 - 2.0) * np.exp(t / 2.0)
    assert np.abs(with_cure - truth).max() < 0.35 * np.abs(truth).max()
    assert not found_in(circuit, issue.step, "fused")


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("dt", [0.5, 1.9, 2.0, 3.9, 4.0])
def test_the_pole_is_where_the_denominator_of_a_solver_is_zero(solver, dt):
    pole, parts = kinds().solvers[solver].pole, kinds().solvers[solver].substeps({})
    assert bool(found_in(growing(), parts * dt, solver)) == (pole is not None and 0.5 * dt >= pole)
    assert not found_in(growing(0.9), parts * dt, solver)  # 1/tau is above 1 there


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_no_decay_falls_below_its_least(seed):
    circuit = paper_circuit(seed)
    least, session = bands(circuit).decay_low, Session(circuit, "euler", 0.01)
    for _ in range(20):
        rows = session.advance(1)
        if session.explosion is not None:
            return
        assert (1.0 / rows.tau >= least - 1e-9).all()


@pytest.mark.parametrize("solver", [s for s in SOLVERS if kinds().solvers[s].reach is not None])
def test_without_a_decay_a_step_too_large_swings_and_says_so(solver):
    """The state, whose rate is tanh(-50 x), comes to rest at 0."""
    circuit = integrating(-50.0, "tanh")
    parts = kinds().solvers[solver].substeps({})
    dt = 0.5 * parts
    assert np.abs(run(circuit, duration=20.0 * parts, dt=dt, solver=solver).v[-5:]).max() > 0.05
    (issue,) = found_in(circuit, dt, solver)
    assert issue.cures == ("step", "dormand_prince")
    assert issue in hazards(circuit, dt, solver)
    assert np.abs(run(circuit, duration=20.0 * parts, dt=issue.step, solver=solver).v[-5:]).max() < 1e-6
    edge = 0.9 * parts * kinds().solvers[solver].reach / 50.0
    assert np.abs(run(circuit, duration=400 * edge, dt=edge, solver=solver).v[-5:]).max() < 1e-6
    assert not found_in(circuit, issue.step, solver)
    assert not found_in(circuit, 0.5, "dormand_prince")
    assert np.abs(run(circuit, duration=20.0, dt=0.5, solver="dormand_prince").v[-5:]).max() < 1e-5


def test_the_slope_is_that_of_the_activation():
    assert steepness(integrating(-50.0), bands(integrating(-50.0)))[0] == pytest.approx(12.5)
    assert found_in(integrating(-50.0), 0.5, "fused")
    assert not found_in(integrating(-50.0), 0.1, "fused")


def test_what_goes_round_nowhere_is_no_hazard_and_a_way_through_static_neurons_is_one():
    circuit = Circuit()
    circuit.add_neuron("a", "neural_ode")
    circuit.add_neuron("b", "neural_ode", activation="tanh")
    circuit.add_neuron("s", "static", activation="tanh")
    circuit.connect("a", "s", "weight", weight=100.0)
    circuit.connect("s", "b", "weight", weight=100.0)
    assert steepness(circuit, bands(circuit)) == (0.0, None)
    circuit.connect("s", "a", "weight", weight=-4.0)
    slope, neuron = steepness(circuit, bands(circuit))
    assert slope >= 100.0  # 100 through s, then -4 and a quarter
    assert slope < 200.0
    assert neuron is not None


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_no_eigenvalue_is_beyond_the_bound(seed):
    r = np.random.default_rng(seed)
    circuit, names = Circuit(), [f"n{k}" for k in range(int(r.integers(1, 6)))]
    for name in names:
        activation = ("sigmoid", "tanh", "relu", "hard_tanh")[int(r.integers(4))]
        circuit.add_neuron(name, "neural_ode", activation=activation, bias=r.normal(), start=r.normal())
    for post in names:
        for pre in names:
            if r.random() < 0.4:
                kind = ("weight", "spline_drive")[int(r.integers(2))]
                circuit.connect(pre, post, kind, weight=r.normal(0, 3))
    slope, _ = steepness(circuit, bands(circuit))
    greatest = np.abs(np.linalg.eigvals(Linearizer(circuit).at().state)).max()
    assert greatest <= slope * (1 + 1e-9) + 1e-3


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_no_chord_of_a_curve_is_steeper_than_its_steepest(seed):
    r = np.random.default_rng(seed)
    x = np.cumsum(r.uniform(0.05, 1.0, int(r.integers(2, 9))))
    knots = Knots(tuple(x.tolist()), tuple(r.normal(size=x.size).tolist()))
    table = curves(np.array(rows_of(knots))[:, None], held=False)
    at = np.linspace(x[0] - 1.0, x[-1] + 1.0, 4001)
    chords = np.diff(evaluate(np.broadcast_to(table, (table.shape[0], at.size)), at)) / np.diff(at)
    assert np.abs(chords).max() <= steepest(table)[0] * (1 + 1e-9)
    assert np.abs(chords).max() >= steepest(table)[0] * 0.98
