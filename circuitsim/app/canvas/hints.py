"""What the mouse would do here, for the status bar and the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.sizes import is_button, is_slider, is_wave, key_cap
from circuitsim.app.canvas.strength import has_track, on_track
from circuitsim.app.document.tools import Family
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Output, Synapse

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.circuit.elements import Element

EMPTY = "double-click adds · drag to select · middle drag or Space drag pans · wheel zooms"
MOVE = "drag to move, Alt without grid · click selects, Shift adds · double-click edits the name"
NEURON_MOVE = "drag from its rim to connect, from inside to move · double-click edits the name"
BLOCK_MOVE = "drag to move it with its units · lines from inputs and neurons may end here · double-click edits the name"
NOTE_MOVE = "drag to move, Alt without grid · double-click edits the text"
RIM = "drag to a neuron, or to empty canvas for a list · Shift inhibitory, Ctrl electrical, both directed"
PORT_HINT = "drag to a neuron, or to empty canvas for a list · Shift inhibitory"
TOOL_HINTS = {
    Family.NEURON: "click to place the neuron, Shift keeps the tool · Esc lays it down",
    Family.INPUT: "click to place the input, Shift keeps the tool · Esc lays it down",
    Family.NETWORK: "click to place the network, Shift keeps the tool · Esc lays it down",
    Family.OUTPUT: "click the neuron that the output shall read · Esc lays the tool down",
    Family.NOTE: "click to place the note, Shift keeps the tool · Esc lays it down",
    Family.SYNAPSE: "drag from one to another, or click both · Esc lays the tool down",
}


def hint(scene: Scene, element: Element | None, at: QPointF, zoom: float = 1.0) -> tuple[str, Qt.CursorShape]:
    """The hint line and the cursor for a place on the canvas, and the element there.

    The document is an element too, but nothing that stands on the canvas: it is empty there.
    """
    arrow, hand = Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor
    if isinstance(element, Input) and acts(scene, element, at, zoom):
        if is_button(element):
            key = f", or hold {element.key.upper()}" if element.key else ""
            return f"hold to press {element.name}{key} · drag its rim to move", hand
        if is_wave(element):
            key = f" · {element.key.upper()} switches it off and on" if element.key else ""
            told = f"drag to change how strongly {element.name} acts{key} · drag above to move"
            return told, Qt.CursorShape.SizeHorCursor
        key = f", or press {element.key.upper()}" if element.key else ""
        return (
            f"drag to change {element.name} while it runs{key} · drag its name to move",
            Qt.CursorShape.SizeHorCursor,
        )
    if isinstance(element, Neuron):
        return NEURON_MOVE, arrow
    if isinstance(element, Note):
        return NOTE_MOVE, arrow
    if isinstance(element, Input | Output):
        return MOVE, arrow
    if isinstance(element, Cell):
        return BLOCK_MOVE, arrow
    if isinstance(element, Synapse):
        return "click selects · Delete removes", hand
    return EMPTY, arrow


def acts(scene: Scene, element: Element, at: QPointF, zoom: float = 1.0) -> bool:
    """Whether a press at a canvas point works a tile: the key of a button, the track of a slider or a waveform."""
    if not isinstance(element, Input):
        return False
    box = scene.box(element)
    if is_button(element):
        return key_cap(box).contains(at)
    if is_wave(element):
        return has_track(element, zoom) and on_track(scene, element, at)
    return is_slider(element) and at.y() > box.center().y() - 2
