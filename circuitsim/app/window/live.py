"""The button that says whether views follow the present, and brings them back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QToolButton

from circuitsim.app import theme
from circuitsim.app.theme.icons import pixmap

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.engine.report import Status

# state -> word, icon, token of the ink, what it means
LOOKS = {
    "live": ("Live", "live", "ok", "Views follow the run"),
    "paused": ("Paused", "pause", "text3", "The run stands still; views show its newest state"),
    "waiting": ("Waiting", "live", "text3", "The equations are being compiled, once; then it runs"),
    "stopped": ("Stopped", "error", "error", "The run has stopped by itself"),
    "past": ("Past", "live", "accent", "Views show the past; click to follow the present again (End)"),
}


class LiveButton(QToolButton):
    """A dot and a word of fixed width."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("live")
        self.setFixedSize(80, 30)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Follow the present")
        self._document = document
        self.state = ""
        self.clicked.connect(lambda: document.look_at(None))
        theme.changed.connect(self.update)
        self.show_status(document.status())

    def show_status(self, status: Status) -> None:
        """Say what views show."""
        state = "live" if status.playing else "stopped" if status.failure else "paused"
        if status.playing and not status.solver:
            state = "waiting"
        if self._document.looking_at is not None:
            state = "past"
        if state != self.state:
            self.state = state
            self.setText(LOOKS[state][0])
            self.setToolTip(LOOKS[state][3])
            self.update()

    def sizeHint(self) -> QSize:
        """Fixed, so that a longer word moves nothing."""
        return QSize(80, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Dot and word in the ink of the state."""
        t = theme.current()
        word, name, token, _ = LOOKS[self.state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(t.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        ink = getattr(t, token)
        painter.drawPixmap(7, 7, pixmap(name, ink, 16, self.devicePixelRatioF()))
        painter.setFont(theme.named("field"))
        painter.setPen(QColor(ink))
        box = QRectF(27, 0, self.width() - 27, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
