"""Hazards are looked for in a thread of their own: however long it takes, commands are carried out meanwhile."""

from __future__ import annotations

import threading

import pytest
from live_runs import one_neuron, until

from circuitsim.circuit.edits import SetParameter, SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine import look


@pytest.fixture
def run():
    """A circuit of one neuron that runs, and its simulator."""
    circuit, simulator = one_neuron()
    simulator.play()
    until(lambda: simulator.status().t > 0.0)
    yield circuit, simulator
    assert simulator.close()


@pytest.fixture
def gate(monkeypatch):
    """Looks stand still until it is set."""
    opened, begun, of = threading.Event(), [], look.bands

    def slow(*args):
        begun.append(args)
        assert opened.wait(60.0)
        return of(*args)

    monkeypatch.setattr(look, "bands", slow)
    yield opened, begun
    opened.set()


def test_a_run_pauses_and_takes_edits_while_hazards_are_looked_for(run, gate):
    circuit, simulator = run
    opened, begun = gate
    cell = circuit["cell"].id
    circuit.apply(SetParameter((cell,), "capacitance", 0.03))  # quicker than a step of 0.05
    until(lambda: begun)
    t = simulator.status().t
    until(lambda: simulator.status().t > t)
    simulator.pause()
    until(lambda: not simulator.status().playing)
    assert not simulator.status().warnings
    circuit.apply(SetParameter((cell,), "capacitance", 0.035))
    until(lambda: not simulator.waiting)
    assert len(begun) == 1  # one look at a time
    opened.set()
    until(lambda: simulator.status().warnings)
    assert len(begun) == 2  # what the first one found was about numbers that are no more
    assert "larger than the time constant" in simulator.status().warnings[0].problem


def test_what_goes_wrong_in_a_look_is_told(run, monkeypatch):
    circuit, simulator = run

    def fails(*_args):
        raise ZeroDivisionError("nothing to look at")

    monkeypatch.setattr(look, "bands", fails)
    circuit.apply(SetParameter((circuit["cell"].id,), "capacitance", 0.5))
    until(lambda: simulator.status().failure is not None)
    assert "nothing to look at" in simulator.status().failure.problem
    assert not simulator.status().playing
    simulator.play()
    until(lambda: simulator.status().playing)


def test_a_state_that_leaves_its_interval_before_that_is_known_is_told_of_then(run, gate):
    """The step that throws it out is taken while the look after the edit is not done, and none comes after it."""
    circuit, simulator = run
    opened, begun = gate
    simulator.pause()
    until(lambda: not simulator.waiting)
    circuit.apply(SetParameter((circuit["cell"].id,), "leak_potential", 1.0))
    circuit.apply(SetSettings(Settings(solver="euler", dt=1.9)))
    until(lambda: simulator.status().dt == 1.9)
    t = simulator.status().t
    simulator.step()
    until(lambda: simulator.status().t > t)
    until(lambda: begun)
    assert not simulator.status().warnings
    opened.set()
    until(lambda: [i for i in simulator.status().warnings if "its state left" in i.problem])
