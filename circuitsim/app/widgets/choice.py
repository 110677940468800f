"""A button that opens a list of names and shows the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QToolButton

if TYPE_CHECKING:
    from collections.abc import Iterable


class Choice(QToolButton):
    """One of several names.

    Signals:
        chosen: The value of the name that was picked by hand.
    """

    chosen = Signal(object)

    def __init__(self, options: Iterable[tuple[object, str]]) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list = QMenu(self)
        self._list.aboutToShow.connect(self._fill)
        self._group = QActionGroup(self)
        self._options: list[tuple[object, str]] = []
        self._filled = True
        self._value: object = None
        self.setMenu(self._list)
        self.set_options(options)

    def set_options(self, options: Iterable[tuple[object, str]]) -> None:
        """Offer other values, each with its name; the list is made when it opens, since it may be long."""
        self._options, self._filled = list(options), False
        self.show_value(self._value)

    def show_value(self, value: object) -> None:
        """Show the value in force; an unknown one shows as several."""
        self._value = value
        self.setText(next((title for offered, title in self._options if offered == value), "several"))
        if self._filled:
            self._check()

    def menu(self) -> QMenu:
        """The list, with what is offered now."""
        self._fill()
        return self._list

    def _fill(self) -> None:
        """Make an entry for each value."""
        if self._filled:
            return
        self._list.clear()
        for value, title in self._options:
            action = QAction(title, self._list, checkable=True)
            action.setData(value)
            action.triggered.connect(lambda _checked=False, v=value: self.chosen.emit(v))
            self._group.addAction(action)
            self._list.addAction(action)
        self._filled = True
        self._check()

    def _check(self) -> None:
        """Mark the value in force."""
        for action in self._list.actions():
            action.setChecked(action.data() == self._value)

    def sizeHint(self) -> QSize:
        """The text and the mark that it opens."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 34, 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Field, text and a small chevron."""
        ink, role = self.palette(), QPalette.ColorRole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(ink.color(role.Accent if self.hasFocus() else role.Dark if lit else role.Mid), 1))
        painter.setBrush(ink.color(role.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(ink.color(role.Text))
        room = self.width() - 28
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(8, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QPen(ink.color(role.PlaceholderText), 1.5, c=Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 13.0, self.height() / 2
        painter.drawPolyline(
            QPolygonF([QPointF(x - 3.5, y - 1.7), QPointF(x, y + 1.8), QPointF(x + 3.5, y - 1.7)])
        )
