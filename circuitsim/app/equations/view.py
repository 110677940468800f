"""A widget that shows equations, each on lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.equations.box import NUMBER, SIGN, UNIT
from circuitsim.app.equations.face import face
from circuitsim.app.equations.lines import broken

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from circuitsim.app.equations.box import Box
    from circuitsim.spec.notation import Clause

SIZE = 17.0  # px
CAPITAL = 0.72  # height of a capital letter in parts of the size: so far down the first line is at least
LEAD, APART = 0.42, 0.62  # between lines of an equation and between equations, in parts of the size
EDGE = 2.0  # px that slanted letters may lean over


class EquationView(QWidget):
    """Equations below each other, as wide as the widget; where one line does not fit, all are set smaller.

    Args:
        size: Of the letters, px.
        faint: Whether what is not a number steps back, so that numbers that were put in stand out.
    """

    def __init__(self, size: float = SIZE, *, faint: bool = False) -> None:
        super().__init__()
        self._size, self._faint = size, faint
        self._equations: tuple[Clause, ...] = ()
        self._set: tuple[float, tuple[tuple[float, Box], ...], float, float] = (-1.0, (), 0.0, 1.0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_equations(self, equations: tuple[Clause, ...]) -> None:
        """Show other equations."""
        if equations != self._equations:
            self._equations = equations
            self._set = (-1.0, (), 0.0, 1.0)
            self.updateGeometry()
            self.update()

    def _lay_out(self, width: float) -> None:
        """Break the lines anew for a width."""
        if self._set[0] == width:
            return
        f = face(self._size)
        room = max(1.0, width - 2 * EDGE)
        lines: list[tuple[float, Box]] = []
        y = widest = 0.0
        for equation in self._equations:
            for k, line in enumerate(broken(equation, f, room)):
                lead = f.em(LEAD if k else APART) if lines else 0.0
                y += lead + (line.up if lines else max(line.up, f.em(CAPITAL)))
                lines.append((y, line))
                y += line.down
                widest = max(widest, line.width)
        scale = min(1.0, room / widest) if widest > 0.0 else 1.0
        self._set = (width, tuple(lines), y, scale)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        self._lay_out(float(width))
        return round(self._set[2] * self._set[3] + 2 * EDGE + 0.5)

    def sizeHint(self) -> QSize:
        """As wide as the longest equation in one line."""
        self._lay_out(1e6)
        widest = max((line.width for _, line in self._set[1]), default=0.0)
        return QSize(round(widest + 2 * EDGE + 0.5), round(self._set[2] + 2 * EDGE + 0.5))

    def minimumSizeHint(self) -> QSize:
        """It can be broken and shrunk; how tall it then is, its width decides."""
        return QSize(40, 10)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Paint every line."""
        t = theme.current()
        inks = {SIGN: t.text3 if self._faint else t.text, NUMBER: t.text, UNIT: t.text2}
        self._lay_out(float(self.width()))
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        _, lines, _, scale = self._set
        p.translate(EDGE, EDGE)
        p.scale(scale, scale)
        for y, line in lines:
            line.paint(p, 0.0, y, inks)
