"""Moving between the panes of the window by key, with a ring around the one that has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from circuitsim.app import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    Pane = Callable[[], tuple[QWidget, QWidget]]

WIDTH = 2  # px


class FocusRing(QWidget):
    """A frame over a pane; it lets the mouse through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_around(self, pane: QWidget) -> None:
        """Stand around a pane."""
        box = QRect(pane.mapTo(self._window, QPoint()), pane.size())
        self.setGeometry(box)
        inner = QRect(0, 0, box.width(), box.height()).adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        self.setMask(QRegion(0, 0, box.width(), box.height()) - QRegion(inner))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The ring; the mask cuts it out."""
        QPainter(self).fillRect(self.rect(), QColor(theme.current().accent))


class Panes:
    """The panes in the order in which the key goes through them.

    Each is asked anew for its widget and for what takes the focus in it, since tabs turn.
    """

    def __init__(self, window: QWidget, panes: list[Pane]) -> None:
        self._panes = panes
        self.ring = FocusRing(window)
        self._around: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101  (a window needs one)
        app.focusChanged.connect(self._on_focus)

    def stop(self) -> None:
        """Follow the focus no longer."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus)

    def go(self, way: int) -> None:
        """To the next pane that is shown, or to the one before."""
        shown = [(pane, taker) for pane, taker in (ask() for ask in self._panes) if pane.isVisible()]
        now = QApplication.focusWidget()
        inside = [
            k for k, (pane, _) in enumerate(shown) if now is pane or pane.isAncestorOf(now or pane.window())
        ]
        k = (inside[-1] + way) % len(shown) if inside else 0
        pane, taker = shown[k]
        self._around = pane
        taker.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ring.show_around(pane)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The ring goes when the focus leaves its pane."""
        pane = self._around
        if pane is not None and new is not None and new is not pane and not pane.isAncestorOf(new):
            self._around = None
            self.ring.hide()
