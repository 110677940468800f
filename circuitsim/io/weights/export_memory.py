"""An LTC network with mixed memory as the weights of such a network of ncps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Neuron
from circuitsim.circuit.lesions import acting_arrays
from circuitsim.circuit.validate import place
from circuitsim.io.weights.export_cells import only_network, plain_inputs
from circuitsim.io.weights.export_ltc import report, told_of, weights_of
from circuitsim.io.weights.written import Weights, inexpressible
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit


def memory_weights(circuit: Circuit, constraints: str) -> Weights:
    """The weights of a circuit with one such network, under constraints as in `ltc_weights`.

    Raises:
        InputError: If ncps cannot express it.
    """
    cell = only_network(circuit)
    plain_inputs(circuit, cell)
    units = [circuit.get(i, Neuron) for i in cell.units]
    for k, output in enumerate(circuit.outputs):
        if output.source != cell.units[k]:
            problem = f"it does not read unit {k}, and ncps reads its motor neurons in their order"
            raise inexpressible(
                place(circuit, output), problem, "let outputs read the first units in their order"
            )
    arrays = acting_arrays(circuit, cell)
    if circuit.outputs:
        arrays["output_w"] = np.array([output.gain for output in circuit.outputs])
        arrays["output_b"] = np.array([output.offset for output in circuit.outputs])
    told = told_of(cell.parameters, constraints)
    begun = [replace(unit, start=0.0) if unit.muted else unit for unit in units]
    sentences = report(circuit, begun, told, memory="lstm.input_map.bias" in arrays)
    lost = [unit.name for unit in units if unit.muted]
    if lost:
        zeros = (
            "their masks, leak potentials and what the memory takes in for them are 0, so that they stay at 0"
        )
        sentences = (*sentences, f"Muted: {listed(lost)}; {zeros}.")
    return weights_of(arrays, constraints, told, sentences)
