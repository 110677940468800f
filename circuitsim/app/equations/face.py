"""The faces of equations in one size: upright and italic letters, and the lengths that setting needs."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainterPath, QTransform

from circuitsim.app.equations.box import SIGN, Glyphs, Outline
from circuitsim.app.theme.type import mathematical

SCRIPT = 0.72  # size of sub- and superscripts in parts of what they stand at
LEAST = 8.5  # px; smaller letters cannot be read
DECORATION = 0.045  # weight of lines in parts of the size


class Face:
    """Letters of one size in px."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.upright, self.italic = mathematical(size), mathematical(size, italic=True)
        self._upright, self._italic = QFontMetricsF(self.upright), QFontMetricsF(self.italic)
        plus = self._upright.tightBoundingRect("+")
        self.axis = -plus.center().y()  # where fractions and brackets have their middle, above the base line
        self.x_height = self._upright.xHeight()
        self.weight = max(1.0, DECORATION * size)

    def smaller(self) -> Face:
        """The face of what stands below or above a letter."""
        return face(max(min(LEAST, self.size), SCRIPT * self.size))

    def em(self, parts: float) -> float:
        """A length in parts of the size."""
        return parts * self.size

    def text(self, text: str, *, italic: bool = False, ink: str = SIGN) -> Glyphs:
        """Letters; slanted ones take as much room as they lean over."""
        metrics = self._italic if italic else self._upright
        tight = metrics.tightBoundingRect(text)
        width, shift = metrics.horizontalAdvance(text), 0.0
        if italic:
            shift = max(0.0, -tight.left())  # an f begins before its place
            width = max(width, tight.right() + self.em(0.02)) + shift
        up, down = max(-tight.top(), self.x_height), max(0.0, tight.bottom())
        return Glyphs(width, up, down, text, self.italic if italic else self.upright, ink, shift)

    def stretched(self, sign: str, up: float, down: float) -> Outline:
        """A bracket that reaches from above the base line to below it, symmetric to the axis."""
        half = max(up - self.axis, down + self.axis, self.em(0.48))
        path = QPainterPath()
        path.addText(QPointF(0.0, 0.0), self.upright, sign)
        natural = path.boundingRect()
        tall = 2.0 * half / natural.height()
        wide = 1.0 + 0.12 * min(tall - 1.0, 2.0)
        turn = QTransform(wide, 0.0, 0.0, tall, 0.0, -self.axis - natural.center().y() * tall)
        width = self._upright.horizontalAdvance(sign) * wide
        return Outline(width, half + self.axis, half - self.axis, turn.map(path))

    def brace(self, up: float, down: float) -> Outline:
        """A curly bracket at the left of cases."""
        half, bow = max(up - self.axis, down + self.axis), self.em(0.26)
        path = QPainterPath(QPointF(2.2 * bow, -half))
        for way in (1.0, -1.0):
            path.moveTo(2.2 * bow, -way * half)
            path.cubicTo(0.7 * bow, -way * half, 1.6 * bow, -way * 0.10 * half, 0.2 * bow, 0.0)
        path.translate(0.0, -self.axis)
        return Outline(2.6 * bow, half + self.axis, half - self.axis, path, self.weight * 1.15)


@lru_cache(maxsize=64)
def face(size: float) -> Face:
    """The face of a size."""
    return Face(size)
