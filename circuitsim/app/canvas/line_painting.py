"""Painting of the lines of a drawing: those that stand still in many small parts, those that are moved all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from circuitsim.app.canvas.geometry import sampled
from circuitsim.app.canvas.line_looks import LineLooks
from circuitsim.app.canvas.paint.synapse import Threads, paint_synapse, paint_thread
from circuitsim.app.canvas.sizes import NEURON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.canvas.shot import Shot
    from circuitsim.spec.bounds import Ints

    Bools = NDArray[np.bool_]

DETAIL_FROM = 22.0  # diameter of a neuron, px, from which lines have width and ends
DETAILED = 600  # lines that have them, strongest first
THREADS = 1500  # lines that are drawn at all
MOVED_DETAILED = 60  # of the lines that follow the mouse, which are drawn in every frame
MOVED_FEW = 16  # the same in large circuits
PIECES, COARSE = 12, 6  # of a line without ends; of one among many
TOGETHER = 64  # lines that are measured at once


def paint_still_lines(p: QPainter, shot: Shot, looks: LineLooks) -> Iterator[None]:
    """The lines in view that do not follow the mouse, pausing after each."""
    curves = looks.curves
    view = QRectF(-shot.camera.origin, shot.size.toSizeF()).adjusted(-20, -20, 20, 20)
    wanted = np.zeros(len(curves), dtype=np.bool_)
    wanted[curves.near(view)] = True
    rows = looks.ordered(wanted & ~looks.lifted)[-THREADS:]
    yield
    detailed = _last(rows, DETAILED) & _large(shot) | looks.touched[rows]
    pieces = PIECES if len(rows) <= DETAILED else COARSE
    for first in range(0, len(rows), TOGETHER):
        some, whole = rows[first : first + TOGETHER], detailed[first : first + TOGETHER]
        curves.measure(some[whole])
        points = sampled(curves.points[some], pieces)
        yield
        for k, row in enumerate(some.tolist()):
            if whole[k]:
                paint_synapse(p, curves[curves.ids[row]], looks[row], shot.theme)
            else:
                paint_thread(p, points[k], looks[row], shot.theme)
            yield


class MovedLines:
    """Paints the lines that follow the mouse; how they look is kept while the same ones do."""

    def __init__(self) -> None:
        self._threads = Threads()
        self._looks: LineLooks | None = None
        self._of: tuple[object, ...] = ()

    def paint(self, p: QPainter, scene: Scene, shot: Shot, moved: frozenset[int]) -> None:
        """Paint those of some elements, the strongest with width and ends if there are too many for all."""
        of = scene, scene.edition, shot.camera.zoom, shot.selection
        if self._looks is None or self._of != of:
            self._looks, self._of = LineLooks(scene, shot), of
        looks, curves = self._looks, scene.curves(shot.camera.zoom)
        wanted = np.zeros(len(curves), dtype=np.bool_)
        wanted[scene.rows_touching(moved)] = True
        rows = looks.ordered(wanted)[-THREADS:]
        most = MOVED_DETAILED if len(curves) <= DETAILED else MOVED_FEW
        detailed = _last(rows, most) & (_large(shot) | looks.touched[rows])
        threads, whole = rows[~detailed], rows[detailed]
        points = sampled(curves.points[threads], PIECES if len(threads) <= DETAILED else COARSE)
        self._threads.paint(p, points, [looks[row] for row in threads.tolist()], shot.theme)
        curves.measure(whole)
        for row in whole.tolist():
            paint_synapse(p, curves[curves.ids[row]], looks[row], shot.theme)


def _last(rows: Ints, most: int) -> Bools:
    """The last ones of some lines, bool[k]."""
    result: Bools = np.arange(len(rows)) >= len(rows) - most
    return result


def _large(shot: Shot) -> bool:
    """Whether lines have width and ends at this size."""
    return 2 * NEURON * shot.camera.zoom >= DETAIL_FROM
