"""What outputs make of states: gain times a state, or times a row of the projection of a network, plus an offset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Cell

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Output
    from circuitsim.spec.bounds import Floats

WEIGHT, BIAS = "fc.weight", "fc.bias"  # the projection of a network, as ncps names it


@dataclass(frozen=True, slots=True, eq=False)
class Readout:
    """A weighted sum of states.

    Attributes:
        neurons: Ids of the neurons that are read.
        weights: float64[k].
        offset: What is added.
    """

    neurons: tuple[int, ...]
    weights: Floats
    offset: float

    def of(self, states: Floats) -> Floats:
        """The output for states, float64[s, k] or float64[k]."""
        if self.weights.size == 1:
            single: Floats = self.weights[0] * states[..., 0] + self.offset
            return single
        # no product of matrices: its bits depend on how many rows there are
        result: Floats = np.einsum("...k,k", np.ascontiguousarray(states), self.weights) + self.offset
        return result


def readout(circuit: Circuit, output: Output) -> Readout:
    """What an output reads."""
    source = circuit.elements[output.source]
    if not isinstance(source, Cell):
        return Readout((output.source,), np.array([output.gain]), output.offset)
    weight, bias = source.arrays[WEIGHT].values[output.row], source.arrays[BIAS].values[output.row]
    neurons = source.units[len(source.units) - weight.size :]
    return Readout(neurons, output.gain * weight, float(output.gain * bias + output.offset))
