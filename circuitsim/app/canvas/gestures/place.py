"""Add what the tool in hand stands for, where the mouse is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import Gesture
from circuitsim.app.document.tools import Family

if TYPE_CHECKING:
    from typing import Self

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer
    from circuitsim.app.document.tools import Tool


class Place(Gesture):
    """One click adds one thing and lays the tool down; with Shift it stays in hand."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, host: Host, tool: Tool) -> None:
        self._host = host
        self._tool = tool

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button with a tool in hand."""
        tool = host.document.tools.armed
        if pointer.button != Qt.MouseButton.LeftButton or tool is None or tool.family is Family.SYNAPSE:
            return None
        return cls(host, tool)

    def move(self, pointer: Pointer) -> None:
        """Nothing: the ghost follows by itself."""

    def release(self, pointer: Pointer) -> None:
        """Add it."""
        if (
            self._host.add(self._tool, pointer.at)
            and not pointer.modifiers & Qt.KeyboardModifier.ShiftModifier
        ):
            self._host.document.tools.disarm()

    def cancel(self) -> None:
        """Nothing has happened yet."""
