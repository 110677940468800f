"""The mouse on the canvas: which gesture a press begins, and what is said between gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from circuitsim.app.canvas.gestures import GESTURES, Gesture, Pointer
from circuitsim.app.canvas.hints import hint

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from circuitsim.app.canvas.keyboard import Keyboard
    from circuitsim.app.canvas.view import CanvasView


class Mouse:
    """Acts on the mouse events that a view was sent.

    Attributes:
        gesture: What the mouse is about; None between gestures.
        at: Where it is, in canvas units; None if it is elsewhere.
    """

    def __init__(self, view: CanvasView, keys: Keyboard) -> None:
        self._view = view
        self._keys = keys
        self.gesture: Gesture | None = None
        self.at: tuple[float, float] | None = None

    def _pointer(self, event: QMouseEvent, *, hits: bool = False) -> Pointer:
        """The mouse as gestures see it; what lies under it is only looked up for a press."""
        camera, view = self._view.camera, event.position()
        at = camera.to_canvas(view)
        hit = self._view.scene.hit(at, camera.zoom) if hits else None
        return Pointer(view, at, event.button(), event.modifiers(), hit)

    def press(self, event: QMouseEvent) -> None:
        """Begin the first gesture that wants the press."""
        if self.gesture is not None:
            return
        pointer = self._pointer(event, hits=True)
        for kind in GESTURES:
            self.gesture = kind.begin(self._view, pointer)
            if self.gesture is not None:
                self._keys.space_used = self._keys.space_held
                self._view.hover.leave()
                self._view.setCursor(self.gesture.cursor)
                return
        event.ignore()

    def double_click(self, event: QMouseEvent) -> None:
        """Add where there is nothing, edit the text of what there is; keys and sliders take it as a press."""
        pointer = self._pointer(event, hits=True)
        if self.gesture is not None or not self._view.tooling.double_click(pointer):
            self.press(event)

    def move(self, event: QMouseEvent) -> None:
        """Follow, or say what a press would do."""
        view, pointer = self._view, self._pointer(event)
        self.at = pointer.at.toTuple()
        if self.gesture is not None:
            view.acted.emit()
            self.gesture.move(pointer)
            view.setCursor(self.gesture.cursor)
            return
        self._hover(pointer)

    def _hover(self, pointer: Pointer) -> None:
        """Say what a press would do at a place."""
        text, cursor = self._view.hover.point(pointer.at)
        self._view.document.set_hint(text)
        self._view.setCursor(Qt.CursorShape.OpenHandCursor if self._keys.space_held else cursor)

    def look_again(self) -> None:
        """Say what a press would do now that something came or went under a mouse that stands still."""
        view = self._view
        if self.at is None or self.gesture is not None or view.document.tools.armed or self._asks():
            return
        at = QPointF(*self.at)
        found = view.scene.hit(at, view.camera.zoom)
        if found != view.hover.under:
            view.hover.under = found
            text, cursor = hint(
                view.scene, view.document.circuit.elements.get(found or 0), at, view.camera.zoom
            )
            view.document.set_hint(text)
            view.setCursor(cursor)

    def _asks(self) -> bool:
        """Whether a list or an editor is open, which has its own hint."""
        return self._view.quick.list.isVisible() or self._view.inline.editor is not None

    def release(self, event: QMouseEvent) -> None:
        """Finish the gesture, unless it goes on without a button."""
        gesture = self.gesture
        if gesture is None or event.buttons():
            return
        self.gesture = None
        pointer = self._pointer(event)
        gesture.release(pointer)
        if gesture.goes_on:
            self.gesture = gesture
        else:
            self._view.unsetCursor()
            if not self._asks():
                self._hover(pointer)

    def leave(self) -> None:
        """Nothing to say any more."""
        self.at = None
        self._view.hover.leave()
        self._view.document.set_hint("")

    def drop(self) -> bool:
        """Give the gesture up; False if there is none."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._view.unsetCursor()
        self._view.update()
        return True
