"""The ring: how fast. Its arc is the time constant in its own band, its width and ink that of the circuit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import mix

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.theme.tokens import Theme

CENTRE = 0.885  # radius of the middle of the ring, of R
THIN, THICK = 0.085, 0.195  # width of the ring, fastest and slowest of the circuit
LEAST_SWEEP = 11.0  # degrees


def ring_ink(theme: Theme, pace: float) -> str:
    """Strong ink is fast, weak ink slow; lightness only, so that every colour vision reads it."""
    if pace < 0.5:
        return mix(theme.ring_fast, theme.ring_mid, max(0.0, pace) / 0.5)
    return mix(theme.ring_mid, theme.ring_slow, (min(1.0, pace) - 0.5) / 0.5)


def paint_ring(
    p: QPainter,
    x: float,
    y: float,
    radius: float,
    sweep: float,
    pace: float,
    theme: Theme,
    *,
    endless: bool = False,
    fixed: bool = False,
    instant: bool = False,
) -> None:
    """Track and arc, clockwise from 12 o'clock, where the lower bound stands; the track alone without a tau."""
    d, r = 2 * radius, radius * CENTRE
    if d < 10:
        return
    box = QRectF(x - r, y - r, 2 * r, 2 * r)
    p.setBrush(Qt.BrushStyle.NoBrush)
    track = max(1.0, 0.04 * radius)
    p.setPen(pen(theme.track, track, round_cap=False, dash=(1.5, 2.5) if endless else ()))
    p.drawEllipse(box)
    if instant:
        return
    width = max(1.35, radius * (THIN + (THICK - THIN) * min(1.0, max(0.0, pace))))
    rounded = d >= 40
    p.setPen(pen(ring_ink(theme, pace), width, round_cap=rounded))
    degrees = 360.0 if fixed else max(LEAST_SWEEP, 360.0 * min(1.0, sweep))
    if degrees >= 359:
        p.drawEllipse(box)
    else:  # round caps are pulled in by half a width, so that the end does not lie
        cut = math.degrees(width / 2 / r) if rounded else 0.0
        p.drawArc(box, round((90 - cut) * 16), -round(max(0.5, degrees - 2 * cut) * 16))
    if d >= 30 and not fixed:
        p.setPen(pen(colour(theme.text2, 0.9), 1.0, round_cap=False))
        p.drawLine(QPointF(x, y - radius * 0.80), QPointF(x, y - radius * 0.985))


def paint_broken_ring(p: QPainter, x: float, y: float, radius: float, theme: Theme) -> None:
    """The ring of a neuron without a valid time constant: twelve pieces in the colour of errors."""
    if 2 * radius < 10:
        return
    r, width = radius * CENTRE, max(1.75, 0.13 * radius)
    piece = 2 * math.pi * r / width / 12
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(pen(theme.error, width, round_cap=False, dash=(piece * 0.62, piece * 0.38)))
    p.drawEllipse(QPointF(x, y), r, r)
