"""A matrix as coloured cells: orange above 0, blue below, as strong as they are large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from circuitsim.app import theme
from circuitsim.app.document.quantity import number
from circuitsim.app.plots.results.view import PieceView
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import ink_on, mix, rgb
from circuitsim.app.theme.type import shortened
from circuitsim.spec.result import NOTHING, Matrix

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Piece

HEAD, FOOT, NAMES = (
    20.0,
    18.0,
    64.0,
)  # px above for the title, below for what is under the mouse, beside for names
UPRIGHT = 56.0  # px for names of columns that stand upright
NAMED = 11.0  # px of a cell from which on rows and columns have names
NUMBERED = QSize(34, 15)  # px of a cell from which on it shows its number
LARGEST = 46.0  # px of a cell
MANY, TALL = 12, 220  # columns, and px of height, that it asks for at most
LIT = 5.0  # px at least of a frame about a cell
FAINT = 0.10  # share of colour of the smallest number that is not 0


class MatrixView(PieceView):
    """Cells in a square grid; the one under the mouse is spelled out below."""

    def __init__(self, piece: Matrix) -> None:
        super().__init__()
        self._cell: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(150, 110)
        self.show_piece(piece)

    def show_piece(self, piece: Piece) -> None:
        """Show a matrix."""
        assert isinstance(piece, Matrix)  # noqa: S101  (its views are made for matrices)
        self._piece = piece
        self._largest = float(np.nanmax(np.abs(piece.values), initial=0.0)) or 1.0
        self._image: tuple[tuple[object, ...], QImage] | None = None
        self.setToolTip(piece.doc)
        self.setAccessibleName(piece.title)
        self.setAccessibleDescription(piece.doc)
        self.update()

    def sizeHint(self) -> QSize:
        """Cells of a size that can be read."""
        rows, columns = max(1, len(self._piece.rows)), max(1, len(self._piece.columns))
        return QSize(
            round(NAMES + min(MANY, columns) * 42), min(TALL, round(HEAD + FOOT + NAMED + rows * 20))
        )

    # geometry -------------------------------------------------------------------------------------

    def _grid(self) -> QRectF:
        """Where the cells stand."""
        rows, columns = max(1, len(self._piece.rows)), max(1, len(self._piece.columns))
        width = self.width() - NAMES - 6.0
        top = HEAD + (14.0 if self._level(min(LARGEST, width / columns)) else UPRIGHT)
        height = self.height() - top - FOOT
        wide, high = min(LARGEST, width / columns), min(LARGEST / 1.6, height / rows)
        return QRectF(NAMES, top, max(1.0, wide * columns), max(1.0, high * rows))

    def _level(self, width: float) -> bool:
        """Whether the names of the columns fit above cells of a width; else they stand upright."""
        measure = QFontMetricsF(theme.named("micro"))
        widest = max((measure.horizontalAdvance(n) for n in self._piece.columns), default=0.0)
        return widest <= width - 3.0 or width < NAMED

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        grid = self._grid()
        if not grid.contains(place) or not self._piece.values.size:
            return None
        rows, columns = self._piece.values.shape
        i = int((place.y() - grid.top()) / grid.height() * rows)
        k = int((place.x() - grid.left()) / grid.width() * columns)
        return min(i, rows - 1), min(k, columns - 1)

    def _box(self, i: int, k: int) -> QRectF:
        grid, (rows, columns) = self._grid(), self._piece.values.shape
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
        if not self._piece.values.size:
            p.setPen(colour(t.text3))
            p.drawText(grid, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, "empty")
            return
        largest = self._largest
        p.drawImage(grid, self._painted(grid, t))
        p.setPen(pen(t.border, 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(grid)
        self._paint_names(p, grid, t)
        self._paint_numbers(p, largest, t)
        self._paint_lit(p, t)
        self._paint_foot(p, t)

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
        rows, columns = self._piece.values.shape
        p.setFont(theme.named("micro"))
        w, h = grid.width() / columns, grid.height() / rows
        align = Qt.AlignmentFlag
        if h >= NAMED:
            for i, name in enumerate(self._piece.rows):
                on = self._cell is not None and self._cell[0] == i
                p.setPen(colour(t.text if on else t.text3))
                box = QRectF(2, grid.top() + i * h, NAMES - 7, h)
                p.drawText(box, align.AlignVCenter | align.AlignRight, shortened(name, p.font(), NAMES - 7))
        level = self._level(w)
        for k, name in enumerate(self._piece.columns if w >= NAMED else ()):
            on = self._cell is not None and self._cell[1] == k
            p.setPen(colour(t.text if on else t.text3))
            middle = grid.left() + (k + 0.5) * w
            if level:
                p.drawText(QRectF(middle - w / 2, grid.top() - 14, w, 13), align.AlignCenter, name)
                continue
            p.save()
            p.translate(middle, grid.top() - 3)
            p.rotate(-90.0)
            room = UPRIGHT - 5
            p.drawText(QRectF(0, -7, room, 14), align.AlignVCenter, shortened(name, p.font(), room))
            p.restore()

    def _paint_numbers(self, p: QPainter, largest: float, t: Theme) -> None:
        rows, columns = self._piece.values.shape
        box = self._box(0, 0)
        if box.width() < NUMBERED.width() or box.height() < NUMBERED.height():
            return
        p.setFont(theme.named("micro"))
        for i in range(rows):
            for k in range(columns):
                value = float(self._piece.values[i, k])
                if value == 0.0:
                    continue
                p.setPen(colour(ink_on(_cell_colour(value / largest, t))))
                p.drawText(self._box(i, k), Qt.AlignmentFlag.AlignCenter, number(value, 2))

    def _paint_lit(self, p: QPainter, t: Theme) -> None:
        p.setPen(pen(t.accent, 2))
        lit = [element for element in self.lit if element != NOTHING]
        for i, k in np.argwhere(np.isin(self._piece.elements, lit)).tolist() if lit else ():
            box, least = self._box(i, k), LIT / 2
            more = max(0.0, least - box.width() / 2), max(0.0, least - box.height() / 2)
            p.drawRect(box.adjusted(1 - more[0], 1 - more[1], more[0] - 1, more[1] - 1))
        if self._cell is not None:
            p.setPen(pen(t.text, 1.5))
            p.drawRect(self._box(*self._cell).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_foot(self, p: QPainter, t: Theme) -> None:
        p.setFont(theme.named("label"))
        p.setPen(colour(t.text2 if self._cell is not None else t.text3))
        if self._cell is None:
            text = self._piece.doc
        else:
            i, k = self._cell
            unit = f" {self._piece.unit}" if self._piece.unit else ""
            row, column = self._piece.rows[i], self._piece.columns[k]
            text = f"{row} ← {column}:  {number(float(self._piece.values[i, k]))}{unit}"
        box = QRectF(4, self._grid().bottom() + 2, self.width() - 8, FOOT)
        p.drawText(box, Qt.AlignmentFlag.AlignVCenter, shortened(text, p.font(), box.width()))


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
