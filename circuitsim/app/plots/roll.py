"""The course of the lanes, grid and traces, as a picture that is moved and drawn on.

The past does not change, it only moves: the picture is shifted by whole device pixels, and only what came into sight
is drawn, on the right together with the newest stretch, which is not over.
"""

from __future__ import annotations

import math
from time import thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app.plots.paint import time_ticks
from circuitsim.app.plots.picture import paint_course
from circuitsim.app.plots.traces import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.app.plots.lane import Lanes

MARGIN = 4.0  # px that are drawn beyond the edges of a piece, so that lines run on into the next
FEW = 16  # traces that are drawn at once, however they change
WIDE = 160.0  # px that are drawn at once of a past that is drawn over some frames
SLICE = 0.008  # s of a frame for that
DIGITS = 9  # of the time per px; the rest is rounding, which differs from window to window


class Roll:
    """Keeps the picture of a stretch of time.

    Places in it are counted in device pixels since time 0; what lies between `_begin` and `_end` is over and drawn.
    """

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._paper: tuple[object, ...] = ()
        self._look: tuple[object, ...] = ()
        self._left = self._begin = self._end = 0
        self._behind = False

    @property
    def unfinished(self) -> bool:
        """Whether a part of the past is still seen as it looked before."""
        return self._behind

    def forget(self) -> None:
        """Draw everything anew."""
        self._paper, self._behind = (), False

    def paint(
        self,
        painter: QPainter,
        lanes: Lanes,
        window: Window,
        paper: tuple[object, ...],
        look: tuple[object, ...],
    ) -> None:
        """Draw grid and traces of some lanes.

        Args:
            painter: Of the widget.
            lanes: At least one; what they show was read before.
            window: The stretch of time they show, snapped to pixels.
            paper: What the picture depends on beside the window; with another one all is drawn at once.
            look: What else it depends on; with another one the past of many is drawn over some frames, the newest first.
        """
        ratio, pixel = painter.device().devicePixelRatio(), float(f"{window.per_pixel:.{DIGITS}g}")
        area = QRectF(window.left, math.floor(lanes[0].box.top()), window.right - window.left, 0.0)
        area.setBottom(math.ceil(lanes[len(lanes) - 1].box.bottom()))
        step = pixel / ratio
        over = math.floor(min(_newest(lanes), window.t1) / step - MARGIN * ratio)
        way = round(window.t0 / step) - self._left
        self._move(self._left + way, area.size(), ratio, (*paper, pixel))
        # of what comes into sight nothing is there yet, but for a little on the right, which is drawn in any case
        slowly = _is_much(lanes) and 0 <= way <= WIDE * ratio
        self._look_again(look, over, slowly=slowly)
        self._draw(lanes, window, area.topLeft(), step, ratio)
        self._end = max(self._end, min(over, self._right))
        painter.setClipRect(area.adjusted(1, 0, -1, 0))
        painter.drawPixmap(area.topLeft(), self._picture)
        painter.setClipping(False)

    @property
    def _right(self) -> int:
        return self._left + self._picture.width()

    def _move(self, left: int, size: QSizeF, ratio: float, paper: tuple[object, ...]) -> None:
        """Let the picture begin at a place; what is kept of it stays where it was in time."""
        if (size, ratio, paper) != self._paper:
            self._paper, self._look = (size, ratio, paper), ()
            self._picture = QPixmap((size * ratio).toSize())
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._begin = self._end = left
        elif left != self._left:
            self._picture.scroll(self._left - left, 0, self._picture.rect())
            self._behind &= left > self._left
        self._left = left
        self._begin, self._end = max(self._begin, left), min(self._end, self._right)
        if self._begin >= self._end:
            self._begin = self._end = left

    def _look_again(self, look: tuple[object, ...], over: int, *, slowly: bool) -> None:
        """Begin to draw the past anew if it looks different; at once if there is little, or if that happens again and again."""
        if look != self._look:
            self._behind = slowly and bool(self._look) and not self._behind
            self._look = look
            self._begin = self._end = min(max(over, self._left), self._right) if self._behind else self._left

    def _draw(self, lanes: Lanes, window: Window, corner: QPointF, step: float, ratio: float) -> None:
        """Draw what the picture lacks: all that was not over on the right, and what came into sight on the left."""
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        times = [t for t in time_ticks(window)[0] if t > window.t0]  # none on the left edge
        for begin, end in self._pieces(round(WIDE * ratio)):
            painter.resetTransform()
            painter.scale(1 / ratio, 1 / ratio)
            piece = QRect(begin - self._left, 0, end - begin, self._picture.height())
            painter.setClipRect(piece)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(piece, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.scale(ratio, ratio)
            painter.translate(-corner)
            margin = MARGIN * ratio
            paint_course(painter, lanes, _part(window, (begin - margin) * step, (end + margin) * step), times)
        painter.end()

    def _pieces(self, wide: int) -> Iterator[tuple[int, int]]:
        """What is to be drawn in this frame, from right to left."""
        if self._end < self._right:
            yield self._end, self._right
        until = thread_time() + SLICE
        while self._begin > self._left:
            begin, end = max(self._left, self._begin - wide) if self._behind else self._left, self._begin
            yield begin, end
            self._begin = begin
            if self._behind and thread_time() > until:
                return
        self._behind = False


def snapped(window: Window, ratio: float) -> Window:
    """A window that begins at a whole device pixel of time, and not before the given one."""
    step = window.per_pixel / ratio
    way = math.ceil(window.t0 / step - 1e-6) * step - window.t0
    return Window(window.t0 + way, window.t1 + way, window.left, window.right)


def _is_much(lanes: Lanes) -> bool:
    return sum(len(lane.strokes) + len(lane.ghosts) for lane in lanes) > FEW


def _part(window: Window, t0: float, t1: float) -> Window:
    """Another stretch of time at the same scale."""
    return Window(t0, t1, window.place(t0), window.place(t1))


def _newest(lanes: Lanes) -> float:
    """The last time of which all that is shown is recorded; nothing after 0 is over before the first row."""
    traces = [stroke.trace for lane in lanes for stroke in (*lane.ghosts, *lane.strokes)]
    ends = [float(trace.times[-1]) for trace in traces if len(trace.times)]
    return min(ends, default=0.0 if traces else math.inf)
