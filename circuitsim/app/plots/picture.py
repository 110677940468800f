"""The picture of the lanes: the same on the screen and in an exported figure."""

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
from circuitsim.app.plots.strokes import paint_strokes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.plots.lane import Lanes
    from circuitsim.app.plots.traces import Window

GUTTER = 92.0  # px left of the lanes, for names and numbers
RIGHT = 12.0  # px right of the lanes
AXIS = 18.0  # px below the lanes, for times


def paint_lanes(
    painter: QPainter,
    lanes: Lanes,
    window: Window,
    unit: str,
    taken: Sequence[float] = (),
    *,
    joined: bool = False,
) -> None:
    """Draw filled lanes and the axis below them.

    Args:
        painter: Where to.
        lanes: What they show was read before.
        window: The stretch of time they show.
        unit: Unit of time.
        joined: True to draw each trace as one line, as figures want it.
        taken: Places on the axis, px, where no number may stand.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    times, step = time_ticks(window)
    for lane in lanes:
        paint_frame(painter, lane)
        paint_lock(painter, lane)
        if lane.heat is not None:
            lane.heat.paint(painter, lane.box, window, lane.scale)
        paint_band(painter, lane)
    paint_grid(painter, lanes, [t for t in times if t > window.t0], window)
    for lane in lanes:
        paint_marks(painter, lane)
        paint_emptiness(painter, lane)
        paint_strokes(painter, lane, window, joined=joined)
    if len(lanes):
        paint_axis(painter, lanes[len(lanes) - 1].box.bottom() + 2, times, step, window, unit, taken)
