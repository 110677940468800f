"""Lesions: what is muted stays in the drawing and acts no more.

A muted neuron neither sends nor receives: every synapse at it is silent, gap junctions too, and it goes to its leak.
A muted unit of a network with memory holds 0. In ncps this is a mask with zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Neuron, Synapse

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element

Mutable = Neuron | Synapse  # what a lesion can take away


def muted(element: Element | None) -> bool:
    """Whether an element is muted itself."""
    return isinstance(element, Mutable) and element.muted


def silent(circuit: Circuit, synapse: Synapse) -> bool:
    """Whether nothing passes through a synapse: it is muted, or one of its ends is."""
    return synapse.muted or muted(circuit.elements[synapse.pre]) or muted(circuit.elements[synapse.post])


def acting_synapses(circuit: Circuit) -> tuple[Synapse, ...]:
    """The synapses through which something can pass, in id order."""
    lost = {n.id for n in circuit.neurons if n.muted}
    return tuple(s for s in circuit.synapses if not s.muted and s.pre not in lost and s.post not in lost)


def lesions(circuit: Circuit) -> tuple[int, ...]:
    """Ids of all that is muted, in id order."""
    found = (*(n.id for n in circuit.neurons if n.muted), *(s.id for s in circuit.synapses if s.muted))
    return tuple(sorted(found))
