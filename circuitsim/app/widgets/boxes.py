"""Layouts and separators without margins, and small labels."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]
Part = QWidget | QBoxLayout | int | None
B = TypeVar("B", bound=QBoxLayout)


def row(*parts: Part, spacing: int = 6, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Things side by side; a number is a gap in px, None takes what is left."""
    return _fill(QHBoxLayout(), parts, spacing, margins)


def column(*parts: Part, spacing: int = 0, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Things below each other; a number is a gap in px, None takes what is left."""
    return _fill(QVBoxLayout(), parts, spacing, margins)


def _fill(box: B, parts: tuple[Part, ...], spacing: int, margins: Margins) -> B:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QBoxLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    return box


def labelled(text: str, control: QWidget, width: int) -> QWidget:
    """A control with its name before it, in a column of so many px."""
    label = QLabel(text)
    label.setProperty("dim", "1")
    label.setFixedWidth(width)
    line = QWidget()
    line.setLayout(row(label, control, None, spacing=10, margins=(0, 2, 0, 2)))
    return line


def clear(box: QBoxLayout) -> None:
    """Remove everything from a layout and let it go."""
    while box.count():
        item = box.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)


class Line(QWidget):
    """A hairline in the colour of borders, upright or level."""

    def __init__(self, *, upright: bool = False, length: int | None = None, strong: bool = False) -> None:
        super().__init__()
        self._length, self._upright = length, upright
        self._role = QPalette.ColorRole.Dark if strong else QPalette.ColorRole.Mid
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """One pixel wide, centred."""
        painter = QPainter(self)
        ink = self.palette().color(self._role)
        if self._upright:
            length = self._length or self.height()
            painter.fillRect(0, (self.height() - length) // 2, 1, length, ink)
        else:
            painter.fillRect(0, 0, self.width(), 1, QColor(ink))


class Text(QLabel):
    """A label that shortens its text with an ellipsis instead of widening the window."""

    def __init__(self, text: str = "", *, dim: int = 0, head: bool = False) -> None:
        super().__init__()
        self._whole = ""
        if dim:
            self.setProperty("dim", str(dim))
        if head:
            self.setProperty("head", "1")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    @property
    def whole(self) -> str:
        """The text before shortening."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show a text as far as it fits."""
        if text != self._whole:
            self._whole = text
            self._shorten()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  (Qt's signature)
        """Shorten anew."""
        self._shorten()

    def _shorten(self) -> None:
        self._show(self._whole)

    def _show(self, text: str) -> None:
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, self.width()))
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Parts(Text):
    """A label whose text has parts, the most important first: the last ones go where there is no room for all."""

    BETWEEN = " · "

    def _shorten(self) -> None:
        parts = self.whole.split(self.BETWEEN)
        while (
            len(parts) > 1 and self.fontMetrics().horizontalAdvance(self.BETWEEN.join(parts)) > self.width()
        ):
            parts.pop()
        self._show(self.BETWEEN.join(parts))
