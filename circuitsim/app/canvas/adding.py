"""Put new things on the canvas: each one edit, on the grid, under a free name, selected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.canvas.sizes import GRID, NAMED_BELOW, box_of
from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Input, Neuron, Note, Output, Table
from circuitsim.circuit.wiring import Effect, connection
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from circuitsim.app.canvas.ports import Document
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Placed, Point

NOTE_TITLE = "Note"
OUTPUT_OFF = (144.0, 0.0)  # from the neuron that it reads
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
            name = circuit.free_name(tool.kind)
            return new_input(circuit, name, tool.kind, table=table, position=at)
        case Family.OUTPUT:
            return new_output(circuit, circuit.free_name("out"), reads, position=at)
        case Family.NOTE:
            return new_note(circuit, NOTE_TITLE, "", at, (192.0, 64.0))
    return new_neuron(circuit, circuit.free_name("N"), tool.kind, position=at)


class Adder:
    """Adds to a document what a tool stands for."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self._document = document
        self._scene = scene

    def add(self, tool: Tool, at: QPointF, reads: int | None = None) -> Placed | None:
        """Add a thing at a canvas point, or near it if that is taken; an output reads the neuron under it."""
        circuit, place = self._document.circuit, snapped(at)
        if tool.family is Family.OUTPUT:
            under = self.neuron_at(at)
            source = under if under is not None else circuit.elements.get(reads or 0)
            if not isinstance(source, Neuron):
                self._document.refuse(Issue("", "an output reads a neuron", "drop it on one"))
                return None
            if under is not None:
                x, y = self._scene.place(source)
                place = (x + OUTPUT_OFF[0], y + OUTPUT_OFF[1])
            reads = source.id
        element = draft(circuit, tool, place, reads or 0)
        element = replace(element, position=self._free(element))
        if not self._document.push(Add((element,))):
            return None
        self._document.select({element.id})
        return element

    def follow(self, source: int, effect: Effect, tool: Tool, at: QPointF) -> Placed | None:
        """Add a thing at a canvas point and lead a line to it, as one step of undo."""
        circuit = self._document.circuit
        origin = circuit.elements.get(source)
        if tool.family is Family.OUTPUT:
            return self.add(tool, at, reads=source)
        element = draft(circuit, tool, snapped(at))
        if not isinstance(origin, Neuron | Input) or not isinstance(element, Neuron):
            return None
        synapse = connection(circuit, origin, element, effect)
        if not self._document.push(Add((element, synapse), f"Add {element.name} after {origin.name}")):
            return None
        self._document.select({element.id})
        return element

    def neuron_at(self, at: QPointF) -> Neuron | None:
        """The neuron under a canvas point."""
        found = self._document.circuit.elements.get(self._scene.hit_body(at, 1.0) or 0)
        return found if isinstance(found, Neuron) else None

    def _free(self, element: Placed) -> Point:
        """The place it was made for, or the first one around it where nothing stands."""
        x, y = element.position
        taken = [self._scene.box(e) for e in self._scene.placed() if not isinstance(e, Note)]
        for dx, dy in TRIES:
            at = (x + dx * STEP, y + dy * STEP)
            box = box_of(element, at).adjusted(0, 0, 0, 0 if isinstance(element, Output) else NAMED_BELOW)
            if not any(box.intersects(other) for other in taken):
                return at
        return x, y
