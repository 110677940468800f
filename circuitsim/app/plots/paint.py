"""Painting of the scope's lanes: frame, grid, band, traces, axis."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt

from circuitsim.app import theme
from circuitsim.app.plots.lane import LABEL
from circuitsim.app.plots.scale import round_step, tick_text, ticks
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.ink import colour, pen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.lane import Lane
    from circuitsim.app.plots.traces import Window

ALIGN = Qt.AlignmentFlag
UNDERLAY = 5.0  # px under the line on a map
CLEAR = 24.0  # px that a number on the axis keeps away from a handle
GAP = 7.0  # between the numbers in the gutter and the lane
NAME = 8.0  # px left of the name of a lane
LOCK = 12.0  # px, edge of the lock in the gutter
NUMBERS = 40.0  # left of it the gutter holds the names


def paint_frame(painter: QPainter, lane: Lane) -> None:
    """The surface of a lane and its name in the gutter."""
    t = theme.current()
    painter.setPen(pen(t.border, 1))
    painter.setBrush(colour(t.lane))
    painter.drawRoundedRect(lane.box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    top, height = lane.box.top(), lane.box.height()
    painter.setFont(theme.named("title"))
    painter.setPen(colour(t.text))
    painter.drawText(QRectF(NAME, top, 40, min(18.0, height)), ALIGN.AlignVCenter, lane.variable.symbol)
    if lane.unit and height > 34:
        painter.setFont(theme.named("micro"))
        painter.setPen(colour(t.text3))
        painter.drawText(QRectF(NAME, top + 17, 30, 13), ALIGN.AlignVCenter, lane.unit)


def paint_emptiness(painter: QPainter, lane: Lane) -> None:
    """Say in a lane that there is nothing it could show."""
    if lane.strokes or lane.heat is not None or lane.variable.of_neurons:
        return
    painter.setFont(theme.named("micro"))
    painter.setPen(colour(theme.current().text3))
    painter.drawText(lane.box, ALIGN.AlignCenter, f"this circuit has no {lane.variable.title}")


def lock_box(lane: Lane) -> QRectF:
    """Where the lock of a lane stands in the gutter: beside its name, or below it where there is room."""
    return QRectF(NUMBERS - LOCK - 1, lane.box.top() + 3, LOCK, min(LOCK, lane.box.height() - 3))


def paint_lock(painter: QPainter, lane: Lane) -> None:
    """The lock of a lane that is held, and dimly that of the lane under the pointer."""
    if not lane.scale.locked and not lane.hovered:
        return
    t = theme.current()
    box = lock_box(lane)
    ink = t.accent if lane.scale.locked else t.text3
    painter.drawPixmap(box.topLeft(), pixmap("lock", ink, int(LOCK), painter.device().devicePixelRatio()))


def paint_marks(painter: QPainter, lane: Lane) -> None:
    """Numbers in the gutter at their own height."""
    painter.setFont(theme.named("micro"))
    painter.setPen(colour(theme.current().text3))
    for y, text in lane.placed_marks:
        box = QRectF(NUMBERS, y, lane.box.left() - GAP - NUMBERS, LABEL)
        painter.drawText(box, ALIGN.AlignRight | ALIGN.AlignVCenter, text)


def paint_band(painter: QPainter, lane: Lane) -> None:
    """What theory allows, shaded between dashed edges."""
    if lane.band is None:
        return
    t = theme.current()
    inner = lane.box.adjusted(1, 1, -1, -1)
    top, bottom = (min(max(lane.height(x), inner.top()), inner.bottom()) for x in reversed(lane.band))
    painter.fillRect(QRectF(inner.left(), top, inner.width(), bottom - top), colour(t.band))
    painter.setPen(pen(t.band_edge, 1, round_cap=False, dash=(4, 3)))
    edges = [lane.height(x) for x in lane.band if lane.shows(x)]
    painter.drawLines([QLineF(inner.left(), y, inner.right(), y) for y in edges])


def paint_grid(painter: QPainter, lanes: Iterable[Lane], times: Sequence[float], window: Window) -> None:
    """Upright lines at round times, and level lines at the round values of each linear lane."""
    painter.setPen(pen(theme.current().lane_grid, 1))
    for lane in lanes:
        box = lane.box
        if lane.heat is not None:
            continue
        lines = [QLineF(window.place(t), box.top() + 1, window.place(t), box.bottom() - 1) for t in times]
        if box.height() > 30 and lane.spec.variable != "tau":
            values = [v for v, _ in lane.marks]
            lines += [QLineF(window.left + 1, y, window.right - 1, y) for y in map(lane.height, values)]
        painter.drawLines(lines)


@lru_cache(1)  # the parts of a frame ask for those of the same window
def time_ticks(window: Window) -> tuple[tuple[float, ...], float]:
    """Round times about 110 px apart, and their step."""
    count = max(2, int((window.right - window.left) / 110))
    return ticks(window.t0, window.t1, count), round_step(window.t1 - window.t0, count)


def paint_axis(
    painter: QPainter,
    y: float,
    times: Sequence[float],
    step: float,
    window: Window,
    unit: str,
    taken: Sequence[float],
) -> None:
    """Round times below the lanes, the last one with the unit; none where a handle stands."""
    painter.setFont(theme.named("micro"))
    painter.setPen(colour(theme.current().text3))
    inside = [t for t in times if window.left + 8 <= window.place(t) <= window.right - 14]
    for t in inside:
        if any(abs(window.place(t) - x) < CLEAR for x in taken):
            continue
        text = tick_text(t, step) + (f" {unit}" if t == inside[-1] else "")
        painter.drawText(QRectF(window.place(t) - 40, y, 80, 14), ALIGN.AlignCenter, text)
