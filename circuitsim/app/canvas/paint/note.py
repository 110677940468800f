"""Notes: paper on the canvas, in canvas units; as tall as their text.

Letters are never smaller than can be read: far from it, a note shows as much of its text as has room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPolygonF, QTextLayout

from circuitsim.app.theme.ink import pen
from circuitsim.app.theme.tokens import Theme, mix
from circuitsim.app.theme.type import font

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

FOLD = 12.0
CORNER = 6.0
MARGIN = 12.0
TOP, BOTTOM = 10.0, 12.0
BETWEEN = 4.0  # title to text
LETTERS, LEAST = 12.0, 10.0  # size in canvas units, and the least on screen, px
LEGIBLE_FROM = 0.45  # zoom; below there is no room for letters
LINE, BAR = 16.0, 5.0  # of what stands in their place

_WRAP = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap.value)


def note_height(title: str, text: str, width: float, least: float = 0.0) -> float:
    """The height at which nothing of a note is cut off."""
    parts = [_text_height(title, _title_font(), width - FOLD)] if title else []
    parts += [_text_height(text, _text_font(), width)] if text else []
    return max(least, TOP + sum(parts) + BETWEEN * (len(parts) > 1) + BOTTOM)


def paint_note(
    p: QPainter, box: QRectF, theme: Theme, title: str, text: str, *, selected: bool, zoom: float = 1.0
) -> None:
    """Paper with a folded corner, title and text, by a painter that the caller has scaled by the zoom."""
    p.setPen(pen(theme.accent if selected else mix(theme.canvas, theme.warn, 0.28), 2 if selected else 1))
    p.setBrush(QColor(mix(theme.canvas, theme.warn, 0.10 if theme.is_dark else 0.09)))
    p.drawPath(_paper(box))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(mix(theme.canvas, theme.warn, 0.30)))
    edge = box.topRight()
    p.drawPolygon(QPolygonF([edge + QPointF(-FOLD, 0), edge + QPointF(0, FOLD), edge + QPointF(-FOLD, FOLD)]))
    field = box.adjusted(MARGIN, TOP, -MARGIN, 0)
    if zoom < LEGIBLE_FROM:
        _bars(p, field.adjusted(0, 0, 0, -BOTTOM), theme)
        return
    size, room = max(LETTERS, LEAST / zoom), field.adjusted(0, 0, 0, -BOTTOM / 2)
    if title:
        p.setPen(QColor(theme.text))
        used = _paint_text(p, room.adjusted(0, 0, -FOLD, 0), title, font(size, 600))
        room.setTop(room.top() + used + BETWEEN)
    p.setPen(QColor(theme.text2))
    _paint_text(p, room, text, font(size, 400))


def _paint_text(p: QPainter, room: QRectF, text: str, face: QFont) -> float:
    """As many lines as have room, the last one shortened if there are more; the height they take."""
    p.setFont(face)
    metrics = QFontMetricsF(face)
    box = QRectF(room.topLeft(), QSizeF(room.width(), 1e6))
    whole = metrics.boundingRect(box, _WRAP, text).height()
    if whole <= room.height() + 1:
        p.drawText(box, _WRAP, text)
        return whole
    lines = _lines(text, face, room.width())
    count = int(room.height() / metrics.lineSpacing())
    if not count:
        return 0.0
    last = lines[count - 1].rstrip(" .,;:") + "…"
    shown = [*lines[: count - 1], metrics.elidedText(last, Qt.TextElideMode.ElideRight, room.width())]
    for k, line in enumerate(shown):
        p.drawText(QPointF(room.left(), room.top() + metrics.ascent() + k * metrics.lineSpacing()), line)
    return count * metrics.lineSpacing()


def _lines(text: str, face: QFont, width: float) -> list[str]:
    result = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, face)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            result.append(paragraph[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
    return result


def _bars(p: QPainter, field: QRectF, theme: Theme) -> None:
    p.setBrush(QColor(mix(theme.canvas, theme.warn, 0.40)))
    for k in range(int((field.height() - BAR) // LINE) + 1):
        width = field.width() * (0.5 if k == 0 else 0.96 - 0.12 * (k % 2))
        p.drawRect(QRectF(field.left(), field.top() + 3 + k * LINE, width, BAR))


def _title_font() -> QFont:
    return font(LETTERS, 600)


def _text_font() -> QFont:
    return font(LETTERS, 400)


def _text_height(text: str, face: QFont, width: float) -> float:
    room = QRectF(0, 0, width - 2 * MARGIN, 1e6)
    return QFontMetricsF(face).boundingRect(room, _WRAP, text).height()


def _paper(box: QRectF) -> QPainterPath:
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    path = QPainterPath(QPointF(left + CORNER, top))
    path.lineTo(right - FOLD, top)
    path.lineTo(right, top + FOLD)
    path.lineTo(right, bottom - CORNER)
    path.quadTo(right, bottom, right - CORNER, bottom)
    path.lineTo(left + CORNER, bottom)
    path.quadTo(left, bottom, left, bottom - CORNER)
    path.lineTo(left, top + CORNER)
    path.quadTo(left, top, left + CORNER, top)
    return path
