"""Holding currents: what the electrodes of voltage clamps pass into the membranes that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.graph import clamped
from circuitsim.engine.groups import synapse_groups

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats, Ints


class Clamps:
    """The voltage clamps of a circuit that runs; make new ones after every edit.

    Attributes:
        neuron_ids: Neurons that are clamped, in id order.
    """

    def __init__(self, circuit: Circuit, program: Program) -> None:
        self.neuron_ids = tuple(n.id for n in clamped(circuit))
        self._parts = []
        for group in synapse_groups(circuit) if self.neuron_ids else ():
            if group.kind.clamp:
                pre = np.array([program.width + program.input_ids.index(i) for i in group.pre.tolist()])
                post = np.array([program.column(i) for i in group.post.tolist()])
                place: Ints = np.searchsorted(self.neuron_ids, group.post)
                self._parts.append((group.kind, group.p, pre, post, place))

    def currents(self, x: Floats) -> Floats:
        """Holding current of each neuron that is clamped, float64[s, k], several electrodes together.

        Args:
            x: float64[s, C + 2M], states and inputs.
        """
        result = np.zeros((x.shape[0], len(self.neuron_ids)))
        for kind, p, pre, post, place in self._parts:
            flow = kind.current(p, x[:, pre], x[:, post])
            for k, column in enumerate(place.tolist()):
                result[:, column] += flow[:, k]
        return result
