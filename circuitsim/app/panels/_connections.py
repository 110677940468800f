"""The synapses of a neuron as a list: sign, other end, strength; a click selects one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.connections import connections
from circuitsim.app.canvas.paint.synapse import Sign, sign_colour
from circuitsim.app.document.quantity import number
from circuitsim.app.theme.ink import colour, pen
from circuitsim.circuit.elements import Input, Neuron, Synapse

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.theme.tokens import Theme

ROW = 24
LIMIT = 40  # rows shown; the strongest come first


@dataclass(frozen=True)
class Entry:
    """One row: synapse id, name of the other end, sign, and strength with its share of the strongest."""

    synapse: int
    name: str
    sign: Sign
    strength: float
    share: float


def entries(document: Document, neuron: int, *, incoming: bool) -> list[Entry]:
    """The synapses that end or begin at a neuron, strongest first; gap junctions count as incoming."""
    circuit = document.circuit
    found = []
    for line in connections(circuit):
        synapse = circuit.elements[line.id]
        if not isinstance(synapse, Synapse) or neuron not in (line.source, line.target):
            continue
        mutual = line.sign is Sign.ELECTRICAL
        here, there = (line.target, line.source) if incoming else (line.source, line.target)
        if mutual and here != neuron:
            here, there = there, here
        if here != neuron or (mutual and not incoming):
            continue
        other = circuit.elements[there]
        assert isinstance(other, Neuron | Input)  # noqa: S101  (held by validation)
        strength = abs(synapse.parameters[circuit.kinds.synapses[synapse.kind].strength])
        found.append(Entry(synapse.id, other.name, line.sign, strength, line.strength))
    return sorted(found, key=lambda e: -e.share)


class ConnectionList(QWidget):
    """Painted rows, one per synapse."""

    def __init__(self, document: Document, found: list[Entry], *, incoming: bool) -> None:
        super().__init__()
        self.setObjectName("connections")
        self._document, self._found, self._incoming = document, found[:LIMIT], incoming
        self._hovered = -1
        self.setFixedHeight(max(1, len(self._found)) * ROW)
        self.setMouseTracking(True)

    def show_entries(self, found: list[Entry]) -> None:
        """Show other numbers of the same synapses."""
        self._found = found[:LIMIT]
        self.setFixedHeight(max(1, len(self._found)) * ROW)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Glyph, name, bar and number of each."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._found:
            painter.setFont(theme.named("label"))
            painter.setPen(colour(t.text3))
            painter.drawText(QRectF(11, 0, self.width(), ROW), Qt.AlignmentFlag.AlignVCenter, "none")
        for place, entry in enumerate(self._found):
            self._paint_row(painter, t, place * ROW, entry, hovered=place == self._hovered)

    def _paint_row(self, painter: QPainter, t: Theme, top: float, entry: Entry, *, hovered: bool) -> None:
        width, y = float(self.width()), top + ROW / 2
        ink = sign_colour(t, entry.sign)
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.hover))
            painter.drawRoundedRect(QRectF(-4, top + 1, width + 8, ROW - 2), 4, 4)
        _paint_glyph(painter, entry.sign, ink, y)
        painter.setFont(theme.font(11, 500))
        painter.setPen(colour(t.text))
        align = Qt.AlignmentFlag
        name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, int(width - 152))
        painter.drawText(QRectF(42, top, width - 150, ROW), align.AlignVCenter, name)
        left, right = width - 104, width - 54
        painter.setPen(pen(t.track, 3))
        painter.drawLine(QLineF(left, y, right, y))
        painter.setPen(pen(ink, 3))
        painter.drawLine(QLineF(left, y, left + (right - left) * max(0.05, entry.share), y))
        painter.setPen(colour(t.text))
        painter.drawText(
            QRectF(0, top, width, ROW), align.AlignVCenter | align.AlignRight, number(entry.strength, 3)
        )

    def _row_at(self, y: float) -> int:
        place = int(y // ROW)
        return place if 0 <= place < len(self._found) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        hovered = self._row_at(event.position().y())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """No row is under the pointer any more."""
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the synapse."""
        place = self._row_at(event.position().y())
        if place >= 0:
            self._document.select({self._found[place].synapse})


def _paint_glyph(painter: QPainter, sign: Sign, ink: str, y: float) -> None:
    """A short synapse: arrow, bar, or dots with two bars."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign is Sign.ELECTRICAL:
        painter.setPen(pen(ink, 1.6, dash=(0.1, 2.2)))
        painter.drawLine(QLineF(1, y, 30, y))
        painter.setPen(pen(ink, 1.6))
        painter.drawLines([QLineF(x, y - 4.5, x, y + 4.5) for x in (13.5, 17.5)])
        return
    if sign is Sign.INHIBITORY:
        painter.setPen(pen(ink, 1.8, round_cap=False, dash=(4, 1.8)))
        painter.drawLine(QLineF(1, y, 28, y))
        painter.setPen(pen(ink, 2.4))
        painter.drawLine(QLineF(29.5, y - 5, 29.5, y + 5))
        return
    painter.setPen(pen(ink, 1.8))
    painter.drawLine(QLineF(1, y, 24, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    head = (QPointF(31, y), QPointF(22, y - 4.2), QPointF(24, y), QPointF(22, y + 4.2))
    painter.drawPolygon(QPolygonF(head))
