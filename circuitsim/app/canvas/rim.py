"""Where a line may be drawn from: the rim of a neuron, the port of an input."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.app.canvas.scene import ports_of
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.circuit.elements import Input, Neuron

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from circuitsim.app.canvas.scene import Scene

INNER, OUTER = 0.78, 1.18  # the rim, in radii: what lies inside moves the neuron
LEAST = 20.0  # diameter, px, below which a neuron has no rim to grab
REACH = 9.0  # px around the port of a tile


@dataclass(frozen=True, slots=True)
class Port:
    """A place from which a line can be drawn.

    Attributes:
        element: Id of the neuron or input.
        x: Where the line begins on the canvas.
        y: Where the line begins on the canvas.
        grabbed: Whether a press here draws a line; False over the body of a neuron.
    """

    element: int
    x: float
    y: float
    grabbed: bool


def port_at(scene: Scene, at: QPointF, zoom: float, under: int | None) -> Port | None:
    """The port that belongs to a canvas point.

    Args:
        scene: What is drawn.
        at: Where the mouse is on the canvas.
        zoom: Of the camera.
        under: Id of the topmost element there; a line or nothing gives way to a rim beside it.
    """
    if 2 * NEURON * zoom < LEAST:
        return None
    covered = scene.circuit.elements.get(under or 0)
    for neuron in reversed(scene.circuit.neurons):
        cx, cy = scene.place(neuron)
        far = math.hypot(at.x() - cx, at.y() - cy)
        mine = neuron is covered or (far <= NEURON * OUTER and not isinstance(covered, Neuron | Input))
        if mine and far <= NEURON * OUTER:
            dx, dy = (at.x() - cx, at.y() - cy) if far > 0 else (1.0, 0.0)
            k = NEURON / math.hypot(dx, dy)
            return Port(neuron.id, cx + dx * k, cy + dy * k, grabbed=far >= NEURON * INNER)
    for source in reversed(scene.circuit.inputs):
        box = scene.box(source)
        for x in ports_of(scene, source):
            if math.hypot(at.x() - x, at.y() - box.center().y()) * zoom <= REACH:
                return Port(source.id, x, box.center().y(), grabbed=True)
    return None


def target_at(scene: Scene, at: QPointF, zoom: float) -> int | None:
    """Id of what a line would end at; a neuron already draws it in a little outside of its rim."""
    reach = max(NEURON * OUTER, LEAST / 2 / zoom)
    near = [(_distance(scene, neuron, at), neuron.id) for neuron in scene.circuit.neurons]
    far, nearest = min(near, default=(math.inf, 0))
    return nearest if far <= reach else scene.hit_body(at, zoom)


def beside(scene: Scene, element: Neuron | Input, at: QPointF) -> bool:
    """Whether a canvas point lies clearly beside an element."""
    if isinstance(element, Neuron):
        return _distance(scene, element, at) > NEURON * OUTER
    box = scene.box(element)
    return not box.adjusted(-REACH, -REACH, REACH, REACH).contains(at)


def _distance(scene: Scene, neuron: Neuron, at: QPointF) -> float:
    x, y = scene.place(neuron)
    return math.hypot(at.x() - x, at.y() - y)
