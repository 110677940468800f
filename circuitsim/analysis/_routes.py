"""The ways that an input takes into a circuit: where it acts by conductances alone, and how sharply what hears it bends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.spec.kind import MemorylessKind

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse

STEEP = ("slope", "weight", "gain")  # parameters of synapses by which a potential is multiplied
PCHIP = 3.0  # times the steepest secant: no curve through knots is steeper (Fritsch and Carlson, 1980)
LOGISTIC = 0.25  # greatest slope of the logistic function


@dataclass(frozen=True, slots=True)
class Route:
    """What hears one input.

    Attributes:
        bend: How often what hears it bends while its value moves by 1, about; 0 if all is linear.
        mingled: Neurons at which more than conductances of this input's own changes with it.
    """

    bend: float
    mingled: frozenset[int]


def routes(circuit: Circuit, t: float) -> tuple[Route, ...]:
    """The route of each input at an instant, through all neurons without memory."""
    after: dict[int, list[Synapse]] = defaultdict(list)
    for synapse in circuit.synapses:
        after[synapse.pre].append(synapse)
    neurons = {n.id: n for n in circuit.neurons}
    return tuple(_route(circuit, neurons, after, i.id, abs(i.gain), t) for i in circuit.inputs)


def _route(
    circuit: Circuit,
    neurons: dict[int, Neuron],
    after: dict[int, list[Synapse]],
    source: int,
    gain: float,
    t: float,
) -> Route:
    bends: dict[int, float] = defaultdict(float)
    mingled: set[int] = set()
    front = {source: gain}
    while front:  # one synapse further at a time: neurons without memory make no cycles
        beyond: dict[int, float] = defaultdict(float)
        for pre, steep in front.items():
            for synapse in after[pre]:
                post = neurons[synapse.post]
                kind = circuit.kinds.neuron(post.kind)
                if pre != source or "chemical" not in kind.accepts:
                    mingled.add(post.id)
                ageing = isinstance(kind, MemorylessKind) and kind.from_start
                bends[post.id] += steep * _bend(synapse) * (1.0 + LOGISTIC * t if ageing else 1.0)
                if isinstance(kind, MemorylessKind):
                    beyond[post.id] += steep * _passed(synapse) * _steepest(post, t)
        front = beyond
    return Route(max(bends.values(), default=0.0), frozenset(mingled))


def _bend(synapse: Synapse) -> float:
    """How often what a synapse feeds bends while the potential before it moves by 1."""
    steep = max((abs(v) for name, v in synapse.parameters.items() if name in STEEP), default=0.0)
    if synapse.knots is None:
        return steep
    return max(1.0 / float(np.diff(synapse.knots.x).min()), _passed(synapse))


def _passed(synapse: Synapse) -> float:
    """The most by which a drive moves while the potential before a synapse moves by 1."""
    steep = max((abs(v) for name, v in synapse.parameters.items() if name in STEEP), default=0.0)
    if synapse.knots is None:
        return steep
    secants = np.diff(synapse.knots.y) / np.diff(synapse.knots.x)
    return steep * PCHIP * float(np.abs(secants).max())


def _steepest(neuron: Neuron, t: float) -> float:
    """The greatest slope of what a neuron without memory sends, about."""
    if "target" in neuron.parameters:
        return abs(neuron.start - neuron.parameters["target"]) * LOGISTIC * (1.0 + t)
    return 1.0
