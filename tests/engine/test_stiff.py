"""The stiff solver against scipy's Radau, and when it is taken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import random_circuit, right_hand_side
from scipy.integrate import solve_ivp

from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, SetSettings
from circuitsim.circuit.edits.replace import Replace
from circuitsim.engine.hazards import hazards
from circuitsim.engine.proposal import ROSENBROCK_UP_TO, propose, steadier
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError

MOST = kinds().solvers["rosenbrock"].most


def stiff_circuit(seed):
    """Five neurons in conductance form, every other one up to a million times faster than the rest."""
    circuit = random_circuit(seed, conductance=5, paper=0)
    r = np.random.default_rng(seed)
    fast = [
        replace(n, parameters={**n.parameters, "capacitance": 10 ** r.uniform(-6, -4)})
        for n in list(circuit.neurons)[::2]
    ]
    circuit.apply(Replace(tuple(fast), "Make fast"))
    return circuit


def radau(f, end, start, times=None):
    made = solve_ivp(f, (0, end), start, "Radau", times, rtol=1e-11, atol=1e-13, max_step=0.05)
    return made.y.T


def settled(circuit):
    """Start states in which the fast neurons have come to rest: then only slow motion is left."""
    f, start = right_hand_side(circuit), np.array([n.start for n in circuit.neurons])
    return radau(lambda _t, v: f(0.0, v), 2e-3, start)[-1]


@pytest.mark.parametrize("seed", [0, 3])
def test_order_where_the_step_is_a_thousand_times_the_fastest_time_constant(seed):
    circuit = stiff_circuit(seed)
    start = settled(circuit)
    truth = radau(right_hand_side(circuit), 2.0, start, np.linspace(0.0, 2.0, 11))
    named = dict(zip((n.name for n in circuit.neurons), start.tolist(), strict=True))
    errors = [
        np.abs(
            run(circuit, duration=2.0, dt=h, solver="rosenbrock", every=0.2, initial=named).v - truth
        ).max()
        for h in (0.02, 0.01)
    ]
    assert propose(circuit).tau_fastest < 1e-5
    assert errors[1] < 1e-5
    assert abs(np.log2(errors[0] / errors[1]) - 3.0) < 0.3


@pytest.mark.parametrize("seed", range(4))
def test_it_is_proposed_and_better_than_fused(seed):
    """From any start, that is, through the layer in which the fast neurons settle within a step."""
    circuit = stiff_circuit(seed)
    plan = propose(circuit)
    assert plan.solver == "rosenbrock"
    start = np.array([n.start for n in circuit.neurons])
    truth = radau(right_hand_side(circuit), 1.0, start)[-1]
    fused, stiff = (
        np.abs(run(circuit, duration=1.0, dt=plan.dt, solver=solver).v[-1] - truth).max()
        for solver in ("fused", "rosenbrock")
    )
    assert stiff < 2e-3
    assert stiff < fused


def test_it_is_l_stable():
    """A neuron a million times faster than the step is on its target after one step."""
    circuit = Circuit()
    circuit.apply(Add((new_neuron(circuit, "a", capacitance=1e-6, leak_potential=0.5, start=-3.0),)))
    assert abs(run(circuit, duration=1.0, dt=1.0, solver="rosenbrock").v[-1, 0] - 0.5) < 1e-5


def many(count, fast=1e-6):
    circuit = Circuit()
    cells = [new_neuron(circuit, f"n{k}", capacitance=fast if k == 0 else 0.5) for k in range(count)]
    circuit.apply(Add(tuple(cells)))
    return circuit


def test_large_stiff_circuits_take_the_fused_step():
    assert propose(many(ROSENBROCK_UP_TO)).solver == "rosenbrock"
    assert propose(many(ROSENBROCK_UP_TO + 1)).solver == "fused"
    assert propose(many(3, fast=0.4)).solver == "rk4"


def test_a_circuit_too_large_for_it_says_so_before_the_run():
    circuit = many(MOST + 1)
    circuit.apply(SetSettings(replace(circuit.document.settings, solver="rosenbrock")))
    plan = propose(circuit)
    assert plan.solver == "fused"
    (issue,) = hazards(circuit, plan.dt, plan.solver)
    assert issue.sentence == (
        f"the solver: Rosenbrock 3 (Rodas3) takes at most {MOST} neurons, and the circuit has {MOST + 1}; "
        "take the solver fused."
    )
    assert issue.cures == ("fused",)
    for solver in (None, "rosenbrock"):
        with pytest.raises(InputError, match="at most"):
            run(circuit, duration=1.0, solver=solver)
    run(circuit, duration=0.01, dt=0.01, solver="fused")


def test_a_live_run_that_outgrows_it_goes_on_with_another():
    circuit = many(MOST)
    session = Session(circuit, "rosenbrock", 0.01)
    session.advance(1)
    one_more = new_neuron(circuit, "more")
    session.edit({one_more.id: one_more})
    assert session.solver == "fused"
    session.advance(1)
    assert session.t == 0.02


def test_a_live_run_can_change_to_it_and_back():
    circuit = random_circuit(4)
    plain, turned = Session(circuit, "rosenbrock", 0.01), Session(circuit, "rk4", 0.01)
    turned.move_hand(circuit.inputs[1].id, 0.3)
    plain.move_hand(circuit.inputs[1].id, 0.3)
    for session in (plain, turned):
        session._set_method("rosenbrock", 0.01)
        session.advance(20)
    assert plain.states() == turned.states()


@pytest.mark.parametrize(
    ("count", "fast", "better"), [(3, 1e-6, "rosenbrock"), (3, 0.4, "fused"), (MOST + 1, 1e-6, "fused")]
)
def test_a_step_too_large_names_a_solver_that_fits(count, fast, better):
    circuit = many(count, fast=fast)
    issue = hazards(circuit, 2.0, "rk4")[0]
    assert issue.cures == ("step", better)
    assert f"take the solver {better}" in issue.remedy
    assert not [i for i in hazards(circuit, 2.0, better) if "larger than" in i.problem]


def test_a_stiff_circuit_leaves_the_adaptive_method_for_the_stiff_one():
    (issue,) = hazards(many(3, fast=1e-6), 0.1, "dormand_prince")
    assert issue.cures == ("rosenbrock",)
    plan = propose(many(3, fast=1e-6))
    assert steadier(many(3, fast=1e-6), "rosenbrock", plan) == "fused"
    even = many(3, fast=0.4)
    assert steadier(even, "fused", propose(even)) is None
