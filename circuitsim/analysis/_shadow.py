"""Neurons that hear what another neuron hears and tell nobody: for comparing kinds on the very same input."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.edits import Add

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse


def heard_by(circuit: Circuit) -> dict[int, list[Synapse]]:
    """The synapses that act, by the id of the neuron at which they end."""
    found: dict[int, list[Synapse]] = {n.id: [] for n in circuit.neurons}
    for synapse in circuit.synapses:
        if not synapse.muted:
            found[synapse.post].append(synapse)
    return found


def with_shadow(
    circuit: Circuit, of: Neuron, heard: Sequence[Synapse], kind: str, parameters: Mapping[str, float]
) -> str:
    """Add a neuron of another kind that hears what a neuron hears, synapse by synapse.

    Args:
        circuit: The circuit; it is changed.
        of: The neuron.
        heard: The synapses that end at it.
        kind: Kind of the new one.
        parameters: Its parameters; others have their defaults.

    Returns:
        Name of the new neuron.

    Raises:
        InputError: If the kind does not take such synapses.
    """
    given: dict[str, Any] = dict(parameters)
    name = circuit.free_name(f"{of.name}_{kind}")
    shadow = new_neuron(circuit, name, kind, start=of.start, **given)
    circuit.apply(Add((shadow,)))
    circuit.apply(Add(tuple(replace(s, id=circuit.new_id(), post=shadow.id) for s in heard)))
    return name
