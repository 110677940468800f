"""The closed-form neuron: values that were computed from its equation, and what its authors prove and do not claim."""

from __future__ import annotations

import math

import numpy as np
import pytest
from reference_circuits import VALUES

import circuitsim as cs
from circuitsim.circuit.edits import SetKind, SetParameter, SetStart
from circuitsim.engine.change import Effect
from circuitsim.engine.replay import replay
from circuitsim.engine.run import run
from circuitsim.engine.runlog import Edited, RunLog
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

CASES = ["closed_form_constant", "closed_form_sine"]


def neuron(case: str, kind: str = "closed_form") -> cs.Circuit:
    """One neuron and the input of a case."""
    p = VALUES[case]["parameters"]
    circuit = cs.Circuit()
    circuit.add_neuron("x", kind, start=p["x0"], time_constant=p["tau"], target=p["A"], bias=p["mu"])
    if "I" in p:
        circuit.add_input("I", value=p["I"])
    else:
        circuit.add_input("I", "sine", amplitude=p["amplitude"], frequency=p["omega"] / (2.0 * math.pi))
    circuit.connect("I", "x", "weight", weight=p["W"])
    return circuit


def at_times(case: str, result) -> np.ndarray:
    rows = [int(np.argmin(np.abs(result.t - row["t"]))) for row in VALUES[case]["rows"]]
    np.testing.assert_allclose(result.t[rows], [row["t"] for row in VALUES[case]["rows"]], atol=1e-12)
    return rows


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_its_values_are_reproduced_by_every_solver(case, solver):
    """No solver has a part in them, so any step is small enough."""
    result = run(neuron(case), duration=5.0, dt=0.25, solver=solver)
    expected = [row["x_tilde"] for row in VALUES[case]["rows"]]
    np.testing.assert_allclose(result.v[at_times(case, result), 0], expected, rtol=0, atol=3e-15)
    assert result.error == 0.0


@pytest.mark.parametrize("case", CASES)
def test_the_neuron_that_it_stands_beside_reproduces_its_own_values(case):
    result = run(neuron(case, "ltc_paper"), duration=5.0, dt=0.0005, solver="rk4")
    expected = [row["ltc_ode"] for row in VALUES[case]["rows"]]
    np.testing.assert_allclose(result.v[at_times(case, result), 0], expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("case", CASES)
def test_the_bound_belongs_to_the_altered_equation(case):
    """Lemma 1 holds against the altered equation, and is exceeded against that of the LTC neuron."""
    result = run(neuron(case), duration=5.0, dt=0.25, solver="rk4")
    rows = VALUES[case]["rows"]
    off = [
        np.abs(result.v[at_times(case, result), 0] - [row[of] for row in rows])
        for of in ("altered_ode", "ltc_ode")
    ]
    bound = np.array([row["bound"] for row in rows])
    assert (off[0] <= bound + 1e-15).all()
    assert (off[1] > bound).any()


def test_where_it_begins_and_where_it_heads():
    """At f(-I) instead of x0, and for A instead of A f / (1/tau + f); so it shows 1 / (1/tau + f) and A."""
    case = "closed_form_constant"
    p, s = VALUES[case]["parameters"], 1 / (1 + math.exp(-2.0))
    result = run(neuron(case), duration=60.0, dt=0.25, solver="rk4")
    assert result.v[0, 0] == pytest.approx((p["x0"] - p["A"]) * (1 - s) + p["A"], abs=1e-15)
    assert result.v[-1, 0] == p["A"]
    np.testing.assert_allclose(result.tau[:, 0], 1 / (1 + s), rtol=1e-15)
    np.testing.assert_allclose(result.vinf[:, 0], p["A"], rtol=1e-15)


def test_the_bias_belongs_to_f_and_is_not_turned_round():
    circuit = neuron("closed_form_constant")
    circuit.apply(SetParameter((circuit["x"].id,), "bias", 0.7))
    t, drive = 0.5, 2.0
    forth, back = (1 / (1 + math.exp(-z)) for z in (drive + 0.7, -drive + 0.7))
    expected = (0.2 - 1.0) * math.exp(-(1 + forth) * t) * back + 1.0
    assert run(circuit, duration=t, dt=t, solver="rk4").v[-1, 0] == pytest.approx(expected, abs=1e-15)


def test_its_numbers_act_at_once_and_on_all_of_its_course():
    """Edited while it runs, the start state included, it is where a run with these numbers from the start would be."""
    circuit = neuron("closed_form_sine")
    x, events = circuit["x"].id, []
    session, changed = Session(circuit, "rk4", 0.01), circuit.copy()
    edits = [
        SetStart({x: -0.9}),
        SetParameter((x,), "time_constant", 3.0),
        SetKind(x, "static"),
        SetKind(x, "closed_form"),
    ]
    for edit in edits:
        session.advance(37)
        changes = dict(edit.changes(changed))
        changed.apply(edit)
        assert session.edit(changes) is not Effect.NOTHING
        events.append(Edited(session.t, changes))
        fresh = Session(changed, "rk4", 0.01)
        fresh.advance(10**6, session.t)
        assert session.states() == fresh.states()
    log = RunLog(circuit, "rk4", 0.01, 0, tuple(events), session.t)
    assert replay(log, every=0.05).v[-1, 0] == session.states()[x]


def test_a_start_state_of_a_neuron_that_remembers_waits_for_the_start():
    circuit = neuron("closed_form_sine", "ltc_paper")
    session = Session(circuit, "rk4", 0.01)
    session.advance(10)
    before = session.states()
    edit = SetStart({circuit["x"].id: -0.9})
    assert session.edit(dict(edit.changes(circuit))) is Effect.NOTHING
    assert session.states() == before


def test_an_initial_state_takes_the_place_of_its_start_state():
    circuit = neuron("closed_form_constant")
    given = run(circuit, duration=1.0, dt=0.25, solver="rk4", initial={"x": -0.5})
    circuit.apply(SetStart({circuit["x"].id: -0.5}))
    np.testing.assert_array_equal(given.v, run(circuit, duration=1.0, dt=0.25, solver="rk4").v)


def test_a_fast_one_is_no_hazard_to_an_explicit_solver():
    """It is evaluated, not integrated: no step is too large for it."""
    from circuitsim.engine.hazards import hazards

    circuit = neuron("closed_form_constant")
    circuit.apply(SetParameter((circuit["x"].id,), "time_constant", 0.001))
    assert hazards(circuit, 0.5, "rk4") == []
    circuit.apply(SetKind(circuit["x"].id, "ltc_paper"))
    assert "larger than the time constant" in hazards(circuit, 0.5, "rk4")[0].problem
