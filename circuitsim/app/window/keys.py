"""Keys that matter while they are held: Space plays and pauses on release, keys of inputs press them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document

TYPING = (QLineEdit, QPlainTextEdit, QTextEdit)


class HeldKeys(QObject):
    """Listens to every key of one window, except where somebody types."""

    def __init__(self, document: Document, window: QWidget, play: Callable[[], None]) -> None:
        super().__init__(window)
        self._document, self._window, self._play = document, window, play
        self._held: dict[int, int] = {}
        self._space = False
        app = QApplication.instance()
        assert app is not None  # noqa: S101  (a window needs an application)
        app.installEventFilter(self)

    def stop(self) -> None:
        """Listen no longer, and let go of everything."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.release_all()

    def release_all(self) -> None:
        """Let go of every input held by a key."""
        for source in self._held.values():
            if source in self._document.circuit.elements:
                self._document.hand(source, 0.0)
        self._held.clear()
        self._space = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch keys on their way to the widgets of the window."""
        kind = event.type()
        if kind is QEvent.Type.WindowDeactivate and watched is self._window:
            self.release_all()
        if kind is QEvent.Type.MouseButtonPress and self._space:
            self._space = False  # Space and drag pans
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and self._is_here(watched):
            assert isinstance(event, QKeyEvent)  # noqa: S101  (said by its type)
            if not event.isAutoRepeat():
                self._key(event, down=kind is QEvent.Type.KeyPress, watched=watched)
        return False

    def _is_here(self, watched: QObject) -> bool:
        return (
            isinstance(watched, QWidget)
            and watched.window() is self._window
            and watched is (QApplication.focusWidget() or self._window)
            and QApplication.activePopupWidget() is None
        )

    def _key(self, event: QKeyEvent, *, down: bool, watched: QObject) -> None:
        typing = isinstance(watched, TYPING)
        if event.key() == Qt.Key.Key_Space:
            if down:
                self._space = (
                    not typing and not isinstance(watched, QAbstractButton) and not event.modifiers()
                )
            elif self._space:
                self._space = False
                self._play()
            return
        if down and not typing and not event.modifiers():
            source = self._input_of(event.key())
            if source is not None:
                self._held[event.key()] = source
                self._document.hand(source, 1.0)
        elif not down and event.key() in self._held:
            self._document.hand(self._held.pop(event.key()), 0.0)

    def _input_of(self, key: int) -> int | None:
        """The push button that a key presses."""
        text = QKeySequence(key).toString().upper()
        for source in self._document.circuit.inputs:
            if source.key and source.key.upper() == text and source.stimulus == "button":
                return source.id
        return None
