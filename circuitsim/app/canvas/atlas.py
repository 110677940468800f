"""One large picture of many small ones of the same size, painted when they are first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app.canvas.paint.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.spec.bounds import Floats, Ints

COLUMNS = 32
BYTES = 48 * 2**20  # of pictures, before all are thrown away


class Atlas:
    """Pictures by number, all with the same edge in px of the view."""

    def __init__(self, edge: float, ratio: float) -> None:
        self._pixels = round(edge * ratio)
        self._ratio = ratio
        self._most = max(COLUMNS, BYTES // (4 * self._pixels**2))
        self._cells: dict[int, int] = {}
        self._sheet = self._blank(1)
        self._stamps = Stamps()

    def paint(self, p: QPainter, at: Floats, keys: Ints, draw: Callable[[QPainter, int], None]) -> None:
        """Paint pictures in the order given.

        Args:
            p: Painter.
            at: float64[k, 2], their centres.
            keys: int64[k], their numbers.
            draw: Paints the picture of a number into a cell whose upper left corner is the origin.
        """
        found, place = np.unique(keys, return_inverse=True)
        if len(self._cells) + len(found) > self._most:
            self._cells.clear()
            self._sheet = self._blank(1)
        cells = np.array([self._cell(key, draw) for key in found.tolist()])[place]
        corners = np.stack((cells % COLUMNS, cells // COLUMNS), axis=1) * (self._pixels / self._ratio)
        size = self._pixels / self._ratio
        self._stamps.paint(p, self._sheet, self._ratio, at, corners, size, 1.0)

    def _cell(self, key: int, draw: Callable[[QPainter, int], None]) -> int:
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = len(self._cells)
            self._make_room(cell)
            row, column = divmod(cell, COLUMNS)
            painter = QPainter(self._sheet)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(column * self._pixels, row * self._pixels)
            painter.setClipRect(0, 0, self._pixels, self._pixels)
            painter.scale(self._ratio, self._ratio)
            draw(painter, key)
            painter.end()
        return cell

    def _make_room(self, cell: int) -> None:
        """Twice the rows if the sheet is full."""
        rows = self._sheet.height() // self._pixels
        if cell >= rows * COLUMNS:
            larger = self._blank(2 * rows)
            painter = QPainter(larger)
            painter.drawPixmap(QPoint(), self._sheet)
            painter.end()
            self._sheet = larger

    def _blank(self, rows: int) -> QPixmap:
        sheet = QPixmap(COLUMNS * self._pixels, rows * self._pixels)
        sheet.fill(Qt.GlobalColor.transparent)
        return sheet
