"""Dots that run along the synapses with the current."""

from __future__ import annotations

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
    Ints = NDArray[np.int64]

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
    """Where the dots are; one call of the painter draws them all.

    Attributes:
        phase: float64[number of lanes], how far the dots of each have run, from 0 to 1.
    """

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._kept: dict[int, float] = {}  # of lines that were laid out before
        self._peak = 0.0
        self._currents: Mapping[int, float] = {}
        self._directed: frozenset[int] = frozenset()
        self._stamps = Stamps()
        self._atlas: QPixmap | None = None
        self._atlas_of: tuple[str, float] | None = None
        self._lay_empty()

    def _lay_empty(self) -> None:
        self.phase = self._share = self._rate = np.zeros(0)  # phases and shares of the lanes
        self._edge = np.zeros(0, dtype=np.intp)
        self._first = self._count = self._span = np.zeros(0)
        self._points = np.zeros((0, 4, 2))
        self._cells = np.zeros((0, 2))
        self._skip = np.zeros(0)

    def lay(self, lanes: Sequence[Lane], gap: float) -> None:
        """Lay out the dots of some lines, a gap in px between them."""
        counts = _counts(np.array([lane.curve.length / (gap * lane.look.scale) for lane in lanes])).tolist()
        self._kept.update(zip(self._ids, self.phase.tolist(), strict=True))
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
        self.phase = np.array([self._kept.get(i, _first_phase(i)) for i in self._ids])
        self._share = self._shares()

    def set_currents(self, currents: Mapping[int, float], directed: frozenset[int]) -> None:
        """Take over the currents by synapse id; those in ``directed`` flow from pre to post whatever their sign."""
        sizes = np.abs(np.fromiter(currents.values(), dtype=np.float64, count=len(currents)))
        self._peak = max(self._peak * 0.995, float(sizes[np.isfinite(sizes)].max(initial=0.0)))
        self._currents, self._directed = currents, directed
        self._share = self._shares()

    def _shares(self) -> Floats:
        """The currents of the lanes as shares of the largest, with their signs, float64[number of lanes]."""
        found = np.array([self._currents.get(i, 0.0) for i in self._ids])
        if self._peak <= 0:
            return np.zeros(len(found))
        found[~np.isfinite(found)] = 0.0
        forward = np.array([i in self._directed for i in self._ids], dtype=np.bool_)
        return np.where(forward, np.abs(found), found) / self._peak

    def forget(self) -> None:
        """Forget all currents, for instance because another circuit was opened."""
        self._currents, self._peak, self._kept = {}, 0.0, {}
        self.phase = np.array([_first_phase(i) for i in self._ids])
        self._share = self._shares()

    def advance(self, seconds: float) -> None:
        """Let the dots run for so much wall time."""
        runs = np.abs(self._share) >= QUIET
        speed = SPEED * np.tanh(2.0 * self._share[runs])
        self.phase[runs] = (self.phase[runs] + speed * seconds * self._rate[runs]) % 1.0

    @property
    def moving(self) -> bool:
        """Whether any dot is seen."""
        return bool((np.abs(self._share) >= QUIET).any())

    def paint(self, p: QPainter, theme: Theme, ratio: float) -> None:
        """Draw the dots; the painter's origin is that of the curves."""
        if not len(self._edge):
            return
        share = np.abs(self._share)[self._edge]
        t = (self._first + self.phase[self._edge]) / self._count * self._span + 0.015
        seen = (share >= QUIET) & (np.abs(t - 0.5) > self._skip)
        if not seen.any():
            return
        t, q = t[seen, None], self._points[seen]
        u = 1 - t
        at = u**3 * q[:, 0] + 3 * u * u * t * q[:, 1] + 3 * u * t * t * q[:, 2] + t**3 * q[:, 3]
        opacity = np.clip((share[seen] - QUIET) / (FULL - QUIET), 0.25, 1.0)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._stamps.paint(p, self._dots(theme, ratio), ratio, at, self._cells[seen], CELL, opacity)

    def _dots(self, theme: Theme, ratio: float) -> QPixmap:
        """The atlas: a row per sign, a column per radius."""
        if self._atlas is None or self._atlas_of != (theme.name, ratio):
            self._atlas = _atlas(theme, ratio)
            self._atlas_of = (theme.name, ratio)
        return self._atlas


def strongest(rows: Ints, strength: Floats, gaps: Floats) -> Ints:
    """Those of some lines that dots may run along, the strongest first and no more than there are dots for.

    Args:
        rows: int64[k], the lines.
        strength: float64[k].
        gaps: float64[k], their lengths, in gaps between dots.
    """
    order = np.argsort(-strength, kind="stable")
    result: Ints = rows[order][_counts(gaps[order]).cumsum() <= MOST]
    return result


def _counts(gaps: Floats) -> Ints:
    """How many dots stand on lines of so many gaps."""
    result: Ints = np.maximum(1, np.round(gaps)).astype(np.int64)
    return result


def _first_phase(line: int) -> float:
    """Where the dots of a line begin, so that those of different lines do not go in step."""
    return (0.37 * line) % 1.0


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
