"""Time for events after much has changed: large parts of the window are painted one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Changed

MANY = 200  # elements; to take over what is new about so many is enough for one turn
GAP = 2  # ms in which events are waited for, from one paint to the next


class Breaths(QObject):
    """Holds parts of a window back after another circuit was opened or many elements changed, and shows them in their order."""

    def __init__(self, document: Document, parts: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._held: list[QWidget] = []
        self._timer = QTimer(self, singleShot=True, interval=GAP)
        self._timer.timeout.connect(self._show)
        document.replaced.connect(self._hold)
        document.changed.connect(self._on_changed)

    def _on_changed(self, changed: Changed) -> None:
        if len(changed.after) > MANY:
            self._hold()

    def _hold(self) -> None:
        for part in self._parts:
            if part.isVisible() and part.updatesEnabled():
                part.setUpdatesEnabled(False)
                self._held.append(part)
        if self._held and not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        """Let the next part be painted, which is done in this turn."""
        if self._held:
            self._held.pop(0).setUpdatesEnabled(True)
            QTimer.singleShot(0, self, self._timer.start)  # when it has been
