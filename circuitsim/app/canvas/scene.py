"""The scene: what is drawn where, kept in step with the circuit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from circuitsim.app.canvas.connections import BEND, BEND_OF_INPUT, BEND_STEP, LOOP_ANGLES, Connections
from circuitsim.app.canvas.curves import Curves
from circuitsim.app.canvas.geometry import Curve, End, bow, loop
from circuitsim.app.canvas.laying import column, end_of, lay, port, port_x
from circuitsim.app.canvas.lines import Lines
from circuitsim.app.canvas.quiet import only_numbers, only_places, only_synapses
from circuitsim.app.canvas.reading_lines import network_and_column
from circuitsim.app.canvas.sizes import NEURON, box_of
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Placed, Synapse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from circuitsim.app.canvas.lines import Connection
    from circuitsim.app.canvas.paint.synapse import Sign
    from circuitsim.circuit.circuit import Changed, Circuit
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.bounds import Floats, Ints

E = TypeVar("E", bound=Placed)

CROWDED = 40  # above so many synapses only those of the selection are stressed
TOLERANCE = 6.0  # px from a line that still hit it
FEW = 500  # changed elements, of which it is looked up at once whether lines differ; of more, lines are drawn anew later
ROOM = 38.0  # degrees without a line in which a name may stand
_SIDES, _ANGLES = "brtl", np.array((-90.0, 0.0, 90.0, 180.0))


class Scene:
    """Elements of a circuit by id, with places, boxes and curves.

    Attributes:
        circuit: What is drawn.
        version: Changes with every edit of the circuit that may change currents.
        revision: Changes with everything that changes the drawing, but not while lifted elements are moved about.
    """

    def __init__(self, circuit: Circuit, notify: Callable[[], None]) -> None:
        self.circuit = circuit
        self.revision = 0
        self._notify = notify
        self._shift: Mapping[int, Point] = {}
        self._still_of: tuple[Neuron, ...] | None = None
        self._still: Floats = np.zeros((0, 2))
        self._index: dict[int, int] = {}
        self._motion = 0
        self._motion_of = 0
        self._connections = Connections()
        self._lines: Lines | None = None
        self._curves = Curves({}, np.zeros((0, 4, 2)))
        self._usual: tuple[int, Floats] = 0, np.zeros((0, 4, 2))
        self._laid: tuple[int, Lines] = 0, Lines([])
        self.version = self._edition = self._places = self._layout = 0
        self._told = circuit.edition
        self._moved: frozenset[int] = frozenset()
        self._around: frozenset[int] = frozenset()  # what was lifted when all curves were laid
        self._touching: Ints = np.zeros(0, dtype=np.int64)
        self._touching_of: tuple[int, frozenset[int]] | None = None
        self._curves_of: tuple[int, float] | None = None
        self._sides: dict[int, str] = {}
        self._sides_of = -1, False
        circuit.changed.connect(self._on_changed)

    def close(self) -> None:
        """Stop listening to the circuit."""
        self.circuit.changed.disconnect(self._on_changed)

    def _on_changed(self, changed: Changed) -> None:
        """Draw anew, unless numbers changed that only show in what moves anyway."""
        self.version += not only_places(changed)
        asked_before, self._told = self._told == self.circuit.edition, self.circuit.edition
        before, self._lines = self._lines, None
        numbers = not asked_before and len(changed.after) <= FEW and only_numbers(changed)
        self._places += asked_before or not (numbers or only_synapses(changed))
        if numbers and before is not None and self.lines == before:
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
            self._lines = None
            self._edition += 1
            self._places += 1

    def _touch(self) -> None:
        self.revision += 1
        self._notify()

    # places -------------------------------------------------------------------------------------

    def preview(self, shift: Mapping[int, Point]) -> None:
        """Lift some elements and draw them elsewhere, without changing the circuit; empty ends it."""
        same = shift.keys() == self._shift.keys()
        if not shift and self._around:
            self._curves_of = None  # other lines keep clear of where it was
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

    def place(self, element: Placed) -> Point:
        """Where an element is drawn."""
        return self._shift.get(element.id, element.position)

    def centres(self) -> Floats:
        """Where the neurons are drawn, float64[n, 2], in id order."""
        neurons = self.circuit.neurons
        if self._still_of is not neurons:
            self._still_of = neurons
            self._still = np.array([n.position for n in neurons], dtype=np.float64).reshape(-1, 2)
            self._index = {n.id: k for k, n in enumerate(neurons)}
        if not self._shift:
            return self._still
        result = self._still.copy()
        for i, place in self._shift.items():
            row = self._index.get(i)
            if row is not None:
                result[row] = place
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
    def lines(self) -> Lines:
        """Every line of the drawing."""
        self._catch_up()
        if self._lines is None:
            self._lines = self._connections.of(self.circuit)
        return self._lines

    @property
    def connections(self) -> list[Connection]:
        """Every line of the drawing, one by one."""
        return self.lines.all

    @property
    def crowded(self) -> bool:
        """Whether there are too many synapses to show them all alike."""
        return len(self.lines) > CROWDED

    def curves(self, zoom: float) -> Curves:
        """The curve of every line, in px relative to the origin of the canvas."""
        layout, lines = self.layout, self.lines
        if self._curves_of != (layout, zoom):
            self._curves = Curves(lines.row, lay(self, zoom, np.arange(len(lines))))
            self._curves_of = (layout, zoom)
            self._moved, self._around = self.lifted, self.lifted
        elif self._motion_of != self._motion:  # those that were moved come back, those that are moved follow
            moved, self._moved = self._moved | self.lifted, self.lifted
            rows = self.rows_touching(moved)
            self._curves.put(rows, lay(self, zoom, rows))
        self._motion_of = self._motion
        return self._curves

    @property
    def layout(self) -> int:
        """Changes when lines may run elsewhere than before, but not while something is moved about."""
        lines = self.lines
        if self._laid[0] != self._places or not self._laid[1].run_alike(lines):
            self._layout += 1
        self._laid = self._places, lines
        return self._layout

    def usual_points(self) -> Floats:
        """The control points of every line at 100 %, float64[n, 4, 2]."""
        if self._shift:
            return lay(self, 1.0, np.arange(len(self.lines)))
        if self._usual[0] != self.layout:
            self._usual = self.layout, lay(self, 1.0, np.arange(len(self.lines)))
        return self._usual[1]

    def find_lines(self, zoom: float) -> Iterator[None]:
        """Find lines and curves for those who ask next, pausing between the two: thousands may have come or gone."""
        _ = self.layout
        yield
        self.curves(zoom)
        yield

    def rows_touching(self, ids: frozenset[int]) -> Ints:
        """Where those lines stand that are among some elements, or begin or end at one of them, int64[k]."""
        if self._touching_of != (self.edition, ids):
            self._touching = np.flatnonzero(self.lines.touching(ids))
            self._touching_of = (self.edition, ids)
        return self._touching

    def touching(self, ids: frozenset[int]) -> list[Connection]:
        """The lines that are among some elements, or begin or end at one of them."""
        return [self.lines[row] for row in self.rows_touching(ids).tolist()]

    def sketch(self, source: int, end: int | QPointF, sign: Sign, zoom: float) -> Curve:
        """The curve of a line that is not there yet, to an element or to a canvas point; as `curves`."""
        origin = self.circuit.elements[source]
        assert isinstance(origin, Neuron | Input)  # noqa: S101  (lines begin nowhere else)
        start = end_of(self, source, zoom)
        if end == source:
            return loop(start, LOOP_ANGLES[0])
        if isinstance(end, int):
            block = isinstance(self.circuit.elements[end], Cell)
            stop = column(self, end, 0, zoom) if block else end_of(self, end, zoom)
        else:
            stop = End(end.x() * zoom, end.y() * zoom)
        beside = int(np.count_nonzero((self.lines.source == source) & (self.lines.target == end)))
        if isinstance(origin, Input):
            return bow(port(self, source, stop, zoom), stop, BEND_OF_INPUT + BEND_STEP * beside)
        return bow(start, stop, BEND[sign] + BEND_STEP * beside)

    def sides(self) -> dict[int, str]:
        """On which side of each neuron its name stands: below, unless lines leave there; the same at every zoom."""
        # what was found while something was lifted holds as long as that
        known, now = (self.layout, False), (self.layout, bool(self._shift))
        if self._sides_of not in (known, now):
            self._sides, self._sides_of = self._free_sides(), now
        return self._sides

    def _free_sides(self) -> dict[int, str]:
        """Below, unless a line leaves there and more room is on another side."""
        neurons, lines = self.circuit.neurons, self.lines
        out, back = Curves(lines.row, self.usual_points()).angles()  # degrees
        ends, angles = np.concatenate((lines.source, lines.target)), np.concatenate((out, back))
        taken = np.zeros((len(neurons), len(_ANGLES))) + 360.0  # degrees from each side to the nearest line
        index = np.searchsorted(ids := np.array([n.id for n in neurons], dtype=np.int64), ends)
        there = (index < len(ids)) & (ids[np.minimum(index, len(ids) - 1)] == ends) if len(ids) else index < 0
        off = np.abs((_ANGLES - angles[there, None] + 180.0) % 360.0 - 180.0)
        for side, gaps in enumerate(off.T):
            np.minimum.at(taken[:, side], index[there], gaps)
        best = taken.argmax(axis=1)
        chosen = np.where((taken[:, 0] < ROOM) & (taken.max(axis=1) >= ROOM), best, 0)
        return {n.id: _SIDES[side] for n, side in zip(neurons, chosen.tolist(), strict=True)}

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


def ports_of(scene: Scene, source: Input) -> set[float]:
    """Where on the canvas, from left to right, lines leave a tile; at its right edge if none does."""
    box = scene.box(source)
    targets = set(scene.lines.target[scene.lines.source == source.id].tolist())
    ends: tuple[Placed, ...] = (*scene.circuit.neurons, *scene.circuit.cells)
    places = [scene.place(e) for e in ends if e.id in targets]
    return {port_x(box, x) for x, _ in places} or {box.right()}
