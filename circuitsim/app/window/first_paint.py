"""What waits until a window is on the screen, so that it stands there sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    Step = tuple[int, Callable[[], None]]

PATIENCE = 1000  # ms after which a window that nobody sees counts as painted


class FirstPaint(QObject):
    """Calls functions one after the other once a window and all that is in it have been painted; none when it is closed.

    It goes with the window.

    Args:
        window: The window, not yet shown.
        steps: Each a function, and how many ms after the one before, or after the paint, it is called.
    """

    def __init__(self, window: QWidget, *steps: Step) -> None:
        super().__init__(window)
        self._steps, self._painted = list(steps), False
        window.installEventFilter(self)
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._go_on)
        self._wait.start(PATIENCE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint of the window; those of its parts follow at once."""
        if event.type() is QEvent.Type.Paint and not self._painted:
            self._painted = True
            self._wait.start(self._steps[0][0])
        elif event.type() is QEvent.Type.Hide and not event.spontaneous():  # it is closed, not made small
            self._wait.stop()
            watched.removeEventFilter(self)
        return False

    def _go_on(self) -> None:
        self._painted = True
        _, then = self._steps.pop(0)
        if self._steps:
            self._wait.start(self._steps[0][0])
        then()
