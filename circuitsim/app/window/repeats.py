"""A key that is held stays held, however its X server repeats it.

Many X servers send a release and a press of the same instant for each repetition. Qt marks such pairs as repetitions where
it finds both in its queue at once; where the press comes a moment later, it looks as if the key had been released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

PATIENCE = 20  # ms that a release waits for the press of the same instant
KEYS = frozenset((QEvent.Type.KeyPress, QEvent.Type.KeyRelease))


class Repeats(QObject):
    """Holds each release of a key back until it is sure that no repetition follows."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._release: QKeyEvent | None = None
        self._window: QWindow | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._look_once_more)
        self._looked = False
        self._passing = False
        self._heard: QWindow | None = None
        app.focusWindowChanged.connect(self._follow)

    def _follow(self, window: QWindow | None) -> None:
        """Hear the window to which keys go; to hear the whole program would have all its events come by."""
        if self._heard is not None and isValid(self._heard):
            self._heard.removeEventFilter(self)
        self._heard = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a release, and make one repetition of it and a press of the same instant."""
        if event.type() not in KEYS or self._passing:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if self._is_repeated_by(event):
            self._release = None
            self._wait.stop()
            self._send(watched, _repetition(event))
            return True
        self._pass_on()
        if event.type() is QEvent.Type.KeyPress or event.isAutoRepeat():
            return False
        self._release, self._window, self._looked = event.clone(), watched, False
        self._wait.start(PATIENCE)
        return True

    def _look_once_more(self) -> None:
        """Let what came in while this thread was busy be read before time counts as over."""
        if self._looked:
            self._pass_on()
        else:
            self._looked = True
            self._wait.start(0)

    def _is_repeated_by(self, event: QKeyEvent) -> bool:
        kept = self._release
        return (
            kept is not None
            and event.type() is QEvent.Type.KeyPress
            and (event.key(), event.timestamp()) == (kept.key(), kept.timestamp())
        )

    def _pass_on(self) -> None:
        """Send the release that is held back on its way."""
        release, window = self._release, self._window
        self._release = None
        self._wait.stop()
        if release is not None and window is not None and isValid(window):
            self._send(window, release)

    def _send(self, window: QWindow, event: QKeyEvent) -> None:
        self._passing = True
        QGuiApplication.sendEvent(window, event)
        self._passing = False


def _repetition(press: QKeyEvent) -> QKeyEvent:
    """The same press, marked as a repetition."""
    return QKeyEvent(
        press.type(), press.key(), press.modifiers(), press.nativeScanCode(), press.nativeVirtualKey(),
        press.nativeModifiers(), press.text(), autorep=True, count=press.count(),
    )  # fmt: skip


def keep_keys_held(app: QApplication) -> None:
    """Tell repetitions from releases where the platform may not."""
    if QGuiApplication.platformName() == "xcb" and app.findChild(Repeats) is None:
        Repeats(app)
