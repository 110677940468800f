"""A thin slider painted by hand; its value is a fraction from 0 to 1."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

KNOB = 4.5
TRACK = 3.0
STEPS: dict[int, float] = {
    Qt.Key.Key_Left: -0.01,
    Qt.Key.Key_Down: -0.01,
    Qt.Key.Key_Right: 0.01,
    Qt.Key.Key_Up: 0.01,
    Qt.Key.Key_PageDown: -0.1,
    Qt.Key.Key_PageUp: 0.1,
}


class Slider(QWidget):
    """Drag, click on the track, or use arrow and page keys.

    Signals:
        pressed: A drag begins; everything until `released` is one gesture.
        moved: The new fraction.
        released: The drag has ended.
    """

    pressed = Signal()
    moved = Signal(float)
    released = Signal()

    def __init__(self, *, prominent: bool = False) -> None:
        super().__init__()
        self._fraction = 0.0
        self._end = 0.0
        self._prominent = prominent
        self._held = False
        self.setFixedHeight(16)
        self.setMinimumWidth(40)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def fraction(self) -> float:
        """Where the knob is, from 0 to 1."""
        return self._fraction

    def set_fraction(self, fraction: float, end: float | None = None) -> None:
        """Put the knob somewhere, without a signal; ignored while it is held.

        Args:
            fraction: Where the knob is, from 0 to 1.
            end: Where the largest of several values is; None if there is one.
        """
        fraction = min(1.0, max(0.0, fraction))
        end = fraction if end is None else min(1.0, max(0.0, end))
        if not self._held and (fraction, end) != (self._fraction, self._end):
            self._fraction, self._end = fraction, end
            self.update()

    def knob(self) -> QPointF:
        """Centre of the knob, in px."""
        low, high = KNOB + 1, self.width() - KNOB - 1
        return QPointF(low + (high - low) * self._fraction, self.height() / 2)

    def _to(self, x: float) -> None:
        low, high = KNOB + 1, self.width() - KNOB - 1
        fraction = min(1.0, max(0.0, (x - low) / max(1.0, high - low)))
        if fraction != self._fraction or self._end != fraction:
            self._fraction = self._end = fraction
            self.update()
            self.moved.emit(fraction)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob; a press on the track brings it there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._held = True
        self.pressed.emit()
        if abs(event.position().x() - self.knob().x()) > KNOB + 2:
            self._to(event.position().x())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the knob."""
        if self._held:
            self._to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the knob."""
        if self._held and event.button() is Qt.MouseButton.LeftButton:
            self._held = False
            self.released.emit()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a hundredth or a tenth."""
        step = STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        self.pressed.emit()
        low, high = KNOB + 1, self.width() - KNOB - 1
        self._to(low + (high - low) * (self._fraction + step))
        self.released.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Track, filled part and knob."""
        ink = self.palette()
        role = QPalette.ColorRole
        lit = self._prominent or self._held or self.hasFocus()
        fill = ink.color(role.Accent if lit else role.PlaceholderText)
        knob, y = self.knob(), self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.color(role.Dark if self.isEnabled() else role.Mid))
        painter.drawRoundedRect(QRectF(1, y - TRACK / 2, self.width() - 2, TRACK), TRACK / 2, TRACK / 2)
        if not self.isEnabled():
            return
        painter.setBrush(fill)
        if self._end == self._fraction:
            painter.drawRoundedRect(QRectF(1, y - TRACK / 2, knob.x() - 1, TRACK), TRACK / 2, TRACK / 2)
        else:  # several values: the stretch between them
            far = KNOB + 1 + (self.width() - 2 * KNOB - 2) * self._end
            painter.drawRoundedRect(QRectF(knob.x(), y - TRACK / 2, far - knob.x(), TRACK), 1.5, 1.5)
            painter.drawEllipse(QPointF(far, y), 2.5, 2.5)
        edge = fill if lit else ink.color(role.WindowText if self.underMouse() else role.PlaceholderText)
        painter.setPen(QPen(edge, 1.75))
        painter.setBrush(ink.color(role.Window))
        painter.drawEllipse(knob, KNOB, KNOB)
