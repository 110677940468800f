"""What an empty canvas says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from circuitsim.app.theme.type import font

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme

FIRST = "Double-click to add a neuron, an input or a note"
SECOND = "or drag a tile from the palette, or press N for a neuron and I for an input"


def paint_empty(p: QPainter, theme: Theme) -> None:
    """Two lines in the middle of the view: how to begin."""
    middle = QRectF(p.window()).center()
    for text, face, ink, down in (
        (FIRST, font(15, 600), theme.text2, -12),
        (SECOND, font(12, 400), theme.text3, 14),
    ):
        p.setFont(face)
        p.setPen(QColor(ink))
        line = QRectF(0, middle.y() + down - 12, 2 * middle.x(), 24)
        p.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
