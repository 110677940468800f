"""Lesions: what is muted stays in the drawing and acts no more.

A muted neuron neither sends nor receives: every synapse at it is silent, gap junctions too, and it goes to its leak.
A muted unit of a network with memory holds 0, also for the layers that read it within a call. In ncps this is a mask with
zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Neuron, Synapse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell, Element

CANDIDATES = ("ff1.weight", "ff1.bias", "ff2.weight", "ff2.bias", "A")  # of these a unit is made
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


def acting_arrays(circuit: Circuit, cell: Cell) -> dict[str, NDArray[np.float64]]:
    """The arrays of a network with zeros for what makes the candidates of its muted units, which then are 0."""
    arrays = {name: matrix.values for name, matrix in cell.arrays.items()}
    kind = circuit.kinds.cells[cell.kind]
    first = 0
    for k, n in enumerate(kind.sizes(cell.shapes, len(cell.reads), len(cell.units)).layers):
        lost = [i for i, unit in enumerate(cell.units[first : first + n]) if muted(circuit.elements[unit])]
        prefix = f"layer_{k}." if kind.wired else ""
        for part in CANDIDATES if lost else ():
            if prefix + part in arrays:
                values = arrays[prefix + part].copy()
                values[(..., lost) if part == "A" else lost] = 0.0
                arrays[prefix + part] = values
        first += n
    return arrays


def lesions(circuit: Circuit) -> tuple[int, ...]:
    """Ids of all that is muted, in id order."""
    found = (*(n.id for n in circuit.neurons if n.muted), *(s.id for s in circuit.synapses if s.muted))
    return tuple(sorted(found))
