"""Painting of traces: solid, dashed, filled, over a map; fast on a screen, joined in a figure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF

from circuitsim.app import theme
from circuitsim.app.plots.decimate import FEW, dashes
from circuitsim.app.plots.traces import lines_of
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.measures import STROKE_TRACE, STROKE_TRACE_FOCUSED
from circuitsim.app.theme.tokens import mix
from circuitsim.app.widgets.memory import Points, Polyline, Segments, polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.lane import Lane, Stroke
    from circuitsim.app.plots.traces import Line, Window

CROWD = 24  # more traces than this are drawn one device pixel wide, which costs a quarter
DASH = (9.0, 4.5)  # px drawn and left out
FIRST_DASH = 4.0  # px after time 0, where one begins
UNDERLAY = 5.0  # px under the line on a map
SLACK = 500.0  # px beyond the window that lines may reach where the painter clips
KEPT = 256  # pens
DOT = 3.6  # px, radius of the dot at the live end

_segments, _points, _hair = Segments(), Points(), Polyline()


def paint_strokes(painter: QPainter, lane: Lane, window: Window, *, joined: bool = False) -> None:
    """The traces of a lane, the focused one last and thicker.

    Args:
        painter: Where to.
        lane: The lane.
        window: The stretch of time; what lies beyond is cut off.
        joined: True to draw each trace as one line, as figures want it; otherwise long ones in pieces, which is faster.
    """
    t = theme.current()
    crowd = is_crowd(lane) and not joined
    box = QRectF(window.left, lane.box.top(), window.right - window.left, lane.box.height())
    painter.save()
    painter.setClipRect(box.adjusted(1, 1, -1, -1), Qt.ClipOperation.IntersectClip)
    slack = 0.0 if joined else SLACK  # vector files know no clipping
    pairs: list[tuple[Stroke, list[Line]]] = []
    for strokes in (lane.ghosts, lane.strokes):
        found = lines_of([s.trace for s in strokes], window, lane.heights, slack, hair=crowd)
        pairs += zip(strokes, found, strict=True)
    for stroke, lines in sorted(pairs, key=lambda pair: pair[0].focused):
        if stroke.filled:
            _fill(painter, stroke, lane, lines)
        if lane.heat is not None:  # the line stands out from the map
            _draw(painter, lines, _pen(mix(t.lane, t.panel, 0.2), UNDERLAY), joined=joined)
        ink = mix(stroke.ink, t.lane, 0.5) if stroke.faint else stroke.ink
        width = STROKE_TRACE_FOCUSED if stroke.focused else STROKE_TRACE
        if crowd and not stroke.focused:
            _draw_hair(painter, lines, _hairline(ink))
        elif stroke.dashed:
            _draw_dashed(painter, lines, _pen(ink, width, Qt.PenCapStyle.FlatCap), window, joined=joined)
        else:
            _draw(painter, lines, _pen(ink, width), joined=joined)
    painter.restore()


def is_crowd(lane: Lane) -> bool:
    """Whether a lane has so many traces that their lines are thin."""
    return len(lane.strokes) > CROWD


@lru_cache(KEPT)
def _pen(ink: str, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.SquareCap) -> QPen:
    """A pen, shared: callers do not alter it. Its square ends close the joints between pieces."""
    result = pen(ink, width)
    result.setCapStyle(cap)
    return result


@lru_cache(KEPT)
def _hairline(ink: str) -> QPen:
    result = pen(ink, 1.0, round_cap=False)
    result.setCosmetic(True)
    return result


def _draw(painter: QPainter, lines: Sequence[Line], ink: QPen, *, joined: bool) -> None:
    painter.setPen(ink)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in lines:
        if joined:
            painter.drawPolyline(polygon(x, y))
        elif len(x) < FEW:
            painter.drawPolyline(_points.along(x, y))
        else:
            points = np.column_stack((x, y))
            painter.drawLines(_segments.between(points[:-1], points[1:]))


def _draw_hair(painter: QPainter, lines: Sequence[Line], ink: QPen) -> None:
    painter.setPen(ink)
    for x, y in lines:
        painter.drawPolyline(_hair.along(x, y))


def _draw_dashed(
    painter: QPainter, lines: Sequence[Line], ink: QPen, window: Window, *, joined: bool
) -> None:
    if joined:
        ink = QPen(ink)
        ink.setDashPattern([length / ink.widthF() for length in DASH])
        _draw(painter, lines, ink, joined=True)
        return
    painter.setPen(ink)
    begin = (
        window.t0 / window.per_pixel - FIRST_DASH
    )  # counted from time 0, so that pieces of a line fit together
    for x, y in lines:
        painter.drawLines(_segments.between(*dashes(x, y, *DASH, begin - window.left)))


def _fill(painter: QPainter, stroke: Stroke, lane: Lane, lines: Sequence[Line]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(stroke.ink, 0.28))
    base = lane.height(0.0)
    for x, y in lines:
        area = QPolygonF(polygon(x, y))
        area.append(QPointF(float(x[-1]), base))
        area.append(QPointF(float(x[0]), base))
        painter.drawPolygon(area)


def paint_ends(painter: QPainter, lane: Lane, window: Window) -> None:
    """A dot at the live end of every trace that is not faint, unless they are a crowd."""
    if is_crowd(lane):
        return
    painter.setPen(pen(theme.current().lane, 1.5))
    for stroke in lane.strokes:
        last = stroke.trace.last
        if last is None or stroke.faint or stroke.filled or not window.t0 <= last[0] <= window.t1:
            continue
        if not lane.shows(last[1]):
            continue
        painter.setBrush(colour(stroke.ink))
        centre = QPointF(min(window.place(last[0]), window.right - 4), lane.height(last[1]))
        painter.drawEllipse(centre, DOT, DOT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
