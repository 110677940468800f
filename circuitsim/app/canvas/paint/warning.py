"""The ring around a neuron that a warning names: outside of all other rings, so that none hides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from circuitsim.app.canvas.paint.preview import HALO
from circuitsim.app.canvas.paint.text import badge
from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme

AWAY = 3.5  # px from the halo of a selection
SIGN_FROM = 20.0  # diameter, px, from which there is room for the sign
SIGN_LEAST, SIGN_MOST, SIGN = 4.5, 9.0, 0.26  # px, px, of R


def paint_warning(p: QPainter, x: float, y: float, radius: float, theme: Theme) -> None:
    """A ring, and at its upper left, where no number of a trace stands, an exclamation mark."""
    small = 2 * radius < SIGN_FROM
    ring = radius + 3 + AWAY if small else radius * HALO + AWAY
    p.setPen(pen(theme.warn, 1.5 if small else 2.0))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(x, y), ring, ring)
    if not small:
        away = ring * 0.7071
        size = max(SIGN_LEAST, min(SIGN_MOST, SIGN * radius))
        badge(p, x - away, y - away, size, theme.warn, theme, "!", ink=theme.canvas)
