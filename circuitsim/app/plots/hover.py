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
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.lane import Lane, Lanes
    from circuitsim.app.plots.traces import Window
    from circuitsim.spec.unit import UnitSystem

ROW = 14.0  # px
PAD = 7.0
APART = 10.0  # between columns
AWAY = 10.0  # from the line
DOT = 3.2  # radius


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
        Entry(i, getattr(elements[i], "name", ""), inks[i], tuple(rows[i].get(c, "") for c in columns))
        for i in order
    )
    return Reading(time_text(t, window, system), tuple(columns), entries)


def time_text(t: float, window: Window, system: UnitSystem) -> str:
    """An instant with as many places as a pixel is worth."""
    step = 10.0 ** math.floor(math.log10(max(window.per_pixel, 1e-12)))
    return f"{tick_text(t, min(step, 1.0))} {system.unit(Dimension.TIME)}"


def paint_reading(painter: QPainter, reading: Reading, x: float, area: QRectF) -> None:
    """Draw the card beside a line, on the side with more room; rows that do not fit are counted."""
    small, bold = theme.named("micro"), theme.font(10, 600)
    measure = QFontMetricsF(bold)
    most = max(1, int((area.height() - 2 * PAD) / ROW) - 1)
    entries = reading.entries
    shown = entries if len(entries) <= most else entries[: most - 1]
    names = [entry.name for entry in shown]
    rest = len(entries) - len(shown)
    if rest:
        names.append(f"{rest} more")
    columns = [k for k in range(len(reading.columns)) if any(entry.cells[k] for entry in shown)]
    widths = [max((measure.horizontalAdvance(text) for text in (reading.time, *names)), default=0.0) + 12]
    for k in columns:
        texts = [reading.columns[k], *(entry.cells[k] for entry in shown)]
        widths.append(max(measure.horizontalAdvance(text) for text in texts))
    size = sum(widths) + APART * (len(widths) - 1) + 2 * PAD, ROW * (len(names) + 1) + 2 * PAD - 4
    left = x + AWAY if x + AWAY + size[0] < area.right() else x - AWAY - size[0]
    card = QRectF(left, area.top() + 2, *size)
    t = theme.current()
    painter.setPen(pen(t.border_strong, 1))
    painter.setBrush(colour(t.raised, 0.97))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    y = card.top() + PAD - 2
    painter.setFont(small)
    _paint_row(
        painter, card, y, widths, (reading.time, *(reading.columns[k] for k in columns)), (t.text2, t.text3)
    )
    for entry in shown:
        y += ROW
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(entry.ink))
        painter.drawEllipse(QPointF(card.left() + PAD + DOT, y + ROW / 2), DOT, DOT)
        painter.setFont(bold)
        _paint_row(
            painter,
            card,
            y,
            widths,
            (entry.name, *(entry.cells[k] for k in columns)),
            (t.text2, t.text),
            12.0,
        )
    if rest:
        painter.setFont(small)
        _paint_row(painter, card, y + ROW, widths, (names[-1],), (t.text3, t.text3), 12.0)


def _paint_row(
    painter: QPainter,
    card: QRectF,
    y: float,
    widths: list[float],
    texts: tuple[str, ...],
    inks: tuple[str, str],
    indent: float = 0.0,
) -> None:
    """The first text at the left, the others at the right of their columns."""
    align = Qt.AlignmentFlag
    x = card.left() + PAD
    for k, (text, width) in enumerate(zip(texts, widths, strict=False)):
        painter.setPen(colour(inks[min(k, 1)]))
        side = align.AlignRight if k else align.AlignLeft
        shift = 0.0 if k else indent
        painter.drawText(QRectF(x + shift, y, width - shift + 1, ROW), side | align.AlignVCenter, text)
        x += width + APART
