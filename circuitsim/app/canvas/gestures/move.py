"""Move neurons, tiles and notes; a click selects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import SLACK, Gesture, toggled
from circuitsim.app.canvas.sizes import GRID
from circuitsim.circuit.edits.alter import Move as MoveEdit
from circuitsim.circuit.elements import Named, Placed

if TYPE_CHECKING:
    from typing import Self

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer
    from circuitsim.circuit.elements import Point


class Move(Gesture):
    """The grabbed element goes to the grid, unless Alt is held; what else is selected keeps its distance."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, host: Host, pointer: Pointer, grabbed: Placed) -> None:
        self._host = host
        self._from = pointer
        self._grabbed = grabbed
        self._selection = host.document.selection
        self._dragged = False
        self._places: dict[int, Point] = {}
        if pointer.adds:
            host.document.select(toggled(self._selection, grabbed.id))
        elif grabbed.id not in self._selection:
            host.document.select({grabbed.id})

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on something that has a place."""
        if pointer.button != Qt.MouseButton.LeftButton or pointer.hit is None:
            return None
        element = host.document.circuit.elements.get(pointer.hit)
        return cls(host, pointer, element) if isinstance(element, Placed) else None

    def move(self, pointer: Pointer) -> None:
        """Show where everything would go."""
        way = pointer.view - self._from.view
        if not self._dragged and way.manhattanLength() <= SLACK:
            return
        self._dragged = True
        dx, dy = self._way(pointer)
        elements = self._host.document.circuit.elements
        chosen = [elements[i] for i in self._host.document.selection | {self._grabbed.id} if i in elements]
        self._places = {
            e.id: (e.position[0] + dx, e.position[1] + dy) for e in chosen if isinstance(e, Placed)
        }
        self._host.scene.preview(self._places)

    def _way(self, pointer: Pointer) -> Point:
        """How far to move, in canvas units."""
        way = pointer.at - self._from.at
        if pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            return way.x(), way.y()
        x, y = self._grabbed.position
        return round((x + way.x()) / GRID) * GRID - x, round((y + way.y()) / GRID) * GRID - y

    def release(self, pointer: Pointer) -> None:
        """Move as one edit; without a drag, select the clicked one alone."""
        document = self._host.document
        if not self._dragged:
            if not pointer.adds:
                document.select({self._grabbed.id})
            return
        self._host.scene.preview({})
        elements = document.circuit.elements
        places = {
            i: at
            for i, at in self._places.items()
            if isinstance(e := elements.get(i), Placed) and e.position != at
        }
        if places:
            document.push(MoveEdit(places, text=f"Move {self._name(len(places))}"))

    def _name(self, count: int) -> str:
        if count > 1:
            return f"{count} things"
        return self._grabbed.name if isinstance(self._grabbed, Named) else "note"

    def cancel(self) -> None:
        """Put everything back."""
        self._host.scene.preview({})
        self._host.document.select(self._selection)
