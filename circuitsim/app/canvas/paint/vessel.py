"""The vessel: how much. Its level is the membrane potential, its notch where that is heading."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPolygonF

from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import BLACK, WHITE, Theme, mix

INNER = 0.70  # radius of the glass, of R
INNER_SMALL = 0.86  # below 10 px, where there is no ring
LOW, HIGH = 0.07, 0.93  # where the bounds stand in the height of the vessel: a film stays, an air gap stays


def vessel_radius(radius: float) -> float:
    """Inner radius of the glass for an outer radius, px."""
    return radius * (INNER if 2 * radius >= 10 else INNER_SMALL)


def height_of(level: float) -> float:
    """Height of a level from -1 (bottom of the glass) to 1 (top)."""
    return 2 * (LOW + (HIGH - LOW) * min(1.0, max(0.0, level))) - 1


def liquid_colours(theme: Theme, tint: str) -> tuple[str, str]:
    """Body and surface of the liquid; the tint is the colour of the trace, if there is one."""
    if not tint:
        return theme.liquid, theme.liquid_top
    if theme.is_dark:
        return mix(tint, theme.glass, 0.38), mix(tint, WHITE, 0.25)
    return mix(tint, theme.glass, 0.45), mix(tint, BLACK, 0.12)


def paint_vessel(
    p: QPainter,
    x: float,
    y: float,
    radius: float,
    level: float,
    tint: str,
    theme: Theme,
    *,
    open_top: bool = False,
    failed: bool = False,
    clamped: bool = False,
    muted: bool = False,
) -> None:
    """Glass and liquid; that of a clamped neuron is flat and held by stops through the wall, that of a muted one grey."""
    d, inner = 2 * radius, vessel_radius(radius)
    body_ink, top_ink = liquid_colours(theme, tint)
    if failed or muted:
        body_ink, top_ink = mix(theme.glass, theme.muted, 0.45), theme.muted
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(theme.glass))
    p.drawEllipse(QPointF(x, y), inner, inner)
    body, surface = _liquid(x, y, inner, level, 0.075 * radius if d >= 28 and not clamped else 0.0)
    if d >= 36 and not failed:
        gradient = QLinearGradient(x, y - inner * height_of(level), x, y + inner)
        gradient.setColorAt(0, QColor(mix(body_ink, top_ink, 0.22)))
        gradient.setColorAt(1, QColor(mix(body_ink, BLACK if theme.is_dark else WHITE, 0.10)))
        p.setBrush(gradient)
    else:
        p.setBrush(QColor(body_ink))
    p.drawPath(body)
    if failed and d >= 18:
        p.setBrush(QBrush(colour(theme.error, 0.75), Qt.BrushStyle.BDiagPattern))
        p.drawPath(body)
    p.setBrush(Qt.BrushStyle.NoBrush)
    if d >= 12 and not failed:
        p.setPen(pen(top_ink, max(1.1, 0.05 * radius), round_cap=False))
        p.drawPath(surface)
    _glass(p, x, y, radius, theme, open_top=open_top, failed=failed, muted=muted)
    if clamped and not failed and d >= 12:
        _stops(p, x, y, radius, level, theme)


def _glass(
    p: QPainter, x: float, y: float, radius: float, theme: Theme, *, open_top: bool, failed: bool, muted: bool
) -> None:
    d, inner = 2 * radius, vessel_radius(radius)
    wall = theme.error if failed else theme.glass_wall
    p.setPen(pen(wall, max(1.0, 0.028 * radius), dash=(3.0, 3.0) if muted else ()))
    box = QRectF(x - inner, y - inner, 2 * inner, 2 * inner)
    if open_top:
        p.drawArc(box, 120 * 16, 300 * 16)
    else:
        p.drawEllipse(box)
    if d >= 44:
        glint = inner * 0.83
        p.setPen(pen(colour(WHITE, 0.20 if theme.is_dark else 0.85), max(1.2, 0.04 * radius)))
        p.drawArc(QRectF(x - glint, y - glint, 2 * glint, 2 * glint), 118 * 16, 40 * 16)
    if d >= 84 and not failed:
        p.setPen(pen(colour(theme.text, 0.45), 1))
        for i in range(9):
            h = height_of(i / 8)
            left = x - inner * math.sqrt(1 - h * h)
            length = (0.13 if i % 4 == 0 else 0.07) * radius
            p.drawLine(QPointF(left + 2.5, y - inner * h), QPointF(left + length, y - inner * h))


def _stops(p: QPainter, x: float, y: float, radius: float, level: float, theme: Theme) -> None:
    """What holds the surface where the command potential is: a bar through the wall at either side."""
    inner, h = vessel_radius(radius), height_of(level)
    half, at = inner * math.sqrt(1 - h * h), y - inner * h
    tall, reach = max(2.5, 0.17 * radius), max(2.0, 0.15 * radius)
    thick = max(1.6, 0.085 * radius)
    for ink, width in (
        (theme.glass, 2.2 * thick),
        (theme.warn, thick),
    ):  # an edge sets it off from liquid and ring
        p.setPen(pen(ink, width))
        for side in (-1, 1):
            wall = x + side * half
            p.drawLine(QPointF(wall - side * reach, at), QPointF(wall + side * reach, at))
            p.drawLine(QPointF(wall - side * reach, at - tall), QPointF(wall - side * reach, at + tall))


def paint_slash(p: QPainter, x: float, y: float, radius: float, theme: Theme) -> None:
    """The stroke through a lesioned neuron."""
    reach = 0.78 * radius
    begin, end = QPointF(x - reach, y + reach), QPointF(x + reach, y - reach)
    for ink, width in ((theme.canvas, max(3.0, 0.17 * radius)), (theme.text2, max(1.3, 0.065 * radius))):
        p.setPen(pen(ink, width))
        p.drawLine(begin, end)


def paint_notch(p: QPainter, x: float, y: float, radius: float, target: float, theme: Theme) -> None:
    """The mark of v_inf inside the right wall: the liquid goes to it."""
    d, inner = 2 * radius, vessel_radius(radius)
    if d < 26:
        return
    h = height_of(target)
    half, at = inner * math.sqrt(1 - h * h), y - inner * h
    size = max(3.0, 0.13 * radius)
    foot = x + half + 0.04 * radius
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(theme.target))
    p.drawPolygon(
        QPolygonF(
            [
                QPointF(x + half - size * 1.15, at),
                QPointF(foot, at - size * 0.72),
                QPointF(foot, at + size * 0.72),
            ]
        )
    )
    if d >= 84:
        p.setPen(pen(colour(theme.target, 0.45), 1, round_cap=False, dash=(2, 3)))
        p.drawLine(QPointF(x - half + 0.18 * radius, at), QPointF(x + half - size * 1.3, at))


def _liquid(x: float, y: float, r: float, level: float, sag: float) -> tuple[QPainterPath, QPainterPath]:
    """Body and surface; the surface sags between the walls, its contact with the wall is the true level."""
    h = height_of(level)
    angle = math.degrees(math.asin(h))
    half, top = r * math.sqrt(1 - h * h), y - r * h
    low = sag * half / r
    right, middle, left = QPointF(x + half, top), QPointF(x, top + low), QPointF(x - half, top)
    controls = [
        QPointF(x + s * half, top + low * f) for s, f in ((0.72, 1.15), (0.4, 1), (-0.4, 1), (-0.72, 1.15))
    ]
    surface = QPainterPath(right)
    surface.cubicTo(controls[0], controls[1], middle)
    surface.cubicTo(controls[2], controls[3], left)
    body = QPainterPath(surface)
    body.arcTo(QRectF(x - r, y - r, 2 * r, 2 * r), 180 - angle, 180 + 2 * angle)
    body.closeSubpath()
    return body, surface
