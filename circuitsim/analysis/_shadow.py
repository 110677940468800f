"""Neurons that hear what another neuron hears and tell nobody: for comparing kinds on the very same input."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.edits import Add
from circuitsim.circuit.lesions import acting_synapses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse


def heard_by(circuit: Circuit) -> dict[int, list[Synapse]]:
    """The synapses through which a neuron hears something, by its id; gap junctions are heard at both ends."""
    found: dict[int, list[Synapse]] = {n.id: [] for n in circuit.neurons}
    for synapse in acting_synapses(circuit):
        found[synapse.post].append(synapse)
        if circuit.kinds.synapses[synapse.kind].mutual:
            found[synapse.pre].append(synapse)
    return found


def with_shadow(
    circuit: Circuit,
    of: Neuron,
    heard: Sequence[Synapse],
    kind: str,
    parameters: Mapping[str, float],
    start: float,
) -> str:
    """Add a neuron of another kind that hears what a neuron hears, synapse by synapse.

    Args:
        circuit: The circuit; it is changed.
        of: The neuron.
        heard: The synapses that end at it.
        kind: Kind of the new one.
        parameters: Its parameters; others have their defaults.
        start: Its start state.

    Returns:
        Name of the new neuron.

    Raises:
        InputError: If the kind does not take such synapses.
    """
    given: dict[str, Any] = dict(parameters)
    name = circuit.free_name(f"{of.name}_{kind}")
    shadow = new_neuron(circuit, name, kind, start=start, **given)
    circuit.apply(Add((shadow,)))
    circuit.apply(Add(tuple(replace(s, id=circuit.new_id(), post=shadow.id) for s in heard)))
    return name
