"""Lesions: what is muted stays in the drawing and acts no more.

A muted neuron neither sends nor receives: every synapse at it is silent, gap junctions too, and it goes to its leak.
A muted unit of a network with memory holds 0, also for the layers that read it within a call, and its memory is 0. In
ncps this is a mask with zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import a, meant

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell, Element

CANDIDATES = ("ff1.weight", "ff1.bias", "ff2.weight", "ff2.bias", "A")  # of these a unit is made
MEMORY = (
    "lstm.input_map.weight",
    "lstm.input_map.bias",
    "lstm.recurrent_map.weight",
)  # what is taken in comes first
MASK, LEAK = "sparsity_mask", "vleak"  # of an LTC network
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
    """The arrays of a network with zeros for all that makes its muted units other than 0, or lets others hear of them.

    Of a CfC network these are the candidates; of an LTC network the masks and the leak potential; of a mixed memory what
    it takes in for these units.
    """
    arrays = {name: matrix.values for name, matrix in cell.arrays.items()}
    kind = circuit.kinds.cells[cell.kind]
    layers = kind.sizes(cell.shapes, len(cell.reads), len(cell.units)).layers
    lost = [k for k, unit in enumerate(cell.units) if muted(circuit.elements[unit])]
    if not lost:
        return arrays
    first = 0
    for k, n in enumerate(layers):
        prefix = f"layer_{k}." if kind.wired else ""
        inside = [i - first for i in lost if first <= i < first + n]
        for part in CANDIDATES:
            _clear(arrays, prefix + part, (..., inside) if part == "A" else inside)
        first += n
    for part in MEMORY:
        _clear(arrays, part, lost)
    if LEAK in arrays:
        _clear(arrays, LEAK, lost)
        _clear(arrays, MASK, lost)
        for mask in (MASK, f"sensory_{MASK}"):
            _clear(arrays, mask, (..., lost))
    return arrays


def _clear(arrays: dict[str, NDArray[np.float64]], name: str, at: Any) -> None:
    """Put zeros at some places of a copy of an array, if there is one."""
    if name in arrays:
        arrays[name] = arrays[name].copy()
        arrays[name][at] = 0.0


def lesions(circuit: Circuit) -> tuple[int, ...]:
    """Ids of all that is muted, in id order."""
    found = (*(n.id for n in circuit.neurons if n.muted), *(s.id for s in circuit.synapses if s.muted))
    return tuple(sorted(found))


def targets(circuit: Circuit, name: str) -> tuple[int, ...]:
    """Ids of what a lesion of a name takes away: a neuron, or all synapses from one to another (``pre:post``).

    Raises:
        InputError: If there is nothing of that name, or it is neither a neuron nor a synapse.
    """
    neurons = {n.name: n.id for n in circuit.neurons}
    if name in neurons:
        return (neurons[name],)
    pairs: dict[str, list[int]] = {}
    for synapse in circuit.synapses:
        pre, post = (getattr(circuit.elements[i], "name", "") for i in (synapse.pre, synapse.post))
        pairs.setdefault(f"{pre}:{post}", []).append(synapse.id)
        if circuit.kinds.synapses[synapse.kind].mutual:
            pairs.setdefault(f"{post}:{pre}", []).append(synapse.id)
    if name in pairs:
        return tuple(pairs[name])
    other = circuit.named(name)
    if other is not None:
        problem = (
            f"{name!r} is {a(type(other).__name__.lower())}, and lesions are made of neurons and synapses"
        )
        raise InputError(Issue("", problem, "name one of these"))
    problem = f"there is no neuron named {name!r}"
    if ":" in name:
        problem = f"there is no synapse {name!r}"
    remedy = "name a neuron, or a synapse as PRE:POST"
    raise InputError(Issue("", problem, meant(name, pairs if ":" in name else neurons, remedy)))
