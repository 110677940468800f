"""A table whose intervals are drawn: the band as a bar, in it what a run visits, and where it stands now."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import number
from circuitsim.app.plots.results.view import PieceView
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.type import shortened
from circuitsim.app.widgets.boxes import column
from circuitsim.spec.result import NOTHING, Interval, Table

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.result import Piece, Value

HEAD, ROW, EDGE = 22.0, 20.0, 8.0  # px
GAP, LEAST_GAP = 14.0, 8.0  # px between columns, and where there is no room for all
BAR, SEEN = 6.0, 6.0  # px, heights of a band and of the visited part
LEAST_BAR, BAR_ROOM, ENDS = (
    56.0,
    120.0,
    42.0,
)  # px of a bar at least, of one that can be read well, and of the number at either end
LEAST_TEXT = 84.0  # px to which a column of text may shrink where there is no room for all
LEAST = 110  # px
FEWEST, SOME = 3, 8  # rows
DIGITS = 3
LONGEST = 12  # texts of a column that are measured
WIDEST = 230.0  # px of a column of text


class _Sheet(QWidget):
    """Head or rows of the table."""

    def __init__(self, owner: TableView, *, head: bool) -> None:
        super().__init__()
        self._owner, self._head = owner, head
        self.setMouseTracking(True)
        if head:
            self.setFixedHeight(round(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The names of the columns, or the rows that are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._head:
            self._owner.paint_head(painter)
        else:
            self._owner.paint_rows(painter, self.width(), event.rect().top(), event.rect().bottom())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what a row is about."""
        if not self._head:
            self._owner.point_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what a row is about."""
        if not self._head and event.button() == Qt.MouseButton.LeftButton:
            self._owner.pick_at(event.position())

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing is under the mouse."""
        self._owner.point_at(None)


class TableView(PieceView):
    """Rows that scroll under a head that stays."""

    def __init__(self, piece: Table) -> None:
        super().__init__()
        self._head, self._body = _Sheet(self, head=True), _Sheet(self, head=False)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        scroll.setWidget(self._body)
        scroll.setMinimumHeight(1)  # or it would keep room for a bar
        self._row = self._column = -1
        self._stacked = False
        self.setLayout(column(self._head, scroll))
        self.show_piece(piece)

    def show_piece(self, piece: Piece) -> None:
        """Show a table."""
        assert isinstance(piece, Table)  # noqa: S101  (its views are made for tables)
        self._piece = piece
        self.setAccessibleName(piece.title)
        self._head.setToolTip("\n".join(f"{c.title}: {c.doc}" for c in piece.columns if c.doc))
        self._body.setMinimumHeight(round(ROW * len(piece.rows)))
        self._texts = [
            _widest([_spelled(row[k]) for row in piece.rows]) if _is_text(piece, k) else 0.0
            for k in range(len(piece.columns))
        ]
        self._axes = [_axis(piece, k) for k in range(len(piece.columns))]
        self._fit()
        self._repaint()

    def stack(self) -> None:
        """Stand above or below another table from now on: no taller than its rows, and less tall where room is short."""
        self._stacked = True
        self._fit()

    def _fit(self) -> None:
        self.setMinimumSize(math.ceil(self._least()), self._tall(FEWEST) if self._stacked else LEAST)
        if self._stacked:
            self.setMaximumHeight(self._tall(len(self._piece.rows)))
        self.updateGeometry()

    def _tall(self, rows: int) -> int:
        """Height of so many rows at most, in px."""
        return round(HEAD + ROW * min(rows, len(self._piece.rows)))

    def _wide(self, room: float) -> list[float]:
        """Width of every column where there is so much room, in px.

        Bars take what texts leave; where that is little, first the bars give way, then texts that are not the first one.
        """
        titles, found = self._titles(), self._full()
        bars = [k for k, w in enumerate(found) if w == 0.0]
        left = room - 2 * EDGE - self._gap(room) * (len(found) - 1) - sum(found)
        short = max(0.0, (LEAST_BAR + 2 * ENDS) * len(bars) - left)
        spare = [max(0.0, w - max(LEAST_TEXT, titles[k])) if k and w else 0.0 for k, w in enumerate(found)]
        share = min(1.0, short / total) if (total := sum(spare)) else 0.0
        bar = max(LEAST_BAR + 2 * ENDS, left / len(bars)) if bars else 0.0
        return [
            bar if k in bars else w - share * s for k, (w, s) in enumerate(zip(found, spare, strict=True))
        ]

    def _gap(self, room: float) -> float:
        """Px between columns where there is so much room."""
        return GAP if room >= self._natural() else LEAST_GAP

    def _least(self) -> float:
        """Px that it needs at least."""
        return 2 * EDGE + LEAST_GAP * (len(self._piece.columns) - 1) + sum(self._wide(0.0))

    def _natural(self) -> float:
        """Px with which every column is shown in full, and bars can be read well."""
        texts = self._full()
        bars = texts.count(0.0)
        return 2 * EDGE + GAP * (len(texts) - 1) + sum(texts) + bars * (BAR_ROOM + 2 * ENDS)

    def _full(self) -> list[float]:
        """Width of every column of text that shows all of it, in px; 0 for bars."""
        titles = self._titles()
        return [min(WIDEST, max(t, w)) if _is_text(self._piece, k) else 0.0
                for k, (t, w) in enumerate(zip(titles, self._texts, strict=True))]  # fmt: skip

    def _titles(self) -> list[float]:
        return [_width(c.title) + (_width(c.unit) if c.unit else 0.0) for c in self._piece.columns]

    def light(self, elements: Collection[int]) -> None:
        """Stress rows that are about some elements."""
        super().light(elements)
        self._repaint()

    def _repaint(self) -> None:
        self._head.update()
        self._body.update()

    def sizeHint(self) -> QSize:
        """All columns and a few rows; a long table leaves room to a short one with which it is stacked."""
        rows = FEWEST if self._stacked and len(self._piece.rows) > SOME else SOME
        return QSize(round(self._natural()), self._tall(rows))

    # the mouse ------------------------------------------------------------------------------------

    def point_at(self, place: QPointF | None) -> None:
        """The mouse rests on a place among the rows, or on none."""
        row, column = (-1, -1) if place is None else self._cell_at(place)
        if (row, column) != (self._row, self._column):
            self._row, self._column = row, column
            self._body.setToolTip(self._left_out(row, column))
            self._body.update()
        self.point(*self._about(row, column))

    def pick_at(self, place: QPointF) -> None:
        """A row was clicked: what the cell names there is picked, else what the row is about."""
        row, column = self._cell_at(place)
        named = self._piece.links.get((row, column), ())
        self.pick(*named or self._about(row, column)[:1])

    def _cell_at(self, place: QPointF) -> tuple[int, int]:
        """Row and column at a place; -1 and -1 beside the rows."""
        row = int(place.y() // ROW)
        if not 0 <= row < len(self._piece.rows):
            return -1, -1
        lefts = [x for x, _ in self._columns(self._body.width())]
        return row, max(0, sum(place.x() >= x - LEAST_GAP / 2 for x in lefts) - 1)

    def _left_out(self, row: int, column: int) -> str:
        """The text of a cell that has no room for all of it, or nothing."""
        value = self._piece.rows[row][column] if row >= 0 else ""
        if isinstance(value, Interval):
            return ""
        text = _spelled(value)
        return text if _width(text) - 2.0 > self._columns(self._body.width())[column][1] else ""

    def _about(self, row: int, column: int) -> tuple[int, ...]:
        """Ids of what a row is about, and of what the cell names there; if it names nothing, of what any of its cells does."""
        if row < 0:
            return ()
        links, element = self._piece.links, self._piece.elements[row]
        columns = (column,) if (row, column) in links else range(len(self._piece.columns))
        named = dict.fromkeys(i for k in columns for i in links.get((row, k), ()))
        return (() if element == NOTHING else (element,)) + tuple(named)

    # painting -------------------------------------------------------------------------------------

    def _columns(self, width: float) -> list[tuple[float, float]]:
        """Left edge and width of every column."""
        found, x, gap = [], EDGE, self._gap(width)
        for wide in self._wide(width):
            found.append((x, wide))
            x += wide + gap
        return found

    def paint_head(self, p: QPainter) -> None:
        """Names and units of the columns, which stand as wide as the rows are beside their scroll bar."""
        t = theme.current()
        p.setFont(theme.named("head"))
        for each, (x, w) in zip(self._piece.columns, self._columns(self._body.width()), strict=True):
            p.setPen(colour(t.text2))
            middle = Qt.AlignmentFlag.AlignVCenter
            p.drawText(QRectF(x, 0, w, HEAD), middle, shortened(each.title, p.font(), w))
            p.setPen(colour(t.text3))
            after = x + p.fontMetrics().horizontalAdvance(each.title) + 5
            p.drawText(QRectF(after, 0, w, HEAD), middle, each.unit)
        p.setPen(pen(t.border, 1))
        p.drawLine(QPointF(0, HEAD - 0.5), QPointF(self._head.width(), HEAD - 0.5))

    def paint_rows(self, p: QPainter, width: float, top: float, bottom: float) -> None:
        """The rows between two heights."""
        t, places, axes = theme.current(), self._columns(width), self._axes
        for i in range(max(0, int(top // ROW)), min(len(self._piece.rows), int(bottom // ROW) + 1)):
            box = QRectF(0, i * ROW, width, ROW)
            lit = self._piece.elements[i] in self.lit and self._piece.elements[i] != NOTHING
            if lit or i == self._row:
                p.fillRect(box, colour(t.hover))
            if lit:
                p.fillRect(QRectF(0, box.top(), 2, ROW), colour(t.accent))
            for k, (value, (x, w)) in enumerate(zip(self._piece.rows[i], places, strict=True)):
                cell = QRectF(x, box.top(), w, ROW)
                if isinstance(value, Interval):
                    _paint_interval(p, cell, value, axes[k], t, log=self._piece.columns[k].log)
                else:
                    _paint_value(p, cell, value, self._text_ink(i, k, t))

    def _text_ink(self, row: int, column: int, t: Theme) -> str:
        """Colour of a text: what is lit, or would be picked by a click, stands out."""
        named = self._piece.links.get((row, column), ())
        if named and not self.lit.isdisjoint(named):
            return t.accent
        under = bool(named) and (row, column) == (self._row, self._column)
        return t.text if column == 0 or under else t.text2


def _is_text(piece: Table, k: int) -> bool:
    return not any(isinstance(row[k], Interval) for row in piece.rows)


def _spelled(value: Value) -> str:
    return number(value, DIGITS) if isinstance(value, float) else str(value)


def _width(text: str) -> float:
    return QFontMetricsF(theme.named("label")).horizontalAdvance(text) + 2.0


def _widest(texts: list[str]) -> float:
    """Width of the widest of some texts: one of the longest."""
    return max(map(_width, sorted(set(texts), key=len)[-LONGEST:]), default=0.0)


def _paint_value(p: QPainter, box: QRectF, value: Value, ink: str) -> None:
    text = _spelled(value)
    p.setFont(theme.named("label"))
    p.setPen(colour(ink))
    p.drawText(box, Qt.AlignmentFlag.AlignVCenter, shortened(text, p.font(), box.width()))


def _axis(piece: Table, k: int) -> tuple[float, float]:
    """The ends of the axis that all intervals of a column share."""
    found = [row[k] for row in piece.rows]
    ends = [
        _scaled(e, log=piece.columns[k].log)
        for i in found
        if isinstance(i, Interval)
        for e in (i.low, i.high, i.seen_low, i.seen_high)
    ]
    good = [e for e in ends if math.isfinite(e)]
    low, high = (min(good), max(good)) if good else (0.0, 1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _scaled(value: float, *, log: bool) -> float:
    if not log:
        return value
    return math.log(value) if value > 0.0 else math.nan


def _paint_interval(
    p: QPainter, box: QRectF, value: Interval, axis: tuple[float, float], t: Theme, *, log: bool
) -> None:
    """A bar from end to end, the visited part in it, a tick where it is now, and the ends as numbers."""
    p.setFont(theme.named("micro"))
    p.setPen(colour(t.text3))
    align = Qt.AlignmentFlag
    p.drawText(
        QRectF(box.left(), box.top(), ENDS, ROW),
        align.AlignVCenter | align.AlignRight,
        number(value.low, DIGITS),
    )
    p.drawText(
        QRectF(box.right() - ENDS, box.top(), ENDS, ROW), align.AlignVCenter, number(value.high, DIGITS)
    )
    left, right = box.left() + ENDS + 6, box.right() - ENDS - 6

    def at(end: float, beyond: float) -> float:
        s = _scaled(end, log=log)
        return beyond if not math.isfinite(s) else left + (s - axis[0]) / (axis[1] - axis[0]) * (right - left)

    y = box.center().y()
    low, high = at(value.low, left), at(value.high, right)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(t.track))
    p.drawRoundedRect(QRectF(low, y - BAR / 2, max(2.0, high - low), BAR), BAR / 2, BAR / 2)
    if math.isfinite(value.seen_low):
        begin, end = at(value.seen_low, left), at(value.seen_high, right)
        p.setBrush(colour(t.liquid))
        p.drawRoundedRect(QRectF(begin, y - SEEN / 2, max(2.0, end - begin), SEEN), 2, 2)
    if math.isfinite(value.now):
        x = at(value.now, left)
        p.setPen(pen(t.text, 1.5))
        p.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))
