"""Figures in one line: a dim caption and a value, several times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.ink import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

GAP = 5.0  # between caption and value
APART = 14.0  # between figures


class Figures(QWidget):
    """Shows captions with values; what does not fit as a whole is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("figures")
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Everything it shows, as one line."""
        return "   ".join(f"{caption} {value}" for caption, value in self._shown)

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show captions and values."""
        if tuple(figures) != self._shown:
            self._shown = tuple(figures)
            self.setToolTip(self.text)
            self.updateGeometry()
            self.update()

    def _widths(self) -> list[tuple[float, float]]:
        captions, values = QFontMetricsF(theme.named("label")), QFontMetricsF(theme.named("head"))
        return [(captions.horizontalAdvance(c), values.horizontalAdvance(v)) for c, v in self._shown]

    def sizeHint(self) -> QSize:
        """As wide as what it shows."""
        return QSize(round(sum(c + GAP + v + APART for c, v in self._widths())), 26)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """One figure after the other."""
        t, align = theme.current(), Qt.AlignmentFlag.AlignVCenter
        painter = QPainter(self)
        x = 0.0
        for (caption, value), (wide, wider) in zip(self._shown, self._widths(), strict=True):
            if x + wide + GAP + wider > self.width() + 1:
                break
            painter.setFont(theme.named("label"))
            painter.setPen(colour(t.text3))
            painter.drawText(QRectF(x, 0, wide + 2, self.height()), align, caption)
            painter.setFont(theme.named("head"))
            painter.setPen(colour(t.text))
            painter.drawText(QRectF(x + wide + GAP, 0, wider + 2, self.height()), align, value)
            x += wide + GAP + wider + APART
