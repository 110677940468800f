"""Keys that matter while they are held: Space plays and pauses on release, keys of inputs press them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from circuitsim.app.widgets.focus import means

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.canvas.view import CanvasView

TYPING = (QLineEdit, QPlainTextEdit, QTextEdit)


def application() -> QApplication:
    """The one that there is."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101  (a window needs one)
    return app


class HeldKeys(QObject):
    """Listens to every key of one window, except where somebody types.

    It hears the window and whatever widget in it has the focus, to which keys go. To hear the whole program would have every
    one of hundreds of events in a frame come by.
    """

    def __init__(self, canvas: CanvasView, window: QWidget, play: Callable[[], None]) -> None:
        super().__init__(window)
        self._canvas, self._window, self._play = canvas, window, play
        self._held: dict[int, str] = {}
        self._space = False
        self._heard: list[QObject] = []  # besides the window
        window.installEventFilter(self)
        application().focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Hear the widget that has the focus now, and clicks on the way to any."""
        self._forget()
        if not isValid(self._window):  # it is being deleted, and so has no focus any more
            return
        handle = self._window.windowHandle()
        self._heard = [one for one in (handle, new) if one is not None and one is not self._window]
        for one in self._heard:
            one.installEventFilter(self)

    def _forget(self) -> None:
        for one in self._heard:
            if isValid(one):
                one.removeEventFilter(self)
        self._heard = []

    def stop(self) -> None:
        """Listen no longer, and let go of everything."""
        application().focusChanged.disconnect(self._follow)
        self._window.removeEventFilter(self)
        self._forget()
        self.release_all()

    def release_all(self) -> None:
        """Let go of every input held by a key."""
        for letter in self._held.values():
            self._canvas.release_key(letter)
        self._held.clear()
        self._space = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch keys on their way to the widgets of the window."""
        kind = event.type()
        if kind is QEvent.Type.WindowDeactivate and watched is self._window:
            self.release_all()
        if kind is QEvent.Type.MouseButtonPress and self._space:
            self._space = False  # Space and drag pans
        if kind is QEvent.Type.ShortcutOverride and self._is_here(watched):
            assert isinstance(event, QKeyEvent)  # noqa: S101  (said by its type)
            return self._claim(event, watched)
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and self._is_here(watched):
            assert isinstance(event, QKeyEvent)  # noqa: S101  (said by its type)
            if event.isAutoRepeat():
                return event.key() in self._held
            return self._key(event, down=kind is QEvent.Type.KeyPress, watched=watched)
        return False

    def _claim(self, event: QKeyEvent, watched: QObject) -> bool:
        """A letter that presses a button of the circuit is no shortcut, whatever the program uses it for."""
        letter = QKeySequence(event.key()).toString().upper()
        free = not event.modifiers() and not isinstance(watched, TYPING) and not means(watched, letter)
        mine = free and letter in self._canvas.key_letters
        if mine:
            event.accept()
        return mine

    def _is_here(self, watched: QObject) -> bool:
        return (
            isinstance(watched, QWidget)
            and watched.window() is self._window
            and watched is (QApplication.focusWidget() or self._window)
            and QApplication.activePopupWidget() is None
        )

    def _key(self, event: QKeyEvent, *, down: bool, watched: QObject) -> bool:
        """Act on a key; True if nobody else shall."""
        typing = isinstance(watched, TYPING)
        if event.key() == Qt.Key.Key_Space:
            if down:
                self._space = (
                    not typing and not isinstance(watched, QAbstractButton) and not event.modifiers()
                )
            elif self._space:
                self._space = False
                self._play()
            return False
        letter = QKeySequence(event.key()).toString()
        if down and not typing and not event.modifiers() and not means(watched, letter):
            if self._canvas.press_key(letter):
                self._held[event.key()] = letter
                return True
        elif not down and event.key() in self._held:
            self._canvas.release_key(self._held.pop(event.key()))
        return False
