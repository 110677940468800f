"""Move the knob on the track of a waveform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import Gesture
from circuitsim.app.canvas.paint.strength import paint_strength
from circuitsim.app.canvas.strength import MOST, gain_at, has_track, on_track, set_gain, track
from circuitsim.circuit.elements import Input

if TYPE_CHECKING:
    from typing import Self

    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer
    from circuitsim.app.theme.tokens import Theme


class Amplify(Gesture):
    """The waveform acts more or less strongly while it runs."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, host: Host, wave: Input, pointer: Pointer) -> None:
        self._host = host
        self._before = wave
        host.document.begin_gesture()
        self.move(pointer)

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on the track; the rest of the tile moves it."""
        if pointer.button != Qt.MouseButton.LeftButton or pointer.hit is None or pointer.adds:
            return None
        element = host.document.circuit.elements.get(pointer.hit)
        if not isinstance(element, Input) or not has_track(element, host.camera.zoom):
            return None
        return cls(host, element, pointer) if on_track(host.scene, element, pointer.at) else None

    def move(self, pointer: Pointer) -> None:
        """Put the knob under the mouse."""
        wave = self._before
        set_gain(self._host.document, wave.id, gain_at(self._host.scene, wave, pointer.at.x()))

    def release(self, pointer: Pointer) -> None:
        """Stay."""
        self.move(pointer)
        self._host.document.end_gesture()

    def cancel(self) -> None:
        """Go back to the gain before."""
        set_gain(self._host.document, self._before.id, self._before.gain)
        self._host.document.end_gesture()

    def paint(self, p: QPainter, theme: Theme) -> None:
        """The track with its knob."""
        wave = self._host.document.circuit.elements.get(self._before.id)
        if isinstance(wave, Input):
            camera = self._host.camera
            p.save()
            p.translate(camera.origin)
            paint_strength(p, track(self._host.scene, wave), wave.gain / MOST, camera.zoom, theme)
            p.restore()
