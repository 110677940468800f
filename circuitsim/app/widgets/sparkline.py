"""A small line of the recent past, and where a value stands between two bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

LEAST_SPAN = 0.02  # a line that varies less than this share of its size is drawn flat


class Sparkline(QWidget):
    """The course of one value, without axes, with a dot at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._values: NDArray[np.float64] = np.empty(0)
        self._ink = QColor()

    def show_values(self, values: NDArray[np.float64], ink: str) -> None:
        """Draw float64[k] in a colour, oldest first."""
        self._values, self._ink = values[np.isfinite(values)], QColor(ink)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The line, scaled to what it shows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_course(painter, self.rect().toRectF(), self._values, self._ink)


def paint_course(painter: QPainter, box: QRectF, values: NDArray[np.float64], ink: QColor | str) -> None:
    """A line through values, scaled to what it shows, with a dot at its end; values that are not finite are left out."""
    values = values[np.isfinite(values)]
    if len(values) < 2:
        return
    low, high = float(values.min()), float(values.max())
    least = LEAST_SPAN * max(abs(low), abs(high), 1e-12)
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    x = np.linspace(box.left() + 1.0, box.right() - 5.0, len(values))
    y = box.bottom() - 4.0 - (values - low) / (high - low) * (box.height() - 8.0)
    points = QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
    painter.setPen(QPen(QColor(ink), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(points)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(points.last(), 2.4, 2.4)


class RangeBar(QWidget):
    """Where a value stands between two bounds, with the bounds printed below."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(34)
        self._fraction: float | None = None
        self._texts = ("", "", "")
        self._inks = (QColor(Qt.GlobalColor.transparent), QColor(Qt.GlobalColor.transparent))

    def show_range(self, fraction: float | None, texts: tuple[str, str, str], inks: tuple[str, str]) -> None:
        """Show a position from 0 to 1 (None hides it), three captions, and the colours of track and fill."""
        self._fraction, self._texts, self._inks = fraction, texts, (QColor(inks[0]), QColor(inks[1]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Bar, mark and captions."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, y = 2.0, self.width() - 2.0, 9.0
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(self._inks[0], 5, Qt.PenStyle.SolidLine, cap))
        painter.drawLine(QPointF(left + 2, y), QPointF(right - 2, y))
        palette, role = self.palette(), QPalette.ColorRole
        if self._fraction is not None:
            x = left + (right - left) * min(1.0, max(0.0, self._fraction))
            painter.setPen(QPen(self._inks[1], 5, Qt.PenStyle.SolidLine, cap))
            painter.drawLine(QPointF(left + 2, y), QPointF(max(x, left + 3), y))
            painter.setPen(QPen(palette.color(role.WindowText), 1.5))
            painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))
        painter.setPen(palette.color(role.PlaceholderText))
        box = QRectF(0, 17, self.width(), 15)
        align = Qt.AlignmentFlag
        for text, side in zip(
            self._texts, (align.AlignLeft, align.AlignHCenter, align.AlignRight), strict=True
        ):
            painter.drawText(box, side | align.AlignVCenter, text)
