"""Lesions: a muted part acts as if it were not there, at once, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st
from mixed_circuits import mixed_circuits
from network_circuits import case

from circuitsim.api import simulate
from circuitsim.circuit.edits import Delete, Replace, SetMuted, SetParameter
from circuitsim.circuit.elements import NOTHING
from circuitsim.circuit.lesions import lesions
from circuitsim.engine.bands import bands
from circuitsim.engine.currents import acting, current, currents
from circuitsim.engine.session import Session
from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.spec.issue import InputError


def without(circuit, ids):
    """The same circuit in which what would be silent is not there at all."""
    result = circuit.copy()
    gone = {s.id for s in circuit.synapses if {s.id, s.pre, s.post} & set(ids)}
    result.apply(Delete(frozenset(gone)))
    for cell in circuit.cells:
        reads = tuple(replace(r, source=NOTHING) if r.source in ids else r for r in cell.reads)
        result.apply(Replace((replace(cell, reads=reads),), "Read nothing of them"))
    return result


@given(circuit=mixed_circuits(), data=st.data())
@settings(max_examples=30, deadline=None)
def test_what_is_muted_acts_as_if_it_were_not_there(circuit, data):
    parts = [
        e.id for e in (*circuit.neurons, *circuit.synapses) if circuit.network_of(e.id) is None
    ]  # a muted unit holds 0
    ids = tuple(data.draw(st.sets(st.sampled_from(parts), max_size=4)))
    muted, gone = circuit.copy(), without(circuit, ids)
    muted.apply(SetMuted(ids, muted=True))
    assert lesions(muted) == tuple(sorted(ids))
    solver, dt = "fused", 1e-3
    found, due = (Session(c, solver, dt).advance(30) for c in (muted, gone))
    np.testing.assert_array_equal(found.v, due.v)
    np.testing.assert_array_equal(found.tau, due.tau)
    for column in ("state_low", "state_high", "tau_low", "tau_high"):
        np.testing.assert_array_equal(getattr(bands(muted), column), getattr(bands(gone), column))


@pytest.mark.parametrize("solver", ["rk4", "dormand_prince", "rosenbrock"])
def test_a_lesion_in_a_run_is_what_deleting_and_putting_back_would_be(solver):
    circuit = random_circuit(3)
    lost = (circuit.neurons[0].id, circuit.synapses[-1].id)
    gone = {s.id for s in circuit.synapses if {s.id, s.pre, s.post} & set(lost)}
    muting, deleting = Session(circuit, solver, 0.01), Session(circuit, solver, 0.01)
    for run in (muting, deleting):
        run.advance(10**6, 0.5)
    before = muting.states()
    muting.edit(dict(SetMuted(lost, muted=True).changes(muting.circuit)))
    deleting.edit(dict.fromkeys(gone))
    assert muting.states() == before
    np.testing.assert_array_equal(muting.advance(10**6, 1.0).v, deleting.advance(10**6, 1.0).v)
    muting.edit(dict(SetMuted(lost, muted=False).changes(muting.circuit)))
    deleting.edit({i: circuit.elements[i] for i in gone})
    np.testing.assert_array_equal(muting.advance(10**6, 1.5).v, deleting.advance(10**6, 1.5).v)
    assert lesions(muting.circuit) == ()


def test_nothing_flows_through_what_is_silent():
    circuit = random_circuit(5)
    run = Session(circuit, "rk4", 0.01)
    run.advance(100)
    synapse = next(
        s for s in circuit.synapses if s.kind == "chemical" and circuit["c0"].id in (s.pre, s.post)
    )
    snapshot = _snapshot(run)
    assert acting(circuit, snapshot, [synapse.id])[synapse.id] > 0.0
    circuit.mute("c0")
    assert acting(circuit, snapshot, [synapse.id]) == {synapse.id: 0.0}
    assert current(circuit, snapshot, synapse.id) == 0.0
    assert synapse.id not in currents(circuit, snapshot)


def _snapshot(run):
    from circuitsim.engine.report import Snapshot

    row = run.present()
    return Snapshot(run.t, run.neuron_ids, row.v[0], row.tau[0], row.vinf[0], run.input_ids, row.inputs[0], 1)


def test_numbers_set_while_it_is_muted_count_once_it_acts_again():
    circuit = random_circuit(6)
    synapse = next(s for s in circuit.synapses if s.kind == "chemical" and s.pre != s.post)
    run = Session(circuit, "rk4", 0.01)
    circuit.apply(SetParameter((synapse.id,), "conductance", 7.0))
    due = Session(circuit, "rk4", 0.01).advance(20)
    for edit in (
        SetMuted((synapse.id,), muted=True),
        SetParameter((synapse.id,), "conductance", 7.0),
        SetMuted((synapse.id,), muted=False),
    ):
        run.edit(dict(edit.changes(run.circuit)))
    np.testing.assert_array_equal(run.advance(20).v, due.v)


@pytest.mark.parametrize("variant", ["default", "pure", "no_gate_mixed", "wired_default"])
def test_a_muted_unit_holds_0_and_the_others_hear_that(variant):
    made = case(variant, 4)
    circuit, unit = made.circuit, made.cell.units[1]
    whole = simulate(circuit, solver="rk4", dt=0.01)
    circuit.apply(SetMuted((unit,), muted=True))
    lesioned = simulate(circuit, solver="rk4", dt=0.01)
    names = [circuit.elements[i].name for i in made.cell.units]
    assert not lesioned[names[1]].v.any()
    others = [n for n in names if n != names[1]]
    assert any(np.abs(lesioned[n].v - whole[n].v).max() > 1e-6 for n in others)


def test_files_keep_lesions_and_say_nothing_of_the_rest():
    circuit = random_circuit(7)
    assert b"muted" not in dumps(circuit)
    circuit.mute("c1", circuit.synapses[0])
    again = loads(dumps(circuit), Path("memory"))
    assert lesions(again) == lesions(circuit) == tuple(sorted((circuit["c1"].id, circuit.synapses[0].id)))


def test_only_neurons_and_synapses_can_be_muted():
    circuit = random_circuit(8)
    with pytest.raises(InputError, match="'sine' is an input, and lesions are made of"):
        circuit.mute("sine")
    undo = circuit.apply(SetMuted((circuit["c0"].id,), muted=True))
    circuit.apply(undo)
    assert not circuit["c0"].muted
