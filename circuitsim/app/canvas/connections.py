"""What connects the parts of a drawing: sign, strength and bend of every synapse and output line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.lines import SIGNS, Lines
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.canvas.reading_lines import reading_lines
from circuitsim.circuit.elements import Input, Neuron, Output
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from circuitsim.app.canvas.lines import Column
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Parameters, Synapse
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.kind import SynapseKind

    Bools = NDArray[np.bool_]

BEND = {
    Sign.EXCITATORY: 0.10,
    Sign.INHIBITORY: 0.13,
    Sign.ELECTRICAL: 0.04,
    Sign.DIRECTED: 0.06,
    Sign.CLAMP: 0.06,
    Sign.READING: 0.0,
}
_BENDS = np.array([BEND[sign] for sign in SIGNS])
BEND_OF_INPUT = 0.06
BEND_STEP = 0.08  # between parallel synapses
LOOP_ROOM = 40.0  # degrees between a self synapse and the way to a neighbour
LOOP_ANGLES = (150.0, 30.0, 210.0, 330.0, 90.0, 270.0)


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

    def signs(self, numbers: Sequence[Parameters], rest: Floats) -> Ints:
        """What synapses of the kind do to targets of potentials at rest, float64[k], as places in `SIGNS`, int64[k]."""
        if self._fixed is not None or self._sign is None:
            return np.full(len(numbers), SIGNS.index(self._fixed or Sign.EXCITATORY))
        values = np.array([of[self._sign] for of in numbers])
        excites = values > rest if self._reverses else values >= 0
        return np.where(excites, SIGNS.index(Sign.EXCITATORY), SIGNS.index(Sign.INHIBITORY))

    def sizes(self, numbers: Sequence[Parameters]) -> Floats:
        """How strong synapses of the kind are, float64[k]."""
        return np.abs(np.array([of.get(self._strength, 1.0) for of in numbers], dtype=np.float64))


def sign_of(circuit: Circuit, synapse: Synapse) -> Sign:
    """Excitatory, inhibitory, electrical, directed electrical or a clamp.

    A potential excites if it lies above the rest of the postsynaptic neuron; any other number if it is not negative.
    """
    rest = np.array([_rest(circuit.get(synapse.post, Neuron))])
    found = Meaning(circuit.kinds.synapses[synapse.kind]).signs([synapse.parameters], rest)
    return SIGNS[int(found[0])]


def _rest(neuron: Neuron) -> float:
    return neuron.parameters.get("leak_potential", 0.0)


class Connections:
    """Every line of a drawing; looked for again after edits that may change one."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._meanings: dict[str, Meaning] = {}
        self._lines = Lines([])

    def of(self, circuit: Circuit) -> Lines:
        """The lines of a circuit, always the same one: synapses in id order, then outputs, then what networks read."""
        of = circuit.synapses, circuit.neurons, circuit.inputs, circuit.outputs, circuit.cells
        if len(of) != len(self._of) or any(new is not old for new, old in zip(of, self._of, strict=True)):
            self._of = of
            reading = [_reading(o.id, o.source, o.id, BEND[Sign.READING]) for o in circuit.outputs]
            reading += [_reading(*line, BEND_OF_INPUT) for line in reading_lines(circuit)]
            columns = self._synapses(circuit)
            if reading:
                columns = [
                    np.concatenate(both) for both in zip(columns, zip(*reading, strict=True), strict=True)
                ]
            self._lines = Lines(columns)
        return self._lines

    def _synapses(self, circuit: Circuit) -> list[Column]:
        """Those of the synapses, column by column, since there may be thousands; see `Lines`."""
        synapses, inputs = circuit.synapses, _ids(circuit.inputs)
        ids, pre, post = (
            _ids(synapses),
            _column([s.pre for s in synapses]),
            _column([s.post for s in synapses]),
        )
        of_input, loops = np.isin(pre, inputs), pre == post
        signs, sizes, group, aside = self._looks(circuit, post, of_input)
        lanes = _ranks((pre << 32) + post)
        bends = np.where(of_input, BEND_OF_INPUT, _BENDS[signs]) + BEND_STEP * lanes
        bends = np.where(aside & (lanes > 0), -bends, bends)
        bends[loops] = _turned(circuit, pre, post, np.flatnonzero(loops), lanes)
        cut = np.array([s.muted for s in synapses], dtype=np.bool_)
        lost = _ids([n for n in circuit.neurons if n.muted])
        silent = cut | np.isin(pre, lost) | np.isin(post, lost)
        return [ids, pre, post, signs, _strengths(sizes, group), bends, silent, cut]

    def _looks(self, circuit: Circuit, post: Ints, of_input: Bools) -> tuple[Ints, Floats, Ints, Bools]:
        """Of each synapse its sign, its size, with which others its size is compared, and if it stands aside of others.

        Numbers of different dimension are not compared, nor those of inputs. Beside a chemical synapse a junction
        takes the other side.
        """
        synapses, neurons = circuit.synapses, circuit.neurons
        rests = np.array([_rest(n) for n in neurons], dtype=np.float64)
        rest = rests[np.searchsorted(_ids(neurons), post)]
        signs, group = np.zeros((2, len(synapses)), dtype=np.int64)
        sizes, aside = np.zeros(len(synapses)), np.zeros(len(synapses), dtype=np.bool_)
        groups: dict[tuple[Dimension, bool], int] = {}
        names = {name: k for k, name in enumerate(dict.fromkeys(s.kind for s in synapses))}
        kinds, parameters = _column([names[s.kind] for s in synapses]), [s.parameters for s in synapses]
        for name, kind in names.items():
            rows, meaning = np.flatnonzero(kinds == kind), self._meaning(circuit, name)
            numbers = [parameters[row] for row in rows.tolist()]
            signs[rows], sizes[rows] = meaning.signs(numbers, rest[rows]), meaning.sizes(numbers)
            from_neuron, from_input = (groups.setdefault(g, len(groups)) for g in meaning.groups)
            group[rows] = np.where(of_input[rows], from_input, from_neuron)
            aside[rows] = meaning.junction & ~of_input[rows]
        return signs, sizes, group, aside

    def _meaning(self, circuit: Circuit, kind: str) -> Meaning:
        meaning = self._meanings.get(kind)
        if meaning is None:
            meaning = self._meanings[kind] = Meaning(circuit.kinds.synapses[kind])
        return meaning


def _ids(elements: Sequence[Element]) -> Ints:
    return _column([element.id for element in elements])


def _column(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _turned(circuit: Circuit, pre: Ints, post: Ints, rows: Ints, lanes: Ints) -> list[float]:
    """Angles of some lines from a neuron to itself, which depend on where its neighbours are."""
    found = []
    for row in rows.tolist():
        angles = loop_angles(circuit, int(pre[row]), _beside(circuit, int(pre[row]), pre, post))
        found.append(angles[int(lanes[row]) % len(angles)])
    return found


def _beside(circuit: Circuit, neuron: int, pre: Ints, post: Ints) -> set[int]:
    """Ids of what is joined to a neuron by lines of which these are the ends."""
    ends = {*pre[post == neuron].tolist(), *post[pre == neuron].tolist()}
    return ends.union(output.id for output in circuit.outputs if output.source == neuron)


def _ranks(keys: Ints) -> Ints:
    """How many equal keys stand before each, int64[k]."""
    order = np.argsort(keys, kind="stable")
    ordered, count = keys[order], np.arange(len(keys))
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(keys)]
    result = np.empty(len(keys), dtype=np.int64)
    result[order] = count - np.maximum.accumulate(np.where(first, count, 0))
    return result


def loop_angles(circuit: Circuit, neuron: int, neighbours: Iterable[int]) -> tuple[float, ...]:
    """Where self synapses of a neuron stick out: the usual angles, those towards neighbours last."""
    elements = circuit.elements
    x, y = circuit.get(neuron, Neuron).position
    taken = []
    for end in neighbours:
        other = elements[end]
        if end != neuron and isinstance(other, Neuron | Input | Output):
            taken.append(math.degrees(math.atan2(y - other.position[1], other.position[0] - x)))
    return tuple(sorted(LOOP_ANGLES, key=lambda angle: any(_apart(angle, t) < LOOP_ROOM for t in taken)))


def _apart(one: float, other: float) -> float:
    """Degrees between two directions."""
    return abs((one - other + 180.0) % 360.0 - 180.0)


def _reading(
    line: int, source: int, target: int, bend: float
) -> tuple[int, int, int, int, float, float, bool, bool]:
    """What the columns hold of a line along which somebody reads."""
    return line, source, target, SIGNS.index(Sign.READING), 0.0, bend, False, False


def _strengths(size: Floats, group: Ints) -> Floats:
    """Square root of the share of the strongest of its group, for each synapse, float64[k]."""
    most = np.zeros(int(group.max(initial=-1)) + 1)
    np.maximum.at(most, group, size)
    highest = most[group]
    result: Floats = np.sqrt(np.where(highest > 0, size / np.where(highest > 0, highest, 1.0), 0.0))
    return result
