"""Neurons without memory: evaluated with every right-hand side, level by level, and seen by no solver."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summed_circuits import ACTIVATIONS, MEMORYLESS, MIXED, SMOOTH, act, right_hand_side, summed_circuit

import circuitsim as cs
from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Replace, SetKind, SetParameter
from circuitsim.engine.bands import bands
from circuitsim.engine.condition import Condition
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.monitor import Monitor
from circuitsim.engine.replay import replay
from circuitsim.engine.rows import Rows
from circuitsim.engine.run import run
from circuitsim.engine.runlog import Edited, RunLog
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

SOLVERS = sorted(kinds().solvers)


def chain(activation: str = "tanh") -> Circuit:
    """Sine -> first -> second -> CT-RNN neuron, which drives the first."""
    circuit = Circuit()
    circuit.add_input("u", "sine", amplitude=1.0, frequency=0.4)
    circuit.add_neuron("second", "static", activation=activation, bias=-0.3)
    circuit.add_neuron("slow", "ct_rnn", activation="tanh")
    circuit.add_neuron("first", "static", activation=activation, bias=0.2)
    weights = {("u", "first"): 1.3, ("first", "second"): 2.0, ("second", "slow"): 1.0, ("slow", "first"): 0.5}
    for (pre, post), weight in weights.items():
        circuit.connect(pre, post, "weight", weight=weight)
    return circuit


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_row_is_the_equation_at_that_instant(solver, activation):
    """At rows on the grid and between, whatever the solver did to get there."""
    result = run(chain(activation), duration=1.005, dt=0.01, solver=solver)
    code = ACTIVATIONS.index(activation)
    second, slow, first = result.v.T
    for u, a, b, c in zip(result.inputs[:, 0], first, second, slow, strict=True):
        assert a == pytest.approx(act(code, 1.3 * u + 0.5 * c + 0.2), abs=1e-15)
        assert b == pytest.approx(act(code, 2.0 * a - 0.3), abs=1e-15)
    assert (result.tau[:, [0, 2]] == 0.0).all()  # it takes no time
    assert np.isnan(result.vinf[:, [0, 2]]).all()  # and heads nowhere
    assert result.t[-1] == 1.005


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_circuit_without_any_state_runs(solver):
    circuit = Circuit()
    circuit.add_input("u", "sine", amplitude=1.0, frequency=0.4)
    for name in "abc":
        circuit.add_neuron(name, "static", activation="tanh", start=5.0)
    for pre, post in ("ua", "ab", "bc", "ac"):
        circuit.connect(pre, post, "weight", weight=1.5)
    result = run(circuit, duration=0.5, dt=0.01, solver=solver)
    a = np.tanh(1.5 * result.inputs[:, 0])
    b = np.tanh(1.5 * a)
    expected = np.stack([a, b, np.tanh(1.5 * a + 1.5 * b)], axis=1)
    np.testing.assert_allclose(result.v, expected, rtol=0, atol=1e-15)
    assert result.error == 0.0
    assert cs.jacobian(circuit).state.shape == (0, 0)


@given(
    seed=st.integers(0, 100_000),
    solver=st.sampled_from(SOLVERS),
    slices=st.lists(st.integers(1, 37), min_size=1),
)
@settings(max_examples=30, deadline=None)
def test_slices_and_rows_change_no_bit(seed, solver, slices):
    circuit = summed_circuit(seed, kinds=MIXED)
    whole = Session(circuit, solver, 0.01).advance(10**6, 0.6)
    cut, parts, turn = Session(circuit, solver, 0.01, every=3), [], 0
    while cut.t < 0.6:
        parts.append(cut.advance(slices[turn % len(slices)], 0.6))
        turn += 1
    some = Rows.joined(parts)
    kept = np.isin(whole.t, some.t)
    np.testing.assert_array_equal(whole.v[kept], some.v)
    np.testing.assert_array_equal(whole.tau[kept], some.tau)


@given(seed=st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_the_order_of_neurons_changes_nothing_but_rounding(seed):
    circuit = summed_circuit(seed, SMOOTH, MIXED)
    order = np.random.default_rng(seed).permutation(len(circuit.neurons))
    twin = Circuit()
    for k in order:
        n = circuit.neurons[k]
        twin.apply(Add((new_neuron(twin, n.name, n.kind, start=n.start, **n.parameters),)))
    twin.add_input("u", "sine", **circuit["u"].parameters)
    names = {e.id: e.name for e in (*circuit.neurons, *circuit.inputs)}
    for s in circuit.synapses:
        twin.connect(names[s.pre], names[s.post], s.kind, **s.parameters)
    there, here = (run(c, duration=1.0, dt=0.01, solver="rk4") for c in (circuit, twin))
    place = [here.neuron_names.index(name) for name in there.neuron_names]
    np.testing.assert_allclose(here.v[:, place], there.v, rtol=0, atol=1e-12)


@given(seed=st.integers(0, 100_000))
@settings(max_examples=30, deadline=None)
def test_the_jacobian_goes_through_every_level(seed):
    """Against complex steps through an independent right-hand side, exact to rounding."""
    circuit = summed_circuit(seed, SMOOTH, MIXED, 9)
    f, h, t = right_hand_side(circuit), 1e-30, 0.3
    linearizers = [Linearizer(circuit, sparse=sparse) for sparse in (False, True)]
    v = np.random.default_rng(seed).uniform(-1, 1, len(circuit.neurons))
    ids = [n.id for n in circuit.neurons]
    p = circuit["u"].parameters
    u = p["offset"] + p["amplitude"] * np.sin(2 * np.pi * (p["frequency"] * t + p["phase"]))
    own = [k for k, n in enumerate(circuit.neurons) if n.kind not in MEMORYLESS]
    expected = np.empty((len(own), len(own) + 1))
    for column, k in enumerate(own):
        step = v.astype(complex)
        step[k] += 1j * h
        expected[:, column] = f(t, step, complex(u))[own].imag / h
    expected[:, -1] = f(t, v, u + 1j * h)[own].imag / h
    for linearizer in linearizers:
        found = linearizer.at(dict(zip(ids, v, strict=True)), t)
        assert [ids[k] for k in own] == list(linearizer.neuron_ids)
        matrices = [m.toarray() if linearizer.sparse else m for m in (found.state, found.input)]
        np.testing.assert_allclose(np.hstack(matrices), expected, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(found.rate, f(t, v)[own], rtol=1e-12, atol=1e-13)


def test_the_front_door_names_the_neurons_that_have_a_state():
    found = cs.jacobian(chain())
    assert (found.neurons, found.inputs) == (("slow",), ("u",))
    assert found.state.shape == (1, 1)


@given(seed=st.integers(0, 100_000))
@settings(max_examples=15, deadline=None)
def test_intervals_hold_and_the_monitor_is_silent(seed):
    circuit = summed_circuit(seed, kinds=("ct_rnn", *MEMORYLESS), count=6)
    found = bands(circuit)
    rows = Session(circuit, "rk4", 0.005).advance(600)
    assert (rows.v >= found.state_low - 1e-9).all()
    assert (rows.v <= found.state_high + 1e-9).all()
    monitor = Monitor(circuit, found, "rk4", 0.005)
    monitor.look(rows.v, 0.0)
    assert monitor.issues == ()


def test_intervals_are_handed_on_sharply_through_levels():
    circuit = Circuit()
    circuit.add_input("u", "sine", amplitude=0.5)
    for name in "abcd":
        circuit.add_neuron(name, "static", activation="tanh", start=7.0)
    for pre, post in ("ua", "ab", "bc", "cd"):
        circuit.connect(pre, post, "weight", weight=-2.0)
    ends = 0.5
    for _ in range(4):
        ends = np.tanh(2.0 * ends)
    found = bands(circuit, {n.id: 9.0 for n in circuit.neurons})
    assert found.state_high[3] == pytest.approx(ends, rel=1e-15)
    assert found.state_low[3] == pytest.approx(-ends, rel=1e-15)
    assert not found.tau_high.any()


def test_numbers_written_live_are_those_of_a_fresh_program():
    circuit = summed_circuit(4, kinds=MIXED, count=20)
    session = Session(circuit, "rk4", 0.01)
    for k, element in enumerate((*circuit.neurons, *circuit.synapses)):
        name = next(iter(set(element.parameters) - {"activation", "decay"}))
        circuit.apply(SetParameter((element.id,), name, 0.25 + 0.01 * k))
        session.edit({element.id: circuit.elements[element.id]})
    fresh = Session(circuit, "rk4", 0.01)
    np.testing.assert_array_equal(session._program.tables.q, fresh._program.tables.q)
    np.testing.assert_array_equal(session.advance(20).v, fresh.advance(20).v)


@pytest.mark.parametrize("solver", SOLVERS)
def test_it_stops_where_an_output_crosses_a_level(solver):
    circuit = chain()
    free = Session(circuit, solver, 0.01).advance(200)
    watching = Session(circuit, solver, 0.01)
    first = circuit["first"].id
    watching.watch(Condition(first, "v", above=True, level=0.6))
    watching.advance(200)
    column = watching.neuron_ids.index(first)
    beyond = np.flatnonzero(free.v[:, column] > 0.6)
    assert watching.met
    assert watching.t == free.t[beyond[0]]


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_run_with_edits_is_replayed_bit_by_bit(solver):
    """Weights change, a static neuron becomes one that remembers and goes on from its output, and turns back."""
    circuit, live = chain(), None
    events, after = [], circuit.copy()
    session = Session(circuit, solver, 0.01)
    edits = [
        SetParameter((circuit["first"].id,), "bias", 0.9),
        SetKind(circuit["second"].id, "ct_rnn"),
        SetKind(circuit["second"].id, "static"),
    ]
    for edit in edits:
        live = session.advance(25)
        changes = dict(edit.changes(after))
        after.apply(Replace(tuple(changes.values()), "Edit"))
        before = session.states()
        session.edit(changes)
        events.append(Edited(session.t, changes))
        if after["second"].kind == "ct_rnn":
            assert session.states()[after["second"].id] == before[after["second"].id]
    live = session.advance(25)
    log = RunLog(circuit, solver, 0.01, 0, tuple(events), session.t)
    for every in (0.01, 0.05):
        again = replay(log, every=every)
        assert again.t[-1] == live.t[-1]
        np.testing.assert_array_equal(again.v[-1], live.v[-1])


def test_start_states_mean_nothing_to_it():
    circuit = chain()
    plain = run(circuit, duration=0.2, dt=0.01, solver="rk4")
    for given_ in ({"first": 9.0}, {"second": -9.0, "first": 3.0}):
        other = run(circuit, duration=0.2, dt=0.01, solver="rk4", initial=given_)
        np.testing.assert_array_equal(other.v, plain.v)


@pytest.mark.parametrize("solver", SOLVERS)
def test_what_fills_up_a_chunk_is_no_neuron(solver):
    """A copy of this neuron without its input would grow without bound, and have an adaptive solver follow it."""
    circuit = Circuit()
    circuit.add_neuron("held", "ltc_paper", activation="tanh", bias=-2.0, time_constant=2.0, start=0.3)
    circuit.add_input("u", value=2.0)
    circuit.connect("u", "held", "weight", weight=1.0)
    session = Session(circuit, solver, 0.05)
    rows = session.advance(10**6, 60.0)
    assert session.explosion is None
    np.testing.assert_allclose(rows.tau, 2.0)
    assert abs(rows.v[-1, 0]) < 1e-6


def test_a_runaway_is_named_where_it_grows():
    """An output may be large, yet it grows by itself nowhere; what explodes is the neuron that integrates it."""
    circuit = Circuit()
    circuit.add_input("u", "constant", value=1e5)
    circuit.add_neuron("big", "static", activation="relu")
    circuit.add_neuron("sum", "neural_ode", activation="relu")
    circuit.connect("u", "big", "weight", weight=1000.0)
    circuit.connect("big", "sum", "weight", weight=1.0)
    with pytest.raises(cs.RunError, match="neuron sum"):
        run(circuit, duration=1.0, dt=0.01, solver="rk4")
