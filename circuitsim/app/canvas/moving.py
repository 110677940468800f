"""Painting of what moves besides neurons and dots: keys, sliders, values of outputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from circuitsim.app.canvas.paint.preview import Mark, paint_lit_tile
from circuitsim.app.canvas.paint.tiles import paint_key_cap, paint_output, paint_slider
from circuitsim.app.canvas.sizes import is_button, is_slider, key_cap
from circuitsim.app.document.quantity import steady

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.looks import Looks
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.theme.tokens import Theme


@dataclass
class Values:
    """What tiles show.

    Attributes:
        inputs: Value by input id.
        outputs: Value by output id.
        pressed: Ids of the buttons that are held.
    """

    inputs: dict[int, float] = field(default_factory=dict)
    outputs: dict[int, float] = field(default_factory=dict)
    pressed: frozenset[int] = frozenset()


def paint_inputs(p: QPainter, scene: Scene, zoom: float, values: Values, theme: Theme) -> None:
    """Keys of push buttons, and sliders."""
    for element in scene.circuit.inputs:
        if not is_button(element) and not is_slider(element):
            continue
        box = scene.box(element)
        p.save()
        p.scale(zoom, zoom)
        if is_button(element):
            paint_key_cap(p, key_cap(box), theme, pressed=element.id in values.pressed, key=element.key)
        else:
            value = values.inputs.get(element.id, element.parameters["value"])
            low, high = element.parameters["low"], element.parameters["high"]
            fraction = (value - low) / (high - low) if high != low else 0.0
            name = element.label or element.name
            paint_slider(p, box, theme, fraction=fraction, name=name, value=steady(value))
        p.restore()


def paint_outputs(p: QPainter, scene: Scene, zoom: float, values: Values, theme: Theme) -> None:
    """Names and values of outputs."""
    for element in scene.circuit.outputs:
        p.save()
        p.scale(zoom, zoom)
        value = values.outputs.get(element.id)
        text = "" if value is None else steady(value)
        paint_output(p, scene.box(element), theme, name=element.label or element.name, value=text)
        p.restore()


def paint_lit_outputs(p: QPainter, scene: Scene, zoom: float, looks: Looks, theme: Theme) -> None:
    """What lights up around the outputs where a line may end."""
    for element in scene.circuit.outputs:
        if looks.marks.get(element.id) is Mark.LEGAL:
            box = scene.box(element)
            paint_lit_tile(p, QRectF(box.topLeft() * zoom, box.size() * zoom), theme, beat=looks.beat)
