"""Kernels that are missing are compiled beside the run: it goes on and obeys, and what asks for them waits its turn."""

from __future__ import annotations

import threading

import pytest
from live_runs import one_neuron, until

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Rename, SetParameter, SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.dynamics import build, inventory
from circuitsim.engine import rehearsal, worker
from circuitsim.engine.gates import LEAST
from circuitsim.engine.replay import replay
from circuitsim.engine.session import Session
from circuitsim.spec.issue import Issue, RunError
from circuitsim.spec.precision import PRECISIONS, SINGLE


class Slow:
    """Makes sessions once it may, or fails."""

    def __init__(self, of):
        self.of, self.may, self.error = of, threading.Event(), None

    def __call__(self, *args, **options):
        assert self.may.wait(60.0)
        if self.error is not None:
            raise self.error
        return self.of(*args, **options)


@pytest.fixture
def missing(monkeypatch):
    """Edits and starts that need kernels wait for these."""
    monkeypatch.setattr(inventory, "complete", lambda: False)
    slow = {"edit": Slow(rehearsal.Session), "start": Slow(worker.Session)}
    monkeypatch.setattr(rehearsal, "Session", slow["edit"])
    monkeypatch.setattr(worker, "Session", slow["start"])
    yield slow
    for one in slow.values():
        one.may.set()
    until(lambda: not [t for t in threading.enumerate() if t.name == "circuitsim making"])


@pytest.fixture
def run():
    circuit, simulator = one_neuron()
    yield circuit, simulator
    assert simulator.close()


def running(simulator, missing):
    missing["start"].may.set()
    simulator.play()
    until(lambda: simulator.status().t > 0.0)


def test_a_run_goes_on_and_pauses_while_another_solver_is_compiled(run, missing):
    circuit, simulator = run
    running(simulator, missing)
    circuit.apply(SetSettings(Settings(solver="rosenbrock", dt=0.05)))
    until(lambda: simulator.status().compiling)
    t = simulator.status().t
    until(lambda: simulator.status().t > t)
    assert simulator.status().solver == "euler"
    simulator.pause()
    until(lambda: not simulator.status().playing)
    assert simulator.status().compiling
    simulator.play()
    until(lambda: simulator.status().playing)
    circuit.apply(SetParameter((circuit["cell"].id,), "leak_potential", 0.5))  # has to wait for its turn
    circuit.apply(SetSettings(Settings(solver="rosenbrock", dt=0.1)))
    assert simulator.waiting
    missing["edit"].may.set()
    until(lambda: (simulator.status().solver, simulator.status().dt) == ("rosenbrock", 0.1))
    until(lambda: not simulator.waiting)
    t = simulator.status().t
    until(lambda: simulator.status().t > t)
    simulator.pause()
    until(lambda: not simulator.status().playing)
    again = replay(simulator.log())
    assert again.v[-1].tolist() == simulator.latest().v.tolist()


def test_the_first_start_says_that_it_waits_and_can_be_paused(run, missing):
    circuit, simulator = run
    simulator.play()
    until(lambda: simulator.status().compiling)
    assert simulator.status().playing
    simulator.pause()
    until(lambda: not simulator.status().playing)
    circuit.apply(SetParameter((circuit["cell"].id,), "capacitance", 2.0))
    missing["start"].may.set()
    missing["edit"].may.set()
    until(lambda: not simulator.status().compiling and simulator.latest() is not None)
    assert simulator.status().t == 0.0
    simulator.play()
    until(lambda: simulator.status().t > 0.0)


@pytest.mark.parametrize("at", ["start", "edit"])
def test_who_closes_does_not_wait_for_kernels(run, missing, at):
    circuit, simulator = run
    if at == "edit":
        running(simulator, missing)
        circuit.add_neuron("another")
    else:
        simulator.play()
    until(lambda: simulator.status().compiling)
    assert simulator.close(5.0)


def test_what_cannot_be_compiled_is_told_and_tried_again(run, missing):
    circuit, simulator = run
    running(simulator, missing)
    missing["edit"].error = RunError(Issue("the equations", "cannot be compiled", "make memory free"))
    missing["edit"].may.set()
    circuit.apply(SetSettings(Settings(solver="rosenbrock", dt=0.05)))
    until(lambda: simulator.status().failure is not None)
    assert "cannot be compiled" in simulator.status().failure.problem
    assert not simulator.status().playing
    simulator.play()
    until(lambda: simulator.status().solver == "rosenbrock" and simulator.status().t > 0.0)
    assert simulator.status().failure is None


def test_titles_and_numbers_wait_for_nothing(run, missing):
    circuit, simulator = run
    running(simulator, missing)
    cell = circuit["cell"].id
    circuit.apply(SetParameter((cell,), "leak_potential", 0.5))
    circuit.apply(Rename(cell, "other"))
    until(lambda: not simulator.waiting)
    assert not simulator.status().compiling


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("there", [True, False])
def test_numbers_of_synapses_that_share_gates_wait_only_for_forms_that_are_missing(
    monkeypatch, precision, there
):
    circuit = Circuit("shared")
    for k in range(LEAST + 1):
        circuit.add_neuron(f"N{k}")
    synapses = [circuit.connect("N0", f"N{k + 1}", "chemical") for k in range(LEAST)]
    circuit.apply(SetSettings(Settings(precision=precision)))
    session = Session(circuit, "rk4", 0.01)
    assert any(block.gates is not None for block in session.program.synapse_blocks)
    monkeypatch.setattr(inventory, "complete", lambda: False)
    asked = []
    monkeypatch.setattr(build, "there", lambda function: asked.append(function) or there)
    circuit.apply(SetParameter((synapses[0].id,), "midpoint", 0.7))
    wanted = rehearsal.rehearsal(session, {synapses[0].id: circuit.elements[synapses[0].id]})
    assert (wanted is None) is there
    chemical = circuit.kinds.synapses["chemical"]
    assert asked == [(chemical.single if precision == SINGLE else chemical).accumulate]
