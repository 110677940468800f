"""The dots of the canvas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme

CLOSEST = 22.0  # px between dots; at smaller scales every second one goes


def paint_grid(p: QPainter, width: float, height: float, origin: QPointF, step: float, theme: Theme) -> None:
    """Dots over the whole view, aligned with an origin in px."""
    while step < CLOSEST:
        step *= 2
    columns, rows = math.ceil(width / step) + 1, math.ceil(height / step) + 1
    left, top = origin.x() % step, origin.y() % step
    p.setPen(pen(theme.grid, 1.6))
    p.drawPoints(
        QPolygonF([QPointF(left + i * step, top + j * step) for i in range(columns) for j in range(rows)])
    )
