"""The track on the tile of a waveform that the mouse is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme

WIDTH, KNOB = 3.0, 4.5  # canvas units, of the track and the radius of its knob


def paint_strength(
    p: QPainter, track: tuple[float, float, float], fraction: float, zoom: float, theme: Theme
) -> None:
    """A track from left to right at a height, in canvas units, with its knob at a fraction of it."""
    left, right, y = track
    x = left + (right - left) * min(1.0, max(0.0, fraction))
    p.save()
    p.scale(zoom, zoom)
    p.setPen(pen(theme.raised, WIDTH + 3))
    p.drawLine(QPointF(left, y), QPointF(right, y))
    p.setPen(pen(theme.track, WIDTH))
    p.drawLine(QPointF(left, y), QPointF(right, y))
    p.setPen(pen(theme.accent, WIDTH))
    p.drawLine(QPointF(left, y), QPointF(x, y))
    p.setPen(pen(theme.accent, 2))
    p.setBrush(QColor(theme.raised))
    p.drawEllipse(QPointF(x, y), KNOB, KNOB)
    p.restore()
