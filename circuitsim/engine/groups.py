"""A circuit as columns of numbers, grouped by kind, in id order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.circuit.memoryless import levels
from circuitsim.dynamics.noise import key
from circuitsim.dynamics.splines import rows_of
from circuitsim.spec.kind import MemorylessKind, SynapseKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.kind import ContinuousKind, Declaration, NeuronKind, StimulusKind


@dataclass(frozen=True, slots=True, eq=False)
class NeuronGroup:
    """The neurons of one kind.

    Attributes:
        kind: Their declaration.
        ids: int64[n].
        p: float64[P, n], parameters in the order of the declaration, and start states if the equation has them.
        start: float64[n], start states.
        level: How many neurons without memory one hears at most, one behind the other; -1 if they remember.
    """

    kind: NeuronKind
    ids: Ints
    p: Floats
    start: Floats
    level: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class SynapseGroup:
    """The synapses of one kind; a mutual synapse stands here twice, once in each direction.

    Attributes:
        kind: Their declaration.
        ids: int64[s], rising; equal for the two directions of a mutual synapse.
        pre: int64[s], ids of presynaptic neurons or inputs.
        post: int64[s], ids of postsynaptic neurons.
        p: float64[P, s], parameters in the order of the declaration, then the knots of a curve.
    """

    kind: SynapseKind
    ids: Ints
    pre: Ints
    post: Ints
    p: Floats


def parameter_block(kind: Declaration, elements: Iterable[Neuron | Synapse | Input]) -> Floats:
    """Parameters of elements as float64[P, n], rows in the order of the declaration.

    Behind them stand the knots of a curve, or the start states if they are part of the equation.
    """
    names = [p.name for p in kind.parameters]
    if isinstance(kind, MemorylessKind) or (isinstance(kind, SynapseKind) and kind.curve is not None):
        rows = [[element.parameters[name] for name in names] + _behind(kind, element) for element in elements]
        return np.array(rows, dtype=np.float64).reshape(len(rows), -1 if rows else len(names)).T.copy()
    numbers = [element.parameters for element in elements]
    block = np.empty((len(names), len(numbers)))
    for row, name in zip(block, names, strict=True):
        row[:] = [each[name] for each in numbers]
    return block


def _behind(kind: Declaration, element: Neuron | Synapse | Input) -> list[float]:
    """The knots of a synapse that has a curve, as `splines.rows_of` puts them; the start state if it counts."""
    if isinstance(element, Synapse) and element.knots is not None:
        return rows_of(element.knots)
    if isinstance(element, Neuron) and isinstance(kind, MemorylessKind) and kind.from_start:
        return [element.start]
    return []


def elastances(kind: ContinuousKind, p: Floats) -> Floats:
    """One over the capacitance of neurons with parameters float64[P, n], as float64[n]; 0 where the kind has none."""
    rows = [k for k, parameter in enumerate(kind.parameters) if parameter.name == kind.capacitance]
    return 1.0 / p[rows[0]] if rows else np.zeros(p.shape[1])


def stimulus_numbers(kind: StimulusKind, source: Input, seed: int) -> Floats:
    """What the kernel of a stimulus reads: parameters, then a table or what makes random numbers its own."""
    numbers = [source.parameters[p.name] for p in kind.parameters]
    if kind.table and source.table is not None:
        numbers += [float(len(source.table.times)), *source.table.times, *source.table.values]
    if kind.clock:
        numbers += key(seed, source.id)
    return np.array(numbers, dtype=np.float64)


def neuron_groups(circuit: Circuit) -> tuple[NeuronGroup, ...]:
    """Neurons by kind, in the order of the registry; those without memory follow, by level and then by kind.

    Kinds without neurons are left out.
    """
    level = levels(circuit)
    members: dict[tuple[int, str], list[Neuron]] = {}
    for neuron in circuit.neurons:
        members.setdefault((level.get(neuron.id, -1), neuron.kind), []).append(neuron)
    order = list(circuit.kinds.all_neurons)
    return tuple(
        NeuronGroup(
            circuit.kinds.neuron(name),
            np.array([n.id for n in found], dtype=np.int64),
            parameter_block(circuit.kinds.neuron(name), found),
            np.array([n.start for n in found], dtype=np.float64),
            at,
        )
        for (at, name), found in sorted(members.items(), key=lambda m: (m[0][0], order.index(m[0][1])))
    )


def synapse_groups(circuit: Circuit) -> tuple[SynapseGroup, ...]:
    """Synapses that act by kind, in the order of the registry; kinds without synapses are left out."""
    members: dict[str, list[Synapse]] = {}
    for synapse in acting_synapses(circuit):
        members.setdefault(synapse.kind, []).append(synapse)
    return tuple(
        _synapse_group(kind, members[name])
        for name, kind in circuit.kinds.synapses.items()
        if name in members
    )


def _synapse_group(kind: SynapseKind, synapses: list[Synapse]) -> SynapseGroup:
    ids = np.array([s.id for s in synapses], dtype=np.int64)
    pre = np.array([s.pre for s in synapses], dtype=np.int64)
    post = np.array([s.post for s in synapses], dtype=np.int64)
    p = parameter_block(kind, synapses)
    if kind.mutual:
        pre, post = np.stack([pre, post], 1).ravel(), np.stack([post, pre], 1).ravel()
        ids, p = np.repeat(ids, 2), np.repeat(p, 2, axis=1)
    return SynapseGroup(kind, ids, pre, post, p)
