"""What is about to be added, half transparent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.paint.block import RADIUS
from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_neuron
from circuitsim.app.canvas.paint.note import paint_note
from circuitsim.app.canvas.paint.preview import DASH, paint_sign
from circuitsim.app.canvas.paint.tiles import paint_key_cap, paint_output, paint_slider, paint_tile
from circuitsim.app.canvas.sizes import NEURON, box_of, is_button, is_slider, key_cap
from circuitsim.app.theme.ink import pen
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Output

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.elements import Placed

OPACITY = 0.6


def paint_ghost(p: QPainter, element: Placed, zoom: float, theme: Theme, *, allowed: bool) -> None:
    """An element that is not there yet; the painter's origin is that of the canvas."""
    p.save()
    p.setOpacity(OPACITY)
    if isinstance(element, Neuron):
        x, y = element.position
        paint_neuron(p, x * zoom, y * zoom, NEURON * zoom, NeuronLook(level=0.4, sweep=0.7), theme)
        p.restore()
        return
    p.scale(zoom, zoom)
    box = box_of(element, element.position)
    match element:
        case Note():
            paint_note(p, box, theme, element.title, element.text, selected=False, zoom=zoom)
        case Output():
            paint_tile(p, box, theme, radius=box.height() / 2)
            paint_output(p, box, theme, name=element.name, value="")
        case Cell():
            paint_tile(p, box, theme, radius=RADIUS)
        case Input():
            paint_tile(p, box, theme)
            if is_button(element):
                paint_key_cap(p, key_cap(box), theme, pressed=False, key=element.key)
            elif is_slider(element):
                paint_slider(p, box, theme, fraction=0.5, name=element.name, value="")
    p.setOpacity(1.0)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(pen(theme.accent if allowed else theme.error, 1.25, round_cap=False, dash=DASH))
    radius = box.height() / 2 if isinstance(element, Output) else 8
    p.drawRoundedRect(box.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
    if not allowed:
        paint_sign(p, box.topRight(), 7.0, theme, plus=False)
    p.restore()
