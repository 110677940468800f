"""Move the knob of a slider tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import Gesture
from circuitsim.app.canvas.paint.tiles import slider_track
from circuitsim.app.canvas.sizes import is_slider
from circuitsim.circuit.elements import Input

if TYPE_CHECKING:
    from typing import Self

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer


class Slide(Gesture):
    """The value follows the mouse while it runs."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, host: Host, slider: Input, pointer: Pointer) -> None:
        self._host = host
        self._slider = slider
        self._before = host.value_of(slider.id)
        self.move(pointer)

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on the lower half, where the track is; the upper half moves the tile."""
        if pointer.button != Qt.MouseButton.LeftButton or pointer.hit is None or pointer.adds:
            return None
        element = host.document.circuit.elements.get(pointer.hit)
        if not isinstance(element, Input) or not is_slider(element):
            return None
        below = pointer.at.y() > host.scene.box(element).center().y() - 2
        return cls(host, element, pointer) if below else None

    def move(self, pointer: Pointer) -> None:
        """Put the knob under the mouse."""
        left, right = slider_track(self._host.scene.box(self._slider))
        share = min(1.0, max(0.0, (pointer.at.x() - left) / (right - left)))
        low, high = self._slider.parameters["low"], self._slider.parameters["high"]
        self._host.slide(self._slider.id, low + (high - low) * share)

    def release(self, pointer: Pointer) -> None:
        """Stay."""
        self.move(pointer)

    def cancel(self) -> None:
        """Go back to the value before."""
        self._host.slide(self._slider.id, self._before)
