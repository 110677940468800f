"""A box to tick, drawn like the other controls."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

EDGE = 15  # px of the box
GAP = 7  # px between the box and its text


class Tick(QCheckBox):
    """Something that is either so or not."""

    def sizeHint(self) -> QSize:
        """Box and text."""
        return QSize(EDGE + GAP + self.fontMetrics().horizontalAdvance(self.text()) + 4, 24)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its text."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The text counts as well as the box."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """A box with round corners, filled when it is ticked."""
        ink, role = self.palette(), QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, (self.height() - EDGE) / 2 + 0.5, EDGE - 1, EDGE - 1)
        on, able = self.isChecked(), self.isEnabled()
        edge = role.Accent if self.hasFocus() else role.Highlight if on and able else role.Dark
        painter.setPen(QPen(ink.color(edge), 1))
        painter.setBrush(ink.color(role.Highlight if on else role.Base))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.setPen(
                QPen(
                    ink.color(role.HighlightedText),
                    1.7,
                    c=Qt.PenCapStyle.RoundCap,
                    j=Qt.PenJoinStyle.RoundJoin,
                )
            )
            x, y = box.center().x(), box.center().y()
            painter.drawPolyline(
                QPolygonF([QPointF(x - 3.4, y + 0.2), QPointF(x - 0.9, y + 2.6), QPointF(x + 3.6, y - 2.6)])
            )
        painter.setPen(ink.color(role.WindowText))
        text = QRectF(EDGE + GAP, 0, self.width() - EDGE - GAP, self.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
