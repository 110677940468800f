"""NumPy arrays as Qt's points and fragments, without a Python object for each.

pyqtgraph can do the same, but importing it takes longer than the rest of the window.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPolygonF
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIELDS = 10  # of a QPainter.PixmapFragment: x, y, source left, top, width, height, scales, rotation, opacity


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """A polygon through float64[k] and float64[k], in px."""
    result = QPolygonF()
    if len(x):
        result.resize(len(x))
        points = np.column_stack((x, y))
        ctypes.memmove(Shiboken.getCppPointer(result.data())[0], points.ctypes.data, points.nbytes)
    return result


class Polyline:
    """Room for the points of a line that grows and never shrinks, as a polygon."""

    def __init__(self) -> None:
        self._polygon = QPolygonF()
        self._rows: Floats = np.empty((0, 2))

    def along(self, x: Floats, y: Floats) -> QPolygonF:
        """A polygon through float64[k] and float64[k], in px; valid until the next call."""
        count = len(x)
        if count > len(self._rows):
            self._polygon = QPolygonF()
            self._polygon.resize(2 * count)
            place = Shiboken.getCppPointer(self._polygon.data())[0]
            room = (ctypes.c_double * (4 * count)).from_address(place)
            self._rows = np.ctypeslib.as_array(room).reshape(-1, 2)
        self._polygon.resize(count)  # in the same place, as long as there is room
        self._rows[:count, 0], self._rows[:count, 1] = x, y
        return self._polygon


class Points:
    """Room for the points of a short line that grows and never shrinks."""

    def __init__(self) -> None:
        self._rows: Floats = np.empty((0, 2))
        self._points: list[QPointF] = []

    def along(self, x: Floats, y: Floats) -> list[QPointF]:
        """Points at float64[k] and float64[k], in px; valid until the next call."""
        count = len(x)
        if count > len(self._rows):
            self._rows = np.empty((2 * count, 2))
            place, size = self._rows.ctypes.data, self._rows.strides[0]
            self._points = [
                cast("QPointF", Shiboken.wrapInstance(place + k * size, QPointF))
                for k in range(len(self._rows))
            ]
        self._rows[:count, 0], self._rows[:count, 1] = x, y
        return self._points[:count]


class Segments:
    """Room for straight lines that grows and never shrinks.

    Qt paints separate lines several times faster than one thick, antialiased line through the same points.
    """

    def __init__(self) -> None:
        self._rows: Floats = np.empty((0, 4))
        self._lines: list[QLineF] = []

    def between(self, starts: Floats, ends: Floats) -> list[QLineF]:
        """Lines from float64[n, 2] to float64[n, 2], in px; valid until the next call."""
        count = len(starts)
        if count > len(self._rows):
            self._rows = np.empty((2 * count, 4))
            place, size = self._rows.ctypes.data, self._rows.strides[0]
            self._lines = [
                cast("QLineF", Shiboken.wrapInstance(place + k * size, QLineF))
                for k in range(len(self._rows))
            ]
        self._rows[:count, :2], self._rows[:count, 2:] = starts, ends
        return self._lines[:count]


class Fragments:
    """Room for pixmap fragments that grows and never shrinks.

    Attributes:
        count: How many of them are drawn.
    """

    def __init__(self) -> None:
        self._rows: Floats = np.empty((0, FIELDS))
        self.count = 0

    def resize(self, count: int) -> Floats:
        """Draw so many from now on; returns their fields, float64[count, 10], to be filled in."""
        if count > len(self._rows):
            self._rows = np.empty((count, FIELDS))
        self.count = count
        return self._rows[:count]

    def first(self) -> QPainter.PixmapFragment:
        """The first one, as `QPainter.drawPixmapFragments` wants it; there must be one."""
        return cast(
            "QPainter.PixmapFragment", Shiboken.wrapInstance(self._rows.ctypes.data, QPainter.PixmapFragment)
        )
