"""The synapses of a neuron or input as a list: sign, other end, strength and how far it acts; a click selects one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.canvas.paint.glyph import paint_sign_glyph
from circuitsim.app.canvas.paint.synapse import Sign, sign_colour
from circuitsim.app.document.quantity import number, steady
from circuitsim.app.panels._rows import Section
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import mix
from circuitsim.circuit.elements import Input, Neuron, Synapse
from circuitsim.engine.currents import acting

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Page
    from circuitsim.app.theme.tokens import Theme

ROW = 24
LIMIT = 40  # rows shown; the strongest come first
BAR, BAR_LEFT = 62, 112  # length of a bar, and how far it begins from the right edge, px
PALE = 0.35  # of the colour, for what does not act at the moment


@dataclass(frozen=True)
class Entry:
    """One row.

    Attributes:
        synapse: Id.
        name: Of the other end.
        sign: What it does.
        strength: Its size.
        unit: Of the strength.
        share: Its share of the strongest of the list in the same unit.
    """

    synapse: int
    name: str
    sign: Sign
    strength: float
    unit: str
    share: float


def entries(document: Document, element: int, *, incoming: bool) -> list[Entry]:
    """The synapses that end or begin at a neuron or input, strongest first; gap junctions count as incoming."""
    circuit = document.circuit
    found = []
    for i in circuit.attached(element):
        synapse = circuit.elements[i]
        if not isinstance(synapse, Synapse):
            continue
        kind = circuit.kinds.synapses[synapse.kind]
        here, there = (synapse.post, synapse.pre) if incoming else (synapse.pre, synapse.post)
        if kind.mutual and here != element:
            here, there = there, here
        if here != element or (kind.mutual and not incoming):
            continue
        other = circuit.elements[there]
        assert isinstance(other, Neuron | Input)  # noqa: S101  (held by validation)
        declared = kind.parameter(kind.strength)
        unit = "" if declared is None else circuit.unit_system.unit(declared.dimension)
        strength = abs(synapse.parameters[kind.strength])
        found.append(Entry(i, other.label or other.name, sign_of(circuit, synapse), strength, unit, 0.0))
    most: defaultdict[str, float] = defaultdict(float)
    for entry in found:
        most[entry.unit] = max(most[entry.unit], entry.strength)
    shared = [replace(e, share=e.strength / most[e.unit] if most[e.unit] > 0 else 0.0) for e in found]
    return sorted(shared, key=lambda e: -e.share)


class Connections:
    """Head and list of the incoming or the outgoing synapses of the element of a page, added to it."""

    def __init__(self, page: Page, *, incoming: bool) -> None:
        self._page, self._document, self._incoming = page, page.document, incoming
        self._head = Section("Incoming" if incoming else "Outgoing")
        self.list = ConnectionList(page.document)
        self.list.setObjectName("incoming" if incoming else "outgoing")
        self._serial = -1
        page.add(self._head)
        page.add(self.list, self.sync)
        self.refresh()

    def sync(self) -> None:
        """Show what the circuit holds."""
        found = entries(self._document, self._page.element, incoming=self._incoming)
        self._head.set_note("1 synapse" if len(found) == 1 else f"{len(found)} synapses")
        self.list.show_entries(found)
        self._serial = -1

    def refresh(self) -> None:
        """Show how far they act now."""
        snapshot = self._document.snapshot()
        if snapshot is not None and snapshot.serial != self._serial:
            self._serial = snapshot.serial
            self.list.show_acting(acting(self._document.circuit, snapshot, self.list.ids))


class ConnectionList(QWidget):
    """Painted rows, one per synapse."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._found: list[Entry] = []
        self._more = 0
        self._acting: dict[int, float] = {}
        self._hovered = -1
        self.setMouseTracking(True)

    @property
    def ids(self) -> tuple[int, ...]:
        """The synapses that are listed."""
        return tuple(entry.synapse for entry in self._found)

    def show_entries(self, found: list[Entry]) -> None:
        """List the strongest of some synapses."""
        self._hovered = -1
        self._found, self._more = found[:LIMIT], max(0, len(found) - LIMIT)
        self.setFixedHeight(max(1, len(self._found) + bool(self._more)) * ROW)
        self.update()

    def show_acting(self, values: dict[int, float]) -> None:
        """Show what of each strength acts, by synapse id; only bars whose length changes are painted."""
        before = [round(2 * self._lengths(entry)[1]) for entry in self._found]
        self._acting = values
        for place, entry in enumerate(self._found):
            if round(2 * self._lengths(entry)[1]) != before[place]:
                self.update(self.width() - BAR_LEFT - 2, place * ROW, BAR + 4, ROW)

    def _lengths(self, entry: Entry) -> tuple[float, float]:
        """Length of the bar for the strength and for what of it acts, px."""
        reach = BAR * max(0.05, entry.share)
        acts = abs(self._acting.get(entry.synapse, 0.0))
        return reach, reach * min(1.0, acts / entry.strength) if entry.strength > 0 else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Glyph, name, bar and number of each."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._found:
            painter.setFont(theme.named("label"))
            painter.setPen(colour(t.text3))
            painter.drawText(QRectF(11, 0, self.width(), ROW), Qt.AlignmentFlag.AlignVCenter, "none")
        if self._more:
            painter.setFont(theme.named("label"))
            painter.setPen(colour(t.text3))
            text = f"and {self._more} weaker ones"
            top = len(self._found) * ROW
            painter.drawText(QRectF(42, top, self.width(), ROW), Qt.AlignmentFlag.AlignVCenter, text)
        dirty = event.rect()
        for place, entry in enumerate(self._found):
            if dirty.bottom() < place * ROW or dirty.top() >= (place + 1) * ROW:
                continue
            self._paint_row(painter, t, place * ROW, entry, hovered=place == self._hovered)

    def _paint_row(self, painter: QPainter, t: Theme, top: float, entry: Entry, *, hovered: bool) -> None:
        width, y = float(self.width()), top + ROW / 2
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.hover))
            painter.drawRoundedRect(QRectF(-4, top + 1, width + 8, ROW - 2), 4, 4)
        paint_sign_glyph(painter, entry.sign, 0.0, y, t)
        painter.setFont(theme.font(11, 500))
        painter.setPen(colour(t.text))
        align = Qt.AlignmentFlag
        name = painter.fontMetrics().elidedText(
            entry.name, Qt.TextElideMode.ElideRight, int(width - 48 - BAR_LEFT)
        )
        painter.drawText(QRectF(42, top, width - 46 - BAR_LEFT, ROW), align.AlignVCenter, name)
        self._paint_bar(painter, t, entry, QPointF(width - BAR_LEFT, y))
        painter.setPen(colour(t.text))
        painter.drawText(
            QRectF(0, top, width, ROW), align.AlignVCenter | align.AlignRight, number(entry.strength, 3)
        )

    def _paint_bar(self, painter: QPainter, t: Theme, entry: Entry, start: QPointF) -> None:
        """The strength as a pale bar, and what of it acts now in full colour."""
        ink = sign_colour(t, entry.sign)
        reach, acts = self._lengths(entry)
        for length, token in ((BAR, t.track), (reach, mix(t.panel, ink, PALE)), (acts, ink)):
            if length > 0:
                painter.setPen(pen(token, 3))
                painter.drawLine(start, start + QPointF(length, 0))

    def _told(self, entry: Entry) -> str:
        """What a row says in full."""
        unit = f" {entry.unit}".rstrip()
        told = f"{entry.name}: {number(entry.strength)}{unit}"
        acts = self._acting.get(entry.synapse)
        return told if acts is None else f"{told}, of which {steady(acts)}{unit} acts now\nClick selects it"

    def event(self, event: QEvent) -> bool:
        """A tooltip for the row under the pointer."""
        if isinstance(event, QHelpEvent):
            place = self._row_at(event.pos().y())
            text = self._told(self._found[place]) if place >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _row_at(self, y: float) -> int:
        place = int(y // ROW)
        return place if 0 <= place < len(self._found) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        hovered = self._row_at(event.position().y())
        if hovered != self._hovered:
            self._hovered = hovered
            self._document.pointing.to(self._found[hovered].synapse if hovered >= 0 else None)
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """No row is under the pointer any more."""
        self._hovered = -1
        self._document.pointing.to(None)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the synapse."""
        place = self._row_at(event.position().y())
        if place >= 0:
            self._document.pointing.to(None)
            self._document.select({self._found[place].synapse})
