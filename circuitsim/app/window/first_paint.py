"""What waits until a window is on the screen, so that it stands there sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

PATIENCE = 1000  # ms after which a window that nobody sees counts as painted


class FirstPaint(QObject):
    """Calls a function once, when a window and all that is in it have been painted; it goes with the window."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._then = window, then
        window.installEventFilter(self)
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._call)
        self._wait.start(PATIENCE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint of the window; those of its parts follow at once."""
        if watched is self._window and event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._wait.start(0)
        return False

    def _call(self) -> None:
        self._window.removeEventFilter(self)
        self._then()
