"""The dots of the canvas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app.canvas.paint.stamps import Stamps
from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from circuitsim.app.theme.tokens import Theme

CLOSEST = 22.0  # px between dots; at smaller scales every second one goes
CELL = 4  # px of the picture of a dot
DOT = 1.6  # its diameter


def paint_grid(
    p: QPainter, width: float, height: float, origin: QPointF, step: float, theme: Theme, ratio: float
) -> None:
    """Dots over the whole view, aligned with an origin in px, on whole device pixels so that all look alike."""
    while step < CLOSEST:
        step *= 2
    columns, rows = math.ceil(width / step) + 1, math.ceil(height / step) + 1
    xs = origin.x() % step + step * np.arange(columns)
    ys = origin.y() % step + step * np.arange(rows)
    at = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    Stamps().paint(p, _dot(theme, ratio), ratio, np.round(at * ratio) / ratio, np.zeros(2), CELL, 1.0)


def _dot(theme: Theme, ratio: float) -> QPixmap:
    result = QPixmap(round(CELL * ratio), round(CELL * ratio))
    result.fill(Qt.GlobalColor.transparent)
    p = QPainter(result)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(pen(theme.grid, DOT * ratio))
    p.drawPoint(QPointF(CELL / 2, CELL / 2) * ratio)
    p.end()
    return result
