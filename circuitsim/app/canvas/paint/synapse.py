"""The synapse: a curve whose colour, dash and end all say the same, whose width is its strength."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import mix
from circuitsim.app.widgets.memory import Segments, polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.canvas.geometry import Curve
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.bounds import Floats

GAP = 3.2  # half the gap between the bars of a gap junction, px
SILENT = 0.6  # of the width that a synapse would have
INKS = 16  # shades of a colour among lines that are drawn together
CROSS = 5.0  # px from the middle of a cut synapse to the ends of its cross


class Sign(StrEnum):
    """What a synapse does to its target."""

    EXCITATORY = "excitatory"
    INHIBITORY = "inhibitory"
    ELECTRICAL = "electrical"
    DIRECTED = "directed electrical"
    CLAMP = "clamp"  # the wire of an electrode
    READING = "reading"  # the line from a neuron to an output

    @property
    def is_junction(self) -> bool:
        """Whether it is a gap junction, symmetric or directed."""
        return self in {Sign.ELECTRICAL, Sign.DIRECTED}


WIRES = {
    Sign.READING: 1.25,
    Sign.CLAMP: 1.8,
}  # widths of lines of which it is not the point how strong they are
TOKENS = {
    Sign.EXCITATORY: "exc",
    Sign.INHIBITORY: "inh",
    Sign.ELECTRICAL: "ele",
    Sign.DIRECTED: "ele",
    Sign.CLAMP: "warn",
    Sign.READING: "text3",
}


@dataclass(frozen=True)
class SynapseLook:
    """How a synapse is drawn.

    Attributes:
        sign: What it does to its target.
        strength: Square root of its share of the strongest, 0 to 1.
        ink: How much it stands out from the canvas, 0 to 1.
        selected: Whether it is selected.
        scale: Factor on all widths and ends.
        silent: Nothing passes through it, since it or one of its ends is muted.
        cut: It is muted itself.
        leaves: It ends at an output, and an open arrow says that its value leaves there.
    """

    sign: Sign
    strength: float = 0.5
    ink: float = 1.0
    selected: bool = False
    scale: float = 1.0
    silent: bool = False
    cut: bool = False
    leaves: bool = False

    @cached_property
    def width(self) -> float:
        """Line width, px."""
        usual = WIRES.get(self.sign, 1.25 + 3.75 * self.strength) * self.scale
        return max(1.2, SILENT * usual) if self.silent else usual

    @cached_property
    def head(self) -> float:
        """Length of what stands at the end, px."""
        if self.sign is Sign.EXCITATORY:
            return 4.5 * self.scale + 2.1 * self.width
        if self.sign is Sign.CLAMP:
            return 17.0 * self.scale
        if self.sign is Sign.DIRECTED:
            return 3.5 * self.scale + 1.5 * self.width
        if self.leaves:
            return 5.0 * self.scale
        return 1.2 * self.scale + 0.9 * self.width if self.sign is Sign.INHIBITORY else 0.0


def sign_colour(theme: Theme, sign: Sign) -> str:
    """The colour of a sign: warm excites, cool inhibits, grey is electrical, the wire of an electrode is yellow."""
    colour_of: str = getattr(theme, TOKENS[sign])
    return colour_of


def line_end(curve: Curve, look: SynapseLook) -> float:
    """Parameter at which the line stops and its end mark begins."""
    return max(0.2, 1 - look.head * (0.45 if look.sign is Sign.CLAMP else 0.82) / curve.length)


def paint_synapse(p: QPainter, curve: Curve, look: SynapseLook, theme: Theme) -> None:
    """The whole synapse; its ink is mixed with the canvas, since alpha is slow and piles up."""
    ink = mix(theme.canvas, theme.muted if look.silent else sign_colour(theme, look.sign), look.ink)
    p.setBrush(Qt.BrushStyle.NoBrush)
    if look.selected:
        p.setPen(pen(colour(theme.accent, 0.5), look.width + 7 * look.scale))
        p.drawPath(curve.path)
        if look.sign is Sign.CLAMP:  # its yellow is too close to the halo: canvas between them
            p.setPen(pen(theme.canvas, look.width + 3 * look.scale))
            p.drawPath(curve.path)
    if look.silent:
        _silent(p, curve, look, ink, theme)
        return
    if look.sign.is_junction:
        _electrical(p, curve, look, ink)
        return
    if look.sign is Sign.READING:
        p.setPen(pen(ink, look.width, round_cap=False))
        p.drawPath(curve.path)
        if look.leaves:
            _open_arrow(p, curve, look, ink)
        return
    w, s = look.width, look.scale
    dash = ((7 + w) * s / w, 3.2 * s / w) if look.sign is Sign.INHIBITORY else ()
    p.setPen(pen(ink, w, round_cap=False, dash=dash))
    p.drawPath(curve.part(0.0, line_end(curve, look)).path)
    paint_end(p, curve, look, ink)


def paint_end(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    """What tells the sign of a line: arrowhead, bar across its end, pipette, or two bars across its middle.

    A directed gap junction has the bars and an open arrowhead besides.
    """
    if look.sign is Sign.EXCITATORY:
        _arrow(p, curve, look, ink)
    elif look.sign is Sign.CLAMP:
        _pipette(p, curve, look, ink)
    elif look.sign is Sign.INHIBITORY:
        _bar(p, curve, look, ink)
    elif look.sign.is_junction:
        _junction(p, curve, look, ink)
        if look.sign is Sign.DIRECTED:
            _open_arrow(p, curve, look, ink)


class Threads:
    """Many lines at small scales, those of nearly the same colour in one call of the painter."""

    def __init__(self) -> None:
        self._segments = Segments()

    def paint(self, p: QPainter, points: Floats, looks: Sequence[SynapseLook], theme: Theme) -> None:
        """Draw lines through float64[n, k, 2], each with its look."""
        groups: dict[str, list[int]] = {}
        for k, look in enumerate(looks):
            groups.setdefault(_thread_ink(look, round(look.ink * INKS) / INKS, theme), []).append(k)
        for ink, lines in groups.items():
            starts, ends = points[lines, :-1].reshape(-1, 2), points[lines, 1:].reshape(-1, 2)
            p.setPen(pen(ink, 1.0, round_cap=False))
            p.drawLines(self._segments.between(starts, ends))


def _thread_ink(look: SynapseLook, ink: float, theme: Theme) -> str:
    return mix(theme.canvas, theme.muted if look.silent else sign_colour(theme, look.sign), ink)


def paint_thread(p: QPainter, points: Floats, look: SynapseLook, theme: Theme) -> None:
    """The synapse at small scales, or among thousands: a thin line through a few points, float64[k, 2], without ends."""
    p.setPen(pen(_thread_ink(look, look.ink, theme), 1.0, round_cap=False))
    p.drawPolyline(polygon(points[:, 0], points[:, 1]))


def _silent(p: QPainter, curve: Curve, look: SynapseLook, ink: str, theme: Theme) -> None:
    """Dots, the end that it had, and a cross in the middle of one that is cut itself."""
    w, s = look.width, look.scale
    p.setPen(pen(ink, w, dash=(0.01, 4.0 * s / w)))
    p.drawPath(curve.part(0.0, line_end(curve, look)).path)
    paint_end(p, curve, look, ink)
    if not look.cut:
        return
    middle, reach = curve.at(0.5), CROSS * s
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(theme.canvas))
    p.drawEllipse(middle, 1.35 * reach, 1.35 * reach)
    p.setPen(pen(theme.text2, max(1.4, 1.7 * s)))
    for side in (-1, 1):
        p.drawLine(middle + QPointF(-reach, side * reach) * 0.7, middle + QPointF(reach, -side * reach) * 0.7)


def _electrical(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    s = look.scale
    w = max(1.2, look.width * 0.8)
    gap = min(0.4, GAP * s / curve.length)
    p.setPen(pen(ink, w, round_cap=False, dash=(2.2 * s / w, 2.6 * s / w)))
    p.drawPath(curve.part(0.0, 0.5 - gap).path)
    p.drawPath(curve.part(0.5 + gap, 1.0).path)
    paint_end(p, curve, look, ink)


def _junction(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    s = look.scale
    gap = min(0.4, GAP * s / curve.length)
    p.setPen(pen(ink, max(1.6 * s, look.width * 0.62)))
    half = 4.2 * s + 1.15 * look.width
    dx, dy = curve.direction(0.5)
    for sign in (-1, 1):
        _across(p, curve.at(0.5 + sign * gap * 0.92), dx, dy, half)


def _arrow(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    (dx, dy), length = curve.direction(1.0), look.head
    tip, half = QPointF(*curve.d), look.head * 0.5
    back, notch = tip - QPointF(dx, dy) * length, tip - QPointF(dx, dy) * length * 0.78
    across = QPointF(-dy, dx) * half
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(colour(ink))
    p.drawPolygon(QPolygonF([tip, back + across, notch, back - across]))


def _open_arrow(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    (dx, dy), length = curve.direction(1.0), look.head
    thick = max(1.6 * look.scale, look.width * 0.62)
    tip = QPointF(*curve.d) - QPointF(dx, dy) * thick
    back, across = tip - QPointF(dx, dy) * length, QPointF(-dy, dx) * (length * 0.62)
    p.setPen(pen(ink, thick))
    p.drawPolyline([back + across, tip, back - across])


def _pipette(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    """The glass of an electrode, whose tip touches the wall."""
    (dx, dy), length = curve.direction(1.0), look.head
    tip, wide = QPointF(*curve.d), 4.6 * look.scale
    back, across = tip - QPointF(dx, dy) * length, QPointF(-dy, dx)
    narrow = across * (0.7 * look.scale)
    p.setPen(pen(ink, max(1.2, 1.3 * look.scale)))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPolyline([back + across * wide, tip + narrow, tip - narrow, back - across * wide])


def _bar(p: QPainter, curve: Curve, look: SynapseLook, ink: str) -> None:
    dx, dy = curve.direction(1.0)
    thick = max(2.2 * look.scale, 0.95 * look.width)
    p.setPen(pen(ink, thick))
    _across(p, QPointF(*curve.d) - QPointF(dx, dy) * thick / 2, dx, dy, 4.0 * look.scale + 1.35 * look.width)


def _across(p: QPainter, at: QPointF, dx: float, dy: float, half: float) -> None:
    off = QPointF(-dy, dx) * half
    p.drawLine(at - off, at + off)
