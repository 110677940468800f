"""How a curve with its knots looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from circuitsim.app import theme
from circuitsim.app.plots.scale import round_step, tick_text, ticks
from circuitsim.app.theme.ink import colour, pen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    Place = Callable[[float, float], QPointF]

KNOB, LARGE = 3.6, 4.8  # px, radius of a knot, and of one that is chosen or under the pointer
ACROSS, UP = 5, 5  # most steps between ticks


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn.

    Attributes:
        plate: Where the curve is, in px.
        x: Ends of the axis across.
        y: Ends of the axis upwards.
        line: Points of the curve.
        knots: x and y of each knot.
        chosen: The chosen knot.
        hovered: The knot under the pointer, -1 for none.
        focused: Whether keys come here.
        live: x and y of the present value; None if it is unknown.
        ink: Colour of that.
        band: Ends between which it stays; None if they are unknown.
    """

    plate: QRectF
    x: tuple[float, float]
    y: tuple[float, float]
    line: list[tuple[float, float]]
    knots: tuple[tuple[float, float], ...]
    chosen: int
    hovered: int
    focused: bool
    live: tuple[float, float] | None
    ink: str
    band: tuple[float, float] | None


def paint_curve(p: QPainter, look: Look, at: Place) -> None:
    """Plate, axes, curve, live mark and knots."""
    _ground(p, look, at)
    p.save()
    p.setClipRect(look.plate)
    _curve(p, look, at)
    if look.live is not None:
        _live(p, look, at)
    p.restore()
    _knots(p, look, at)


def _ground(p: QPainter, look: Look, at: Place) -> None:
    t, box = theme.current(), look.plate
    p.setPen(pen(t.accent, 1.5) if look.focused else pen(t.border, 1))
    p.setBrush(colour(t.lane))
    p.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)
    if look.band is not None:
        low, high = (min(max(at(end, 0.0).x(), box.left()), box.right()) for end in look.band)
        p.fillRect(QRectF(low, box.top() + 1, high - low, box.height() - 2), colour(t.band))
    p.setFont(theme.named("micro"))
    align = Qt.AlignmentFlag
    for x in ticks(*look.x, ACROSS):
        px = at(x, 0.0).x()
        p.setPen(pen(t.border_strong if abs(x) < 1e-12 else t.lane_grid, 1))
        p.drawLine(QLineF(px, box.top() + 1, px, box.bottom() - 1))
        p.setPen(colour(t.text3))
        text = tick_text(x, round_step(look.x[1] - look.x[0], ACROSS))
        p.drawText(QRectF(px - 40, box.bottom() + 3, 80, 13), align.AlignHCenter | align.AlignTop, text)
    for y in ticks(*look.y, UP):
        py = at(0.0, y).y()
        p.setPen(pen(t.border_strong if abs(y) < 1e-12 else t.lane_grid, 1))
        p.drawLine(QLineF(box.left() + 1, py, box.right() - 1, py))
        p.setPen(colour(t.text3))
        text = tick_text(y, round_step(look.y[1] - look.y[0], UP))
        p.drawText(QRectF(0, py - 7, box.left() - 5, 14), align.AlignRight | align.AlignVCenter, text)


def _curve(p: QPainter, look: Look, at: Place) -> None:
    """Solid between the knots, dashed beyond them."""
    t = theme.current()
    first, last = look.knots[0][0], look.knots[-1][0]
    inside = [look.knots[0], *(q for q in look.line if first < q[0] < last), look.knots[-1]]
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(pen(t.text3, 1.5, round_cap=False, dash=(3, 2)))
    for part in (
        [*(q for q in look.line if q[0] < first), look.knots[0]],
        [look.knots[-1], *(q for q in look.line if q[0] > last)],
    ):
        p.drawPolyline(QPolygonF([at(*q) for q in part]))
    p.setPen(pen(t.text, 1.75))
    p.drawPolyline(QPolygonF([at(*q) for q in inside]))


def _live(p: QPainter, look: Look, at: Place) -> None:
    """A line at the present value and a dot on the curve; beyond an edge an arrowhead points there."""
    assert look.live is not None  # noqa: S101  (asked before)
    box, (x, y) = look.plate, look.live
    here = at(x, y)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(look.ink))
    if not box.left() <= here.x() <= box.right():
        way = -1 if here.x() < box.left() else 1
        edge, middle = (box.left() + 3 if way < 0 else box.right() - 3), box.center().y()
        tail = edge - 6 * way
        p.drawPolygon(
            QPolygonF([QPointF(edge, middle), QPointF(tail, middle - 4), QPointF(tail, middle + 4)])
        )
        return
    p.setPen(pen(look.ink, 1))
    p.drawLine(QLineF(here.x(), box.top() + 1, here.x(), box.bottom() - 1))
    p.setPen(Qt.PenStyle.NoPen)
    p.drawEllipse(here, 3.4, 3.4)


def _knots(p: QPainter, look: Look, at: Place) -> None:
    t = theme.current()
    for k, (x, y) in enumerate(look.knots):
        chosen = k == look.chosen
        radius = LARGE if chosen or k == look.hovered else KNOB
        p.setPen(pen(t.accent if chosen else t.text2, 1.75))
        p.setBrush(colour(t.accent if chosen and look.focused else t.raised))
        p.drawEllipse(at(x, y), radius, radius)
