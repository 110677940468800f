"""What a list or a pinned slider points at, so that the canvas can light it up; and what the mouse rests on there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Pointing(QObject):
    """Elements that what the mouse rests on in another view is about.

    Signals:
        changed: Others, or none.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[int, ...] = ()
        self._under: int | None = None

    @property
    def at(self) -> int | None:
        """Id of the element, the first one of several; None if nothing is pointed at."""
        return self._all[0] if self._all else None

    @property
    def all(self) -> tuple[int, ...]:
        """Ids of all elements that are pointed at."""
        return self._all

    @property
    def under(self) -> int | None:
        """Id of the element on the canvas under the mouse; None if there is none."""
        return self._under

    def rest_on(self, element: int | None) -> None:
        """The mouse rests on an element of the canvas, or on none."""
        if element != self._under:
            self._under = element
            self.changed.emit()

    def to(self, element: int | None, *others: int) -> None:
        """Point at an element, or at several, or at nothing."""
        found = () if element is None else (element, *others)
        if found != self._all:
            self._all = found
            self.changed.emit()
