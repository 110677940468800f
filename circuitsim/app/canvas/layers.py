"""Heads of layers: where the roles of neurons stand in columns of their own, each column says its role and its size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from circuitsim.app.canvas.blocks import frame_of
from circuitsim.app.canvas.paint.neuron import NAME_FROM
from circuitsim.app.canvas.paint.preview import HALO
from circuitsim.app.canvas.paint.text import halo_text
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.app.theme.type import font
from circuitsim.circuit.elements import Role

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.elements import Neuron

LEAST = 6  # neurons below which a look tells as much
ABOVE = 26.0  # px from the highest neuron to the base line, so that a name fits between them
SIZE = 10  # of the letters


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a layer: its words, and the middle of their base line in px from the origin of the canvas."""

    text: str
    x: float
    baseline: float


def heads(scene: Scene, zoom: float) -> list[Head]:
    """The heads of all layers, none where roles are mixed, few, or too small for names."""
    neurons = scene.circuit.neurons
    if len(neurons) < LEAST or 2 * NEURON * zoom < NAME_FROM:
        return []
    columns = {role: [n for n in neurons if n.role is role] for role in Role}
    spans = sorted((*_span(scene, found), role) for role, found in columns.items() if found)
    if len(spans) < 2 or any(left[1] + 2 * NEURON > right[0] for left, right in pairwise(spans)):
        return []
    top = min(scene.place(n)[1] for n in neurons) - HALO * NEURON
    top = min([top, *(frame_of(scene, cell).top() for cell in scene.circuit.cells)])
    return [
        Head(f"{len(columns[role])} {role}", (low + high) / 2 * zoom, top * zoom - ABOVE)
        for low, high, role in spans
    ]


def paint_heads(p: QPainter, scene: Scene, zoom: float, theme: Theme) -> None:
    """The heads of all layers."""
    face = font(SIZE, 500)
    for head in heads(scene, zoom):
        halo_text(p, head.x, head.baseline, head.text, face, theme.text3, theme)


def _span(scene: Scene, neurons: list[Neuron]) -> tuple[float, float]:
    """From the leftmost to the rightmost centre, canvas units."""
    places = [scene.place(n)[0] for n in neurons]
    return min(places), max(places)
