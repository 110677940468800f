"""How far a drawing reaches: elements with their halos, the bows of lines, and names, which do not shrink with the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from circuitsim.app.canvas.geometry import sampled
from circuitsim.app.canvas.layers import SIZE, heads
from circuitsim.app.canvas.paint.neuron import NAME_FROM, name_place
from circuitsim.app.canvas.paint.preview import HALO
from circuitsim.app.canvas.paint.text import width_of
from circuitsim.app.canvas.sizes import NEURON, is_slider
from circuitsim.app.canvas.still import (
    MAP_SIZE,
    NAMES_FROM,
    is_named_below,
    map_place,
    map_under,
    tile_name,
)
from circuitsim.app.theme.type import font
from circuitsim.circuit.elements import Input, Neuron, Note, Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.circuit.elements import Placed, Point
    from circuitsim.spec.bounds import Floats

    Box = tuple[float, float, float, float]

PORT = 5.0  # canvas units around a tile, for its ports
END = 6.0  # px around a line, for its width and its end
UNDER = 4.0  # px under the base line of a name
FEW, PIECES, COARSE = 600, 8, 2  # up to so many lines are cut into so many pieces, more into fewer


class Extent:
    """What a drawing, or some elements of it with the lines among them, takes up at any zoom."""

    def __init__(self, scene: Scene, ids: Iterable[int] | None = None) -> None:
        wanted = None if ids is None else frozenset(ids)
        self._scene = scene
        placed = [e for e in scene.placed() if wanted is None or e.id in wanted]
        self._bodies = _array(_body(scene, element) for element in placed)
        self._lines = _lines(scene, wanted)
        self._named = [e for e in placed if isinstance(e, Neuron | Input) and (e.label or e.name)]
        self._tiles = [e for e in placed if isinstance(e, Input | Output)]
        self._headed = wanted is None
        self._sides = scene.sides(1.0)
        self._span: tuple[float, float] | None = None
        self._widths: dict[tuple[str, int], float] = {}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen."""
        return not len(self._bodies) and not len(self._lines)

    def least(self, zoom: float) -> tuple[float, float]:
        """Width and height of everything but texts at a zoom, px: no whole is smaller."""
        if self._span is None:
            shapes = np.concatenate((self._bodies, self._lines))
            (left, top), (right, bottom) = shapes[:, :2].min(axis=0), shapes[:, 2:].max(axis=0)
            self._span = float(right - left), float(bottom - top)
        return self._span[0] * zoom, self._span[1] * zoom

    def at(self, zoom: float) -> Floats:
        """Boxes of everything at a zoom, float64[n, 4]: left, top, right, bottom in px from the origin of the canvas."""
        around = np.array((-END, -END, END, END))
        return np.concatenate((self._bodies * zoom, self._lines * zoom + around, _array(self._texts(zoom))))

    def whole(self, zoom: float) -> QRectF:
        """The box around everything at a zoom, px."""
        boxes = self.at(zoom)
        least, most = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
        return QRectF(QPointF(*least), QPointF(*most))

    def _texts(self, zoom: float) -> Iterator[Box]:
        radius = NEURON * zoom
        for element in self._named:
            text, (x, y) = element.label or element.name, self._scene.place(element)
            if isinstance(element, Neuron) and 2 * radius >= NAME_FROM:
                at = name_place(
                    x * zoom,
                    y * zoom,
                    radius,
                    self._sides[element.id],
                    element.role,
                    haloed=True,
                    numbers=False,
                )
                place, size, align = (at.x, at.baseline), at.size, at.align
            elif isinstance(element, Input) and not is_slider(element) and zoom >= NAMES_FROM:
                place, size, align = *tile_name(self._scene.box(element), zoom), 0
            else:
                continue
            yield self._box(text, size, place, align)
        for tile in self._tiles:
            if text := map_under(self._scene.circuit, tile, zoom):
                under = map_place(self._scene.box(tile), zoom, below_name=is_named_below(tile))
                yield self._box(text, MAP_SIZE, under)
        for head in heads(self._scene, zoom) if self._headed else ():
            yield self._box(head.text, SIZE, (head.x, head.baseline))

    def _box(self, text: str, size: int, place: Point, align: int = 0) -> Box:
        width = self._width(text, size)
        left = place[0] - width * (1 + align) / 2
        return left, place[1] - size, left + width, place[1] + UNDER

    def _width(self, text: str, size: int) -> float:
        if (text, size) not in self._widths:
            self._widths[text, size] = width_of(text, font(size, 600))
        return self._widths[text, size]


def _body(scene: Scene, element: Placed) -> Box:
    """The box of an element with the halo of a neuron and the ports of a tile, in canvas units."""
    more = (
        (HALO - 1.0) * NEURON if isinstance(element, Neuron) else 0.0 if isinstance(element, Note) else PORT
    )
    box = scene.box(element).adjusted(-more, -more, more, more)
    return box.left(), box.top(), box.right(), box.bottom()


def _lines(scene: Scene, wanted: frozenset[int] | None) -> Floats:
    """Boxes of the pieces of lines in canvas units, float64[k, 4]."""
    curves = scene.curves(1.0)
    row = {line: k for k, line in enumerate(curves.ids)}
    chosen = [
        row[line.id]
        for line in scene.connections
        if wanted is None or line.id in wanted or {line.source, line.target} <= wanted
    ]
    points = sampled(curves.points[chosen], PIECES if len(chosen) <= FEW else COARSE)
    starts, stops = points[:, :-1], points[:, 1:]
    return np.concatenate((np.minimum(starts, stops), np.maximum(starts, stops)), axis=2).reshape(-1, 4)


def _array(boxes: Iterable[Box]) -> Floats:
    return np.array(list(boxes), dtype=np.float64).reshape(-1, 4)
