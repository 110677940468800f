"""Push the canvas: middle button, or left button with the space bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import Gesture

if TYPE_CHECKING:
    from typing import Self

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer


class Pan(Gesture):
    """The canvas follows the mouse."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, host: Host, pointer: Pointer) -> None:
        self._host = host
        self._start = host.camera
        self._from = pointer.view

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Middle button, or left with space."""
        left = pointer.button == Qt.MouseButton.LeftButton and host.space_held
        return cls(host, pointer) if left or pointer.button == Qt.MouseButton.MiddleButton else None

    def move(self, pointer: Pointer) -> None:
        """Push."""
        way = pointer.view - self._from
        self._host.look(self._start.moved(way.x(), way.y()))

    def release(self, pointer: Pointer) -> None:
        """Stay."""
        self.move(pointer)

    def cancel(self) -> None:
        """Go back."""
        self._host.look(self._start)
