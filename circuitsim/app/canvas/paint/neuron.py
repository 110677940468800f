"""The neuron: vessel with liquid, ring, notch, role mark, badge, halo and name.

All measures are fractions of R, the outer radius of the ring and radius of the hit circle, with a least
size in px where a part would vanish; a part appears from a certain diameter on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from circuitsim.app.canvas.paint.preview import HALO, Mark, paint_badge, paint_halo
from circuitsim.app.canvas.paint.ring import paint_broken_ring, paint_ring
from circuitsim.app.canvas.paint.text import badge, halo_text
from circuitsim.app.canvas.paint.vessel import paint_notch, paint_slash, paint_vessel
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.type import font

if TYPE_CHECKING:
    from circuitsim.app.theme.tokens import Theme

NAME_FROM = 22.0  # diameters, px
NUMBERS_FROM = 96.0
NUMBERS_SELECTED_FROM = 48.0
BADGE_FROM = 20.0
MUTED = 0.62  # opacity of a lesioned neuron

MARKED = 1.28  # of R, as far as the mark of a role reaches
BESIDE, BESIDE_NUMBERS = 52.0, 128.0  # px that a usual name, or v and tau, take beside a neuron


@dataclass(frozen=True, slots=True)
class NeuronLook:
    """How a neuron stands at one instant.

    Attributes:
        level: Membrane potential between its bounds, 0 to 1.
        target: v_inf on the same scale; None hides the notch.
        sweep: log tau between the bounds of this neuron, 0 (fast) to 1 (slow).
        pace: log tau between the bounds of the circuit, 0 to 1.
        role: sensory, inter, command or motor.
        tint: Colour of its trace; empty if it has none.
        tag: Number of its trace.
        selected: Whether it is selected.
        open_top: The state has no bound; the vessel has no lid.
        endless: The time constant has no upper bound; the track of the ring is dotted.
        fixed: The band of tau has no width; the ring is full and has no tick.
        instant: It follows at once and has no tau; there is the track of a ring and nothing on it.
        mark: What it is to the mouse right now: hovered, a legal or an illegal end of the line that is drawn.
        beat: How far the pulse of a legal end is.
        clamped: An electrode holds it.
        muted: It is lesioned.
        failure: Word to stand in the vessel when there is no valid state ("NaN", "unstable"); empty if fine.
    """

    level: float = 0.0
    target: float | None = None
    sweep: float = 1.0
    pace: float = 1.0
    role: str = "inter"
    tint: str = ""
    tag: str = ""
    selected: bool = False
    open_top: bool = False
    endless: bool = False
    fixed: bool = False
    instant: bool = False
    mark: Mark = Mark.NONE
    beat: int = 0
    clamped: bool = False
    muted: bool = False
    failure: str = ""


def paint_neuron(p: QPainter, x: float, y: float, radius: float, look: NeuronLook, theme: Theme) -> None:
    """Everything but the name, centred at (x, y) px."""
    paint_back(p, x, y, radius, look, theme)
    whole = p.opacity()
    if look.muted:
        p.setOpacity(MUTED * whole)
    paint_vessel(
        p, x, y, radius, look.level, look.tint, theme, open_top=look.open_top, failed=bool(look.failure),
        clamped=look.clamped, muted=look.muted,
    )  # fmt: skip
    if not look.failure:
        if look.target is not None and not look.muted:
            paint_notch(p, x, y, radius, look.target, theme)
        paint_ring(
            p, x, y, radius, look.sweep, look.pace, theme,
            endless=look.endless, fixed=look.fixed, instant=look.instant,
        )  # fmt: skip
    else:
        paint_broken_ring(p, x, y, radius, theme)
    p.setOpacity(whole)
    if look.muted:
        paint_slash(p, x, y, radius, theme)
    paint_front(p, x, y, radius, look, theme)


def paint_back(p: QPainter, x: float, y: float, radius: float, look: NeuronLook, theme: Theme) -> None:
    """What lies behind the vessel: the halo of the selection and the mark of the role."""
    d = 2 * radius
    paint_halo(p, x, y, radius, look.mark, theme, beat=look.beat)
    if look.selected:
        halo = radius * HALO if d >= 20 else radius + 3
        p.setPen(pen(theme.accent, 2 if d >= 20 else 1.5))
        p.setBrush(colour(theme.accent, 0.16))
        p.drawEllipse(QPointF(x, y), halo, halo)
    if d >= 10 and look.role != "inter":
        _role_mark(p, x, y, radius, look.role, theme.accent if look.selected else theme.text2)


def paint_front(p: QPainter, x: float, y: float, radius: float, look: NeuronLook, theme: Theme) -> None:
    """What lies on top: the word of a failure and the badge."""
    d, k = 2 * radius, 0.80 * radius
    marked = look.mark in (Mark.LEGAL, Mark.ILLEGAL)
    if look.failure and d >= 44:
        size = (0.30 if len(look.failure) <= 3 else 0.21) * radius
        p.setFont(font(size, 700))
        p.setPen(QColor(theme.error))
        box = QRectF(x - radius, y - 0.46 * radius, 2 * radius, 0.4 * radius)
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, look.failure)
    if marked:
        p.setOpacity(1.0)
        paint_badge(p, x, y, radius, look.mark, theme)
    elif d >= BADGE_FROM:
        size = max(4.5, min(9.0, 0.26 * radius))
        if look.failure:
            badge(p, x + k, y - k, size, theme.error, theme, "!", ink=theme.canvas)
        elif look.tag and look.tint:
            badge(p, x + k, y - k, size, look.tint, theme, look.tag)
    elif look.failure and d >= 10:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.error))
        p.drawEllipse(QPointF(x + k, y - k), 2, 2)


def _role_mark(p: QPainter, x: float, y: float, radius: float, role: str, ink: str) -> None:
    """The role by position: sensory a funnel on top, motor a foot, command a collar on both sides."""
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(ink))
    u, gap = max(radius, 6.0), max(1.0, 0.06 * radius)
    if role == "sensory":
        w, h, foot = 0.23 * u, 0.24 * u, y - radius - max(1.0, 0.05 * radius)
        p.drawPolygon(QPolygonF([QPointF(x - w, foot - h), QPointF(x + w, foot - h), QPointF(x, foot)]))
    elif role == "motor":
        w, h = 0.40 * u, max(1.5, 0.12 * u)
        p.drawRoundedRect(QRectF(x - w, y + radius + gap, 2 * w, h), h / 2, h / 2)
    else:
        w, h = max(1.5, 0.12 * u), 0.36 * u
        for left in (x - radius - gap - w, x + radius + gap):
            p.drawRoundedRect(QRectF(left, y - h, w, 2 * h), w / 2, w / 2)


@dataclass(frozen=True, slots=True)
class NamePlace:
    """Where the name of a neuron stands, in px.

    Attributes:
        x: Centre, left or right end.
        baseline: Height of its base line.
        align: 0 centred, -1 begins at x, 1 ends at x.
        size: Font size.
    """

    x: float
    baseline: float
    align: int
    size: int


def name_place(
    x: float, y: float, radius: float, side: str, role: str, *, haloed: bool, numbers: bool
) -> NamePlace:
    """Where the name stands on a side (``b``, ``t``, ``l``, ``r``) so that it clears mark and halo."""
    size = 11 if 2 * radius < 72 else 13
    marked = (role, side) in {("motor", "b"), ("sensory", "t"), ("command", "l"), ("command", "r")}
    out = radius * (HALO if haloed else MARKED if marked else 1.0)
    if side == "t":
        return NamePlace(x, y - out - (20 if numbers else 6), 0, size)
    if side in "lr":
        sign = 1 if side == "r" else -1
        return NamePlace(x + sign * (out + 7), y + size * 0.36 - (7 if numbers else 0), -sign, size)
    return NamePlace(x, y + out + size + 4, 0, size)


def name_room(radius: float, *, numbers: bool) -> float:
    """How far from its centre a name beside a neuron reaches, px."""
    return radius * HALO + (BESIDE_NUMBERS if numbers else BESIDE)


def numbers_shown(diameter: float, *, selected: bool) -> bool:
    """Whether v and tau stand under the name at this size."""
    return diameter >= (NUMBERS_SELECTED_FROM if selected else NUMBERS_FROM)


def paint_name(
    p: QPainter, place: NamePlace, name: str, theme: Theme, *, selected: bool, dimmed: bool = False
) -> None:
    """The name of a neuron."""
    face = font(place.size, 600 if selected else 500)
    ink = theme.text3 if dimmed else theme.text
    halo_text(p, place.x, place.baseline, name, face, ink, theme, align=place.align)


def paint_numbers(p: QPainter, place: NamePlace, text: str, theme: Theme) -> None:
    """Live v and tau in the line under the name; never on the liquid."""
    halo_text(p, place.x, place.baseline + 15, text, font(11, 500), theme.text2, theme, align=place.align)
