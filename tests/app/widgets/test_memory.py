"""Arrays reach Qt as they are."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from circuitsim.app.widgets.memory import Fragments, Polyline, polygon


@pytest.mark.parametrize("count", [0, 1, 2, 1000])
def test_polygons_hold_the_points(count: int) -> None:
    x, y = np.arange(count) + 0.25, -(np.arange(count) ** 2.0)
    assert [(p.x(), p.y()) for p in polygon(x, y)] == list(zip(x, y, strict=True))


def test_the_room_of_a_polyline_is_used_again() -> None:
    line = Polyline()
    for count in (3, 1000, 2, 1500, 0, 1500):
        x, y = np.arange(count) + 0.25, -(np.arange(count) ** 2.0) - count
        assert [(p.x(), p.y()) for p in line.along(x, y)] == list(zip(x, y, strict=True))


@pytest.mark.usefixtures("qapp")
def test_fragments_are_drawn_where_they_stand() -> None:
    dot = QPixmap(2, 2)
    dot.fill(QColor("white"))
    image = QImage(40, 10, QImage.Format.Format_RGB32)
    fragments = Fragments()
    for count in (3, 1):  # shrinking leaves the others out
        image.fill(QColor("black"))
        rows = fragments.resize(count)
        rows[:] = (0, 5, 0, 0, 2, 2, 1, 1, 0, 1)
        rows[:, 0] = 5 + 10 * np.arange(count)
        painter = QPainter(image)
        painter.drawPixmapFragments(fragments.first(), fragments.count, dot)
        painter.end()
        lit = [x for x in range(40) if image.pixelColor(x, 5) == QColor("white")]
        assert lit == [x for k in range(count) for x in (4 + 10 * k, 5 + 10 * k)]
