"""The scene: what is drawn where, kept in step with the circuit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from circuitsim.app.canvas.blocks import frame_of
from circuitsim.app.canvas.connections import (
    BEND,
    BEND_OF_INPUT,
    BEND_STEP,
    LOOP_ANGLES,
    Connection,
    connections,
)
from circuitsim.app.canvas.curves import Curves, Ends, bows
from circuitsim.app.canvas.geometry import Curve, End, bow, loop
from circuitsim.app.canvas.quiet import only_numbers
from circuitsim.app.canvas.reading_lines import line_end, network_and_column
from circuitsim.app.canvas.sizes import NEURON, box_of
from circuitsim.circuit.elements import Cell, Input, Named, Neuron, Note, Output, Placed, Synapse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from circuitsim.app.canvas.paint.synapse import Sign
    from circuitsim.circuit.circuit import Changed, Circuit
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.bounds import Floats

E = TypeVar("E", bound=Placed)

CROWDED = 40  # above so many synapses only those of the selection are stressed
ROUTED = 300  # up to so many lines keep clear of other neurons
CLEAR = 1.15  # by so many radii
TOLERANCE = 6.0  # px from a line that still hit it
ROOM = 38.0  # degrees without a line in which a name may stand
_SIDES, _ANGLES = "brtl", np.array((-90.0, 0.0, 90.0, 180.0))
DETOURS = (0.0, 0.07, -0.05, 0.14, 0.21)  # added to a bend until the line is clear


class Scene:
    """Elements of a circuit by id, with places, boxes and curves.

    Attributes:
        circuit: What is drawn.
        version: Changes with every edit of the circuit.
        revision: Changes with everything that changes the drawing, but not while lifted elements are moved about.
    """

    def __init__(self, circuit: Circuit, notify: Callable[[], None]) -> None:
        self.circuit = circuit
        self.revision = 0
        self._notify = notify
        self._shift: Mapping[int, Point] = {}
        self._still_of: tuple[Neuron, ...] | None = None
        self._still: Floats = np.zeros((0, 2))
        self._motion = 0
        self._motion_of = 0
        self._connections: list[Connection] | None = None
        self._curves = Curves((), np.zeros((0, 4, 2)))
        self.version = self._edition = 0
        self._told = circuit.edition
        self._moved: frozenset[int] = frozenset()
        self._touching: list[Connection] = []
        self._touching_of: tuple[int, frozenset[int]] | None = None
        self._curves_of: tuple[int, float] | None = None
        self._sides: dict[int, str] = {}
        self._sides_of = -1
        circuit.changed.connect(self._on_changed)

    def close(self) -> None:
        """Stop listening to the circuit."""
        self.circuit.changed.disconnect(self._on_changed)

    def _on_changed(self, changed: Changed) -> None:
        """Draw anew, unless numbers changed that only show in what moves anyway."""
        self.version += 1
        asked_before, self._told = self._told == self.circuit.edition, self.circuit.edition
        before, self._connections = self._connections, None
        same = not asked_before and before is not None and only_numbers(changed)
        if same and self.connections == before:
            self._notify()
            return
        self._edition += 1
        self._touch()

    @property
    def edition(self) -> int:
        """Changes with those edits of the circuit that change the drawing."""
        self._catch_up()
        return self._edition

    def _catch_up(self) -> None:
        """Forget old lines: somebody who hears of a change first may ask before this scene has been told."""
        if self._told != self.circuit.edition:
            self._told = self.circuit.edition
            self._connections = None
            self._edition += 1

    def _touch(self) -> None:
        self.revision += 1
        self._notify()

    # places -------------------------------------------------------------------------------------

    def preview(self, shift: Mapping[int, Point]) -> None:
        """Lift some elements and draw them elsewhere, without changing the circuit; empty ends it."""
        same = shift.keys() == self._shift.keys()
        self._shift = shift
        self._motion += 1
        if same:
            self._notify()
        else:
            self._touch()

    @property
    def lifted(self) -> frozenset[int]:
        """Ids of the elements that are being moved about."""
        return frozenset(self._shift)

    def part(self, elements: Iterable[E], *, lifted: bool) -> list[E]:
        """Those of some elements that are lifted, or those that are not."""
        return [e for e in elements if (e.id in self._shift) == lifted]

    def chosen(self, selection: frozenset[int]) -> list[Neuron]:
        """The neurons of a selection, in id order."""
        found = (self.circuit.elements.get(i) for i in sorted(selection))
        return [element for element in found if isinstance(element, Neuron)]

    def place(self, element: Placed) -> Point:
        """Where an element is drawn."""
        return self._shift.get(element.id, element.position)

    def centres(self) -> Floats:
        """Where the neurons are drawn, float64[n, 2], in id order."""
        neurons = self.circuit.neurons
        if self._still_of is not neurons:
            self._still_of = neurons
            self._still = np.array([n.position for n in neurons], dtype=np.float64).reshape(-1, 2)
        if not self._shift:
            return self._still
        result = self._still.copy()
        for k, neuron in enumerate(neurons):
            if neuron.id in self._shift:
                result[k] = self._shift[neuron.id]
        return result

    def box(self, element: Placed) -> QRectF:
        """The box in which an element is drawn."""
        return box_of(element, self.place(element))

    def placed(self) -> Iterable[Placed]:
        """Everything that has a place, from back to front."""
        circuit = self.circuit
        return (*circuit.notes, *circuit.cells, *circuit.outputs, *circuit.inputs, *circuit.neurons)

    # lines --------------------------------------------------------------------------------------

    @property
    def connections(self) -> list[Connection]:
        """Every line of the drawing."""
        self._catch_up()
        if self._connections is None:
            self._connections = connections(self.circuit)
        return self._connections

    @property
    def crowded(self) -> bool:
        """Whether there are too many synapses to show them all alike."""
        return len(self.connections) > CROWDED

    def curves(self, zoom: float) -> Curves:
        """The curve of every line, in px relative to the origin of the canvas."""
        if self._curves_of != (self.edition, zoom):
            self._curves = self._lay(zoom, self.connections)
            self._curves_of = (self.edition, zoom)
            self._moved = self.lifted
        elif self._motion_of != self._motion:  # those that were moved come back, those that are moved follow
            moved, self._moved = self._moved | self.lifted, self.lifted
            for line, curve in self._lay(zoom, self.touching(moved)).items():
                self._curves.put(line, curve)
        self._motion_of = self._motion
        return self._curves

    def touching(self, ids: frozenset[int]) -> list[Connection]:
        """The lines that are among some elements, or begin or end at one of them."""
        if self._touching_of != (self.edition, ids):
            self._touching = [c for c in self.connections if c.touches(ids)] if ids else []
            self._touching_of = (self.edition, ids)
        return self._touching

    def _lay(self, zoom: float, lines: Sequence[Connection]) -> Curves:
        loops = [line for line in lines if line.is_loop]
        others = [line for line in lines if not line.is_loop]
        sources, targets = self._ends(others, zoom)
        if len(self.connections) <= ROUTED:
            points = self._clear_points(others, sources, targets, zoom)
        else:
            points = bows(Ends.of(sources), Ends.of(targets), np.array([line.bend for line in others]))
        ids = [line.id for line in (*others, *loops)]
        result = Curves(ids, np.concatenate((points, np.zeros((len(loops), 4, 2)))))
        for line in loops:
            result.put(line.id, loop(self._end_of(line.source, zoom), line.bend))
        return result

    def _ends(self, lines: Sequence[Connection], zoom: float) -> tuple[list[End], list[End]]:
        """Where lines begin and where they end."""
        elements = self.circuit.elements
        wanted = {i for line in lines for i in (line.source, line.target) if i in elements}
        ends = {i: self._end_of(i, zoom) for i in wanted}
        targets = [
            self._column(line.target, line.id, zoom) if line.id < 0 else ends[line.target] for line in lines
        ]
        sources = [
            self._port(line.source, target, zoom)
            if isinstance(elements[line.source], Input)
            else ends[line.source]
            for line, target in zip(lines, targets, strict=True)
        ]
        return sources, targets

    def _clear_points(
        self, lines: Sequence[Connection], sources: Sequence[End], targets: Sequence[End], zoom: float
    ) -> Floats:
        """Control points of lines that keep clear of other neurons, float64[n, 4, 2]."""
        ids, centres = np.array([n.id for n in self.circuit.neurons]), self.centres() * zoom
        result = np.zeros((len(lines), 4, 2))
        for k, (line, source, target) in enumerate(zip(lines, sources, targets, strict=True)):
            others = centres[(ids != line.source) & (ids != line.target)]
            curve = _clear(source, target, line.bend, others, NEURON * zoom * CLEAR)
            result[k] = (curve.a, curve.b, curve.c, curve.d)
        return result

    def _end_of(self, element: int, zoom: float) -> End:
        found = self.circuit.elements[element]
        assert isinstance(found, Named)  # noqa: S101  (held by validation)
        return self._end(found, zoom)

    def _end(self, element: Placed, zoom: float) -> End:
        x, y = self.place(element)
        if isinstance(element, Neuron):
            return End(x * zoom, y * zoom, NEURON * zoom, element.role)
        if isinstance(element, Output):
            source = self.circuit.elements.get(element.source)
            beside = reading_end(
                self.box(element), self.place(source) if isinstance(source, Placed) else (x, y)
            )
            return End(beside[0] * zoom, beside[1] * zoom)
        if isinstance(element, Cell):  # what reads a network reads what comes out of its frame
            frame = frame_of(self, element)
            return End(frame.right() * zoom, frame.center().y() * zoom)
        return End(x * zoom, y * zoom)

    def _column(self, network: int, line: int, zoom: float) -> End:
        """Where a line of a network ends; number 0 stands for one that is not there yet."""
        at = line_end(self.box(cell := self.circuit.get(network, Cell)), cell, line)
        return End(at.x() * zoom, at.y() * zoom)

    def _port(self, source: int, target: End, zoom: float) -> End:
        box = self.box(self.circuit.get(source, Input))
        return End(port_x(box, target.x / zoom) * zoom, box.center().y() * zoom)

    def sketch(self, source: int, end: int | QPointF, sign: Sign, zoom: float) -> Curve:
        """The curve of a line that is not there yet, to an element or to a canvas point; as `curves`."""
        origin = self.circuit.elements[source]
        assert isinstance(origin, Neuron | Input)  # noqa: S101  (lines begin nowhere else)
        start = self._end(origin, zoom)
        if end == source:
            return loop(start, LOOP_ANGLES[0])
        if isinstance(end, int):
            block = isinstance(self.circuit.elements[end], Cell)
            stop = self._column(end, 0, zoom) if block else self._end_of(end, zoom)
        else:
            stop = End(end.x() * zoom, end.y() * zoom)
        beside = sum(line.source == source and line.target == end for line in self.connections)
        if isinstance(origin, Input):
            return bow(self._port(source, stop, zoom), stop, BEND_OF_INPUT + BEND_STEP * beside)
        return bow(start, stop, BEND[sign] + BEND_STEP * beside)

    def sides(self, zoom: float) -> dict[int, str]:
        """On which side of each neuron its name stands: below, unless lines leave there; the same at every zoom."""
        if self._sides_of != self.edition:
            self._sides, self._sides_of = self._free_sides(zoom), self.edition
        return self._sides

    def _free_sides(self, zoom: float) -> dict[int, str]:
        angles: dict[int, list[float]] = {neuron.id: [] for neuron in self.circuit.neurons}
        curves = self.curves(zoom)
        lines = {line.id: line for line in self.connections}
        for i, out, back in zip(curves.ids, *map(np.ndarray.tolist, curves.angles()), strict=True):
            for end, angle in ((lines[i].source, out), (lines[i].target, back)):
                if end in angles:
                    angles[end].append(angle)
        return {i: _freest(taken) for i, taken in angles.items()}

    # hits ---------------------------------------------------------------------------------------

    def hit(self, at: QPointF, zoom: float) -> int | None:
        """The topmost element at a canvas point: neurons, tiles, lines, then notes."""
        found = self._hit_vessel_or_tile(at, zoom)
        return found or self._hit_line(at.x() * zoom, at.y() * zoom, zoom) or self._hit_note(at)

    def hit_body(self, at: QPointF, zoom: float) -> int | None:
        """The topmost element with a place at a canvas point; lines do not count."""
        return self._hit_vessel_or_tile(at, zoom) or self._hit_note(at)

    def _hit_vessel_or_tile(self, at: QPointF, zoom: float) -> int | None:
        x, y = at.x(), at.y()
        for element in reversed(tuple(self.placed())):
            if isinstance(element, Neuron):
                cx, cy = self.place(element)
                if math.hypot(x - cx, y - cy) <= max(NEURON, TOLERANCE / zoom):
                    return element.id
            elif not isinstance(element, Note) and self.box(element).contains(at):
                return element.id
        return None

    def _hit_line(self, x: float, y: float, zoom: float) -> int | None:
        curves = self.curves(zoom)
        near = curves.near(QRectF(x - TOLERANCE, y - TOLERANCE, 2 * TOLERANCE, 2 * TOLERANCE))
        if not near.size:
            return None
        off = curves.distances(near, x, y)
        best = int(off.argmin())
        found = curves.ids[near[best]] if off[best] < TOLERANCE else None
        return network_and_column(found)[0] if found is not None and found < 0 else found

    def _hit_note(self, at: QPointF) -> int | None:
        for note in reversed(self.circuit.notes):
            if self.box(note).contains(at):
                return note.id
        return None

    def within(self, area: QRectF) -> frozenset[int]:
        """Ids of everything with a place whose centre lies in an area."""
        return frozenset(e.id for e in self.placed() if area.contains(self.box(e).center()))

    def synapses_within(self, area: QRectF, zoom: float) -> frozenset[int]:
        """Ids of the synapses whose middle lies in an area of the canvas."""
        seen = QRectF(area.topLeft() * zoom, area.size() * zoom)
        curves = self.curves(zoom)
        near = (curves.ids[k] for k in curves.near(seen).tolist())
        synapses = (i for i in near if isinstance(self.circuit.elements.get(i), Synapse))
        return frozenset(i for i in synapses if seen.contains(curves[i].at(0.5)))


def port_x(box: QRectF, target: float) -> float:
    """The edge of a tile at which a line leaves towards a target: right, unless it lies to the left."""
    return box.left() if target < box.left() else box.right()


def reading_end(box: QRectF, source: Point) -> Point:
    """The place on the rim of an output at which its line ends: on the side of what it reads."""
    x, round_end = source[0], box.height() / 2
    if not box.left() < x < box.right():
        return port_x(box, x), box.center().y()
    x = min(box.right() - round_end, max(box.left() + round_end, x))
    return x, box.top() if source[1] < box.center().y() else box.bottom()


def ports_of(scene: Scene, source: Input) -> set[float]:
    """Where on the canvas, from left to right, lines leave a tile; at its right edge if none does."""
    box = scene.box(source)
    targets = {line.target for line in scene.connections if line.source == source.id}
    ends: tuple[Placed, ...] = (*scene.circuit.neurons, *scene.circuit.cells)
    places = [scene.place(e) for e in ends if e.id in targets]
    return {port_x(box, x) for x, _ in places} or {box.right()}


def _clear(source: End, target: End, bend: float, others: Floats, distance: float) -> Curve:
    """The first of several bends with which a line keeps clear of other neurons, else the first of all."""
    first = None
    for more in DETOURS:
        curve = bow(source, target, bend + more)
        first = first or curve
        gaps = curve.samples[:, None, :] - others[None, :, :]
        if not len(others) or np.hypot(gaps[..., 0], gaps[..., 1]).min() >= distance:
            return curve
    assert first is not None  # noqa: S101  (there is at least one detour)
    return first


def _freest(taken: list[float]) -> str:
    """Below, unless a line leaves there and more room is on another side."""
    if not taken:
        return "b"
    gaps = np.abs((_ANGLES[:, None] - np.array(taken)[None, :] + 180.0) % 360.0 - 180.0).min(axis=1)
    best = int(gaps.argmax())
    return _SIDES[best] if gaps[0] < ROOM <= gaps[best] else _SIDES[0]
