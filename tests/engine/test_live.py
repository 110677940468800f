"""The live run: commands take effect soon, nothing jumps, and the log replays bit by bit."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import random_circuit

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.edits import Add, Delete, SetParameter, SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine.proposal import propose, smaller_step
from circuitsim.engine.replay import replay
from circuitsim.engine.simulator import Simulator


def _wait(condition, patience=20.0):
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.002)


@pytest.fixture
def live():
    """A circuit and its simulator; edits of the circuit reach the simulator by themselves."""
    circuit = random_circuit(20)
    button = new_input(circuit, "button", "button")
    circuit.apply(Add((button, new_synapse(circuit, button.id, circuit["c0"].id, "current", gain=1.0))))
    circuit.apply(SetSettings(Settings(solver="rk4", dt=0.002)))
    simulator = Simulator(circuit)
    circuit.changed.connect(simulator.update)
    yield circuit, simulator
    assert simulator.close()


def _play(simulator, speed=2.0):
    simulator.set_speed(speed)
    simulator.play()
    _wait(lambda: simulator.status().t > 0.05)


def test_live_run_with_edits_equals_headless_replay(live):
    circuit, simulator = live
    _play(simulator)
    button, cell = circuit["button"].id, circuit["c1"].id
    for k in range(3):
        simulator.hand(button, 1.0)
        time.sleep(0.03)
        circuit.apply(SetParameter((cell,), "capacitance", 0.4 + 0.1 * k))
        time.sleep(0.03)
        simulator.hand(button, 0.0)
        time.sleep(0.03)
    added = new_neuron(circuit, "late")
    circuit.apply(Add((added, new_synapse(circuit, cell, added.id))))
    time.sleep(0.05)
    circuit.apply(Delete(frozenset({circuit["c4"].id})))
    circuit.apply(SetSettings(Settings(solver="fused", dt=0.003)))
    time.sleep(0.1)
    simulator.pause()
    _wait(lambda: not simulator.status().playing)
    again = replay(simulator.log())
    for name in ("c0", "c1", "p0", "late"):
        times, values = simulator.recording.read("v", circuit[name].id, 0.0, np.inf)
        place = np.searchsorted(again.t, times)
        known = ~np.isnan(values)
        np.testing.assert_array_equal(again.t[place], times)
        np.testing.assert_array_equal(again.v[place, again.neuron_names.index(name)][known], values[known])
    assert again.stamp.edited


def test_a_number_takes_effect_within_50_ms_and_time_goes_on(live):
    circuit, simulator = live
    _play(simulator)
    before = simulator.latest()
    circuit.apply(SetParameter((circuit["c0"].id,), "capacitance", 50.0))
    begun = time.monotonic()
    _wait(lambda: simulator.latest().tau[0] > 10 * before.tau[0], 5.0)
    # the machine may be busy; the engine itself answers within one slice
    assert time.monotonic() - begun < 1.0
    assert simulator.status().playing
    assert simulator.status().t >= before.t


def test_structure_swaps_without_a_jump_in_other_traces(live):
    circuit, simulator = live
    _play(simulator, 1.0)
    circuit.apply(Delete(frozenset({circuit["c3"].id})))
    t = simulator.status().t
    _wait(lambda: simulator.status().t > t + 0.2)
    simulator.pause()
    times, values = simulator.recording.read("v", circuit["p0"].id, 0.0, np.inf)
    slopes = np.abs(np.diff(values)) / np.maximum(np.diff(times), 1e-12)
    assert (np.diff(times) >= 0).all()
    moving = np.diff(times) > 0
    assert slopes[moving].max() < 20.0
    assert np.abs(np.diff(values)[~moving]).max(initial=0.0) == 0.0


def test_step_run_for_reset_and_pause(live):
    _, simulator = live
    simulator.step(3)
    _wait(lambda: simulator.status().t == 3 * 0.002)
    simulator.set_speed(None)
    simulator.run_for(0.5)
    _wait(lambda: simulator.status().t == pytest.approx(0.506) and not simulator.status().playing)
    simulator.reset()
    _wait(lambda: simulator.status().t == 0.0)
    assert simulator.recording.span() == (0.0, 0.0)


def test_speed_is_kept_and_as_fast_as_possible_is_faster(live):
    _, simulator = live
    _play(simulator, 0.5)
    time.sleep(1.3)
    assert simulator.status().achieved == pytest.approx(0.5, rel=0.3)
    simulator.set_speed(None)
    time.sleep(1.3)
    assert simulator.status().achieved > 5.0
    simulator.pause()


def test_explosion_pauses_and_names_neuron_cause_and_remedy(live):
    circuit, simulator = live
    _play(simulator)
    circuit.apply(SetSettings(Settings(solver="rk4", dt=5.0)))
    simulator.set_speed(None)
    _wait(lambda: simulator.status().failure is not None)
    status = simulator.status()
    assert not status.playing
    assert status.failure.element in {n.id for n in circuit.neurons}
    assert "larger than its time constant" in status.failure.problem
    better = smaller_step(5.0, propose(circuit).tau_fastest)
    assert status.failure.step == better < 0.5
    assert f"dt to {better:g} s" in status.failure.remedy
    circuit.apply(SetSettings(Settings(solver="rk4", dt=0.002)))
    _wait(lambda: simulator.status().failure is None)


def test_a_large_step_is_warned_about(live):
    circuit, simulator = live
    _play(simulator)
    circuit.apply(SetSettings(Settings(solver="rk4", dt=0.3)))
    _wait(lambda: bool(simulator.status().warnings))
    assert "larger than the time constant" in simulator.status().warnings[0].problem


def test_a_step_that_is_named_no_longer_is_the_proposed_one_again(live):
    circuit, simulator = live
    plain = circuit.document.settings
    _play(simulator)
    proposed = simulator.status().dt
    circuit.apply(SetSettings(replace(plain, solver="fused", dt=proposed / 4)))
    _wait(lambda: (simulator.status().solver, simulator.status().dt) == ("fused", proposed / 4))
    circuit.apply(SetSettings(replace(plain, solver=None, dt=None)))
    plan = propose(circuit)
    _wait(lambda: (simulator.status().solver, simulator.status().dt) == (plan.solver, plan.dt))
    simulator.pause()
    _wait(lambda: not simulator.status().playing)
    log = simulator.log()
    again = replay(log)
    times, values = simulator.recording.read("v", circuit["c0"].id, 0.0, np.inf)
    np.testing.assert_array_equal(
        again.v[np.searchsorted(again.t, times), again.neuron_names.index("c0")], values
    )
