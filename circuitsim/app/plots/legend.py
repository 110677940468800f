"""The names of the traces with their numbers and colours; a click hides or shows one, a double click solos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from circuitsim.app import theme
from circuitsim.app.plots.menus import fill_trace_menu
from circuitsim.app.theme.ink import colour
from circuitsim.app.theme.tokens import ink_on
from circuitsim.app.theme.type import shortened
from circuitsim.circuit.elements import Neuron

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.scope import Scope

BADGE = 7.0
PAD = 6.0  # between badge and name
GAP = 14.0  # between entries
LONGEST = 140.0  # px of a name; a longer one is cut short


class Legend(QWidget):
    """One entry per trace, right-aligned; what does not fit is counted."""

    def __init__(self, document: Document, scope: Scope) -> None:
        super().__init__()
        self.setObjectName("legend")
        self._document, self._scope = document, scope
        self._before: set[int] = set()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(60)
        self.setFixedHeight(26)
        self.setMouseTracking(True)
        scope.hidden_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as its entries."""
        entries = self._entries(1e6)
        return QSize(round(sum(width for *_, width in entries) + 12), 26)

    def _entries(self, room: float) -> list[tuple[int, int, str, float]]:
        """Number, id, name and width of the entries that fit into some px."""
        face = theme.font(11, 600)
        measure = QFontMetricsF(face)
        found, used = [], 0.0
        for i, number in self._document.circuit.document.trace_numbers.items():
            neuron = self._document.circuit.get(i, Neuron)
            name = shortened(neuron.label or neuron.name, face, LONGEST)
            width = 2 * BADGE + PAD + measure.horizontalAdvance(name) + GAP
            used += width
            if used > room:
                break
            found.append((number, i, name, width))
        return found

    def _places(self) -> list[tuple[QRectF, int, int, str]]:
        room = self.width() - 34.0
        entries = self._entries(room)
        more = len(self._document.traced) - len(entries)
        x = self.width() - sum(e[3] for e in entries) - (30.0 if more else 0.0) + GAP - 8
        places = []
        for number, i, name, width in entries:
            places.append((QRectF(x, 0, width - 4, self.height()), number, i, name))
            x += width
        return places

    def place_of(self, neuron: int) -> QPointF | None:
        """Centre of the entry of a neuron, or None if it is not in sight."""
        return next((box.center() for box, _, i, _ in self._places() if i == neuron), None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Badge with the number, and the name; the focused one is bold, hidden ones are dim."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, focus = self._places(), self._document.focus
        for box, number, i, name in places:
            hidden = i in self._scope.hidden
            fill = t.muted if hidden else t.trace(number)
            centre = QPointF(box.left() + BADGE, box.center().y())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(fill))
            painter.drawEllipse(centre, BADGE, BADGE)
            painter.setFont(theme.font(9 if number > 9 else 10, 600))
            painter.setPen(colour(ink_on(fill)))
            badge = QRectF(centre.x() - 10, centre.y() - 8, 20, 16)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))
            painter.setFont(theme.font(11, 600 if i == focus else 500))
            painter.setPen(colour(t.muted if hidden else t.text if i == focus else t.text2))
            text = box.adjusted(2 * BADGE + PAD, 0, 10, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
        more = len(self._document.traced) - len(places)
        if more:
            painter.setPen(colour(t.text3))
            box = QRectF(self.rect()).adjusted(0, 0, -6, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"+{more}")

    def neuron_at(self, at: QPointF) -> int | None:
        """Id of the neuron whose entry is at a place."""
        return next((i for box, _, i, _ in self._places() if box.contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide or show the trace under the pointer."""
        neuron = self.neuron_at(event.position())
        if neuron is not None and event.button() == Qt.MouseButton.LeftButton:
            self._before = set(self._scope.hidden)
            self._scope.toggle_hidden(neuron)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show one trace alone, or all again; the click before it counts for nothing."""
        neuron = self.neuron_at(event.position())
        if neuron is not None:
            self._scope.hidden = self._before
            self._scope.solo(neuron)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a click does."""
        over = self.neuron_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self._document.set_hint("click hides or shows · double-click shows it alone" if over else "")

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing to say any more."""
        self._document.set_hint("")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What may be done to the trace under the pointer."""
        neuron = self.neuron_at(QPointF(event.pos()))
        if neuron is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_trace_menu(menu, self._scope, neuron)
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Say what a click does."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for box, _, i, _ in self._places():
                if box.contains(QPointF(event.pos())):
                    verb = "Show" if i in self._scope.hidden else "Hide"
                    name = self._document.circuit.get(i, Neuron).name
                    QToolTip.showText(event.globalPos(), f"{verb} the trace of {name}", self)
                    return True
        return super().event(event)
