"""Random conductance circuits of a fixed recipe, so that figures from different days can be compared."""

from __future__ import annotations

import math

import numpy as np

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits.add import Add

IN_DEGREE = 16
OMEGA = 0.5  # every input is a sine or a cosine of this angular frequency


def random_circuit(neurons: int, *, shared: bool = False) -> Circuit:
    """A circuit in which every neuron hears 16 others, a sine and a cosine; the order of draws is part of it.

    Where they are shared, all synapses of a presynaptic neuron have the slope and the midpoint of one of them.
    """
    rng = np.random.default_rng(12345 + neurons)
    pre = [np.sort(rng.choice(neurons, IN_DEGREE, replace=False)) for _ in range(neurons)]
    leak = rng.uniform(0.001, 1.0, neurons)
    leak_potential = rng.uniform(-0.2, 0.2, neurons)
    capacitance = rng.uniform(0.4, 0.6, neurons)
    synapses = neurons * IN_DEGREE
    conductance = rng.uniform(0.001, 1.0, synapses)
    slope = rng.uniform(3.0, 8.0, synapses)
    midpoint = rng.uniform(0.3, 0.8, synapses)
    reversal = rng.choice([-1.0, 1.0], synapses)
    gains = rng.normal(0.0, 0.3, neurons), rng.normal(0.0, 0.3, neurons)
    start = rng.uniform(-0.5, 0.5, neurons)
    if shared:
        sources = np.concatenate(pre)
        slope, midpoint = slope[sources], midpoint[sources]

    circuit = Circuit(f"{neurons} random neurons")
    cells = tuple(
        new_neuron(
            circuit, f"N{i}", start=start[i], capacitance=capacitance[i],
            leak_conductance=leak[i], leak_potential=leak_potential[i],
        )
        for i in range(neurons)
    )  # fmt: skip
    waves = tuple(
        new_input(circuit, name, "sine", frequency=OMEGA / math.tau, phase=phase)
        for name, phase in (("sine", 0.0), ("cosine", 0.25))
    )
    chemical = tuple(
        new_synapse(
            circuit, cells[pre[i][k]].id, cells[i].id, conductance=conductance[s], slope=slope[s],
            midpoint=midpoint[s], reversal_potential=reversal[s],
        )
        for i in range(neurons)
        for k in range(IN_DEGREE)
        for s in (i * IN_DEGREE + k,)
    )  # fmt: skip
    currents = tuple(
        new_synapse(circuit, wave.id, cell.id, "current", gain=gain)
        for wave, column in zip(waves, gains, strict=True)
        for cell, gain in zip(cells, column, strict=True)
    )
    circuit.apply(Add((*cells, *waves, *chemical, *currents)))
    return circuit
