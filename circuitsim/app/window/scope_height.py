"""The height of the scope: room for its lanes, or what a person dragged its upper edge to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.theme.ink import colour
from circuitsim.app.theme.measures import LOW, MENU, SCOPE, SCOPE_LEAST, SCOPE_NARROW, STATUS, TRANSPORT

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.window.bottom import Bottom

GRIP = 5  # px of the upper edge that can be grabbed
AROUND = 66  # px of the panel above and below its lanes
EACH = 26  # px that a lane needs for its trace, its name and two numbers
REST = MENU + TRANSPORT + STATUS + 10  # px of the bars above and below, and of the lines between them
HINT = "drag to make the scope higher or lower · double-click fits it to its lanes"


class Grip(QWidget):
    """The upper edge of a panel.

    Signals:
        dragged: The height at which the pointer holds the edge, px of the screen.
        reset: It was clicked twice.
        hinted: What the mouse would do here.
    """

    dragged = Signal(int)
    reset = Signal()
    hinted = Signal(str)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.setObjectName("grip")
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the edge along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(round(event.globalPosition().y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Back to the height that fits."""
        self.reset.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Show that it can be grabbed."""
        self.hinted.emit(HINT)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Look like any edge again."""
        self.hinted.emit("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """A line while the pointer is there; nothing else."""
        if self.underMouse():
            QPainter(self).fillRect(0, 0, self.width(), 2, colour(theme.current().accent))


class ScopeHeight(QObject):
    """Keeps the height of the panel right while lanes come and go and the window changes.

    What stands above it keeps the height that it cannot do without.
    """

    def __init__(self, window: QWidget, panel: Bottom, document: Document, above: QWidget) -> None:
        super().__init__(window)
        self._window, self._panel, self._document, self._above = window, panel, document, above
        self._asked: int | None = None  # for the panel in front
        self._kept: dict[str, int | None] = {}  # for those behind it
        self._front = panel.front
        self._grip = Grip(panel)
        self._grip.dragged.connect(self._drag)
        self._grip.reset.connect(lambda: self._ask(None))
        self._grip.hinted.connect(document.set_hint)
        panel.installEventFilter(self)
        panel.turned.connect(self._turn)
        document.changed.connect(self.adjust)
        document.replaced.connect(self.adjust)

    def adjust(self) -> None:
        """Give the panel its height."""
        usual = SCOPE_NARROW if self._window.height() < LOW else SCOPE
        lanes = max(usual, AROUND + EACH * len(self._document.circuit.document.lanes))
        fitting = self._panel.view.wanted_height or lanes
        wanted = fitting if self._asked is None else self._asked
        most = max(SCOPE_LEAST, self._window.height() - REST - self._above.minimumSizeHint().height())
        self._panel.setFixedHeight(min(max(wanted, SCOPE_LEAST), most))

    def _ask(self, height: int | None) -> None:
        self._asked = height
        self.adjust()

    def _turn(self, front: str) -> None:
        """Another panel is in front: it has a height of its own."""
        self._kept[self._front] = self._asked
        self._asked, self._front = self._kept.get(front), front
        self.adjust()

    def _drag(self, y: int) -> None:
        bottom = self._panel.mapToGlobal(self._panel.rect().bottomLeft()).y()
        self._ask(bottom + 1 - y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the grip on the edge."""
        if event.type() is QEvent.Type.Resize:
            self._grip.setGeometry(0, 0, self._panel.width(), GRIP)
            self._grip.raise_()
        return super().eventFilter(watched, event)
