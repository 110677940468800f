"""The units of a network in the inspector: state and gate of each as two short bars, live."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import steady
from circuitsim.app.panels._rows import Section
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.widgets.boxes import column
from circuitsim.circuit.elements import Cell, Neuron

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.theme.tokens import Theme

ROW, HEAD = 20, 16
LISTED = 32  # units with a row
NAME, STATE = 0.36, 0.36  # shares of the width; the rest is that of the gate
GAP = 8  # px between columns
NEVER = "–"  # the gate before the first call


class Units(QWidget):
    """Head and list; a click on a row selects the unit."""

    def __init__(self, document: Document, network: int) -> None:
        super().__init__()
        self._document, self._network = document, network
        self._head = Section("Units")
        self.list = UnitList(document)
        self.setLayout(column(self._head, self.list))
        self._shown = (-1, "")
        self.sync()
        self.refresh()

    def aim(self, network: int) -> None:
        """Be about another network."""
        self._network, self._shown = network, (-1, "")

    def sync(self) -> None:
        """List the units that there are now."""
        circuit = self._document.circuit
        cell = circuit.elements.get(self._network)
        if isinstance(cell, Cell):
            gate = circuit.kinds.cells[cell.kind].form(cell.parameters).gate
            self.list.show_units([circuit.get(i, Neuron) for i in cell.units], gate)
            self._shown = (-1, "")

    def refresh(self) -> None:
        """Show the newest states and gates."""
        snapshot = self._document.snapshot()
        looking = self._document.looking_at is not None
        playing = self._document.status().playing
        self._head.set_note("past" if looking else "live" if playing else "paused")
        key = (-1 if snapshot is None else snapshot.serial, theme.current().name)
        if snapshot is None or key == self._shown:
            return
        self._shown = key
        states = dict(zip(snapshot.ids, snapshot.v.tolist(), strict=True))
        gates = dict(zip(snapshot.unit_ids, snapshot.gate.tolist(), strict=True))
        self.list.show_values(states, gates)


class UnitList(QWidget):
    """Painted rows, one per unit."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._units: list[Neuron] = []
        self._more = 0
        self._states: dict[int, float] = {}
        self._gates: dict[int, float] = {}
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_units(self, units: list[Neuron], gate: str) -> None:
        """List units; the gate is explained in a tooltip."""
        self._units, self._more = units[:LISTED], max(0, len(units) - LISTED)
        self.setToolTip(f"h: output that is held · r: {gate} of the last call\nClick selects the unit")
        self.setFixedHeight(HEAD + (len(self._units) + bool(self._more)) * ROW)
        self.update()

    def show_values(self, states: dict[int, float], gates: dict[int, float]) -> None:
        """Show states and gates by the ids of the units."""
        self._states, self._gates = states, gates
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Heads of the columns, then name, state and gate of each unit."""
        t, p = theme.current(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.named("micro"))
        p.setPen(colour(t.text3))
        for text, box in zip(("unit", "h", "r"), self._cells(0.0, HEAD), strict=True):
            p.drawText(box, _LEFT, text)
        for k, unit in enumerate(self._units):
            self._paint_row(p, t, HEAD + k * ROW, unit)
        if self._more:
            p.setFont(theme.named("label"))
            p.setPen(colour(t.text3))
            p.drawText(self._cells(HEAD + len(self._units) * ROW, ROW)[0], _LEFT, f"and {self._more} more")

    def _cells(self, top: float, height: float) -> list[QRectF]:
        width = self.width() - 11
        edges = [11 + width * share for share in (0.0, NAME, NAME + STATE, 1.0)]
        return [QRectF(a, top, b - a - GAP, height) for a, b in pairwise(edges)]

    def _paint_row(self, p: QPainter, t: Theme, top: float, unit: Neuron) -> None:
        name, state, gate = self._cells(top, ROW)
        number = self._document.circuit.document.trace_numbers.get(unit.id)
        ink = t.liquid_top if number is None else t.trace(number)
        p.setFont(theme.font(11, 500))
        p.setPen(colour(t.text))
        text = p.fontMetrics().elidedText(
            unit.label or unit.name, Qt.TextElideMode.ElideRight, int(name.width())
        )
        p.drawText(name, _LEFT, text)
        h, r = self._states.get(unit.id, unit.start), self._gates.get(unit.id, math.nan)
        self._paint_value(p, t, state, ink, h, 0.5 + 0.5 * max(-1.0, min(1.0, h)), 0.5)
        if not math.isnan(r):
            self._paint_value(p, t, gate, t.ring_mid, r, max(0.0, min(1.0, r)), 0.0)
        else:
            p.setPen(colour(t.text3))
            p.drawText(gate.adjusted(0, -2, 0, -2), _LEFT, NEVER)

    @staticmethod
    def _paint_value(
        p: QPainter, t: Theme, box: QRectF, ink: str, value: float, to: float, zero: float
    ) -> None:
        """A number, and below it a bar from its zero."""
        p.setPen(colour(t.text2))
        p.setFont(theme.font(11, 500))
        p.drawText(box.adjusted(0, -2, 0, -2), _LEFT, steady(value))
        y = box.bottom() - 2.5
        p.setPen(pen(t.track, 2))
        p.drawLine(QLineF(box.left(), y, box.right(), y))
        p.setPen(pen(ink, 2))
        p.drawLine(QLineF(box.left() + zero * box.width(), y, box.left() + to * box.width(), y))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the unit."""
        place = int((event.position().y() - HEAD) // ROW)
        if 0 <= place < len(self._units):
            self._document.select({self._units[place].id})


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
