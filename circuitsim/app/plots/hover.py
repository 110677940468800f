"""The values of all traces at the instant under the pointer, on a card beside its line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from circuitsim.app import theme
from circuitsim.app.document.quantity import duration, steady
from circuitsim.app.plots.scale import tick_text
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.type import shortened
from circuitsim.circuit.elements import Named
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.lane import Lane, Lanes
    from circuitsim.app.plots.traces import Window
    from circuitsim.circuit.elements import Element
    from circuitsim.spec.unit import UnitSystem

ROW = 14.0  # px
PAD = 7.0
APART = 10.0  # between columns
AWAY = 10.0  # from the line
BLOCKS = 18.0  # between blocks of rows
STEADY = 8.0  # widths are multiples of it, so that the card does not tremble while values change
INDENT = 12.0  # of a name, for its dot
DOT = 3.2  # radius
LONGEST = 140.0  # of a name; a longer one is cut short


@dataclass(frozen=True)
class Entry:
    """One row: an element with its colour, and its value in every column."""

    element: int
    name: str
    ink: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """All values at one instant."""

    time: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]


def value_text(lane: Lane, value: float, system: UnitSystem) -> str:
    """A value of a lane with its unit."""
    if lane.variable.dimension is Dimension.TIME:
        return " ".join(duration(value, system))
    return f"{steady(value)} {system.unit(lane.variable.dimension)}".strip()


def read_at(document: Document, lanes: Lanes, window: Window, t: float, first: Sequence[int] = ()) -> Reading:
    """Values of everything that is drawn, at an instant; some elements come first."""
    system = document.circuit.unit_system
    columns: list[str] = []
    rows: dict[int, dict[str, str]] = {}
    inks: dict[int, str] = {}
    for lane in lanes:
        column = lane.variable.symbol
        if column not in columns:
            columns.append(column)
        for trace, ink in lane.drawn(first, theme.current().text3):
            value = trace.at(t)
            if value is not None:
                rows.setdefault(trace.element, {})[column] = value_text(lane, value, system)
                inks.setdefault(trace.element, ink)
    order = [i for i in dict.fromkeys((*first, *rows)) if i in rows]
    elements = document.circuit.elements
    entries = tuple(
        Entry(i, _name(elements[i]), inks[i], tuple(rows[i].get(c, "") for c in columns)) for i in order
    )
    return Reading(time_text(t, window, system), tuple(columns), entries)


def _name(element: Element) -> str:
    """What an element is called on the canvas, cut short if it is long."""
    name = element.label or element.name if isinstance(element, Named) else ""
    return shortened(name, theme.font(10, 600), LONGEST)


def time_text(t: float, window: Window, system: UnitSystem) -> str:
    """An instant with as many places as a pixel is worth."""
    step = 10.0 ** math.floor(math.log10(max(window.per_pixel, 1e-12)))
    return f"{tick_text(t, min(step, 1.0))} {system.unit(Dimension.TIME)}"


def paint_reading(painter: QPainter, reading: Reading, x: float, area: QRectF) -> None:
    """Draw the card beside a line, in as many blocks as it takes; what finds no room is counted."""
    most = max(2, int((area.height() - 2 * PAD) / ROW) - 1)
    room = max(area.right() - x, x - area.left()) - AWAY - 2 * PAD
    blocks = _blocks(reading, most, room)
    width = sum(block.width for block in blocks) + BLOCKS * (len(blocks) - 1) + 2 * PAD
    left = x + AWAY if x + AWAY + width < area.right() else x - AWAY - width
    card = QRectF(left, area.top() + 2, width, ROW * (blocks[0].rows + 1) + 2 * PAD - 4)
    t = theme.current()
    painter.setPen(pen(t.border_strong, 1))
    painter.setBrush(colour(t.raised, 0.97))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    at = QPointF(left + PAD, card.top() + PAD - 2)
    for block in blocks:
        block.paint(painter, at)
        at += QPointF(block.width + BLOCKS, 0.0)


def _blocks(reading: Reading, most: int, room: float) -> list[_Block]:
    """Blocks of at most so many rows, as many as fit side by side into some px, but at least one."""
    parts = [reading.entries[k : k + most] for k in range(0, len(reading.entries), most)]
    blocks: list[_Block] = []
    used = 0.0
    for k, part in enumerate(parts):
        block = _Block(reading, part, reading.time if k == 0 else "")
        used += block.width + (BLOCKS if k else 0.0)
        if blocks and used > room:
            break
        blocks.append(block)
    missing = len(reading.entries) - sum(block.rows for block in blocks)
    if missing:  # the last row says how many there are more
        blocks[-1].leave_out(missing)
    return blocks


class _Block:
    """Some rows of a reading, with the columns that they fill."""

    def __init__(self, reading: Reading, entries: Sequence[Entry], time: str) -> None:
        self._small, self._bold = theme.named("micro"), theme.font(10, 600)
        self._entries, self._more = list(entries), 0
        measure = QFontMetricsF(self._bold)
        self._columns = [k for k in range(len(reading.columns)) if any(e.cells[k] for e in entries)]
        self._heads = (time, *(reading.columns[k] for k in self._columns))
        names = (time, "99 more", *(entry.name for entry in entries))
        self._widths = [INDENT + max(measure.horizontalAdvance(text) for text in names)]
        for k in self._columns:
            texts = (reading.columns[k], *(entry.cells[k] for entry in entries))
            widest = max(measure.horizontalAdvance(text) for text in texts)
            self._widths.append(-(-widest // STEADY) * STEADY)
        self.width = sum(self._widths) + APART * len(self._columns)
        self.rows = len(entries)

    def leave_out(self, missing: int) -> None:
        """Put a number of elements that found no room into the place of the last row."""
        self._entries.pop()
        self._more = missing + 1

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Heads of the columns, then a row for each element."""
        t, step, at = theme.current(), QPointF(0.0, ROW), QPointF(at)  # += changes a point in place
        painter.setFont(self._small)
        self._paint_row(painter, at, self._heads, (t.text2, t.text3), 0.0)
        for entry in self._entries:
            at += step
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(entry.ink))
            painter.drawEllipse(at + QPointF(DOT, ROW / 2), DOT, DOT)
            painter.setFont(self._bold)
            cells = (entry.name, *(entry.cells[k] for k in self._columns))
            self._paint_row(painter, at, cells, (t.text2, t.text), INDENT)
        if self._more:
            painter.setFont(self._small)
            self._paint_row(painter, at + step, (f"{self._more} more",), (t.text3, t.text3), INDENT)

    def _paint_row(
        self, painter: QPainter, at: QPointF, texts: tuple[str, ...], inks: tuple[str, str], indent: float
    ) -> None:
        """The first text at the left, the others at the right of their columns."""
        align, x = Qt.AlignmentFlag, at.x()
        for k, (text, width) in enumerate(zip(texts, self._widths, strict=False)):
            painter.setPen(colour(inks[min(k, 1)]))
            side = align.AlignRight if k else align.AlignLeft
            shift = 0.0 if k else indent
            box = QRectF(x + shift, at.y(), width - shift + 1, ROW)
            painter.drawText(box, side | align.AlignVCenter, text)
            x += width + APART
