"""Sizes of what is drawn, in canvas units: at 100 % a unit is one pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from circuitsim.app.canvas.paint.note import note_height
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Output

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Placed, Point

NEURON = 32.0  # outer radius of the ring
GRID = 16.0  # what positions snap to
DOTS = 32.0  # between the dots of the canvas
BUTTON = (68.0, 60.0)
SLIDER = (140.0, 48.0)
WAVE = (84.0, 46.0)
OUTPUT = (112.0, 26.0)
BLOCK = (152.0, 98.0)
NAMED_BELOW = 22.0  # room for the name under a neuron or a tile


def is_button(element: Input) -> bool:
    """Whether an input is pressed by hand."""
    return element.stimulus == "button"


def is_slider(element: Input) -> bool:
    """Whether an input is moved by hand."""
    return element.stimulus == "slider"


def is_wave(element: Input) -> bool:
    """Whether an input follows a course of its own."""
    return not is_button(element) and not is_slider(element)


def key_cap(box: QRectF) -> QRectF:
    """The key on a button tile; the rim around it moves the tile."""
    return box.adjusted(7, 6, -7, -8)


def box_of(element: Placed, at: Point) -> QRectF:
    """The box of an element at a position, which is the upper left corner of a note and the centre of others."""
    if isinstance(element, Note):
        width, least = element.size
        return QRectF(*at, width, note_height(element.title, element.text, width, least))
    if isinstance(element, Neuron):
        size = (2 * NEURON, 2 * NEURON)
    elif isinstance(element, Output):
        size = OUTPUT
    elif isinstance(element, Cell):
        size = BLOCK
    else:
        size = BUTTON if is_button(element) else SLIDER if is_slider(element) else WAVE
    box = QRectF(0, 0, *size)
    box.moveCenter(QPointF(*at))
    return box
