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

FROM = 60  # more traces than this are drawn as a map
COLUMN = 2.0  # px
BAR = 4.0  # px, width of the scale of colours in the gutter


@dataclass(frozen=True)
class HeatMap:
    """Traces sampled at the same instants.

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
    """Sample traces that were read together.

    Columns stand at multiples of their width in time, not in the window, so that the picture does not flicker
    while it scrolls.
    """
    step = COLUMN * window.per_pixel
    first = int(np.floor(window.t0 / step))
    count = int(np.ceil(window.t1 / step)) - first
    times = traces[0].times
    at = (first + np.arange(count)) * step
    row = np.searchsorted(times, at, side="right") - 1
    values = np.full((len(traces), count), np.nan)
    known = (row >= 0) & (at <= (times[-1] if times.size else -np.inf))
    if known.any():
        values[:, known] = to_scale(np.stack([trace.values for trace in traces])[:, row[known]])
    return HeatMap(traces, first * step, step, values)
