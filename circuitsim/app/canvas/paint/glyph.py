"""The sign of a synapse as a word in a line of text: a short synapse with the dash and the end of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPolygonF

from circuitsim.app.canvas.paint.synapse import Sign, sign_colour
from circuitsim.app.theme.ink import colour, pen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme

WIDTH = 31.0  # px


def paint_sign_glyph(p: QPainter, sign: Sign, x: float, y: float, theme: Theme) -> None:
    """Arrow, bar, pipette, or dots with two bars, and an open arrow too if it is directed; x is its left end, y its middle."""
    ink = sign_colour(theme, sign)
    p.setBrush(Qt.BrushStyle.NoBrush)
    if sign.is_junction:
        p.setPen(pen(ink, 1.6, dash=(0.1, 2.2)))
        p.drawLine(QLineF(x + 1, y, x + 30, y))
        p.setPen(pen(ink, 1.6))
        p.drawLines([QLineF(x + k, y - 4.5, x + k, y + 4.5) for k in (13.5, 17.5)])
        if sign is Sign.DIRECTED:
            p.drawPolyline([QPointF(x + 26, y - 4), QPointF(x + 30, y), QPointF(x + 26, y + 4)])
        return
    if sign is Sign.CLAMP:
        p.setPen(pen(ink, 1.8, round_cap=False))
        p.drawLine(QLineF(x + 1, y, x + 20, y))
        p.setPen(pen(ink, 1.4))
        p.drawPolyline([QPointF(x + 18, y - 4.2), QPointF(x + WIDTH, y), QPointF(x + 18, y + 4.2)])
        return
    if sign is Sign.INHIBITORY:
        p.setPen(pen(ink, 1.8, round_cap=False, dash=(4, 1.8)))
        p.drawLine(QLineF(x + 1, y, x + 28, y))
        p.setPen(pen(ink, 2.4))
        p.drawLine(QLineF(x + 29.5, y - 5, x + 29.5, y + 5))
        return
    p.setPen(pen(ink, 1.8))
    p.drawLine(QLineF(x + 1, y, x + 24, y))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(ink))
    tip, notch = QPointF(x + WIDTH, y), QPointF(x + 24, y)
    p.drawPolygon(QPolygonF([tip, QPointF(x + 22, y - 4.2), notch, QPointF(x + 22, y + 4.2)]))
