"""What happens to a live run between two steps of its grid, and to inputs under a hand, is replayed too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_circuits import random_circuit

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.edits import Add, Delete, SetKind, SetParameter, SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine.replay import replay
from circuitsim.engine.simulator import Simulator
from circuitsim.io.run_log import read_log, write_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit

    Live = tuple[Circuit, Simulator]


@pytest.fixture
def live() -> Iterator[Live]:
    """A circuit with a button, and a simulator that follows its edits and runs as fast as it can."""
    circuit = random_circuit(20)
    button = new_input(circuit, "button", "button")
    circuit.apply(Add((button, new_synapse(circuit, button.id, circuit["c0"].id, "current", gain=1.0))))
    circuit.apply(SetSettings(Settings(solver="rk4", dt=0.01)))
    simulator = Simulator(circuit)
    circuit.changed.connect(simulator.update)
    simulator.set_speed(None)
    simulator.log(timeout=120.0)  # kernels may have to be compiled first
    yield circuit, simulator
    assert simulator.close()


def run_for(simulator: Simulator, duration: float) -> None:
    """Run for some model time and wait for the end of it."""
    simulator.run_for(duration)
    simulator.log()  # answered once the command has been read
    end = time.monotonic() + 20.0
    while simulator.status().playing:
        assert time.monotonic() < end, "it did not come to its end"
        time.sleep(0.002)


def assert_replayed(simulator: Simulator, folder: Path) -> None:
    """The log, through its file, gives the state that the live run has now, to the last bit."""
    path = folder / "live.run.json"
    write_log(simulator.log(), path)
    again = replay(read_log(path))
    now = simulator.latest()
    assert now is not None
    assert again.t[-1] == now.t
    assert (np.diff(again.t) > 0.0).all()
    alive = ~np.isnan(again.v[-1])
    np.testing.assert_array_equal(again.v[-1][alive], now.v)


def test_a_run_that_stops_between_two_steps_is_replayed_with_the_same_bits(
    live: Live, tmp_path: Path
) -> None:
    circuit, simulator = live
    for duration in (0.1234, 0.0007, 0.3, 0.05551):
        run_for(simulator, duration)
    circuit.apply(SetParameter((circuit["c1"].id,), "capacitance", 0.9))
    run_for(simulator, 0.2)
    assert_replayed(simulator, tmp_path)


def test_another_precision_on_the_way_is_replayed_with_the_same_bits(live: Live, tmp_path: Path) -> None:
    circuit, simulator = live
    synapse = next(s.id for s in circuit.synapses if s.kind == "chemical")
    for precision in ("double", "single", "double", "single"):
        settings = Settings(solver="rk4", dt=0.01, precision=precision)
        circuit.apply(SetSettings(settings))
        run_for(simulator, 0.1)
        circuit.apply(SetParameter((synapse,), "conductance", 0.2 if precision == "single" else 0.9))
        run_for(simulator, 0.1)
    assert_replayed(simulator, tmp_path)
    simulator.reset()
    run_for(simulator, 0.3)
    assert_replayed(simulator, tmp_path)
    assert replay(simulator.log()).stamp.precision == "single"


def test_a_run_that_only_stopped_counts_as_untouched(live: Live) -> None:
    circuit, simulator = live
    run_for(simulator, 0.1234)
    assert not replay(simulator.log()).stamp.edited
    simulator.hand(circuit["button"].id, 1.0)
    assert replay(simulator.log()).stamp.edited


@pytest.mark.parametrize("kind", ["step", "slider"])
def test_a_pressed_button_may_become_something_else(live: Live, tmp_path: Path, kind: str) -> None:
    circuit, simulator = live
    button = circuit["button"].id
    run_for(simulator, 0.1)
    simulator.hand(button, 1.0)
    run_for(simulator, 0.1)
    circuit.apply(SetKind(button, kind))
    run_for(simulator, 0.1)
    simulator.hand(button, 0.0)  # the hand lets go of what is no button any more
    added = new_neuron(circuit, "late", start=0.3)
    circuit.apply(Add((added, new_synapse(circuit, added.id, circuit["c0"].id))))
    run_for(simulator, 0.1)
    assert simulator.status().failure is None
    assert_replayed(simulator, tmp_path)


def test_a_name_used_again_belongs_to_the_neuron_that_is_there_at_the_end(live: Live) -> None:
    circuit, simulator = live
    for start in (0.25, 0.5):
        run_for(simulator, 0.1)
        late = circuit.add_neuron("late", start=start)
        run_for(simulator, 0.1)
        if start == 0.25:
            first = late.id
            circuit.apply(Delete(frozenset({first})))
    again = replay(simulator.log())
    now = simulator.latest()
    assert now is not None
    assert len(set(again.neuron_names)) == len(again.neuron_names)
    assert again.v[-1, again.neuron_names.index("late")] == now.v[now.ids.index(circuit["late"].id)]
    assert np.isnan(again.v[-1, again.neuron_names.index(f"late_{first}")])
