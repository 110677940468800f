"""What was drawn of the lanes and need not be drawn again: their ground, and the past in tiles of equal width.

The past does not change, it only moves. A tile holds grid and traces of one stretch of time; it grows in strips as
they are over, and is put where it belongs. The window moves by whole pixels, so that nothing is smeared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app import theme
from circuitsim.app.plots.paint import time_ticks
from circuitsim.app.plots.picture import paint_course, paint_ground, paint_maps, paint_newest
from circuitsim.app.plots.traces import Window
from circuitsim.app.theme.ink import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from circuitsim.app.plots.lane import Lane, Lanes

WIDTH = 64  # px of a tile
STRIP = 8  # px by which the newest tile grows; what is newer is drawn in every frame
MARGIN = 4.0  # px that are drawn beyond the edges of a tile, so that lines run on into the next
DIGITS = 9  # of the time per px; the rest is rounding, which differs from window to window


@dataclass(frozen=True)
class Tile:
    """A stretch of the past, in a pixmap that may hold several.

    Attributes:
        pixmap: Where it is.
        left: Where in it this stretch begins, px.
        drawn: How much of the stretch is drawn, px.
    """

    pixmap: QPixmap
    left: int
    drawn: int


class Paper:
    """Paints lanes on a screen, from what it keeps wherever that still holds."""

    def __init__(self) -> None:
        self._ground = QPixmap()
        self._ground_look: tuple[object, ...] = ()
        self._tiles: dict[int, Tile] = {}
        self._look: tuple[object, ...] = ()

    def forget(self) -> None:
        """Draw everything anew."""
        self._ground_look = self._look = ()

    def paint(
        self, painter: QPainter, lanes: Lanes, window: Window, edition: int, unit: str, taken: Sequence[float]
    ) -> None:
        """Draw filled lanes and the axis below them.

        Args:
            painter: Of the widget.
            lanes: What they show was read before.
            window: The stretch of time they show, snapped to pixels.
            edition: Of the recording that they show.
            unit: Unit of time.
            taken: Places on the axis, px, where no number may stand.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, lanes)
        paint_maps(painter, lanes, window)
        if len(lanes):
            self._paint_past(painter, lanes, window, edition)
        paint_newest(painter, lanes, window, unit, taken)

    # the ground ---------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, lanes: Lanes) -> None:
        size, ratio = painter.viewport().size(), painter.device().devicePixelRatio()
        look = (size.toTuple(), ratio, theme.current(), theme.named("micro"), *map(_look_of_ground, lanes))
        if look != self._ground_look:
            self._ground, self._ground_look = _pixmap(size, ratio, colour(theme.current().panel)), look
            ground = _antialiased(self._ground)
            paint_ground(ground, lanes)
            ground.end()
        painter.drawPixmap(0, 0, self._ground)

    # the past -----------------------------------------------------------------------------------

    def _paint_past(self, painter: QPainter, lanes: Lanes, window: Window, edition: int) -> None:
        """Put what is over from tiles; draw what has begun to leave on the left, and what is not over on the right."""
        ratio = painter.device().devicePixelRatio()
        pixel = float(f"{window.per_pixel:.{DIGITS}g}")
        length = WIDTH * pixel
        self._forget_others(
            (edition, pixel, ratio, theme.current(), *map(_look_of_course, lanes)), window, length
        )
        begin = math.floor(window.t0 / length)
        if begin not in self._tiles and window.t0 > begin * length:
            begin += 1
        over = min(_newest(lanes), window.t1) - MARGIN * pixel
        end = max(begin, math.floor(over / length))
        times = [t for t in time_ticks(window)[0] if t > window.t0]  # none on the left edge
        missing = [k for k in range(begin, end) if k not in self._tiles]
        if missing:
            self._draw_tiles(lanes, range(missing[0], missing[-1] + 1), pixel, ratio, times)
        for k in range(begin, end):
            self._grow(lanes, k, WIDTH, pixel, times)
        grown = STRIP * max(0, math.floor((over - end * length) / (STRIP * pixel)))
        if grown:
            self._grow(lanes, end, grown, pixel, times, ratio)
        if end in self._tiles:
            grown = self._tiles[end].drawn
        top, bottom = _reach(lanes)
        painter.save()
        painter.setClipRect(QRectF(window.left + 1, top, window.right - window.left - 2, bottom - top))
        for k in range(begin, end + bool(grown)):
            tile = self._tiles[k]
            place = QRectF(window.left + (k * length - window.t0) / pixel, top, tile.drawn, bottom - top)
            source = QRectF(tile.left * ratio, 0, tile.drawn * ratio, tile.pixmap.height())
            painter.drawPixmap(place, tile.pixmap, source)
        for t0, t1 in ((window.t0, begin * length), (end * length + grown * pixel, window.t1)):
            if t1 > t0:
                _paint_piece(painter, lanes, _part(window, t0, t1), times)
        painter.restore()

    def _forget_others(self, look: tuple[object, ...], window: Window, length: float) -> None:
        """Keep the tiles that look as they should and are in sight, or nearly so."""
        if look != self._look:
            self._tiles, self._look = {}, look
        near = range(math.floor(window.t0 / length) - 1, math.ceil(window.t1 / length) + 1)
        self._tiles = {
            k: tile
            for k, tile in self._tiles.items()
            if k in near and (tile.drawn == WIDTH or (k + tile.drawn / WIDTH) * length > window.t0)
        }  # the rest of one that has begun to leave cannot be drawn any more

    def _draw_tiles(
        self, lanes: Lanes, which: range, pixel: float, ratio: float, times: Sequence[float]
    ) -> None:
        """Draw neighbouring tiles as one pixmap."""
        pixmap = _pixmap(_size_of(lanes, len(which)), ratio, Qt.GlobalColor.transparent)
        _paint_strip(pixmap, lanes, which.start * WIDTH, (0, len(which) * WIDTH), pixel, times)
        self._tiles.update({k: Tile(pixmap, (k - which.start) * WIDTH, WIDTH) for k in which})

    def _grow(
        self, lanes: Lanes, k: int, drawn: int, pixel: float, times: Sequence[float], ratio: float = 1.0
    ) -> None:
        """Draw a tile up to so many px; what is there stays."""
        tile = self._tiles.get(k)
        if tile is None:
            tile = Tile(_pixmap(_size_of(lanes, 1), ratio, Qt.GlobalColor.transparent), 0, 0)
        if drawn > tile.drawn:
            _paint_strip(tile.pixmap, lanes, k * WIDTH, (tile.drawn, drawn), pixel, times)
            self._tiles[k] = replace(tile, drawn=drawn)


def _size_of(lanes: Lanes, count: int) -> QSize:
    """Size of so many tiles side by side, px."""
    top, bottom = _reach(lanes)
    return QSize(count * WIDTH, round(bottom - top))


def _paint_strip(
    pixmap: QPixmap, lanes: Lanes, start: int, strip: tuple[int, int], pixel: float, times: Sequence[float]
) -> None:
    """Draw upright strips of the past from one place in a pixmap to another, px.

    Args:
        pixmap: Where to.
        lanes: What they show was read before.
        start: Left edge of the pixmap, px since time 0.
        strip: Where in the pixmap it begins and ends.
        pixel: Time of a px.
        times: Where the grid stands.
    """
    left, right = strip
    part = Window((start + left) * pixel, (start + right) * pixel, left, right)
    painter = _antialiased(pixmap)
    painter.translate(0.0, -_reach(lanes)[0])
    _paint_piece(painter, lanes, part, times)
    painter.end()


def snapped(window: Window, ratio: float) -> Window:
    """A window that begins at a whole device pixel of time, and not before the given one."""
    step = window.per_pixel / ratio
    way = math.ceil(window.t0 / step - 1e-6) * step - window.t0
    return Window(window.t0 + way, window.t1 + way, window.left, window.right)


def _paint_piece(painter: QPainter, lanes: Lanes, part: Window, times: Sequence[float]) -> None:
    """Grid and traces of a part of a window, to its edges as if they went on."""
    top, bottom = _reach(lanes)
    clip = QRectF(part.left, top, part.right - part.left, bottom - top)
    painter.save()
    painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
    paint_course(
        painter, lanes, _part(part, part.time(part.left - MARGIN), part.time(part.right + MARGIN)), times
    )
    painter.restore()


def _part(window: Window, t0: float, t1: float) -> Window:
    """Another stretch of time at the same scale."""
    return Window(t0, t1, window.place(t0), window.place(t1))


def _newest(lanes: Lanes) -> float:
    """The last recorded time of what is shown; nothing after 0 is over before the first row."""
    traces = [stroke.trace for lane in lanes for stroke in lane.strokes]
    ends = [float(trace.times[-1]) for trace in traces if len(trace.times)]
    return max(ends, default=0.0 if traces else math.inf)


def _reach(lanes: Lanes) -> tuple[float, float]:
    """Upper and lower edge of all lanes, whole px."""
    return math.floor(lanes[0].box.top()), math.ceil(lanes[len(lanes) - 1].box.bottom())


def _look_of_ground(lane: Lane) -> tuple[object, ...]:
    """What the ground of a lane depends on."""
    empty = not lane.strokes and lane.heat is None
    return (
        lane.spec, _look_of_scale(lane), lane.unit, tuple(lane.marks), lane.band, lane.hovered, lane.scale.locked, empty,
    )  # fmt: skip


def _look_of_course(lane: Lane) -> tuple[object, ...]:
    """What the traces of a lane depend on, beside the recording."""
    return (
        lane.spec, _look_of_scale(lane), tuple(lane.marks), lane.heat is None, tuple(s.look for s in lane.strokes),
    )  # fmt: skip


def _look_of_scale(lane: Lane) -> tuple[object, ...]:
    return lane.box.getRect(), lane.scale.low, lane.scale.high, lane.log


def _pixmap(size: QSize, ratio: float, ground: QColor | Qt.GlobalColor) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(ground)
    return pixmap


def _antialiased(pixmap: QPixmap) -> QPainter:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
