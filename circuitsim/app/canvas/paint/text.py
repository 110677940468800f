"""Text that stays readable on top of lines, and badges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from circuitsim.app.theme.ink import pen
from circuitsim.app.theme.tokens import ink_on
from circuitsim.app.theme.type import font, shortened

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from circuitsim.app.theme.tokens import Theme

LONGEST = 180.0  # px of a line of text; a longer one is cut short
HALO = 1.6  # px of canvas colour around a letter
_AROUND = tuple((HALO * math.cos(k * math.pi / 6), HALO * math.sin(k * math.pi / 6)) for k in range(12))


def width_of(text: str, face: QFont) -> float:
    """Width of a line of text in px."""
    return QFontMetricsF(face).horizontalAdvance(text)


def halo_text(
    p: QPainter, x: float, baseline: float, text: str, face: QFont, ink: str, theme: Theme, *, align: int = 0
) -> None:
    """Text with an outline in the colour of the canvas.

    Args:
        p: Painter.
        x: Centre, left or right end of the text, see ``align``.
        baseline: Height of its base line.
        text: One line.
        face: Font.
        ink: Colour.
        theme: Theme.
        align: 0 centred on x, -1 begins at x, 1 ends at x.
    """
    width = width_of(text, face)
    if width > LONGEST:
        text = shortened(text, face, LONGEST)
        width = width_of(text, face)
    left = x - (width / 2 if align == 0 else width if align > 0 else 0)
    p.setFont(face)
    p.setPen(QColor(theme.canvas))
    for dx, dy in _AROUND:  # much cheaper than a stroke around every letter, and looks the same
        p.drawText(QPointF(left + dx, baseline + dy), text)
    p.setPen(QColor(ink))
    p.drawText(QPointF(left, baseline), text)


def badge(
    p: QPainter, x: float, y: float, radius: float, fill: str, theme: Theme, text: str, ink: str = ""
) -> None:
    """A disc with a letter or a number, set off from what is behind it by a rim."""
    p.setPen(pen(theme.canvas, 1.5))
    p.setBrush(QColor(fill))
    p.drawEllipse(QPointF(x, y), radius, radius)
    size = radius * (1.25 if len(text) < 2 else 1.05)
    p.setFont(font(size, 700 if radius > 6 else 600))
    p.setPen(QColor(ink or ink_on(fill)))
    p.drawText(QRectF(x - radius, y - radius, 2 * radius, 2 * radius), Qt.AlignmentFlag.AlignCenter, text)
