"""The name of a value: dragging it sideways changes the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QMouseEvent, QResizeEvent

SLACK = 3.0  # px a press may move and still be a click
GAP = 4  # px between name and symbol


class ScrubLabel(QWidget):
    """Name, and behind it the first sign that fits; the signs give way where it is narrow, then the name.

    Signals:
        pressed: A drag begins; everything until `released` is one gesture.
        moved: How far the pointer is from where it was pressed, px.
        released: The drag has ended.
        clicked: It was pressed and let go without a drag.
    """

    pressed = Signal()
    moved = Signal(float)
    released = Signal()
    clicked = Signal()

    def __init__(self, title: str, signs: tuple[str, ...], font: QFont) -> None:
        super().__init__()
        self.texts = (title, *signs)
        self._labels = (QLabel(title, self), QLabel(self))
        for label, dim in zip(self._labels, "12", strict=True):
            label.setFont(font)
            label.setProperty("dim", dim)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedHeight(16)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._from: QPointF | None = None
        self._dragging = False

    def show_texts(self, title: str, signs: tuple[str, ...]) -> None:
        """Show another name and other signs."""
        if (title, *signs) != self.texts:
            self.texts = (title, *signs)
            self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Shorten what does not fit."""
        self._shorten()

    def _shorten(self) -> None:
        name, sign = self._labels
        metrics, room = name.fontMetrics(), self.width()
        wide = metrics.horizontalAdvance(self.texts[0]) + 1
        name.setText(metrics.elidedText(self.texts[0], Qt.TextElideMode.ElideRight, room))
        name.setGeometry(QRect(0, 0, min(wide, room), self.height()))
        left = room - wide - GAP
        fitting = [text for text in self.texts[1:] if metrics.horizontalAdvance(text) < left]
        sign.setText(fitting[0] if fitting else "")
        sign.setGeometry(QRect(wide + GAP, 0, max(0, left), self.height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._from is None:
            return
        away = event.position().x() - self._from.x()
        if not self._dragging and abs(away) > SLACK:
            self._dragging = True
            self.pressed.emit()
        if self._dragging:
            self.moved.emit(away)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._from is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        dragged, self._dragging, self._from = self._dragging, False, None
        (self.released if dragged else self.clicked).emit()
