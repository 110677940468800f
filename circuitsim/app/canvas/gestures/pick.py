"""Select a synapse with a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import Gesture, toggled

if TYPE_CHECKING:
    from typing import Self

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer


class Pick(Gesture):
    """A click on what has no place of its own."""

    def __init__(self, host: Host, element: int, *, adds: bool) -> None:
        self._host = host
        self._before = host.document.selection
        host.document.select(toggled(self._before, element) if adds else {element})

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on anything."""
        if pointer.button != Qt.MouseButton.LeftButton or pointer.hit is None:
            return None
        return cls(host, pointer.hit, adds=pointer.adds)

    def move(self, pointer: Pointer) -> None:
        """Nothing: a synapse goes where its neurons go."""

    def release(self, pointer: Pointer) -> None:
        """Nothing more: it was selected at the press."""

    def cancel(self) -> None:
        """Select what was selected before."""
        self._host.document.select(self._before)
