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
        self._names = _Names(scene, [e for e in placed if isinstance(e, Neuron) and (e.label or e.name)])
        self._inputs = [e for e in placed if isinstance(e, Input) and (e.label or e.name)]
        self._tiles = [e for e in placed if isinstance(e, Input | Output)]
        self._headed = wanted is None
        self._span: tuple[float, float] | None = None

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
        """Boxes of everything at a zoom, float64[n, 4]: left, top, right, bottom in px from the origin of the canvas.

        Each column lies in one piece, so that its ends are found many times as fast.
        """
        around = np.array((-END, -END, END, END))
        texts = self._names.boxes(zoom), _array(self._texts(zoom))
        return np.asfortranarray(np.concatenate((self._bodies * zoom, self._lines * zoom + around, *texts)))

    def whole(self, zoom: float) -> QRectF:
        """The box around everything at a zoom, px."""
        boxes = self.at(zoom)
        least, most = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
        return QRectF(QPointF(*least), QPointF(*most))

    def _texts(self, zoom: float) -> Iterator[Box]:
        """Boxes of all texts but the names of neurons."""
        for element in self._inputs if zoom >= NAMES_FROM else ():
            if not is_slider(element):
                place, size = tile_name(self._scene.box(element), zoom)
                yield _box(element.label or element.name, size, place)
        for tile in self._tiles:
            if text := map_under(self._scene.circuit, tile, zoom):
                under = map_place(self._scene.box(tile), zoom, below_name=is_named_below(tile))
                yield _box(text, MAP_SIZE, under)
        for head in heads(self._scene, zoom) if self._headed else ():
            yield _box(head.text, SIZE, (head.x, head.baseline))


class _Names:
    """The names of neurons, of which there may be thousands."""

    def __init__(self, scene: Scene, neurons: list[Neuron]) -> None:
        sides = scene.sides()
        looks = [(sides[n.id], str(n.role)) for n in neurons]
        self._looks = sorted(set(looks))
        self._look = np.array([self._looks.index(look) for look in looks], dtype=np.intp)
        self._at = np.array([scene.place(n) for n in neurons]).reshape(-1, 2)
        self._texts = [n.label or n.name for n in neurons]
        self._widths: dict[int, Floats] = {}

    def boxes(self, zoom: float) -> Floats:
        """Their boxes at a zoom, float64[n, 4]; none where they are not shown."""
        radius = NEURON * zoom
        if 2 * radius < NAME_FROM or not self._texts:
            return np.zeros((0, 4))
        places = [
            name_place(0.0, 0.0, radius, side, role, haloed=True, numbers=False) for side, role in self._looks
        ]
        size = places[0].size  # the same for all
        away = np.array([(place.x, place.baseline, place.align) for place in places])[self._look]
        x, baseline = (self._at * zoom + away[:, :2]).T
        width = self._width(size)
        left = x - width * (1 + away[:, 2]) / 2
        return np.stack((left, baseline - size, left + width, baseline + UNDER), axis=1)

    def _width(self, size: int) -> Floats:
        """Their widths in letters of a size, float64[n]."""
        if size not in self._widths:
            face = font(size, 600)
            self._widths[size] = np.array([width_of(text, face) for text in self._texts])
        return self._widths[size]


def _box(text: str, size: int, place: Point) -> Box:
    """The box of a text whose base line has its middle at a place."""
    width = width_of(text, font(size, 600))
    left = place[0] - width / 2
    return left, place[1] - size, left + width, place[1] + UNDER


def _body(scene: Scene, element: Placed) -> Box:
    """The box of an element with the halo of a neuron and the ports of a tile, in canvas units."""
    more = (
        (HALO - 1.0) * NEURON if isinstance(element, Neuron) else 0.0 if isinstance(element, Note) else PORT
    )
    box = scene.box(element).adjusted(-more, -more, more, more)
    return box.left(), box.top(), box.right(), box.bottom()


def _lines(scene: Scene, wanted: frozenset[int] | None) -> Floats:
    """Boxes of the pieces of lines in canvas units, float64[k, 4]."""
    chosen = np.s_[:] if wanted is None else np.flatnonzero(scene.lines.among(wanted))
    control = scene.usual_points()[chosen]
    points = sampled(control, PIECES if len(control) <= FEW else COARSE)
    starts, stops = points[:, :-1], points[:, 1:]
    return np.concatenate((np.minimum(starts, stops), np.maximum(starts, stops)), axis=2).reshape(-1, 4)


def _array(boxes: Iterable[Box]) -> Floats:
    return np.array(list(boxes), dtype=np.float64).reshape(-1, 4)
