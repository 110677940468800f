"""Arrow keys move the selection; while they are held, all of it is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.arrange import nudge, selected

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from circuitsim.app.canvas.ports import Document

FAR = 5  # units of the grid with Shift
_WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PLAIN = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


class Nudges:
    """Moves what is selected by the arrow keys of one view."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._held: set[int] = set()

    def press(self, event: QKeyEvent) -> bool:
        """Move by one unit of the grid, with Shift by five; False if the key is not for this."""
        way = _WAYS.get(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        others = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if way is None or others not in _PLAIN or not selected(self._document):
            return False
        if not self._held:
            self._document.begin_gesture()
        self._held.add(event.key())
        reach = FAR if shift else 1
        nudge(self._document, way[0] * reach, way[1] * reach)
        return True

    def release(self, event: QKeyEvent) -> None:
        """The step of undo ends when the last arrow is released."""
        if event.isAutoRepeat() or event.key() not in self._held:
            return
        self._held.discard(event.key())
        if not self._held:
            self._document.end_gesture()

    def end(self) -> None:
        """Forget what is held, since its release will not be seen."""
        if self._held:
            self._held.clear()
            self._document.end_gesture()
