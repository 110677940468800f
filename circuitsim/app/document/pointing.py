"""What a list or a pinned slider points at, so that the canvas can light it up; and what the mouse rests on there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Pointing(QObject):
    """One element that the mouse rests on in another view.

    Signals:
        changed: Another one, or none.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at: int | None = None
        self._under: int | None = None

    @property
    def at(self) -> int | None:
        """Id of the element; None if nothing is pointed at."""
        return self._at

    @property
    def under(self) -> int | None:
        """Id of the element on the canvas under the mouse; None if there is none."""
        return self._under

    def rest_on(self, element: int | None) -> None:
        """The mouse rests on an element of the canvas, or on none."""
        if element != self._under:
            self._under = element
            self.changed.emit()

    def to(self, element: int | None) -> None:
        """Point at an element, or at nothing."""
        if element != self._at:
            self._at = element
            self.changed.emit()
