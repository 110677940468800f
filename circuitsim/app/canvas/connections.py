"""What connects the parts of a drawing: sign, strength and bend of every synapse and output line."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.canvas.reading_lines import reading_lines
from circuitsim.circuit.elements import Input, Neuron, Output, Synapse
from circuitsim.circuit.lesions import silent
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit

BEND = {
    Sign.EXCITATORY: 0.10,
    Sign.INHIBITORY: 0.13,
    Sign.ELECTRICAL: 0.04,
    Sign.DIRECTED: 0.06,
    Sign.CLAMP: 0.06,
    Sign.READING: 0.0,
}
BEND_OF_INPUT = 0.06
BEND_STEP = 0.08  # between parallel synapses
LOOP_ROOM = 40.0  # degrees between a self synapse and the way to a neighbour
LOOP_ANGLES = (150.0, 30.0, 210.0, 330.0, 90.0, 270.0)


@dataclass(frozen=True, slots=True)
class Connection:
    """One line of the drawing.

    Attributes:
        id: Of the synapse, or of the output; below 0 for a column of a network, see `blocks`.
        source: Id of the neuron or input where it begins.
        target: Id of the neuron, output or network where it ends.
        sign: What it does to its target.
        strength: Square root of its share of the strongest of its class, 0 to 1.
        bend: Sagitta by length, positive to the right of travel; of a self synapse its angle in degrees.
        silent: Nothing passes through it, since it or one of its ends is muted.
        cut: It is muted itself.
    """

    id: int
    source: int
    target: int
    sign: Sign
    strength: float
    bend: float
    silent: bool = False
    cut: bool = False

    @property
    def leaves(self) -> bool:
        """Whether it ends at an output."""
        return self.sign is Sign.READING and self.id > 0

    @property
    def is_loop(self) -> bool:
        """Whether it ends where it begins."""
        return self.source == self.target

    def touches(self, ids: frozenset[int]) -> bool:
        """Whether it, or one of its ends, is among some elements."""
        return self.id in ids or self.source in ids or self.target in ids


def sign_of(circuit: Circuit, synapse: Synapse) -> Sign:
    """Excitatory, inhibitory, electrical, directed electrical or a clamp.

    A potential excites if it lies above the rest of the postsynaptic neuron; any other number if it is not negative.
    """
    kind = circuit.kinds.synapses[synapse.kind]
    declared = kind.parameter(kind.sign)
    if kind.junction:
        return Sign.ELECTRICAL if kind.mutual else Sign.DIRECTED
    if kind.clamp:
        return Sign.CLAMP
    if declared is None:
        return Sign.EXCITATORY
    value = synapse.parameters[kind.sign]
    if declared.dimension is Dimension.POTENTIAL:
        rest = circuit.get(synapse.post, Neuron).parameters.get("leak_potential", 0.0)
        return Sign.EXCITATORY if value > rest else Sign.INHIBITORY
    return Sign.EXCITATORY if value >= 0 else Sign.INHIBITORY


def connections(circuit: Circuit) -> list[Connection]:
    """Every line of a drawing: synapses in id order, then outputs, then what networks read."""
    strengths = _strengths(circuit)
    lanes: defaultdict[tuple[int, int], int] = defaultdict(int)
    result = []
    for synapse in circuit.synapses:
        sign = sign_of(circuit, synapse)
        lane = lanes[synapse.pre, synapse.post]
        lanes[synapse.pre, synapse.post] += 1
        if synapse.pre == synapse.post:
            bend = loop_angles(circuit, synapse.pre)[lane % len(LOOP_ANGLES)]
        elif isinstance(circuit.elements[synapse.pre], Input):
            bend = BEND_OF_INPUT + BEND_STEP * lane
        else:
            bend = BEND[sign] + BEND_STEP * lane
            if sign.is_junction and lane:
                bend = -bend  # beside a chemical synapse it takes the other side
        ends, lost = (synapse.pre, synapse.post), (silent(circuit, synapse), synapse.muted)
        result.append(Connection(synapse.id, *ends, sign, strengths[synapse.id], bend, *lost))
    result += [_reading(output) for output in circuit.outputs]
    result += [
        Connection(line, source, cell, Sign.READING, 0.0, BEND_OF_INPUT)
        for line, source, cell in reading_lines(circuit)
    ]
    return result


def loop_angles(circuit: Circuit, neuron: int) -> tuple[float, ...]:
    """Where self synapses of a neuron stick out: the usual angles, those towards neighbours last."""
    x, y = circuit.get(neuron, Neuron).position
    taken = []
    for i in circuit.attached(neuron):
        line = circuit.elements[i]
        others = (line.pre, line.post) if isinstance(line, Synapse) else (i,)
        for end in others:
            other = circuit.elements[end]
            if end != neuron and isinstance(other, Neuron | Input | Output):
                way = other.position[0] - x, y - other.position[1]
                taken.append(math.degrees(math.atan2(way[1], way[0])))
    return tuple(sorted(LOOP_ANGLES, key=lambda angle: any(_apart(angle, t) < LOOP_ROOM for t in taken)))


def _apart(one: float, other: float) -> float:
    """Degrees between two directions."""
    return abs((one - other + 180.0) % 360.0 - 180.0)


def _reading(output: Output) -> Connection:
    return Connection(output.id, output.source, output.id, Sign.READING, 0.0, BEND[Sign.READING])


def _strengths(circuit: Circuit) -> dict[int, float]:
    """Square root of the share of the strongest; numbers of different dimension are not compared."""
    size: dict[int, float] = {}
    group: dict[int, tuple[Dimension, bool]] = {}
    for synapse in circuit.synapses:
        kind = circuit.kinds.synapses[synapse.kind]
        declared = kind.parameter(kind.strength)
        dimension = Dimension.NONE if declared is None else declared.dimension
        size[synapse.id] = abs(synapse.parameters.get(kind.strength, 1.0))
        group[synapse.id] = (dimension, isinstance(circuit.elements[synapse.pre], Input))
    most: defaultdict[tuple[Dimension, bool], float] = defaultdict(float)
    for i, value in size.items():
        most[group[i]] = max(most[group[i]], value)
    return {i: math.sqrt(value / most[group[i]]) if most[group[i]] > 0 else 0.0 for i, value in size.items()}
