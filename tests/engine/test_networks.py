"""Networks with memory: against ncps and plain numpy, and the same bits however a run is cut, solved and replayed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_circuits import VARIANTS, case
from numpy_cfc import sequence

import circuitsim as cs
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, Replace, SetParameter, SetSettings
from circuitsim.circuit.elements import Matrix, Table
from circuitsim.circuit.networks import read_nothing
from circuitsim.engine.bands import bands
from circuitsim.engine.hazards import explosion_issue
from circuitsim.engine.problems import problems
from circuitsim.engine.proposal import propose
from circuitsim.engine.replay import replay
from circuitsim.engine.rows import Rows
from circuitsim.engine.run import run
from circuitsim.engine.runlog import Edited, RunLog
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError

NCPS = Path(__file__).parents[1] / "data" / "ncps" / "cfc_default8.npz"
BETWEEN = kinds().solvers


def called(samples, times):
    """Rows of samples at the instants of calls."""
    rows = np.searchsorted(samples.t, times)
    assert np.array_equal(samples.t[rows], times)
    return rows


@pytest.mark.parametrize("clock", ["samples", "period"])
@pytest.mark.parametrize("solver", ["rk4", "dormand_prince"])
def test_it_does_what_ncps_does(clock, solver):
    data = np.load(NCPS)
    arrays = {n.removeprefix("param.rnn_cell."): data[n] for n in data.files if n.startswith("param.")}
    circuit = Circuit()
    steps = np.arange(50.0)
    for k, name in enumerate(("u0", "u1")):
        values = tuple(data["input"][:, k].astype(float).tolist())
        circuit.add_input(name, "table", table=Table(tuple(steps.tolist()), values))
    names = [f"n{k}" for k in range(8)]
    circuit.add_network("net", reads=("u0", "u1"), units=8, arrays=arrays, unit_names=names, clock=clock)
    found = run(circuit, duration=50.0, dt=0.25, solver=solver)
    rows = called(found, 1.0 + steps)
    assert found.unit_names == found.neuron_names == tuple(names)
    assert np.abs(found.v[rows] - data["hidden_f64"]).max() < 1e-12
    assert np.abs(found.v[rows] - data["hidden"]).max() < 1e-6
    assert np.all((found.gate[rows] > 0) & (found.gate[rows] < 1))


def test_a_network_trained_with_a_timespan_of_one_runs_at_any_period():
    data = np.load(NCPS)
    arrays = {n.removeprefix("param.rnn_cell."): data[n] for n in data.files if n.startswith("param.")}
    circuit = Circuit(unit_system="physiological")
    for k, name in enumerate(("u0", "u1")):
        values = tuple(data["input"][:, k].astype(float).tolist())
        circuit.add_input(name, "table", table=Table(tuple((50.0 * np.arange(50.0)).tolist()), values))
    net = circuit.add_network("net", reads=("u0", "u1"), units=8, arrays=arrays)
    assert (net.parameters["period"], net.parameters["timespan_per_time"]) == (50.0, 0.02)
    found = run(circuit, duration=2500.0, dt=12.5)
    rows = called(found, 50.0 * np.arange(1.0, 51.0))
    assert np.abs(found.v[rows] - data["hidden_f64"]).max() < 1e-12


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_every_variant_does_what_its_equations_say(variant):
    due = case(variant, seed=len(variant))
    found = run(due.circuit, duration=float(due.t[-1]), dt=0.05, solver="fused")
    rows = called(found, due.t)
    largest = max(1.0, np.abs(due.states).max())  # linear candidates have no bound
    assert np.abs(found.v[rows] - due.states).max() < 1e-12 * largest
    assert np.abs(found.gate[rows] - due.gates).max() < 1e-12


@pytest.mark.parametrize("variant", ["default", "pure_mixed", "wired_no_gate"])
def test_between_calls_nothing_moves(variant):
    due = case(variant, seed=5)
    found = run(due.circuit, duration=float(due.t[-1]), dt=0.01)
    jumps = np.flatnonzero(np.any(np.diff(found.v, axis=0) != 0, axis=1)) + 1
    assert set(found.t[jumps]) <= set(due.t)
    before = found.t < due.t[0]
    assert np.isnan(found.gate[before]).all()
    assert not np.isnan(found.gate[~before]).any()
    gates = np.where(before[:, None], 0.0, found.gate)
    assert set(found.t[np.flatnonzero(np.any(np.diff(gates, axis=0) != 0, axis=1)) + 1]) <= set(due.t)


def mixed_circuit(seed: int) -> Circuit:
    """A network that reads a sine and a neuron, and a unit that drives that neuron."""
    r = np.random.default_rng(seed)
    circuit = Circuit("loop")
    circuit.add_input("wave", "sine", amplitude=1.0, frequency=float(r.uniform(0.1, 0.9)))
    circuit.add_input("hand", "slider", value=0.3)
    circuit.add_neuron("out", start=0.1)
    circuit.add_network(
        "net", str(r.choice(["cfc", "cfc_pure"])), reads=("wave", "out", "hand"), units=4, seed=seed,
        period=float(r.uniform(0.03, 0.4)), mixed_memory=bool(r.integers(2)),
    )  # fmt: skip
    circuit.connect("net_n0", "out", conductance=1.0, reversal_potential=1.0)
    circuit.connect("net_n1", "out", conductance=0.5, reversal_potential=-1.0)
    return circuit


def same(one: Rows, other: Rows) -> bool:
    names = ("t", "v", "inputs", "gate")
    return all(np.array_equal(getattr(one, f), getattr(other, f), equal_nan=True) for f in names)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 999), cut=st.floats(0.01, 1.9), slices=st.lists(st.integers(1, 70), min_size=1, max_size=6),
    solver=st.sampled_from(sorted(BETWEEN)),
)  # fmt: skip
def test_a_run_in_pieces_has_the_same_bits(seed, cut, slices, solver):
    circuit = mixed_circuit(seed)
    whole, parts = Session(circuit, solver, 0.05), Session(circuit, solver, 0.05)
    rows, k = [], 0
    while parts.t < 2.0:
        rows.append(parts.advance(slices[k % len(slices)], 2.0))
        k += 1
    assert same(whole.advance(10_000, 2.0), Rows.joined(rows))
    # where a step is cut, an explicit solver rounds differently, but networks that read no neuron do not notice
    alone = mixed_circuit(seed)
    alone.apply(Delete(frozenset({alone["out"].id})))
    straight, halved = Session(alone, solver, 0.05), Session(alone, solver, 0.05)
    straight.advance(10_000, 2.0)
    halved.advance(10_000, cut)
    halved.advance(10_000, 2.0)
    assert straight.states() == halved.states()


@given(seed=st.integers(0, 999))
@settings(max_examples=15)
def test_no_solver_and_no_step_changes_a_network_that_reads_inputs(seed):
    circuit = mixed_circuit(seed)
    circuit.apply(Delete(frozenset({circuit["out"].id})))
    states = {
        tuple(run(circuit, duration=1.0, dt=dt, solver=solver).v[-1])
        for solver in BETWEEN
        for dt in (0.11, 0.004)
    }
    assert len(states) == 1


def test_a_replay_has_the_same_bits_through_edits_of_weights_and_structure():
    circuit = mixed_circuit(3)
    cell, hand = circuit["net"], circuit["hand"]
    arrays = {n: Matrix.of(m.values * 1.5) for n, m in cell.arrays.items()}
    steps = [
        (0.31, {cell.id: replace(cell, arrays=arrays)}),
        (0.52, {cell.id: replace(cell, arrays=arrays, parameters={**cell.parameters, "period": 0.07})}),
        (
            0.9,
            {hand.id: None, cell.id: read_nothing(replace(cell, arrays=arrays), 2).changes(circuit)[cell.id]},
        ),
    ]
    session = Session(circuit, "rk4", 0.02)
    rows = []
    for t, after in steps:
        rows.append(session.advance(1000, t))
        session.edit(after)
    rows.append(session.advance(1000, 1.5))
    log = RunLog(circuit, "rk4", 0.02, 0, tuple(Edited(t, after) for t, after in steps), 1.5)
    again = replay(log)
    assert np.array_equal(again.v[-1], rows[-1].v[-1])
    assert np.array_equal(again.gate[-1], rows[-1].gate[-1])


def test_an_edit_that_leaves_the_network_alone_leaves_its_memory_alone():
    circuit = mixed_circuit(0)
    circuit.apply(SetParameter((circuit["net"].id,), "period", 0.1))
    stay, edited = Session(circuit, "fused", 0.02), Session(circuit, "fused", 0.02)
    for session in (stay, edited):
        session.advance(1000, 0.55)
    circuit.add_neuron("stranger", position=(5.0, 5.0))
    stranger = circuit["stranger"]
    edited.edit({stranger.id: stranger})
    for session in (stay, edited):
        session.advance(1000, 2.0)
    states = edited.states()
    states.pop(stranger.id)
    assert states == stay.states()


def test_a_shorter_period_takes_effect_at_its_next_tick_with_the_time_that_has_passed():
    due = case("default", 1)
    cell = due.cell
    circuit = due.circuit
    circuit.apply(SetParameter((cell.id,), "clock", 0.0))
    circuit.apply(SetParameter((cell.id,), "period", 1.0))
    session = Session(circuit, "rk4", 0.1)
    session.advance(1000, 2.5)
    session.edit(
        {cell.id: replace(circuit["probe"], parameters={**circuit["probe"].parameters, "period": 0.4})}
    )
    rows = session.advance(1000, 4.0)
    changes = rows.t[np.flatnonzero(np.any(np.diff(rows.v, axis=0) != 0, axis=1)) + 1]
    assert changes == pytest.approx([2.8, 3.2, 3.6, 4.0])


def test_units_stay_in_the_bands_of_their_kind():
    for variant in VARIANTS:
        due = case(variant, seed=2)
        found = bands(due.circuit)
        assert np.all(due.states >= found.state_low - 1e-12), variant
        assert np.all(due.states <= found.state_high + 1e-12), variant
        if not any(name in variant for name in ("relu", "wired_pure", "wired_linear")):
            assert np.isfinite(found.state_high).all()


def test_a_network_that_explodes_is_named_and_leaves_the_last_sound_state():
    circuit = mixed_circuit(1)
    cell = circuit["net"]
    huge = {n: Matrix.of(m.values * (1e8 if n == "A" else 1.0)) for n, m in cell.arrays.items()}
    assert cell.kind == "cfc_pure"
    circuit.apply(Replace((replace(cell, arrays=huge),), "Train badly"))
    session = Session(circuit, "rk4", 0.01)
    session.advance(10_000, 5.0)
    assert session.explosion is not None
    assert max(map(abs, session.states().values())) < 1e6
    issue = explosion_issue(session.circuit, session.explosion, "rk4", 0.01)
    assert "net computed" in issue.sentence
    assert "check the weights of net" in issue.sentence


def test_a_network_alone_proposes_steps_that_fit_its_period():
    circuit = Circuit()
    circuit.add_network("net", units=3, period=0.02)
    plan = propose(circuit)
    assert plan.dt == pytest.approx(0.002)
    assert plan.duration == pytest.approx(2.0)
    circuit.apply(SetSettings(replace(circuit.document.settings, dt=0.01)))
    assert propose(circuit).dt == 0.01


def test_what_reads_nothing_is_a_problem_and_what_is_read_is_none():
    circuit = mixed_circuit(4)
    circuit.apply(Delete(frozenset({circuit["hand"].id})))
    told = [issue.sentence for issue in problems(circuit, bands(circuit), propose(circuit))]
    assert any("network net: its column 2 reads nothing" in sentence for sentence in told)
    assert not any("wave" in sentence or "net_n" in sentence for sentence in told)


@pytest.mark.parametrize("kind", ["cfc", "cfc_wired"])
def test_a_projection_is_read_row_by_row_through_edits(kind):
    circuit = Circuit()
    circuit.add_input("u", "sine")
    units = (3, 2) if kind == "cfc_wired" else 5
    circuit.add_network("net", kind, reads=("u",), units=units, projection=2, period=0.3)
    circuit.add_output("y0", "net", row=0)
    circuit.add_output("y1", "net", 2.0, 1.0, row=1)
    cell = circuit["net"]
    weight, bias = cell.arrays["fc.weight"].values, cell.arrays["fc.bias"].values
    assert weight.shape == ((2, 2) if kind == "cfc_wired" else (2, 5))
    found = run(circuit, duration=3.0, dt=0.1)
    due = found.v[:, -weight.shape[1] :] @ weight.T + bias
    assert np.abs(found.outputs - (due * [1.0, 2.0] + [0.0, 1.0])).max() < 1e-14
    assert np.ptp(found.outputs[:, 0]) > 1e-3
    louder = replace(cell, arrays={**cell.arrays, "fc.weight": Matrix.of(3.0 * weight)})
    log = RunLog(circuit, "rk4", 0.1, 0, (Edited(1.0, {cell.id: louder}),), 2.0)
    again = replay(log)
    late = again.t > 1.05
    assert np.array_equal(again.outputs[again.t < 0.95], found.outputs[found.t < 0.95])
    assert (
        np.abs(again.outputs[late, 0] - (3 * (due[: late.size][late, 0] - bias[0]) + bias[0])).max() < 1e-14
    )


def test_an_output_needs_a_row_that_is_there():
    circuit = mixed_circuit(0)
    with pytest.raises(InputError, match="it reads net, which has no projection; let it read a unit"):
        circuit.add_output("y", "net")
    circuit.add_network("other", units=2, projection=3)
    with pytest.raises(InputError, match=r"row 3 of other, whose projection has the rows 0 to 2"):
        circuit.add_output("y", "other", row=3)
    circuit.add_output("y", "other", row=2)
    circuit.apply(Delete(frozenset({circuit["other"].id})))
    assert circuit.named("y") is None


@pytest.mark.parametrize("spans", [[1.0] * 6, [0.5] * 6, [0.1] * 6, [0.3, 1.7, 0.05, 2.0, 0.7, 1.1]], ids=str)
def test_the_interval_of_the_last_row_is_told_by_even_rows_or_by_the_end_of_the_run(spans):
    """Nothing but the rows and the end of the run is given, as on the command line."""
    r = np.random.default_rng(4)
    circuit = cs.Circuit()
    times, values = np.concatenate([[0.0], np.round(np.cumsum(spans), 9)]), r.normal(size=(6, 2))
    for k in range(2):
        circuit.add_input(
            f"u{k}", "table", table=Table(tuple(times[:-1].tolist()), tuple(values[:, k].tolist()))
        )
    cell = circuit.add_network("net", reads=("u0", "u1"), units=5, clock="samples")
    arrays = {name: matrix.values for name, matrix in cell.arrays.items()}
    due, _ = sequence(arrays, values, spans, np.zeros(5), np.zeros(5), mode="default")
    for solver in ("ncps", "fused"):
        trace = cs.simulate(circuit, duration=float(times[-1]), solver=solver)
        rows = np.searchsorted(trace.t, times[1:] - 1e-9)
        np.testing.assert_allclose(trace.samples.v[rows], due, rtol=0, atol=1e-12)
