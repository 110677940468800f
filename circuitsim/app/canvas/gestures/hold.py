"""Press the key of a push button with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import Gesture
from circuitsim.app.canvas.sizes import is_button, key_cap
from circuitsim.circuit.elements import Input

if TYPE_CHECKING:
    from typing import Self

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer

MOUSE = "mouse"


class Hold(Gesture):
    """The input is on while the mouse button is down."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, host: Host, button: int) -> None:
        self._host = host
        self._button = button
        host.hold(button, MOUSE)

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on the key itself; its rim moves the tile."""
        if pointer.button != Qt.MouseButton.LeftButton or pointer.hit is None or pointer.adds:
            return None
        element = host.document.circuit.elements.get(pointer.hit)
        if not isinstance(element, Input) or not is_button(element):
            return None
        return cls(host, element.id) if key_cap(host.scene.box(element)).contains(pointer.at) else None

    def move(self, pointer: Pointer) -> None:
        """Nothing: a held key stays held wherever the mouse goes."""

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002  (the shape of a gesture)
        """Let go."""
        self.cancel()

    def cancel(self) -> None:
        """Let go."""
        self._host.let_go(self._button, MOUSE)
