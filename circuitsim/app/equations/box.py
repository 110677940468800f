"""Boxes: what is set, with its size around a base line, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFont, QPainter, QPainterPath

    Inks = Mapping[str, str]

SIGN, NUMBER, UNIT = "sign", "number", "unit"  # inks: what belongs to the equation, what was put in, its unit


@dataclass(frozen=True)
class Box:
    """Something that takes room; all lengths in px.

    Attributes:
        width: From its left end, where it begins, to where the next thing begins.
        up: How far it reaches above the base line.
        down: How far below.
    """

    width: float
    up: float
    down: float

    def paint(self, p: QPainter, x: float, y: float, inks: Inks) -> None:
        """Paint it with its left end on the base line at a point; a mere gap has nothing to paint."""

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.up + self.down


@dataclass(frozen=True)
class Glyphs(Box):
    """A text in one font."""

    text: str = ""
    font: QFont | None = None
    ink: str = SIGN
    shift: float = 0.0

    def paint(self, p: QPainter, x: float, y: float, inks: Inks) -> None:
        """Draw the text."""
        if self.font is not None:
            p.setFont(self.font)
        p.setPen(pen(inks[self.ink]))
        p.drawText(QPointF(x + self.shift, y), self.text)


@dataclass(frozen=True)
class Bar(Box):
    """A level line above the base line: that of a fraction."""

    rise: float = 0.0
    weight: float = 1.0

    def paint(self, p: QPainter, x: float, y: float, inks: Inks) -> None:
        """Fill it, on whole pixels of the device so that it stays sharp."""
        ratio = p.device().devicePixelRatioF()
        top = round((y - self.rise - self.weight / 2) * ratio) / ratio
        weight = max(1.0, round(self.weight * ratio)) / ratio
        p.fillRect(QRectF(x, top, self.width, weight), pen(inks[SIGN]).color())


@dataclass(frozen=True)
class Outline(Box):
    """A shape: a bracket as tall as its content, a root."""

    path: QPainterPath | None = None
    weight: float = 0.0  # of the line; 0 fills the shape

    def paint(self, p: QPainter, x: float, y: float, inks: Inks) -> None:
        """Fill or draw it."""
        if self.path is None:
            return
        moved = self.path.translated(x, y)
        if self.weight:
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.strokePath(moved, pen(inks[SIGN], self.weight))
        else:
            p.fillPath(moved, pen(inks[SIGN]).color())


@dataclass(frozen=True)
class Group(Box):
    """Boxes at their places, relative to the left end and the base line; y grows downwards."""

    parts: tuple[tuple[float, float, Box], ...] = field(default=())

    def paint(self, p: QPainter, x: float, y: float, inks: Inks) -> None:
        """Paint all of them."""
        for dx, dy, box in self.parts:
            box.paint(p, x + dx, y + dy, inks)


def group(*parts: tuple[float, float, Box], width: float | None = None) -> Group:
    """Boxes at their places, with the room that they take together."""
    wide = max((dx + box.width for dx, _, box in parts), default=0.0) if width is None else width
    up = max((box.up - dy for _, dy, box in parts), default=0.0)
    down = max((box.down + dy for _, dy, box in parts), default=0.0)
    return Group(wide, up, down, parts)


def beside(*boxes: Box) -> Group:
    """Boxes one behind the other."""
    placed, x = [], 0.0
    for box in boxes:
        placed.append((x, 0.0, box))
        x += box.width
    return group(*placed, width=x)


def gap(width: float) -> Box:
    """An empty piece of a line."""
    return Box(width, 0.0, 0.0)
