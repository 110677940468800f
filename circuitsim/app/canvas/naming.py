"""Which names have room: in a large circuit none lies on a neuron or on another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from circuitsim.app.canvas.paint.text import width_of
from circuitsim.app.theme.type import font

if TYPE_CHECKING:
    from circuitsim.app.canvas.paint.neuron import NamePlace
    from circuitsim.spec.bounds import Floats

MANY = 40  # neurons; up to so many, all names are shown
CLOSE = 0.9  # of R, as far as a name may reach into a ring


class Room:
    """The room that names share, given away in the order in which they ask."""

    def __init__(self, centres: Floats, radius: float) -> None:
        """Take the places of all neurons, float64[n, 2] in px, and their radius."""
        self._centres, self._reach = centres, CLOSE * radius
        self._taken: Floats = np.zeros((len(centres), 4))  # boxes: left, top, right, bottom
        self._count = 0

    def take(self, place: NamePlace, name: str) -> bool:
        """Give a name its room; False if a neuron or another name is there."""
        box = box_of_name(place, name)
        middle = np.array([box.center().x(), box.center().y()])
        half = np.array([box.width(), box.height()]) / 2
        apart = np.maximum(np.abs(self._centres - middle) - half, 0.0)
        if (np.hypot(*apart.T) < self._reach).any():
            return False
        others = self._taken[: self._count]
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        across = (others[:, 0] < right) & (others[:, 2] > left)
        if (across & (others[:, 1] < bottom) & (others[:, 3] > top)).any():
            return False
        self._taken[self._count] = left, top, right, bottom
        self._count += 1
        return True


def box_of_name(place: NamePlace, name: str) -> QRectF:
    """The box of a name, px."""
    width = width_of(name, font(place.size, 500))
    left = place.x - (width / 2 if place.align == 0 else width if place.align > 0 else 0.0)
    return QRectF(left, place.baseline - place.size, width, place.size + 3.0)
