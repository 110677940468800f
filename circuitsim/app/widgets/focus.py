"""The mark of the pane that keys go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 2  # px
LETTERS = "letters"  # property of a view: the letters that mean something to it while it has the focus


def means(view: QObject, letter: str) -> bool:
    """Whether a view with the focus acts on a letter itself, so that nothing else may."""
    return bool(letter) and letter.upper() in (view.property(LETTERS) or "")


class FocusMark(QWidget):
    """A line along the upper edge of a panel while a view in it has the focus."""

    def __init__(self, panel: QWidget, view: QWidget) -> None:
        super().__init__(panel)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._panel, self._view = panel, view
        panel.installEventFilter(self)
        view.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus of the view and the width of the panel."""
        kind = event.type()
        if watched is self._panel and kind is QEvent.Type.Resize:
            self.setGeometry(0, 0, self._panel.width(), HEIGHT)
        elif watched is self._view and kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setVisible(kind is QEvent.Type.FocusIn)
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The line."""
        QPainter(self).fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Accent))
