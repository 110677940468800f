"""Files that the tests of the command line work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import circuitsim as cs
from circuitsim.circuit.build import new_input, new_neuron, new_output, new_synapse
from circuitsim.circuit.edits import Add

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """The file of two neurons in a row behind an input, with an output."""
    circuit = cs.Circuit("pair")
    a, b = new_neuron(circuit, "A"), new_neuron(circuit, "B")
    tap = new_input(circuit, "tap", "step", onset=0.05)
    circuit.apply(Add((a, b, tap, new_output(circuit, "y0", b.id))))
    circuit.apply(Add((new_synapse(circuit, tap.id, a.id), new_synapse(circuit, a.id, b.id))))
    path = tmp_path / "pair.circuit.json"
    cs.save(circuit, path)
    return path
