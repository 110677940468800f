"""A live run of one neuron, and how to wait for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable


def until(met: Callable[[], object]) -> None:
    """Wait until something is so, for a minute at most."""
    end = time.monotonic() + 60.0
    while not met():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.002)


def one_neuron() -> tuple[Circuit, Simulator]:
    """A circuit of one neuron that Euler takes in steps of 0.05, and its simulator, which follows its edits."""
    circuit = Circuit("one")
    circuit.add_neuron("cell", capacitance=1.0)
    circuit.apply(SetSettings(Settings(solver="euler", dt=0.05)))
    simulator = Simulator(circuit)
    circuit.changed.connect(simulator.update)
    return circuit, simulator
