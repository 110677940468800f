"""Same circuit, solver and dt give the same bits, whatever the slicing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.edits import SetKind, SetParameter
from circuitsim.circuit.elements import Table
from circuitsim.engine.compile import compile_program
from circuitsim.engine.rows import Rows
from circuitsim.engine.run import run, with_inputs
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError

EDGES = Table((0.0, 0.105, 0.2, 0.3000000001, 0.7, 0.71), (0.0, 1.0, -1.0, 0.5, 2.0, 0.0))
STEPPING = [name for name, solver in kinds().solvers.items() if not (solver.adaptive or solver.calls)]


def _with_edges(seed):
    circuit = random_circuit(seed)
    return with_inputs(circuit, {"hand": EDGES})


@given(
    slices=st.lists(st.integers(1, 37), min_size=1, max_size=12),
    solver=st.sampled_from(sorted(kinds().solvers)),
)
@settings(max_examples=25)
def test_slicing_changes_no_bit(slices, solver):
    circuit = _with_edges(7)
    whole = Session(circuit, solver, 0.01).advance(10**6, 1.0)
    session, parts, turn = Session(circuit, solver, 0.01), [], 0
    while session.t < 1.0:
        parts.append(session.advance(slices[turn % len(slices)], 1.0))
        turn += 1
    cut = Rows.joined(parts)
    np.testing.assert_array_equal(cut.t, whole.t)
    np.testing.assert_array_equal(cut.v, whole.v)
    np.testing.assert_array_equal(cut.tau, whole.tau)


def test_time_is_no_running_sum_and_edges_are_rows():
    result = run(_with_edges(7), duration=1.0, dt=0.01, solver="rk4")
    assert (np.diff(result.t) > 0).all()
    for edge in EDGES.times:
        assert edge in result.t
    on_grid = [0.01 * k for k in range(101)]
    replaced = {0.01 * 30: 0.3000000001}
    for t in on_grid:
        assert any(t == r or abs(replaced.get(t, t) - r) < 1e-9 for r in result.t)


def test_value_at_a_row_holds_from_its_time_on():
    result = run(_with_edges(7), duration=1.0, dt=0.01, solver="rk4")
    hand = result.inputs[:, result.input_names.index("hand")]
    for time, value in zip(EDGES.times, EDGES.values, strict=True):
        assert hand[result.t == time] == value


@pytest.mark.parametrize("solver", STEPPING)
def test_rows_thinned_out_are_the_same_rows(solver):
    """A step that begins where a row was taken has its right-hand side already; the others have not."""
    circuit = random_circuit(8)
    every = run(circuit, duration=1.0, dt=0.01, solver=solver)
    some = run(circuit, duration=1.0, dt=0.01, solver=solver, every=0.05)
    np.testing.assert_array_equal(some.t, every.t[::5])
    np.testing.assert_array_equal(some.v, every.v[::5])


@pytest.mark.parametrize("solver", STEPPING)
def test_what_a_row_had_evaluated_serves_the_next_step_alone(solver):
    session = Session(random_circuit(8), solver, 0.01)
    session.advance(7)
    assert np.isnan(session._program.tables.fresh).all()


def test_rows_that_are_no_multiple_of_the_step_are_refused():
    with pytest.raises(InputError, match=r"not a multiple of dt 0\.01; use 0\.02 or 0\.03"):
        run(random_circuit(8), duration=1.0, dt=0.01, solver="rk4", every=0.025)


@pytest.mark.parametrize(
    "name", ["capacitance", "leak_potential", "time_constant", "conductance", "weight", "gain"]
)
def test_a_number_written_live_equals_a_fresh_compilation(name):
    circuit = random_circuit(9)
    session = Session(circuit, "rk4", 0.01)
    element = next(e for e in circuit.elements.values() if name in getattr(e, "parameters", {}))
    inverse = circuit.apply(SetParameter((element.id,), name, 0.777))
    session.edit({element.id: circuit.elements[element.id]})
    fresh = compile_program(circuit).tables
    np.testing.assert_array_equal(session._program.tables.p, fresh.p)
    np.testing.assert_array_equal(session._program.tables.q, fresh.q)
    circuit.apply(inverse)


def test_a_new_structure_keeps_surviving_states():
    circuit = random_circuit(10)
    session = Session(circuit, "rk4", 0.01)
    session.advance(50)
    before = session.states()
    first = next(n for n in circuit.neurons if n.kind == "ltc_paper")
    circuit.apply(SetKind(circuit["hand"].id, "constant"))
    session.edit({circuit["hand"].id: circuit["hand"]})
    assert session.states() == before
    assert session.t == 0.5
    assert first.id in before


def test_an_exploding_run_stops_at_the_last_sound_state():
    circuit = random_circuit(11, paper=0)
    session = Session(circuit, "rk4", 5.0)
    rows = session.advance(10**5)
    assert session.explosion is not None
    assert session.explosion.t > session.t
    assert all(math.isfinite(v) for v in session.states().values())
    assert rows.t[-1] == session.t
    assert np.isfinite(rows.v).all()
