"""The keys of the canvas: the space bar, Escape, arrows, and what is held during a gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.nudges import Nudges
from circuitsim.circuit.edits.delete import Delete

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from circuitsim.app.canvas.view import CanvasView

MODIFIERS = {
    Qt.Key.Key_Shift.value: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control.value: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Alt.value: Qt.KeyboardModifier.AltModifier,
}


class Keyboard:
    """Acts on keys that a view was sent.

    Attributes:
        space_held: Whether the space bar is down.
        space_used: Whether it was used to pan since it went down.
    """

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._nudges = Nudges(view.document)
        self.space_held = False
        self.space_used = False

    def press(self, event: QKeyEvent) -> None:
        """Fit, 100 %, delete, step back; the space bar is passed on, since the window plays and pauses with it."""
        view, key = self._view, event.key()
        self._tell_gesture(event, down=True)
        if key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.space_held, self.space_used = True, False
            event.ignore()
        elif key == Qt.Key.Key_F and not event.modifiers():
            view.fit()
        elif key == Qt.Key.Key_1 and not event.modifiers():
            view.zoom_to(1.0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and view.document.selection:
            view.document.push(Delete(view.document.selection))
        elif (key == Qt.Key.Key_Escape and view.step_back()) or (
            view.gesture is None and self._nudges.press(event)
        ):
            event.accept()
        else:
            event.ignore()

    def release(self, event: QKeyEvent) -> None:
        """The end of the space bar is passed on too, unless it was used to pan."""
        event.ignore()
        self._nudges.release(event)
        self._tell_gesture(event, down=False)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            event.setAccepted(self.space_used)
            self.space_held = self.space_used = False

    def _tell_gesture(self, event: QKeyEvent, *, down: bool) -> None:
        """Shift, Ctrl and Alt change what a gesture does, even while the mouse stands still."""
        flag, gesture = MODIFIERS.get(event.key()), self._view.gesture
        if gesture is not None and flag is not None:
            gesture.keys(event.modifiers() | flag if down else event.modifiers() & ~flag)
            self._view.setCursor(gesture.cursor)

    def let_go(self) -> None:
        """Forget what is held, since its release will not be seen."""
        self._nudges.end()
        self.space_held = False
