"""The block of a network with memory: its backbone as one honest thing, never as thousands of wires."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from circuitsim.app.canvas.paint.tiles import PORT, paint_port
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import mix
from circuitsim.app.theme.type import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.theme.tokens import Theme

RADIUS, FRAME_RADIUS = 10.0, 14.0
SHIFT = 4.0  # of the second outline
DOTS = 5  # drawn for a layer of more units than that
MOST_PORTS = 9  # columns with a port of their own

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class BlockLook:
    """What a block says.

    Attributes:
        name: Of the network.
        kind: Short title of its kind.
        layers: Sizes of what values pass, from what is read to the units.
        detail: What stands below, for instance the period.
        reads: Which columns read something.
        mixed: True if it has a memory before it.
        selected: Whether it is selected.
    """

    name: str
    kind: str
    layers: tuple[int, ...]
    detail: str
    reads: tuple[bool, ...]
    mixed: bool = False
    selected: bool = False


def port_heights(box: QRectF, columns: int) -> list[float]:
    """Heights at which lines end at a block, one for each column; many columns share the middle."""
    if columns > MOST_PORTS:
        return [box.center().y()] * columns
    room = box.height() - 24
    return [box.top() + 12 + room * (k + 0.5) / columns for k in range(columns)]


def paint_frame(p: QPainter, box: QRectF, theme: Theme, *, selected: bool) -> None:
    """The ground that a block and its units share, in canvas units."""
    p.setPen(
        pen(
            theme.accent if selected else theme.border_strong,
            1.25,
            round_cap=False,
            dash=() if selected else (4, 4),
        )
    )
    p.setBrush(colour(theme.panel, 0.55))
    p.drawRoundedRect(box, FRAME_RADIUS, FRAME_RADIUS)


def paint_block(p: QPainter, box: QRectF, look: BlockLook, theme: Theme) -> None:
    """The tile of a block, in canvas units."""
    if look.selected:
        p.setPen(pen(theme.accent, 2))
        p.setBrush(colour(theme.accent, 0.18))
        p.drawRoundedRect(box.adjusted(-4, -4 - SHIFT, 4 + SHIFT, 4), RADIUS + 4, RADIUS + 4)
    p.setPen(pen(theme.border_strong, 1.25))
    p.setBrush(QColor(mix(theme.raised, theme.canvas, 0.5)))
    p.drawRoundedRect(box.translated(SHIFT, -SHIFT), RADIUS, RADIUS)
    p.setBrush(QColor(theme.raised))
    p.drawRoundedRect(box, RADIUS, RADIUS)
    _texts(p, box.adjusted(14, 8, -12, -8), look, theme)
    _topology(p, QRectF(box.left() + 16, box.top() + 30, box.width() - 32, 40), look, theme)
    shared = set(port_heights(box, len(look.reads)))
    for y, reads in zip(port_heights(box, len(look.reads)), look.reads, strict=True):
        if y in shared:
            paint_port(p, box.left(), y, theme, "" if reads or len(shared) == 1 else theme.muted)


def _texts(p: QPainter, field: QRectF, look: BlockLook, theme: Theme) -> None:
    head = QRectF(field.left(), field.top(), field.width(), 16)
    foot = QRectF(field.left(), field.bottom() - 14, field.width(), 14)
    p.setFont(font(10, 500))
    p.setPen(QColor(theme.text3))
    p.drawText(head, _RIGHT, look.kind)
    beside = head.width() - p.fontMetrics().horizontalAdvance(look.kind) - 8
    p.drawText(foot, _RIGHT, look.detail)
    room = foot.width() - p.fontMetrics().horizontalAdvance(look.detail) - 6
    sizes = p.fontMetrics().elidedText(in_short(look.layers), Qt.TextElideMode.ElideMiddle, int(room))
    p.drawText(foot, _LEFT, sizes)
    p.setFont(font(12, 600))
    p.setPen(QColor(theme.text))
    p.drawText(head, _LEFT, p.fontMetrics().elidedText(look.name, Qt.TextElideMode.ElideRight, int(beside)))


def in_short(layers: Sequence[int]) -> str:
    """Sizes of layers one after the other, equal ones together: ``2 → 2 × 32 → 8``."""
    runs = [(n, len(list(same))) for n, same in groupby(layers[1:-1])]
    middle = [str(n) if count == 1 else f"{count} × {n}" for n, count in runs]
    return " → ".join((str(layers[0]), *middle, str(layers[-1])))


def _topology(p: QPainter, field: QRectF, look: BlockLook, theme: Theme) -> None:
    """Its layers as columns of dots, every one joined to every one of the next."""
    columns = [_column(field, k, len(look.layers), n) for k, n in enumerate(look.layers)]
    p.setPen(pen(mix(theme.raised, theme.text3, 0.45), 0.75, round_cap=False))
    for left, right in pairwise(columns):
        p.drawLines([QLineF(a, b) for a in left for b in right])
    for k, places in enumerate(columns):
        p.setPen(pen(theme.text2, 1.1))
        p.setBrush(QColor(theme.liquid if k == len(columns) - 1 else theme.raised))
        for place in places:
            p.drawEllipse(place, 2.6, 2.6)
    if look.mixed:
        first = columns[0][0].x() + 0.5 * (columns[1][0].x() - columns[0][0].x())
        p.setPen(pen(theme.text2, 1.1))
        p.setBrush(QColor(theme.raised))
        p.drawRoundedRect(QRectF(first - 6, field.center().y() - 8, 12, 16), 3, 3)
        p.setFont(font(9, 600))
        p.drawText(QRectF(first - 6, field.center().y() - 8, 12, 16), Qt.AlignmentFlag.AlignCenter, "c")


def _column(field: QRectF, k: int, columns: int, n: int) -> list[QPointF]:
    x = field.left() + field.width() * (k / (columns - 1) if columns > 1 else 0.5)
    shown = min(n, DOTS)
    gap = field.height() / DOTS
    return [QPointF(x, field.center().y() + gap * (i - (shown - 1) / 2)) for i in range(shown)]


def port_of(box: QRectF, heights: Sequence[float], column: int) -> QPointF:
    """Where the line of a column ends."""
    return QPointF(box.left() - PORT, heights[column])
