"""Tiles: push button, slider, waveform, output. Painted in canvas units; the caller scales with the zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.measures import RADIUS_CARD
from circuitsim.app.theme.tokens import BLACK, WHITE, Theme, ink_on, mix
from circuitsim.app.theme.type import font

if TYPE_CHECKING:
    from collections.abc import Sequence

PORT = 4.2  # radius
SKIRT = 3.0  # height of the side of a key
TRAVEL = 2.0  # how far a key goes down

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def paint_tile(
    p: QPainter, box: QRectF, theme: Theme, *, selected: bool = False, radius: float = RADIUS_CARD
) -> None:
    """The body of every tile."""
    if selected:
        p.setPen(pen(theme.accent, 2))
        p.setBrush(colour(theme.accent, 0.18))
        p.drawRoundedRect(box.adjusted(-4, -4, 4, 4), radius + 4, radius + 4)
    p.setPen(pen(theme.border_strong, 1.25))
    p.setBrush(QColor(theme.raised))
    p.drawRoundedRect(box, radius, radius)


def paint_port(p: QPainter, x: float, y: float, theme: Theme, ink: str = "") -> None:
    """The dot at which connections begin or end."""
    p.setPen(pen(theme.canvas, 1.5))
    p.setBrush(QColor(ink or theme.text2))
    p.drawEllipse(QPointF(x, y), PORT, PORT)


def paint_key_cap(p: QPainter, cap: QRectF, theme: Theme, *, pressed: bool, key: str) -> None:
    """The key of a push button; its letter is that of the keyboard."""
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(mix(theme.exc, BLACK, 0.38)))
    p.drawRoundedRect(cap.translated(0, SKIRT), 7, 7)
    lit = mix(theme.exc, WHITE, 0.18) if theme.is_dark else mix(theme.exc, BLACK, 0.12)  # away from its ink
    face = lit if pressed else theme.exc
    p.setBrush(QColor(face))
    cap = cap.translated(0, TRAVEL if pressed else 0)
    p.drawRoundedRect(cap, 7, 7)
    p.setFont(font(13, 700))
    p.setPen(QColor(ink_on(face) if theme.is_dark else theme.on_accent))
    p.drawText(cap, Qt.AlignmentFlag.AlignCenter, key.upper())


def paint_slider(p: QPainter, box: QRectF, theme: Theme, *, fraction: float, name: str, value: str) -> None:
    """Name, value and track of a slider."""
    left, right = slider_track(box)
    y, x = box.center().y() + 8, left + (right - left) * min(1.0, max(0.0, fraction))
    p.setPen(pen(theme.track, 3))
    p.drawLine(QPointF(left, y), QPointF(right, y))
    p.setPen(pen(theme.accent, 3))
    p.drawLine(QPointF(left, y), QPointF(x, y))
    p.setPen(pen(theme.accent, 2))
    p.setBrush(QColor(theme.raised))
    p.drawEllipse(QPointF(x, y), 5.5, 5.5)
    p.setFont(font(11, 600))
    p.setPen(QColor(theme.text))
    line = QRectF(box.left() + 12, box.top() + 5, box.width() - 24, 16)
    p.drawText(line, _RIGHT, value)
    room = line.width() - p.fontMetrics().horizontalAdvance(value) - 8
    p.setFont(font(11, 500))
    p.setPen(QColor(theme.text2))
    p.drawText(line, _LEFT, p.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room)))


def slider_track(box: QRectF) -> tuple[float, float]:
    """Left and right end of the track of a slider."""
    return box.left() + 14, box.right() - 14


def paint_wave(
    p: QPainter, box: QRectF, theme: Theme, points: Sequence[tuple[float, float]], key: str
) -> None:
    """A time course, and the letter of its key; points lie between 0 and 1 in both directions."""
    field = box.adjusted(10, 10, -12, -10)
    p.setPen(pen(colour(theme.text3, 0.6), 1))
    p.drawLine(field.bottomLeft(), field.bottomRight())
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(pen(theme.text, 1.75))
    places = [
        QPointF(field.left() + x * field.width(), field.bottom() - y * field.height()) for x, y in points
    ]
    p.drawPolyline(QPolygonF(places))
    if key:
        p.setFont(font(10, 500))
        p.setPen(QColor(theme.text2))
        corner = QRectF(box.left() + 5, box.top() + 3, 12, 13)
        p.fillRect(corner.adjusted(0, 1, 0, -1), QColor(theme.raised))
        p.drawText(corner, Qt.AlignmentFlag.AlignCenter, key.upper())


def paint_output(p: QPainter, box: QRectF, theme: Theme, *, name: str, value: str) -> None:
    """Name and live value of an output."""
    line = box.adjusted(14, 0, -12, 0)
    p.setFont(font(11, 600))
    p.setPen(QColor(theme.text))
    p.drawText(line, _RIGHT, value)
    room = line.width() - p.fontMetrics().horizontalAdvance(value) - 8
    p.setFont(font(11, 500))
    p.setPen(QColor(theme.text2))
    p.drawText(line, _LEFT, p.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room)))
