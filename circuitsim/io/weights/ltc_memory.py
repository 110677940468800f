"""An LTC network of ncps with mixed memory as a network with memory, whose units are its neurons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.build import new_input, new_output
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Move, SetLanes, SetSettings, SetTraced
from circuitsim.circuit.elements import ScopeLane, Settings
from circuitsim.circuit.layout import arrange
from circuitsim.circuit.networks import add_network, new_network

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Role
    from circuitsim.io.weights.ltc import Parts

KIND, NAME = "ltc_mixed", "ltc"
_TRACES = 4


def circuit_of(title: str, parts: Parts, roles: tuple[Role, ...], unfolds: float, epsilon: float) -> Circuit:
    """The circuit of a network with mixed memory, laid out, at rest, with sliders as inputs.

    Args:
        title: Of the circuit.
        parts: Its arrays after the constraints.
        roles: Of its neurons.
        unfolds: Steps in a call.
        epsilon: What is added to the denominator.
    """
    circuit = Circuit(title=title)
    n, m = len(roles), len(parts.sensory)
    inputs = [new_input(circuit, f"u{k}", "slider") for k in range(m)]
    circuit.apply(Add(tuple(inputs), title="Read"))
    arrays = {"input_w": np.ones(m), "input_b": np.zeros(m), **parts.arrays}
    gain, offset = arrays.pop("output_w", np.ones(n)), arrays.pop("output_b", np.zeros(n))
    cell, units = new_network(
        circuit, NAME, KIND, reads=[source.id for source in inputs], units=n,
        unit_names=[f"n{k}" for k in range(n)], arrays=arrays, clock="samples", unfolds=unfolds, epsilon=epsilon,
    )  # fmt: skip
    members = tuple(replace(unit, role=role) for unit, role in zip(units, roles, strict=True))
    circuit.apply(add_network(cell, members))
    outputs = [
        new_output(circuit, f"y{k}", unit.id, float(gain[k]), float(offset[k]))
        for k, unit in enumerate(units[: parts.motors])
    ]
    circuit.apply(Add(tuple(outputs), title="Read"))
    circuit.apply(Move(arrange(circuit)))
    circuit.apply(SetSettings(Settings(solver="ncps", dt=1.0)))
    circuit.apply(SetTraced(tuple(unit.id for unit in units[:_TRACES])))
    circuit.apply(SetLanes(tuple(ScopeLane(v) for v in ("v", "gate", "output", "input"))))
    return circuit
