"""The run without lesions beside the one with them: it is the run that would have been."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import random_circuit

from circuitsim import InputError, lesion, simulate
from circuitsim.circuit.edits import Replace, SetMuted, SetParameter
from circuitsim.circuit.lesions import lesions
from circuitsim.engine.contrast import contrast
from circuitsim.engine.session import Session
from circuitsim.engine.twin import Twin, healed, raised, with_inputs_raised
from circuitsim.engine.worker import Worker


def changes(edit, session):
    return dict(edit.changes(session.circuit))


@pytest.mark.parametrize("solver", ["rk4", "fused", "rosenbrock"])
def test_it_is_the_run_that_would_have_been(solver):
    circuit = random_circuit(2)
    lost, hand = circuit.synapses[3].id, circuit["hand"].id
    run, due = Session(circuit, solver, 0.01), Session(circuit, solver, 0.01)
    for one in (run, due):
        one.advance(50)
    twin = Twin(run)
    for edit in (SetMuted((lost,), muted=True), SetParameter((circuit["c1"].id,), "capacitance", 0.8)):
        after = changes(edit, run)
        run.edit(after)
        twin.edit(after, run)
    due.edit(changes(SetParameter((circuit["c1"].id,), "capacitance", 0.8), due))
    rows = []
    for value in (0.2, 0.9, 0.4):
        for one in (run, due):
            one.move_hand(hand, value)
        twin.hand(hand, value)
        run.advance(17)
        twin.follow(run)
        rows.append(due.advance(17))
    seen = twin.recording.course("v", due.neuron_ids, rows[-1].t[0], rows[-1].t[-1])
    at = np.isin(seen.t, rows[-1].t)
    np.testing.assert_array_equal(seen.values[:, at], rows[-1].v.T)
    assert run.states() != due.states()


def test_the_run_itself_is_what_it_would_be_without_a_twin():
    circuit = random_circuit(9)
    lost = SetMuted((circuit["c0"].id,), muted=True)
    alone, beside = Session(circuit, "dormand_prince", 0.01), Session(circuit, "dormand_prince", 0.01)
    for run in (alone, beside):
        run.advance(30)
    twin = Twin(beside)
    twin.edit(changes(lost, beside), beside)
    for run in (alone, beside):
        run.edit(changes(lost, run))
    for _ in range(5):
        alone.advance(10)
        beside.advance(10)
        twin.follow(beside)
    assert alone.states() == beside.states()


def test_a_twin_with_higher_inputs_is_the_run_of_the_circuit_whose_inputs_are_higher():
    circuit = random_circuit(5)
    hand, first = circuit["hand"].id, circuit.inputs[0]
    run, due = Session(circuit, "rk4", 0.01), Session(with_inputs_raised(circuit, 0.02), "rk4", 0.01)
    assert all(
        b.sent(0.3) == pytest.approx(a.sent(0.32))
        for a, b in zip(circuit.inputs, due.circuit.inputs, strict=True)
    )
    run.move_hand(hand, 0.7)
    due.move_hand(hand, 0.7)
    twin = Twin(run, raised(0.02))
    for one in (run, due):
        one.advance(40)
    twin.follow(run)
    edit = Replace((replace(first, gain=1.5, offset=0.1),), "Map it")
    after = changes(edit, run)
    run.edit(after)
    twin.edit(after, run)
    due.edit({first.id: raised(0.02)(after[first.id])})
    run.advance(40)
    twin.follow(run)
    rows = due.advance(40)
    seen = twin.recording.course("v", due.neuron_ids, rows.t[0], rows.t[-1])
    np.testing.assert_array_equal(seen.values[:, np.isin(seen.t, rows.t)], rows.v.T)


def test_the_worker_keeps_one_with_higher_inputs_while_it_is_asked_for():
    worker = Worker(random_circuit(4).copy())
    worker.step(20)
    worker.raise_beside(1e-3)
    worker.step(20)
    assert worker.beside.recording.span() == (pytest.approx(worker.beside.begun), worker.recording.span()[1])
    worker.reset()
    assert worker.beside.begun == 0.0
    worker.raise_beside(None)
    assert worker.beside is None


def test_the_worker_keeps_one_while_something_is_muted():
    circuit = random_circuit(4)
    worker = Worker(circuit.copy())
    worker.step(20)
    assert worker.twin is None
    worker.edit(changes(SetMuted((circuit["c0"].id,), muted=True), worker._ready()))
    assert worker.twin is not None
    assert worker.twin.begun == pytest.approx(worker._ready().t)
    worker.step(20)
    assert worker.twin.recording.span()[1] == worker.recording.span()[1]
    worker.reset()  # the lesion is there from the start now
    assert worker.twin.begun == 0.0
    worker.step(5)
    worker.edit(changes(SetMuted((circuit["c0"].id,), muted=False), worker._ready()))
    assert worker.twin is None


def test_mean_and_peak_are_those_of_the_common_time():
    t = np.linspace(0.0, 1.0, 1001)
    found = contrast((t, np.sin(math.pi * t)), (t[:501], 2.0 * t[:501]))
    assert found.mean_before == pytest.approx(2.0 / math.pi, rel=1e-6)  # of sin over its rise
    assert found.peak_before == pytest.approx(1.0)
    assert found.mean_after == pytest.approx(0.5)
    assert found.peak_after == pytest.approx(1.0)
    assert math.isnan(contrast((t[:0], t[:0]), (t, t)).mean_before)


def test_python_runs_a_circuit_with_and_without_a_lesion():
    circuit = random_circuit(6)
    circuit.mute(circuit.synapses[0])
    found = lesion(circuit, "c1", duration=2.0, dt=0.01, solver="rk4")
    whole = simulate(healed(circuit), duration=2.0, dt=0.01, solver="rk4")
    np.testing.assert_array_equal(found.before["c0"].v, whole["c0"].v)
    twice = circuit.copy()
    twice.mute("c1")
    np.testing.assert_array_equal(
        found.after["c0"].v, simulate(twice, duration=2.0, dt=0.01, solver="rk4")["c0"].v
    )
    assert found["c0"].peak_before == found.before["c0"].v.max()
    assert lesions(circuit) == (circuit.synapses[0].id,)
    with pytest.raises(InputError, match="named 'nobody'"):
        lesion(circuit, "nobody")
