"""What a list or a pinned slider points at, so that the canvas can light it up."""

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

    @property
    def at(self) -> int | None:
        """Id of the element; None if nothing is pointed at."""
        return self._at

    def to(self, element: int | None) -> None:
        """Point at an element, or at nothing."""
        if element != self._at:
            self._at = element
            self.changed.emit()
