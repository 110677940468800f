"""Select with a rubber band; a click on empty canvas selects nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from circuitsim.app.canvas.gestures.gesture import SLACK, Gesture
from circuitsim.app.theme.ink import colour, pen

if TYPE_CHECKING:
    from typing import Self

    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer
    from circuitsim.app.theme.tokens import Theme


class Band(Gesture):
    """Everything whose centre lies in the band is selected; Shift or Ctrl adds to the selection.

    Synapses are meant where nothing else lies in the band: elsewhere they go with their neurons.
    """

    def __init__(self, host: Host, pointer: Pointer) -> None:
        self._host = host
        self._from = pointer
        self._before = host.document.selection
        self._kept = self._before if pointer.adds else frozenset()
        self._band: QRectF | None = None

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on empty canvas."""
        left = pointer.button == Qt.MouseButton.LeftButton
        return cls(host, pointer) if left and pointer.hit is None else None

    def move(self, pointer: Pointer) -> None:
        """Stretch the band."""
        if self._band is None and (pointer.view - self._from.view).manhattanLength() <= SLACK:
            return
        self._band = QRectF(self._from.view, pointer.view).normalized()
        area = QRectF(self._from.at, pointer.at).normalized()
        scene, zoom = self._host.scene, self._host.camera.zoom
        self._host.document.select(self._kept | (scene.within(area) or scene.synapses_within(area, zoom)))
        self._host.update()

    def release(self, pointer: Pointer) -> None:
        """Keep what is selected; without a drag, select nothing."""
        if self._band is None and not pointer.adds:
            self._host.document.select(())
        self._host.update()

    def cancel(self) -> None:
        """Select what was selected before."""
        self._host.document.select(self._before)
        self._host.update()

    def paint(self, p: QPainter, theme: Theme) -> None:
        """The band."""
        if self._band is not None:
            p.setPen(pen(theme.accent, 1))
            p.setBrush(colour(theme.accent, 0.10))
            p.drawRect(self._band)
