"""Dots that run along the synapses with the current."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from circuitsim.app.canvas.paint.stamps import Stamps
from circuitsim.app.canvas.paint.synapse import Sign, line_end, sign_colour
from circuitsim.app.theme.ink import pen
from circuitsim.app.theme.tokens import WHITE, Theme, mix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from circuitsim.app.canvas.geometry import Curve
    from circuitsim.app.canvas.paint.synapse import SynapseLook

    Floats = NDArray[np.float64]

MOST = 1500  # dots in a frame
QUIET = 0.05  # share of the largest current below which nothing moves
FULL = 0.15  # share from which the dots are opaque
SPEED = 110.0  # px per second at saturation
SIZES = 8  # radii in the atlas
LEAST_RADIUS, MOST_RADIUS = 1.2, 3.6
CELL = 12  # px of a sprite
_SIGNS = tuple(Sign)


@dataclass(frozen=True)
class Lane:
    """One line that dots may run along, and how it is drawn."""

    id: int
    curve: Curve
    look: SynapseLook


class Flow:
    """Where the dots are; one call of the painter draws them all."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._phase: dict[int, float] = {}
        self._rate: Floats = np.zeros(0)
        self._peak = 0.0
        self._currents: Mapping[int, float] = {}
        self._directed: frozenset[int] = frozenset()
        self._stamps = Stamps()
        self._atlas: QPixmap | None = None
        self._atlas_of: tuple[str, float] | None = None
        self._lay_empty()

    def _lay_empty(self) -> None:
        self._edge = np.zeros(0, dtype=np.intp)
        self._first = self._count = self._span = np.zeros(0)
        self._points = np.zeros((0, 4, 2))
        self._cells = np.zeros((0, 2))
        self._skip = np.zeros(0)

    def lay(self, lanes: Sequence[Lane], gap: float) -> None:
        """Lay out the dots of some lines, a gap in px between them; strongest first if there are too many."""
        chosen: list[Lane] = []
        counts: list[int] = []
        for lane in sorted(lanes, key=lambda lane: -lane.look.strength):
            count = max(1, round(lane.curve.length / (gap * lane.look.scale)))
            if sum(counts) + count > MOST:
                break
            chosen.append(lane)
            counts.append(count)
        lanes = chosen
        self._ids = [lane.id for lane in lanes]
        if not lanes:
            self._lay_empty()
            return
        self._edge = np.repeat(np.arange(len(lanes)), counts)
        self._count = np.repeat(np.array(counts, dtype=float), counts)
        self._first = np.concatenate([np.arange(n, dtype=float) for n in counts])
        self._span = np.array([line_end(lane.curve, lane.look) - 0.045 for lane in lanes])[self._edge]
        self._points = np.array([(q.a, q.b, q.c, q.d) for q in (lane.curve for lane in lanes)])[self._edge]
        self._cells = np.array([_cell(lane.look) for lane in lanes], dtype=float)[self._edge]
        gaps = [10.0 / lane.curve.length if lane.look.sign.is_junction else 0.0 for lane in lanes]
        self._skip = np.array(gaps)[self._edge]
        self._rate = 1.0 / np.array([gap * lane.look.scale for lane in lanes])

    def set_currents(self, currents: Mapping[int, float], directed: frozenset[int]) -> None:
        """Take over the currents by synapse id; those in ``directed`` flow from pre to post whatever their sign."""
        sizes = np.abs(np.fromiter(currents.values(), dtype=np.float64, count=len(currents)))
        self._peak = max(self._peak * 0.995, float(sizes[np.isfinite(sizes)].max(initial=0.0)))
        self._currents, self._directed = currents, directed

    def _share_of(self, line: int) -> float:
        """The current of a line as a share of the largest, with its sign."""
        current = self._currents.get(line, 0.0)
        if self._peak <= 0 or not math.isfinite(current):
            return 0.0
        return (abs(current) if line in self._directed else current) / self._peak

    def forget(self) -> None:
        """Forget all currents, for instance because another circuit was opened."""
        self._currents, self._peak, self._phase = {}, 0.0, {}

    def advance(self, seconds: float) -> None:
        """Let the dots run for so much wall time."""
        for k, i in enumerate(self._ids):
            share = self._share_of(i)
            if abs(share) >= QUIET:
                speed = SPEED * float(np.tanh(2.0 * share))
                self._phase[i] = (self._phase.get(i, 0.37 * i) + speed * seconds * float(self._rate[k])) % 1.0

    @property
    def moving(self) -> bool:
        """Whether any dot is seen."""
        return any(abs(self._share_of(i)) >= QUIET for i in self._ids)

    def paint(self, p: QPainter, theme: Theme, ratio: float) -> None:
        """Draw the dots; the painter's origin is that of the curves."""
        if not len(self._edge):
            return
        share = np.array([abs(self._share_of(i)) for i in self._ids])
        phase = np.array([self._phase.get(i, (0.37 * i) % 1.0) for i in self._ids])
        t = (self._first + phase[self._edge]) / self._count * self._span + 0.015
        seen = (share[self._edge] >= QUIET) & (np.abs(t - 0.5) > self._skip)
        if not seen.any():
            return
        t, q = t[seen, None], self._points[seen]
        u = 1 - t
        at = u**3 * q[:, 0] + 3 * u * u * t * q[:, 1] + 3 * u * t * t * q[:, 2] + t**3 * q[:, 3]
        opacity = np.clip((share[self._edge][seen] - QUIET) / (FULL - QUIET), 0.25, 1.0)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._stamps.paint(p, self._dots(theme, ratio), ratio, at, self._cells[seen], CELL, opacity)

    def _dots(self, theme: Theme, ratio: float) -> QPixmap:
        """The atlas: a row per sign, a column per radius."""
        if self._atlas is None or self._atlas_of != (theme.name, ratio):
            self._atlas = _atlas(theme, ratio)
            self._atlas_of = (theme.name, ratio)
        return self._atlas


def _radius(column: int) -> float:
    return LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * column / (SIZES - 1)


def _cell(look: SynapseLook) -> tuple[float, float]:
    radius = 0.42 * look.width + 1.05 * look.scale
    column = round((radius - LEAST_RADIUS) / (MOST_RADIUS - LEAST_RADIUS) * (SIZES - 1))
    return CELL * min(SIZES - 1, max(0, column)), CELL * _SIGNS.index(look.sign)


def _atlas(theme: Theme, ratio: float) -> QPixmap:
    result = QPixmap(round(CELL * SIZES * ratio), round(CELL * len(_SIGNS) * ratio))
    result.fill(Qt.GlobalColor.transparent)
    p = QPainter(result)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.scale(ratio, ratio)
    for row, sign in enumerate(_SIGNS):
        ink = sign_colour(theme, sign)
        p.setPen(pen(ink, 1.1))
        p.setBrush(QColor(mix(ink, WHITE, 0.72 if theme.is_dark else 0.82)))
        for column in range(SIZES):
            radius = _radius(column)
            p.drawEllipse(QPointF(CELL * (column + 0.5), CELL * (row + 0.5)), radius, radius)
    p.end()
    return result
