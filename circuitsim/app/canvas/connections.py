"""What connects the parts of a drawing: sign, strength and bend of every synapse and output line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.canvas.reading_lines import reading_lines
from circuitsim.circuit.elements import Input, Neuron, Output, Synapse
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.bounds import Ints
    from circuitsim.spec.kind import SynapseKind

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


class Connection(NamedTuple):
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


class Meaning:
    """What the numbers of a kind of synapse mean for its lines, looked up once for thousands of them."""

    def __init__(self, kind: SynapseKind) -> None:
        self.junction = kind.junction
        self._fixed = (
            (Sign.ELECTRICAL if kind.mutual else Sign.DIRECTED)
            if kind.junction
            else Sign.CLAMP
            if kind.clamp
            else None
        )
        sign, strength = kind.parameter(kind.sign), kind.parameter(kind.strength)
        self._sign = None if sign is None else kind.sign
        self._reverses = sign is not None and sign.dimension is Dimension.POTENTIAL
        self._strength = kind.strength
        dimension = Dimension.NONE if strength is None else strength.dimension
        self.groups = ((dimension, False), (dimension, True))  # of those from neurons, and from inputs

    def sign(self, synapse: Synapse, rest: float) -> Sign:
        """What a synapse of the kind does to a target of a potential at rest."""
        if self._fixed is not None:
            return self._fixed
        if self._sign is None:
            return Sign.EXCITATORY
        value = synapse.parameters[self._sign]
        if self._reverses:
            return Sign.EXCITATORY if value > rest else Sign.INHIBITORY
        return Sign.EXCITATORY if value >= 0 else Sign.INHIBITORY

    def size(self, synapse: Synapse) -> float:
        """How strong a synapse of the kind is."""
        return abs(synapse.parameters.get(self._strength, 1.0))


def sign_of(circuit: Circuit, synapse: Synapse) -> Sign:
    """Excitatory, inhibitory, electrical, directed electrical or a clamp.

    A potential excites if it lies above the rest of the postsynaptic neuron; any other number if it is not negative.
    """
    return Meaning(circuit.kinds.synapses[synapse.kind]).sign(
        synapse, _rest(circuit.get(synapse.post, Neuron))
    )


def _rest(neuron: Neuron) -> float:
    return neuron.parameters.get("leak_potential", 0.0)


@dataclass(slots=True)
class _Known:
    """What follows for a line from its synapse and its two ends alone, and the line that was made of it last."""

    synapse: Synapse
    rest: float  # of the postsynaptic neuron
    silent: bool
    sign: Sign
    size: float
    group: tuple[Dimension, bool]  # numbers of different dimension are not compared, nor those of inputs
    bend: float  # of the first one with the same ends
    aside: bool  # beside a chemical synapse it takes the other side
    line: Connection | None = None


class Connections:
    """Every line of a drawing; after an edit only those that it changes are made anew."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._known: dict[int, _Known] = {}
        self._known_of: tuple[object, ...] = ()
        self._meanings: dict[str, Meaning] = {}
        self._lines: list[Connection] = []

    def of(self, circuit: Circuit) -> list[Connection]:
        """The lines of a circuit, always the same one: synapses in id order, then outputs, then what networks read."""
        of = circuit.synapses, circuit.neurons, circuit.inputs, circuit.outputs, circuit.cells
        if len(of) != len(self._of) or any(new is not old for new, old in zip(of, self._of, strict=True)):
            self._of = of
            self._lines = [
                *self._synapses(circuit),
                *(_reading(output) for output in circuit.outputs),
                *(
                    Connection(line, source, cell, Sign.READING, 0.0, BEND_OF_INPUT)
                    for line, source, cell in reading_lines(circuit)
                ),
            ]
        return self._lines

    def _synapses(self, circuit: Circuit) -> Iterable[Connection]:
        rest = {neuron.id: _rest(neuron) for neuron in circuit.neurons}
        lost = {neuron.id for neuron in circuit.neurons if neuron.muted}
        if (
            not self._known_of
            or self._known_of[0] is not circuit.synapses
            or self._known_of[1:] != (rest, lost)
        ):
            self._known_of = circuit.synapses, rest, lost
            self._look(circuit, rest, lost)
            strengths, bends = _strengths(self._known.values()), _bends(self._known.values())
            for known, strength, bend in zip(self._known.values(), strengths, bends, strict=True):
                line = known.line
                if line is None or line.strength != strength or line.bend != bend:
                    synapse = known.synapse
                    known.line = Connection(
                        synapse.id,
                        synapse.pre,
                        synapse.post,
                        known.sign,
                        strength,
                        bend,
                        known.silent,
                        synapse.muted,
                    )
        lines = [known.line for known in self._known.values() if known.line is not None]
        _turn_loops(circuit, lines)
        return lines

    def _look(self, circuit: Circuit, rest: Mapping[int, float], lost: Container[int]) -> None:
        """Look at those synapses anew that are not the same as before, or whose ends are not."""
        before, now, inputs = self._known, {}, {source.id for source in circuit.inputs}
        for synapse in circuit.synapses:
            i, a, b = synapse.id, synapse.pre, synapse.post
            known, silent = before.get(i), synapse.muted or a in lost or b in lost
            if (
                known is None
                or known.synapse is not synapse
                or known.silent is not silent
                or known.rest != rest[b]
            ):
                meaning = self._meaning(circuit, synapse.kind)
                sign, from_input = meaning.sign(synapse, rest[b]), a in inputs
                bend = BEND_OF_INPUT if from_input else BEND[sign]
                group, aside = meaning.groups[from_input], meaning.junction and not from_input
                known = _Known(synapse, rest[b], silent, sign, meaning.size(synapse), group, bend, aside)
            now[i] = known
        self._known = now

    def _meaning(self, circuit: Circuit, kind: str) -> Meaning:
        meaning = self._meanings.get(kind)
        if meaning is None:
            meaning = self._meanings[kind] = Meaning(circuit.kinds.synapses[kind])
        return meaning


def _bends(all_known: Collection[_Known]) -> list[float]:
    """How lines are bent: the more, the more of them have the same ends; of one with a single end how many there are."""
    pre = np.array([known.synapse.pre for known in all_known], dtype=np.int64)
    post = np.array([known.synapse.post for known in all_known], dtype=np.int64)
    lanes = _ranks((pre << 32) + post)
    bends = np.array([known.bend for known in all_known], dtype=np.float64) + BEND_STEP * lanes
    aside = np.array([known.aside for known in all_known], dtype=np.bool_) & (lanes > 0)
    result: list[float] = np.where(pre == post, lanes, np.where(aside, -bends, bends)).tolist()
    return result


def _turn_loops(circuit: Circuit, lines: list[Connection]) -> None:
    """Give lines from a neuron to itself their angles, which depend on where their neighbours are."""
    for k, line in enumerate(lines):
        if line.source == line.target:
            angles = loop_angles(circuit, line.source)
            lines[k] = line._replace(bend=angles[int(line.bend) % len(angles)])


def _ranks(keys: Ints) -> Ints:
    """How many equal keys stand before each, int64[k]."""
    order = np.argsort(keys, kind="stable")
    ordered, count = keys[order], np.arange(len(keys))
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(keys)]
    result = np.empty(len(keys), dtype=np.int64)
    result[order] = count - np.maximum.accumulate(np.where(first, count, 0))
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


def _strengths(all_known: Collection[_Known]) -> list[float]:
    """Square root of the share of the strongest of its group, for each synapse."""
    groups: dict[tuple[Dimension, bool], int] = {}
    group = np.array([groups.setdefault(known.group, len(groups)) for known in all_known], dtype=np.intp)
    size = np.array([known.size for known in all_known], dtype=np.float64)
    most = np.zeros(len(groups))
    np.maximum.at(most, group, size)
    highest = most[group]
    result: list[float] = np.sqrt(
        np.where(highest > 0, size / np.where(highest > 0, highest, 1.0), 0.0)
    ).tolist()
    return result
