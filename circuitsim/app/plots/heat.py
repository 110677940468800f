"""Many traces as one picture: a row for each, its value as a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from circuitsim.app import theme
from circuitsim.app.theme.ramp import STEPS, ramp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from circuitsim.app.plots.scale import Scale
    from circuitsim.app.plots.traces import Trace, Window

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FROM = 60  # more traces than this are drawn as a map
STRETCH = 2.0  # px of time, of which the least and the greatest value are drawn side by side
BAR = 4.0  # px, width of the scale of colours in the gutter


@dataclass(frozen=True)
class HeatMap:
    """Extremes of traces over the same stretches of time.

    Attributes:
        traces: One per row, from top to bottom.
        start: Time of the left edge of the first column.
        step: Time of one column.
        values: float64[rows, columns], as the scale of the lane holds them; NaN where nothing is recorded.
    """

    traces: Sequence[Trace]
    start: float
    step: float
    values: Floats

    @property
    def span(self) -> tuple[float, float]:
        """Least and greatest value; infinite the wrong way round if there is none."""
        good = self.values[np.isfinite(self.values)]
        return (float(good.min()), float(good.max())) if good.size else (np.inf, -np.inf)

    def row_at(self, box: QRectF, y: float) -> int:
        """Id of the element whose row is at a height in px of the lane."""
        row = int((y - box.top()) / max(1.0, box.height()) * len(self.traces))
        return self.traces[min(max(row, 0), len(self.traces) - 1)].element

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
        share = (self.values - scale.low) / (scale.high - scale.low)
        index = 1.0 + np.rint(np.clip(share, 0.0, 1.0) * (STEPS - 1))
        return np.where(np.isfinite(index), index, 0.0).astype(np.uint8)


def _indexed(indices: NDArray[np.uint8], table: tuple[int, ...]) -> QImage:
    height, width = indices.shape
    image = QImage(indices.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # and a copy of the bytes


def heat_map(traces: Sequence[Trace], window: Window, to_scale: Callable[[Floats], Floats]) -> HeatMap:
    """The extremes of traces that were read together.

    Stretches of time stand at multiples of their width, not in the window, so that the picture does not flicker
    while it scrolls. Each has two columns, for its least and its greatest value: no spike is too short to be seen.
    """
    step = STRETCH * window.per_pixel
    first = int(np.floor(window.t0 / step))
    count = int(np.ceil(window.t1 / step)) - first
    times = traces[0].times
    values = np.full((len(traces), 2 * count), np.nan)
    edges = (first + np.arange(count + 1)) * step
    end = np.searchsorted(times, edges[1:], side="left")
    within = np.searchsorted(times, edges[:-1], side="left")
    begin = np.where(within < end, within, end - 1)  # where no row is, the last one still holds
    known = (begin >= 0) & (edges[:-1] <= (times[-1] if times.size else -np.inf))
    if known.any():
        ends = np.stack((begin[known], end[known]), axis=1).ravel()
        low = _reduced(np.fmin, [t.values if t.low is None else t.low for t in traces], ends)
        high = _reduced(np.fmax, [t.values if t.high is None else t.high for t in traces], ends)
        start = np.stack([trace.values[begin[known]] for trace in traces])
        rises = start - low <= high - start  # what is nearer to where it begins comes first
        values[:, 0::2][:, known] = to_scale(np.where(rises, low, high))
        values[:, 1::2][:, known] = to_scale(np.where(rises, high, low))
    return HeatMap(traces, first * step, step / 2, values)


def _reduced(ufunc: np.ufunc, rows: Sequence[Floats], ends: Ints) -> Floats:
    """An extreme of stretches of several rows, float64[rows, k]; ends are int64[2 k], begin and end of each."""
    if ends[-1] == len(rows[0]):
        ends = ends[:-1]  # the last stretch goes on to the end anyway
    result: Floats = np.stack([ufunc.reduceat(row, ends)[::2] for row in rows])
    return result
