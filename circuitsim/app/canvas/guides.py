"""Snapping while something is moved: to the grid, and to the middles of what stands around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter

from circuitsim.app.canvas.sizes import GRID
from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.app.canvas.camera import Camera
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.bounds import Floats

REACH = 6.0  # px within which a middle attracts
FAR = 900.0  # px beyond which nothing attracts
BEYOND = 14.0  # px by which a guide is longer than the way between two middles


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a moved middle goes, and the lines that say what it is in line with.

    Attributes:
        at: The place, in canvas units.
        guides: Pairs of middles that are in line: that of a neighbour, and the moved one.
    """

    at: Point
    guides: tuple[tuple[Point, Point], ...] = ()


class Guides:
    """Snaps the middle of one thing among the middles of others that stand still."""

    def __init__(self, still: Iterable[Point]) -> None:
        self._still: Floats = np.array(list(still), dtype=np.float64).reshape(-1, 2)

    def snap(self, at: Point, zoom: float) -> Snap:
        """The place for a middle: in line with a neighbour if one is near, else on the grid.

        Args:
            at: Where the hand has it, in canvas units.
            zoom: Px per unit.
        """
        found = [self._line(at, axis, zoom) for axis in (0, 1)]
        x, y = (
            on_grid(v) if f is None else float(self._still[f, k])
            for k, (v, f) in enumerate(zip(at, found, strict=True))
        )
        place = (x, y)
        guides = (self._guide(place, axis) for axis in (0, 1))
        return Snap(place, tuple(guide for guide in guides if guide is not None))

    def _line(self, at: Point, axis: int, zoom: float) -> int | None:
        """The middle nearest to a place among those that are nearly in line with it."""
        off, along = np.abs(self._still[:, axis] - at[axis]), np.abs(self._still[:, 1 - axis] - at[1 - axis])
        near = np.flatnonzero((off <= REACH / zoom) & (along <= FAR / zoom))
        if not near.size:
            return None
        return int(near[np.lexsort((along[near], np.round(off[near], 6)))[0]])

    def _guide(self, at: Point, axis: int) -> tuple[Point, Point] | None:
        """The nearest middle that is in line with a place."""
        same = np.flatnonzero(np.abs(self._still[:, axis] - at[axis]) < 1e-6)
        if not same.size:
            return None
        along = np.abs(self._still[same, 1 - axis] - at[1 - axis])
        x, y = self._still[same[int(along.argmin())]].tolist()
        return (x, y), at


def on_grid(value: float) -> float:
    """The nearest line of the grid."""
    return round(value / GRID) * GRID


def paint_guides(p: QPainter, snap: Snap, camera: Camera, theme: Theme) -> None:
    """Thin lines through the middles that are in line."""
    p.save()
    p.setRenderHint(
        QPainter.RenderHint.Antialiasing, on=False
    )  # they are level or upright, so this is sharper
    p.setPen(pen(theme.accent, 1, round_cap=False))
    for start, stop in snap.guides:
        line = QLineF(camera.to_view(QPointF(*start)), camera.to_view(QPointF(*stop)))
        if line.length() < 1:
            continue
        line.setLength(line.length() + BEYOND)
        back = QLineF(line.p2(), line.p1())
        back.setLength(back.length() + BEYOND)
        p.drawLine(back)
    p.restore()
