"""Put new things on the canvas: each one edit, on the grid, under a free name, selected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from circuitsim.app.canvas.sizes import GRID, NAMED_BELOW, NEURON, box_of
from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output
from circuitsim.circuit.edits import Add, Compound, SetTraced
from circuitsim.circuit.elements import NOTHING, Cell, Input, Neuron, Note, Output, Table
from circuitsim.circuit.networks import add_network, new_network, unit_places
from circuitsim.circuit.wiring import Effect, connection
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF

    from circuitsim.app.canvas.ports import Document
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Placed, Point

NOTE_TITLE = "Note"
READS = (NOTHING, NOTHING)  # of a new network
UNITS, WIRED_UNITS = (8,), (5, 2, 1)  # of its layers: inter, command and motor neurons where it is wired
OUTPUT_OFF = ((144.0, 0.0), (-144.0, 0.0), (0.0, 96.0), (0.0, -96.0))  # from the neuron that it reads
FREE_KEYS = "ADGHJKQUXYZ"  # letters that the program uses for nothing else
TRACES = 10  # colours of the scope; an output puts its neuron there while there are some left
FIRST_TRACES = 4  # so many neurons are shown on the scope without being asked for
STEP = 6 * GRID  # to the next free place
TRIES = ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1), (2, 0), (0, 2))


def snapped(at: QPointF) -> Point:
    """The point of the grid next to a canvas point."""
    return round(at.x() / GRID) * GRID, round(at.y() / GRID) * GRID


def draft(circuit: Circuit, tool: Tool, at: Point, reads: int = 0) -> Placed:
    """The thing a tool adds, with a fresh id, not yet in the circuit; an output reads a neuron."""
    match tool.family:
        case Family.INPUT:
            table = Table((0.0, 1.0), (0.0, 1.0)) if circuit.kinds.stimuli[tool.kind].table else None
            name, key = circuit.free_name(tool.kind), _free_key(circuit) if tool.kind == "button" else ""
            return new_input(circuit, name, tool.kind, table=table, key=key, position=at)
        case Family.NETWORK:
            return _network(circuit, circuit.free_name("net"), tool.kind, at)[0]
        case Family.OUTPUT:
            return new_output(circuit, circuit.free_name("out"), reads, position=at)
        case Family.NOTE:
            return new_note(circuit, NOTE_TITLE, "", at, (192.0, 64.0))
    return new_neuron(circuit, circuit.free_name("N"), tool.kind, position=at)


def _network(circuit: Circuit, name: str, kind: str, at: Point) -> tuple[Cell, tuple[Neuron, ...]]:
    """A new network with its units."""
    return new_network(circuit, name, kind, reads=READS, units=_layers(circuit, kind), position=at)


def _layers(circuit: Circuit, kind: str) -> tuple[int, ...]:
    return WIRED_UNITS if circuit.kinds.cells[kind].wired else UNITS


def _free_key(circuit: Circuit) -> str:
    """A letter for a new push button; empty if all are taken."""
    taken = {e.key.upper() for e in circuit.inputs}
    return next((letter for letter in FREE_KEYS if letter not in taken), "")


class Adder:
    """Adds to a document what a tool stands for, if it can within a part of the canvas that is seen."""

    def __init__(self, document: Document, scene: Scene, seen: QRectF) -> None:
        self._document = document
        self._scene = scene
        self._seen = seen

    def add(self, tool: Tool, at: QPointF, reads: int | None = None) -> Placed | None:
        """Add a thing at a canvas point, or near it if that is taken; an output reads the neuron under it."""
        circuit = self._document.circuit
        if tool.family is Family.OUTPUT:
            under = self.neuron_at(at)
            source = under if under is not None else circuit.elements.get(reads or 0)
            if not isinstance(source, Neuron):
                self._document.refuse(Issue("", "an output reads a neuron", "drop it on one"))
                return None
            return self._read(source, at, beside=under is not None)
        element = draft(circuit, tool, snapped(at))
        element = replace(element, position=self._free(element))
        if isinstance(element, Cell):
            return self._add_network(element.name, tool.kind, element.position)
        return element if self._push(Add((element,)), element) else None

    def _add_network(self, name: str, kind: str, at: Point) -> Placed | None:
        """Add a network with its units, the first of which go on the scope while there is little there."""
        circuit = self._document.circuit
        cell, units = _network(circuit, name, kind, at)
        edit: Edit = add_network(cell, units)
        traced = circuit.document.traced
        more = tuple(n.id for n in units)[: max(0, FIRST_TRACES - len(traced))]
        if more:
            edit = Compound((edit, SetTraced((*traced, *more))), edit.text)
        return cell if self._push(edit, cell) else None

    def _read(self, source: Neuron, at: QPointF, *, beside: bool) -> Placed | None:
        """Add an output of a neuron, at a canvas point or beside the neuron, and put the neuron on the scope."""
        circuit, traced = self._document.circuit, self._document.circuit.document.traced
        x, y = self._scene.place(source)
        places = [(x + dx, y + dy) for dx, dy in OUTPUT_OFF] if beside else [snapped(at)]
        element = draft(circuit, Tool(Family.OUTPUT), places[0], source.id)
        fit = [place for place in places if self._fits(element, place, self._seen)]
        element = replace(element, position=fit[0] if fit else self._free(element))
        edit: Edit = Add((element,))
        if source.id not in traced and len(traced) < TRACES:
            edit = Compound((edit, SetTraced((*traced, source.id))), edit.text)
        return element if self._push(edit, element) else None

    def _push(self, edit: Edit, element: Placed) -> bool:
        """Carry out an edit and select what it added; the first few neurons of a circuit go on the scope."""
        traced = self._document.circuit.document.traced
        if isinstance(element, Neuron) and len(traced) < FIRST_TRACES:
            edit = Compound((edit, SetTraced((*traced, element.id))), edit.text)
        return self._document.push(edit, select=[element.id])

    def follow(self, source: int, effect: Effect, tool: Tool, at: QPointF) -> Placed | None:
        """Add a thing at a canvas point and lead a line to it, as one step of undo."""
        circuit = self._document.circuit
        origin = circuit.elements.get(source)
        if tool.family is Family.OUTPUT:
            return self._read(origin, at, beside=False) if isinstance(origin, Neuron) else None
        element = draft(circuit, tool, snapped(at))
        if not isinstance(origin, Neuron | Input) or not isinstance(element, Neuron):
            return None
        synapse = connection(circuit, origin, element, effect)
        edit = Add((element, synapse), f"Add {element.name} after {origin.name}")
        return element if self._push(edit, element) else None

    def neuron_at(self, at: QPointF) -> Neuron | None:
        """The neuron under a canvas point."""
        found = self._document.circuit.elements.get(self._scene.hit_body(at, 1.0) or 0)
        return found if isinstance(found, Neuron) else None

    def beside(self, element: Placed, neuron: Neuron, places: Sequence[Point]) -> Point:
        """Where an element may stand beside a neuron: the first of some places, relative to it, that is free."""
        x, y = self._scene.place(neuron)
        around = [(x + dx, y + dy) for dx, dy in places]
        for within in (self._seen, None):
            for at in around:
                if self._fits(element, at, within):
                    return at
        return self._free(replace(element, position=around[0]))

    def _free(self, element: Placed) -> Point:
        """The place it was made for, or the first one around it where nothing stands."""
        x, y = element.position
        around = [(x + dx * STEP, y + dy * STEP) for dx, dy in TRIES]
        return next((at for at in around if self._fits(element, at)), (x, y))

    def _fits(self, element: Placed, at: Point, within: QRectF | None = None) -> bool:
        """Whether nothing else stands where an element would stand, and it lies within an area."""
        box = self._taken_by(element, at).adjusted(0, 0, 0, 0 if isinstance(element, Output) else NAMED_BELOW)
        taken = [self._scene.box(e) for e in self._scene.placed() if not isinstance(e, Note)]
        return not any(box.intersects(other) for other in taken) and (within is None or within.contains(box))

    def _taken_by(self, element: Placed, at: Point) -> QRectF:
        """The box of an element that is to stand somewhere; of a network with its units."""
        box = box_of(element, at)
        layers = _layers(self._document.circuit, element.kind) if isinstance(element, Cell) else ()
        for x, y in unit_places(layers, at):
            box = box.united(QRectF(x - NEURON, y - NEURON, 2 * NEURON, 2 * NEURON))
        return box
