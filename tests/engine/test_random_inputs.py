"""Random inputs in a run: the same numbers for every solver, slice, replay and branch; the seed chooses them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Replace, SetParameter, SetSettings
from circuitsim.circuit.elements import DOCUMENT_ID
from circuitsim.engine.bands import bands
from circuitsim.engine.compile import compile_program
from circuitsim.engine.replay import replay
from circuitsim.engine.rows import Rows
from circuitsim.engine.run import check_size, run
from circuitsim.engine.runlog import Edited, RunLog
from circuitsim.engine.session import Session
from circuitsim.spec.issue import InputError


def noisy(structure=3, seed=1, hold=0.037, tau=0.4):
    """A random circuit whose two inputs are white and Ornstein-Uhlenbeck noise."""
    circuit = random_circuit(structure)
    stimuli = circuit.kinds.stimuli
    for name, kind, numbers in (
        ("sine", "white_noise", {"hold": hold}),
        ("hand", "ornstein_uhlenbeck", {"hold": 2.3 * hold, "time_constant": tau}),
    ):
        parameters = {**stimuli[kind].defaults(), **numbers}
        circuit.apply(Replace((replace(circuit[name], stimulus=kind, parameters=parameters),), "Make noise"))
    circuit.apply(SetSettings(replace(circuit.document.settings, seed=seed)))
    return circuit


@given(
    cut=st.floats(0.01, 0.99),
    hold=st.sampled_from([0.01, 0.013, 0.037, 0.003, 0.5]),
    seed=st.integers(0, 2**63 - 1),
    solver=st.sampled_from(["rk4", "fused"]),
)
@settings(max_examples=20)
def test_a_run_cut_in_two_has_the_same_bits(cut, hold, seed, solver):
    circuit = noisy(seed=seed, hold=hold)
    whole = Session(circuit, solver, 0.01).advance(10**6, 1.0)
    session = Session(circuit, solver, 0.01)
    steps = max(1, int(cut * 100))
    halves = Rows.joined([session.advance(steps), session.advance(10**6, 1.0)])
    for field in ("t", "v", "tau", "inputs"):
        np.testing.assert_array_equal(getattr(halves, field), getattr(whole, field))


@given(seed=st.integers(0, 2**63 - 1), dt=st.sampled_from([0.01, 0.02, 0.007]))
@settings(max_examples=20)
def test_every_solver_and_step_sees_the_same_values(seed, dt):
    circuit = noisy(seed=seed)
    exact, fused = (Session(circuit, solver, dt).advance(10**6, 1.0) for solver in ("rk4", "fused"))
    np.testing.assert_array_equal(exact.t, fused.t)
    np.testing.assert_array_equal(exact.inputs, fused.inputs)
    finer = Session(circuit, "rk4", dt / 2).advance(10**6, 1.0)
    both, here, there = np.intersect1d(exact.t, finer.t, return_indices=True)
    assert both.size > 25
    np.testing.assert_array_equal(exact.inputs[here], finer.inputs[there])


def test_values_are_held_between_the_ticks_and_ticks_are_rows():
    found = run(noisy(hold=0.037), duration=1.0, dt=0.01, solver="rk4")
    ticks = [k * 0.037 for k in range(1, 28)]
    assert set(ticks) <= set(found.t)
    white = found.inputs[:, found.input_names.index("sine")]
    jumps = found.t[1:][np.diff(white) != 0]
    assert jumps.tolist() == ticks[: jumps.size]
    assert jumps.size == 27


def test_a_constant_gets_the_very_response_of_a_noise_without_deviation():
    """Steps that end at ticks change rounding only."""
    circuit = noisy()
    for name in ("sine", "hand"):
        circuit.apply(SetParameter((circuit[name].id,), "deviation", 0.0))
        circuit.apply(SetParameter((circuit[name].id,), "mean", 0.6))
    still = circuit.copy()
    for name in ("sine", "hand"):
        constant = replace(still[name], stimulus="constant", parameters={"value": 0.6})
        still.apply(Replace((constant,), "Hold"))
    noise = run(circuit, duration=1.0, dt=0.001, solver="rk4", every=0.5)
    flat = run(still, duration=1.0, dt=0.001, solver="rk4", every=0.5)
    np.testing.assert_allclose(noise.v[-1], flat.v[-1], rtol=0, atol=1e-10)


def test_the_seed_chooses_the_noise():
    circuit = noisy(seed=1)
    named, given_, other = (run(circuit, duration=0.5, dt=0.01, seed=seed) for seed in (None, 1, 2))
    np.testing.assert_array_equal(named.inputs, given_.inputs)
    assert not np.isin(other.inputs, named.inputs).any()
    assert (named.stamp.seed, other.stamp.seed) == (1, 2)
    assert named.stamp.circuit_hash == other.stamp.circuit_hash
    np.testing.assert_array_equal(run(noisy(seed=2), duration=0.5, dt=0.01).inputs, other.inputs)


def test_two_inputs_of_one_kind_are_independent():
    circuit = Circuit("two")
    cell = new_neuron(circuit, "a")
    a, b = (new_input(circuit, name, "white_noise") for name in ("x", "y"))
    circuit.apply(Add((cell, a, b)))
    circuit.apply(Add((new_synapse(circuit, a.id, cell.id, "current"),)))
    rows = run(circuit, duration=200.0, dt=0.1).inputs
    assert abs(np.corrcoef(rows.T)[0, 1]) < 4.5 / np.sqrt(2000)


def test_a_seed_set_while_it_runs_acts_at_once_and_is_replayed():
    circuit = noisy(seed=1)
    session = Session(circuit, "rk4", 0.01)
    first = session.advance(50)
    circuit.apply(SetSettings(replace(circuit.document.settings, seed=7)))
    after = {DOCUMENT_ID: circuit.document}
    session.edit(after)
    assert np.array_equal(session._program.tables.u, compile_program(circuit).tables.u)
    rest = session.advance(10**6, 1.0)
    log = RunLog(noisy(seed=1), "rk4", 0.01, 1, (Edited(first.t[-1], after),), 1.0)
    again = replay(log)
    np.testing.assert_array_equal(again.inputs[-rest.t.size :], rest.inputs)
    np.testing.assert_array_equal(again.v[-rest.t.size :], rest.v)
    plain = run(noisy(seed=1), duration=1.0, dt=0.01, solver="rk4")
    assert not np.array_equal(plain.inputs[-1], rest.inputs[-1])


def test_a_branch_of_a_run_sees_the_same_noise():
    """A run that goes on from another state and with another cell still has the inputs of the first."""
    circuit = noisy()
    whole = run(circuit, duration=1.0, dt=0.01, solver="rk4")
    cell = circuit.neurons[0]
    circuit.apply(SetParameter((cell.id,), "leak_potential", 0.9))
    circuit.apply(Add((new_neuron(circuit, "another"),)))
    branch = run(circuit, duration=1.0, dt=0.01, solver="rk4", initial={cell.name: 0.5})
    np.testing.assert_array_equal(branch.inputs, whole.inputs)


@pytest.mark.parametrize(("shape", "bounded"), [(0.0, False), (1.0, True)])
def test_unbounded_noise_leaves_no_state_band(shape, bounded):
    circuit = Circuit("band")
    cell, noise = new_neuron(circuit, "a"), new_input(circuit, "n", "white_noise", shape=shape)
    circuit.apply(Add((cell, noise)))
    circuit.apply(Add((new_synapse(circuit, noise.id, cell.id, "current", gain=0.5),)))
    found = bands(circuit)
    assert np.isfinite([found.state_low[0], found.state_high[0]]).tolist() == [bounded, bounded]
    assert np.isfinite([found.tau_low[0], found.tau_high[0]]).all()
    if bounded:
        v = run(circuit, duration=50.0, dt=0.05, solver="fused").v[:, 0]
        assert found.state_low[0] <= v.min()
        assert v.max() <= found.state_high[0]


def test_more_ticks_than_fit_into_memory_are_refused():
    with pytest.raises(InputError, match="would not fit into memory"):
        run(noisy(hold=1e-6), duration=1000.0, dt=0.1)


def test_what_makes_too_many_rows_is_named_and_each_remedy_works():
    networks = Circuit("network")
    networks.add_network("net", reads=(), units=2, period=1e-6)
    names = [i.name for i in noisy(hold=1e-6).inputs]
    for circuit, duration, every, where, what in (
        (noisy(hold=1e-6), 8.0, 0.1, "input ", "raise its hold to"),
        (networks, 1e4, 0.1, "network net", "raise its period to"),
        (noisy(hold=10.0), 1e6, 1e-4, "the run", "write a row every"),
    ):
        with pytest.raises(InputError) as caught:
            check_size(circuit, duration, every)
        (issue,) = caught.value.issues
        assert issue.where.startswith(where)
        assert issue.where.split()[-1] in (*names, "net", "run")
        found = re.fullmatch(rf"{what} (\S+) or .*, or run for (\S+) or less", issue.remedy)
        span, shorter = (float(number) for number in found.groups())
        check_size(circuit, shorter, every)
        if where == "the run":
            check_size(circuit, duration, span)
        elif where == "network net":
            networks.apply(SetParameter((networks["net"].id,), "period", span))
            check_size(networks, duration, every)
        else:
            check_size(noisy(hold=span), duration, every)
