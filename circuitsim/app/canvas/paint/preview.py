"""What is seen only while the mouse draws: the nub on a rim, the line that follows, lit and dimmed targets."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from circuitsim.app.canvas.paint.synapse import Sign, SynapseLook, line_end, paint_end
from circuitsim.app.theme.ink import colour, pen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.app.canvas.geometry import Curve
    from circuitsim.app.theme.tokens import Theme

NUB = 0.19  # radius of the nub on the rim, of R
BADGE_LEAST, BADGE_MOST, BADGE = 4.5, 9.0, 0.26  # px, px, of R
DIMMED = 0.34  # opacity of what may not be reached
DASH = (5.0, 4.0)  # px, of the line that follows the mouse
RING, RING_DASH = 1.5, 2.2  # px, and in widths the dashes and gaps of the ring around a legal target
HALO = 1.36  # of R; encloses the mark of the role
TILE_HALO = 5.0  # px around a tile
HALO_INK, HOVER_INK = 0.16, 0.09
BEATS = 48  # pictures of one pulse
WEAKEST = 0.6  # opacity of what is lit, between two pulses
TURN = 2  # dashes by which the ring turns with a pulse


class Mark(StrEnum):
    """What a neuron is to the mouse right now."""

    NONE = ""
    HOVER = "hover"
    LEGAL = "legal"
    ILLEGAL = "illegal"


def marked(marks: Mapping[int, Mark], mark: Mark) -> frozenset[int]:
    """Ids of the elements that wear a mark."""
    return frozenset(i for i, worn in marks.items() if worn is mark)


def paint_halo(
    p: QPainter, x: float, y: float, radius: float, mark: Mark, theme: Theme, *, beat: int = 0
) -> None:
    """What lies behind a marked neuron; that of a legal target pulses."""
    if mark not in (Mark.HOVER, Mark.LEGAL):
        return
    halo = radius * HALO if 2 * radius >= 20 else radius + 3
    if mark is Mark.LEGAL:
        p.setPen(lit_pen(theme, math.tau * halo, beat))
        p.setBrush(colour(theme.accent, HALO_INK * strength(beat)))
    else:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour(theme.text, HOVER_INK))
    p.drawEllipse(QPointF(x, y), halo, halo)


def paint_lit_tile(p: QPainter, box: QRectF, theme: Theme, *, beat: int) -> None:
    """What lights up around a round tile, as around a neuron."""
    halo = box.adjusted(-TILE_HALO, -TILE_HALO, TILE_HALO, TILE_HALO)
    radius = halo.height() / 2
    p.setPen(lit_pen(theme, 2 * (halo.width() - halo.height()) + math.tau * radius, beat))
    p.setBrush(colour(theme.accent, HALO_INK * strength(beat)))
    p.drawRoundedRect(halo, radius, radius)
    paint_sign(p, halo.topRight() + QPointF(-radius * 0.3, radius * 0.3), BADGE_LEAST + 2, theme, plus=True)


def strength(beat: int) -> float:
    """Opacity of what is lit at a beat: 1 at the first one, weakest half a pulse later."""
    return 1.0 - (1.0 - WEAKEST) * (0.5 - 0.5 * math.cos(math.tau * beat / BEATS))


def lit_pen(theme: Theme, length: float, beat: int) -> QPen:
    """The dashed pen around a legal target; dashes fit its length in px, so that they turn without a seam."""
    dashes = max(TURN, round(length / (2 * RING * RING_DASH)))
    dash = length / (2 * RING * dashes)
    result = pen(colour(theme.accent, strength(beat)), RING, round_cap=False, dash=(dash, dash))
    result.setDashOffset(-2 * dash * TURN * beat / BEATS)
    return result


def paint_badge(p: QPainter, x: float, y: float, radius: float, mark: Mark, theme: Theme) -> None:
    """The sign at the upper right of a marked neuron: plus if a line may end here, a cross if not."""
    if mark not in (Mark.LEGAL, Mark.ILLEGAL) or 2 * radius < 20:
        return
    k, size = 0.80 * radius, max(BADGE_LEAST, min(BADGE_MOST, BADGE * radius))
    paint_sign(p, QPointF(x + k, y - k), size, theme, plus=mark is Mark.LEGAL)


def paint_sign(p: QPainter, at: QPointF, radius: float, theme: Theme, *, plus: bool) -> None:
    """A disc with a plus or a cross."""
    p.setPen(pen(theme.canvas, 1.5))
    p.setBrush(QColor(theme.accent if plus else theme.error))
    p.drawEllipse(at, radius, radius)
    p.setPen(pen(theme.canvas, max(1.25, 0.2 * radius)))
    arm = 0.48 * radius * (1.0 if plus else math.sqrt(0.5))
    ways = ((1, 0), (0, 1)) if plus else ((1, 1), (1, -1))
    for dx, dy in ways:
        off = QPointF(dx, dy) * arm
        p.drawLine(at - off, at + off)


def paint_nub(p: QPainter, x: float, y: float, radius: float, theme: Theme) -> None:
    """The handle on the rim of a neuron of an outer radius in px."""
    paint_sign(p, QPointF(x, y), max(4.0, NUB * radius), theme, plus=True)


def paint_lit_port(p: QPainter, x: float, y: float, zoom: float, theme: Theme) -> None:
    """The handle on the port of a tile."""
    paint_sign(p, QPointF(x, y), max(4.0, 6.5 * zoom), theme, plus=True)


def paint_preview(p: QPainter, curve: Curve, sign: Sign, theme: Theme, *, allowed: bool, zoom: float) -> None:
    """The line that follows the mouse, with the end of its sign; a cross where it may not end."""
    ink = theme.accent if allowed else theme.error
    look = SynapseLook(sign, strength=0.28, scale=min(1.25, max(0.55, zoom**0.5)))
    width = look.width
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(pen(ink, width, round_cap=False, dash=tuple(d / width for d in DASH)))
    p.drawPath(curve.part(0.0, line_end(curve, look)).path)
    if allowed:
        paint_end(p, curve, look, ink)
    else:
        paint_sign(p, QPointF(*curve.d), 7.0, theme, plus=False)
