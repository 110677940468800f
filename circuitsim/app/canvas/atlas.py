"""One large picture of many small ones of the same size, painted when they are first asked for."""

from __future__ import annotations

import math
from time import thread_time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from circuitsim.app.canvas.paint.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from circuitsim.spec.bounds import Floats, Ints

    Bools = NDArray[np.bool_]
    Draw = Callable[[QPainter, int], None]

COLUMNS = 16  # pictures side by side, if they were whole
BYTES = 48 * 2**20  # of the sheet, before all pictures are thrown away
SPARE = 1.5  # of what a single frame asks for, if that is more


class Atlas:
    """Pictures by number, painted on the same edge in px of the view; only what is not empty of them is kept."""

    def __init__(self, edge: float, ratio: float) -> None:
        self._pixels = round(edge * ratio)
        self._ratio = ratio
        self._most = max(COLUMNS, BYTES // (4 * self._pixels**2))
        self._paper = QImage(self._pixels, self._pixels, QImage.Format.Format_ARGB32_Premultiplied)
        self._stamps = Stamps()
        self._clear()

    def _clear(self) -> None:
        self._sheet = self._blank(1)
        self._free = QPoint()  # of the sheet, device px
        self._keys = np.zeros(0, dtype=np.int64)  # of the pictures there are, in order
        self._taken = np.zeros((0, 6))  # of each: place on the sheet, size, place on its paper, device px

    def make(self, keys: Ints, draw: Draw, room: float = math.inf) -> bool:
        """Paint the pictures that are not there yet; False if that took too long, and some are missing.

        Args:
            keys: int64[k], their numbers.
            draw: Paints the picture of a number on a paper whose upper left corner is the origin.
            room: Seconds of the processor's time after which no more are painted.
        """
        missing = np.setdiff1d(keys, self._keys)
        if not missing.size:
            return True
        wanted = np.unique(keys)
        if len(self._keys) + len(missing) > max(self._most, SPARE * len(wanted)):
            self._clear()
            missing = wanted
        made, end = [], thread_time() + room
        for key in missing.tolist():
            made.append(self._picture(key, draw))
            if thread_time() > end:
                break
        found = np.concatenate((self._keys, missing[: len(made)]))
        order = np.argsort(found)
        self._keys, self._taken = found[order], np.concatenate((self._taken, made))[order]
        return len(made) == len(missing)

    def has(self, keys: Ints) -> Bools:
        """Which of some pictures there are, bool[k]."""
        result: Bools = np.isin(keys, self._keys)
        return result

    def paint(self, p: QPainter, at: Floats, keys: Ints) -> None:
        """Stamp pictures that there are, in the order given.

        Args:
            p: Painter.
            at: float64[k, 2], their centres.
            keys: int64[k], their numbers.
        """
        corner, size, on_paper = np.hsplit(self._taken[np.searchsorted(self._keys, keys)] / self._ratio, 3)
        middle = at + on_paper + size / 2 - self._pixels / self._ratio / 2
        self._stamps.paint(p, self._sheet, self._ratio, middle, corner, size, 1.0)

    def _picture(self, key: int, draw: Draw) -> tuple[int, int, int, int, int, int]:
        """Paint a picture and put it on the sheet; returns its line of the table."""
        self._paper.fill(Qt.GlobalColor.transparent)
        p = QPainter(self._paper)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.scale(self._ratio, self._ratio)
        draw(p, key)
        p.end()
        part = _filled(self._paper)
        place = self._room(part.width())
        p = QPainter(self._sheet)
        p.drawImage(place, self._paper, part)
        p.end()
        return place.x(), place.y(), part.width(), part.height(), part.x(), part.y()

    def _room(self, width: int) -> QPoint:
        """Take a free place of a width on the sheet; it has twice the rows if it is full."""
        if self._free.x() + width > self._sheet.width():
            self._free = QPoint(0, self._free.y() + self._pixels)
        rows = self._sheet.height() // self._pixels
        if self._free.y() >= self._sheet.height():
            larger = self._blank(2 * rows)
            p = QPainter(larger)
            p.drawPixmap(QPoint(), self._sheet)
            p.end()
            self._sheet = larger
        place = QPoint(self._free)
        self._free.setX(place.x() + width)
        return place

    def _blank(self, rows: int) -> QPixmap:
        sheet = QPixmap(COLUMNS * self._pixels, rows * self._pixels)
        sheet.fill(Qt.GlobalColor.transparent)
        return sheet


def _filled(image: QImage) -> QRect:
    """The smallest part of a picture outside which it is empty."""
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    rows, columns = (np.flatnonzero(pixels.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return QRect(0, 0, 1, 1)
    left, top = int(columns[0]), int(rows[0])
    return QRect(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)
