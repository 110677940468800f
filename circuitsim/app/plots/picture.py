"""The picture of the lanes: what `Paper` keeps on the screen, and all of it at once in an exported figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from circuitsim.app.plots.paint import (
    paint_axis,
    paint_band,
    paint_emptiness,
    paint_frame,
    paint_grid,
    paint_lock,
    paint_marks,
    time_ticks,
)
from circuitsim.app.plots.strokes import paint_ends, paint_strokes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.plots.lane import Lanes
    from circuitsim.app.plots.traces import Window

GUTTER = 92.0  # px left of the lanes, for names and numbers
RIGHT = 12.0  # px right of the lanes
AXIS = 18.0  # px below the lanes, for times


def paint_lanes(
    painter: QPainter, lanes: Lanes, window: Window, unit: str, taken: Sequence[float] = ()
) -> None:
    """Draw filled lanes and the axis below them as a figure: each trace is one line.

    Args:
        painter: Where to.
        lanes: What they show was read before.
        window: The stretch of time they show.
        unit: Unit of time.
        taken: Places on the axis, px, where no number may stand.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_ground(painter, lanes)
    paint_maps(painter, lanes, window)
    paint_course(painter, lanes, window, time_ticks(window)[0], joined=True)
    paint_newest(painter, lanes, window, unit, taken)


def paint_ground(painter: QPainter, lanes: Lanes) -> None:
    """What stays as it is while time passes."""
    for lane in lanes:
        paint_frame(painter, lane)
        paint_lock(painter, lane)
        paint_band(painter, lane)
        paint_marks(painter, lane)
        paint_emptiness(painter, lane)


def paint_maps(painter: QPainter, lanes: Lanes, window: Window) -> None:
    """The lanes whose traces are too many for lines."""
    for lane in lanes:
        if lane.heat is not None:
            lane.heat.paint(painter, lane.box, window, lane.scale)


def paint_course(
    painter: QPainter, lanes: Lanes, window: Window, times: Sequence[float], *, joined: bool = False
) -> None:
    """The grid at round times and the traces of a stretch of time, which move together.

    Args:
        painter: Where to.
        lanes: What they show was read before.
        window: The stretch of time; a part of what was read is enough.
        times: Where the grid stands.
        joined: True to draw each trace as one line, as figures want it; otherwise in pieces, which is faster.
    """
    paint_grid(painter, lanes, [t for t in times if window.t0 < t <= window.t1], window)
    for lane in lanes:
        paint_strokes(painter, lane, window, joined=joined)


def paint_newest(painter: QPainter, lanes: Lanes, window: Window, unit: str, taken: Sequence[float]) -> None:
    """The live ends of the traces, and the axis below them."""
    for lane in lanes:
        paint_ends(painter, lane, window)
    if len(lanes):
        times, step = time_ticks(window)
        paint_axis(painter, lanes[len(lanes) - 1].box.bottom() + 2, times, step, window, unit, taken)
