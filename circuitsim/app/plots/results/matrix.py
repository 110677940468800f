"""A matrix as coloured cells: orange above 0, blue below, as strong as they are large."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from circuitsim.app import theme
from circuitsim.app.document.quantity import number, typeset
from circuitsim.app.plots.results.view import PieceView
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import ink_on, mix, rgb
from circuitsim.app.theme.type import shortened
from circuitsim.spec.result import NOTHING, Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Piece

HEAD, FOOT = 20.0, 18.0  # px above for the title, below for what is under the mouse
NAMES = (30.0, 84.0)  # px beside for names, at least and at most
LEVEL, NONE = 14.0, 4.0  # px above for names of columns side by side, and where there are none
UPRIGHT, SHARE = 84.0, 0.3  # px for names of columns that stand upright at most, and share of the height
LINE = 14.0  # px of a second line below
NAMED = 10.5  # px from one name to the next in the usual size
SMALL, TINY = 8.5, 8  # px of a row from which on every row has a name, and px of the smallest letters
NARROW, FEW = 11.0, 24  # px of a column that it asks for at least, of so many columns
LEAST, WIDE = 150, 250  # px of the whole, and of a title that it asks for room for
NUMBERED = QSize(34, 15)  # px of a cell from which on it shows its number
LARGEST = 46.0  # px of a cell
MANY, TALL = 12, 220  # columns, and px of height, that it asks for at most
LIT = 5.0  # px at least of a frame about a cell
LONGEST = 12  # names that are measured
FAINT = 0.10  # share of colour of the smallest number that is not 0


class MatrixView(PieceView):
    """Cells in a square grid; the one under the mouse is spelled out below."""

    def __init__(self, piece: Matrix) -> None:
        super().__init__()
        self._cell: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.show_piece(piece)

    def show_piece(self, piece: Piece) -> None:
        """Show a matrix."""
        assert isinstance(piece, Matrix)  # noqa: S101  (its views are made for matrices)
        self._piece = piece
        self._largest = float(np.nanmax(np.abs(piece.values), initial=0.0)) or 1.0
        self._image: tuple[tuple[object, ...], QImage] | None = None
        self._nothing = bool(piece.remark) and not piece.values.any()
        said = piece.remark if self._nothing else piece.doc
        self.setToolTip(said)
        self.setAccessibleName(piece.title)
        self.setAccessibleDescription(said)
        self._names = min(NAMES[1], max(NAMES[0], _widest(piece.rows) + 9.0))
        self._same, self._widest = piece.rows == piece.columns, _widest(piece.columns)
        self.setMinimumSize(self._least_width(), 110)
        self.update()

    def _least_width(self) -> int:
        """Room for the title, and for columns that can be told apart."""
        title = QFontMetricsF(theme.named("head")).horizontalAdvance(self._piece.title) + 10.0
        cells = 0.0 if self._nothing else self._names + 6.0 + NARROW * min(FEW, len(self._piece.columns))
        return round(max(LEAST, min(WIDE, title), cells))

    def sizeHint(self) -> QSize:
        """Cells of a size that can be read."""
        rows, columns = max(1, len(self._piece.rows)), max(1, len(self._piece.columns))
        wide = LEAST if self._nothing else round(self._names + min(MANY, columns) * 42)
        return QSize(max(wide, self._least_width()), min(TALL, round(HEAD + FOOT + NAMED + rows * 20)))

    # geometry -------------------------------------------------------------------------------------

    def _grid(self) -> QRectF:
        """Where the cells stand."""
        rows, columns = max(1, len(self._piece.rows)), max(1, len(self._piece.columns))
        beside = [view for view in self._beside() if not view.isHidden()] or [self]
        below = max(view.below() for view in beside)
        above = self.above(below)
        if above > NONE:
            above = max(view.above(below) for view in beside)
        top = HEAD + above
        high = min(LARGEST / 1.6, (self.height() - top - below) / rows)
        return QRectF(self._names, top, max(1.0, self._across() * columns), max(1.0, high * rows))

    def _beside(self) -> list[MatrixView]:
        """The matrices of the same rows in the same line, so that these stand at the same height."""
        line = self.parentWidget()
        views = [self] if line is None else line.findChildren(MatrixView)
        return [view for view in views if view.has_rows(self._piece.rows) and view.height() == self.height()]

    def has_rows(self, names: tuple[str, ...]) -> bool:
        """Whether it shows cells in rows of these names."""
        return self._piece.rows == names and not self._nothing

    def _across(self) -> float:
        """Px of a column."""
        return min(LARGEST, (self.width() - self._names - 6.0) / max(1, len(self._piece.columns)))

    def above(self, below: float) -> float:
        """Px for the names of columns; none where they are those of the rows, and would leave too little room for these."""
        if self._widest <= self._across() - 3.0:
            return LEVEL
        upright = min(UPRIGHT, SHARE * self.height(), self._widest + 8.0)
        left = (self.height() - HEAD - upright - below) / max(1, len(self._piece.rows))
        return NONE if self._same and left < NAMED else upright

    def below(self) -> float:
        """Px for what is said below, in as many lines as it takes."""
        room = QRectF(0, 0, max(1.0, self.width() - 8.0), 200)
        measure = QFontMetricsF(theme.named("label"))
        lines = round(
            measure.boundingRect(room, Qt.TextFlag.TextWordWrap, self._piece.doc).height() / measure.height()
        )
        return FOOT + LINE * (lines - 1)

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        grid = self._grid()
        if not grid.contains(place) or not self._piece.values.size or self._nothing:
            return None
        rows, columns = self._piece.values.shape
        i = int((place.y() - grid.top()) / grid.height() * rows)
        k = int((place.x() - grid.left()) / grid.width() * columns)
        return min(i, rows - 1), min(k, columns - 1)

    def _box(self, grid: QRectF, i: int, k: int) -> QRectF:
        rows, columns = self._piece.values.shape
        w, h = grid.width() / columns, grid.height() / rows
        return QRectF(grid.left() + k * w, grid.top() + i * h, w, h)

    # the mouse ------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what a cell is about."""
        cell = self._at(event.position())
        if cell != self._cell:
            self._cell = cell
            self.update()
        self.point(*(() if cell is None else self._piece.about(*cell)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what a cell is about."""
        cell = self._at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pick(*self._piece.about(*cell))

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the mouse."""
        self._cell = None
        self.update()
        super().leaveEvent(event)

    # painting -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Title, names, cells, and the number under the mouse."""
        t, p = theme.current(), QPainter(self)
        grid = self._grid()
        p.setFont(theme.named("head"))
        p.setPen(colour(t.text2))
        title = shortened(self._piece.title, theme.named("head"), self.width() - 8.0)
        p.drawText(QRectF(4, 0, self.width() - 8, HEAD), Qt.AlignmentFlag.AlignVCenter, title)
        if self._nothing or not self._piece.values.size:
            self._paint_nothing(p, t)
            return
        p.drawImage(grid, self._painted(grid, t))
        p.setPen(pen(t.border, 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(grid)
        self._paint_names(p, grid, t)
        self._paint_numbers(p, grid, t)
        self._paint_lit(p, grid, t)
        self._paint_foot(p, grid, t)

    def _paint_nothing(self, p: QPainter, t: Theme) -> None:
        """Why there are no cells to be seen."""
        p.setFont(theme.named("label"))
        p.setPen(colour(t.text2))
        box = QRectF(4, HEAD + NONE, self.width() - 12, self.height() - HEAD - NONE)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        p.drawText(box, flags, typeset(self._piece.remark or "There is nothing in it."))

    def _painted(self, grid: QRectF, t: Theme) -> QImage:
        """The cells, kept while neither they nor the room for them change."""
        room = (
            round(grid.height() * self.devicePixelRatioF()),
            round(grid.width() * self.devicePixelRatioF()),
        )
        key = (*room, t.lane, t.exc)
        if self._image is None or self._image[0] != key:
            self._image = key, _image(pooled(self._piece.values, *room) / self._largest, t)
        return self._image[1]

    def _paint_names(self, p: QPainter, grid: QRectF, t: Theme) -> None:
        """Names of rows and columns: of as many as have room, and of those under the mouse."""
        rows, columns = self._piece.values.shape
        w, h = grid.width() / columns, grid.height() / rows
        under = (-1, -1) if self._cell is None else self._cell
        p.setFont(theme.font(min(10, max(TINY, int(h - 0.5)))) if h >= SMALL else theme.named("micro"))
        for i in _some(rows, 1 if h >= SMALL else math.ceil(NAMED / h), under[0]):
            box = QRectF(2, grid.top() + i * h, self._names - 7, h).adjusted(0, -4, 0, 4)
            name = shortened(self._piece.rows[i], p.font(), box.width())
            p.setPen(colour(t.text if under[0] == i else t.text3))
            p.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
        above = grid.top() - HEAD
        p.setFont(theme.named("micro"))
        for k in _some(columns, math.ceil(NAMED / w), under[1]) if above > NONE else ():
            p.setPen(colour(t.text if under[1] == k else t.text3))
            middle, name = grid.left() + (k + 0.5) * w, self._piece.columns[k]
            if self._widest <= w - 3.0:
                box = QRectF(middle - w / 2, grid.top() - LEVEL, w, LEVEL - 1)
                p.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
                continue
            p.save()
            p.translate(middle, grid.top() - 3)
            p.rotate(-90.0)
            room = above - 5
            p.drawText(
                QRectF(0, -7, room, 14), Qt.AlignmentFlag.AlignVCenter, shortened(name, p.font(), room)
            )
            p.restore()

    def _paint_numbers(self, p: QPainter, grid: QRectF, t: Theme) -> None:
        rows, columns = self._piece.values.shape
        box, largest = self._box(grid, 0, 0), self._largest
        if box.width() < NUMBERED.width() or box.height() < NUMBERED.height():
            return
        p.setFont(theme.named("micro"))
        for i in range(rows):
            for k in range(columns):
                value = float(self._piece.values[i, k])
                if value == 0.0:
                    continue
                p.setPen(colour(ink_on(_cell_colour(value / largest, t))))
                p.drawText(self._box(grid, i, k), Qt.AlignmentFlag.AlignCenter, number(value, 2))

    def _paint_lit(self, p: QPainter, grid: QRectF, t: Theme) -> None:
        p.setPen(pen(t.accent, 2))
        lit = [element for element in self.lit if element != NOTHING]
        for i, k in np.argwhere(np.isin(self._piece.elements, lit)).tolist() if lit else ():
            box, least = self._box(grid, i, k), LIT / 2
            more = max(0.0, least - box.width() / 2), max(0.0, least - box.height() / 2)
            p.drawRect(box.adjusted(1 - more[0], 1 - more[1], more[0] - 1, more[1] - 1))
        if self._cell is not None:
            p.setPen(pen(t.text, 1.5))
            p.drawRect(self._box(grid, *self._cell).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_foot(self, p: QPainter, grid: QRectF, t: Theme) -> None:
        p.setFont(theme.named("label"))
        p.setPen(colour(t.text2 if self._cell is not None else t.text3))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        box = QRectF(4, grid.bottom() + 2, self.width() - 8, self.below() - 2)
        if self._cell is None:
            p.drawText(box, flags, self._piece.doc)
            return
        i, k = self._cell
        unit = f" {self._piece.unit}" if self._piece.unit else ""
        row, column = self._piece.rows[i], self._piece.columns[k]
        text = f"{row} ← {column}:  {number(float(self._piece.values[i, k]))}{unit}"
        p.drawText(box, flags, shortened(text, p.font(), box.width()))


def _widest(names: Sequence[str]) -> float:
    """Px of the longest of some names: of one of those with the most letters."""
    measure = QFontMetricsF(theme.named("micro"))
    return max(map(measure.horizontalAdvance, sorted(set(names), key=len)[-LONGEST:]), default=0.0)


def _some(count: int, step: int, always: int) -> list[int]:
    """Every so many of some numbers, and one more, whose neighbours make room for it."""
    far = [k for k in range(0, count, step) if always < 0 or k == always or abs(k - always) >= step]
    return far if always < 0 or always in far else [*far, always]


def _cell_colour(share: float, t: Theme) -> str:
    """The colour of a number, from -1 to 1 of the largest one."""
    if share == 0.0 or not np.isfinite(share):
        return t.lane
    strength = FAINT + (1.0 - FAINT) * abs(share) ** 0.7
    return mix(t.lane, t.exc if share > 0.0 else t.inh, strength)


def pooled(values: Floats, rows: int, columns: int) -> Floats:
    """float64[r, c], at most so many: where a few cells share one, the number that is furthest from 0."""
    shape = min(values.shape[0], max(1, rows)), min(values.shape[1], max(1, columns))
    if shape == values.shape:
        return values
    at = np.nonzero(values)
    numbers, result = values[at], np.zeros(shape)
    order = np.argsort(np.abs(numbers), kind="stable")  # the largest is written last
    to = tuple(k[order] * few // many for k, few, many in zip(at, shape, values.shape, strict=True))
    result[to] = numbers[order]
    return result


def _image(shares: Floats, t: Theme) -> QImage:
    """One pixel for each cell."""
    lane, up, down = (np.array(rgb(c)) for c in (t.lane, t.exc, t.inh))
    size = np.nan_to_num(np.abs(shares), nan=0.0)
    strength = np.where(size > 0.0, FAINT + (1.0 - FAINT) * size**0.7, 0.0)[..., None]
    target = np.where((shares > 0.0)[..., None], up, down)
    colours = np.rint(255.0 * (lane + (target - lane) * strength)).astype(np.uint32)
    packed = np.ascontiguousarray(
        0xFF000000 | colours[..., 0] << 16 | colours[..., 1] << 8 | colours[..., 2], dtype=np.uint32
    )
    rows, columns = shares.shape
    return QImage(packed.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
