"""A button that shows a caption over a value, as in the transport bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolButton


class Caption(QToolButton):
    """A small caption above its value; a click opens what changes it."""

    def __init__(self, caption: str, small: QFont, large: QFont) -> None:
        super().__init__()
        self._caption, self._small, self._large = caption, small, large
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(34)

    def show_value(self, text: str) -> None:
        """Show another value."""
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """The wider of the two lines."""
        wide = QFontMetrics(self._large).horizontalAdvance(self.text())
        return QSize(max(wide, QFontMetrics(self._small).horizontalAdvance(self._caption)) + 16, 34)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Both lines, on a surface while hovered."""
        ink, role, align = self.palette(), QPalette.ColorRole, Qt.AlignmentFlag
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.color(role.Light))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setFont(self._small)
        painter.setPen(ink.color(role.PlaceholderText))
        painter.drawText(QRectF(8, 3, self.width() - 8, 13), align.AlignVCenter, self._caption)
        painter.setFont(self._large)
        painter.setPen(ink.color(role.WindowText))
        painter.drawText(QRectF(8, 15, self.width() - 8, 16), align.AlignVCenter, self.text())
