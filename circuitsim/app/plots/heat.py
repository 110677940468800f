"""Many traces as one picture: a row for each, its value as a colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from circuitsim.app import theme
from circuitsim.app.plots.traces import read_all
from circuitsim.app.theme.ramp import STEPS, ramp

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from circuitsim.app.plots.scale import Scale
    from circuitsim.app.plots.traces import Trace, Window
    from circuitsim.engine.stretch import Stretch

    Floats = NDArray[np.float64]
    Floats32 = NDArray[np.float32]
    Ints = NDArray[np.int64]

FROM = 60  # more traces than this are drawn as a map
STRETCH = 2.0  # px of time, of which the least and the greatest value are drawn side by side
BAR = 4.0  # px, width of the scale of colours in the gutter
DIGITS = 9  # of the time of a stretch; the rest is rounding, which differs from window to window


@dataclass(frozen=True)
class Source:
    """What a map is made from.

    Attributes:
        rows: Recorded of the window.
        variable: What is shown.
        elements: Ids, one per row of the map, from top to bottom.
    """

    rows: Stretch
    variable: str
    elements: tuple[int, ...]


@dataclass(frozen=True)
class HeatMap:
    """Extremes of traces over the same stretches of time.

    Attributes:
        source: What it was made from.
        start: Time of the left edge of the first column.
        step: Time of one column.
        values: float32[rows, columns], as the scale of the lane holds them, finer than its colours; NaN where nothing
            is recorded.
    """

    source: Source
    start: float
    step: float
    values: Floats32

    @property
    def span(self) -> tuple[float, float]:
        """Least and greatest value; infinite the wrong way round if there is none."""
        span = float(self.values.min(initial=np.inf)), float(self.values.max(initial=-np.inf))
        if math.isfinite(span[0]) and math.isfinite(span[1]):
            return span
        good = self.values[np.isfinite(self.values)]
        return (float(good.min()), float(good.max())) if good.size else (np.inf, -np.inf)

    def row_at(self, box: QRectF, y: float) -> int:
        """Id of the element whose row is at a height in px of the lane."""
        elements = self.source.elements
        row = int((y - box.top()) / max(1.0, box.height()) * len(elements))
        return elements[min(max(row, 0), len(elements) - 1)]

    def trace(self, row: int) -> Trace:
        """What a row is made from."""
        source = self.source
        return read_all(source.rows, source.variable, source.elements[row : row + 1])[0]

    def paint(self, painter: QPainter, box: QRectF, window: Window, scale: Scale) -> None:
        """Draw the rows into a lane, and the scale of colours beside it."""
        table = ramp(theme.current())
        rows, columns = self.values.shape
        if rows and columns:
            left, right = window.place(self.start), window.place(self.start + columns * self.step)
            place = QRectF(left, box.top() + 1, right - left, box.height() - 2)
            painter.save()
            painter.setClipRect(box.adjusted(1, 1, -1, -1))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, rows > box.height())
            painter.drawImage(place, _indexed(self._indices(scale), table))
            painter.restore()
        bar = np.arange(STEPS, 0, -1, dtype=np.uint8)[:, None]
        painter.drawImage(
            QRectF(box.left() - BAR - 1, box.top() + 1, BAR, box.height() - 2), _indexed(bar, table)
        )

    def _indices(self, scale: Scale) -> NDArray[np.uint8]:
        """Places in the table of colours: 0 for nothing, else 1 to 255."""
        index = self.values - np.float32(scale.low)
        index *= np.float32((STEPS - 1) / (scale.high - scale.low))
        np.clip(index, 0.0, STEPS - 1, out=index)
        index += np.float32(1.5)  # so that what is cut off is rounded
        np.fmax(index, 0.0, out=index)  # of zero and NaN the zero
        return index.astype(np.uint8)


def _indexed(indices: NDArray[np.uint8], table: tuple[int, ...]) -> QImage:
    height, width = indices.shape
    image = QImage(indices.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # and a copy of the bytes


class Columns:
    """The columns of the map of a lane; those whose stretch of time is over stay from frame to frame."""

    def __init__(self) -> None:
        self._look: object = None
        self._first = self._over = 0  # stretch at which they begin, and the first one that is not over
        self._values: Floats32 = np.empty((0, 2, 0), dtype=np.float32)

    def map(
        self,
        source: Source,
        window: Window,
        to_scale: Callable[[Floats], Floats],
        look: object = None,
    ) -> HeatMap:
        """The extremes of traces over stretches of time, which stand at multiples of their width, not in the window.

        So the picture does not flicker while it scrolls. Each stretch has two columns, for its least and its
        greatest value: no spike is too short to be seen.

        Args:
            source: What they are made from.
            window: The stretch of time in sight.
            to_scale: Values as the scale of the lane holds them.
            look: What the columns depend on beside all that.
        """
        step = float(f"{STRETCH * window.per_pixel:.{DIGITS}g}")
        first = int(np.floor(window.t0 / step))
        count = int(np.ceil(window.t1 / step)) - first
        values = np.empty((count, 2, len(source.elements)), dtype=np.float32)
        begin, end = first, first  # stretches that are there
        if (look, source.elements, step) == self._look:
            begin, end = max(first, self._first), min(first + count, self._over)
            if begin >= end:
                begin = end = first
            values[begin - first : end - first] = self._values[begin - self._first : end - self._first]
        for a, b in ((first, begin), (end, first + count)):
            if a < b:
                values[a - first : b - first] = to_scale(_extremes(source, step * np.arange(a, b + 1)))
        times = source.rows.t
        newest = int(np.floor(times[-1] / step)) if times.size else first
        self._look, self._first = (look, source.elements, step), first
        self._over, self._values = min(newest, first + count), values
        return HeatMap(source, first * step, step / 2, values.reshape(2 * count, -1).T)


def _extremes(source: Source, edges: NDArray[np.floating]) -> Floats:
    """Least and greatest value of each stretch between float64[k + 1] edges.

    Returns:
        float64[k, 2, n]: of each of n traces both, first the one that is nearer to where the stretch begins.
    """
    rows = source.rows.part(float(edges[0]), float(edges[-1]))
    course = rows.course(source.variable, source.elements)
    times, values = course.t, course.values.T
    result = np.full((len(edges) - 1, 2, values.shape[1]), np.nan)
    end = times.searchsorted(edges[1:])
    within = times.searchsorted(edges[:-1])
    begin = np.where(within < end, within, end - 1)  # where no row is, the last one still holds
    known = (begin >= 0) & (edges[:-1] <= (times[-1] if times.size else -np.inf))
    if known.any():
        begin, end = begin[known], end[known]
        ends = (
            values if course.low is None else course.low.T,
            values if course.high is None else course.high.T,
        )
        low, high = _folded(*ends, begin, end)
        start = values[begin]
        rises = low + high >= 2.0 * start
        result[known, 0], result[known, 1] = np.where(rises, low, high), np.where(rises, high, low)
    return result


def _folded(low: Floats, high: Floats, begin: Ints, end: Ints) -> tuple[Floats, Floats]:
    """Least of low and greatest of high rows, float64[k, n], over m stretches of one or more of them: float64[m, n].

    Row by row, for all stretches and traces at once: `reduceat` does it number by number.
    """
    least: Floats = low[begin]
    greatest: Floats = least.copy() if high is low else high[begin]
    for k in range(1, int((end - begin).max())):
        more = np.flatnonzero(end - begin > k)
        rows = low[begin[more] + k]
        others = rows if high is low else high[begin[more] + k]
        if len(more) == len(begin):
            np.fmin(least, rows, out=least)
            np.fmax(greatest, others, out=greatest)
        else:
            least[more] = np.fmin(least[more], rows)
            greatest[more] = np.fmax(greatest[more], others)
    return least, greatest
