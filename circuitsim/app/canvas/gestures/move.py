"""Move neurons, tiles and notes, copy them with Ctrl, or carry neurons to another view; a click selects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from circuitsim.app.canvas.gestures.gesture import SLACK, Gesture, toggled
from circuitsim.app.canvas.guides import Guides, Snap, paint_guides
from circuitsim.app.canvas.sizes import box_of
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.measures import RADIUS_CARD
from circuitsim.circuit.edits.alter import Move as MoveEdit
from circuitsim.circuit.elements import Named, Neuron, Note, Placed
from circuitsim.circuit.fragment import fragment, is_empty, merged, with_units

if TYPE_CHECKING:
    from typing import Self

    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.elements import Point

_COPY = Qt.KeyboardModifier.ControlModifier


class Move(Gesture):
    """The grabbed element snaps to grid and neighbours, unless Alt is held; what else is selected keeps its distance."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, host: Host, pointer: Pointer, grabbed: Placed) -> None:
        self._host = host
        self._from = pointer
        self._grabbed = grabbed
        self._selection = host.document.selection
        self._places: dict[int, Point] = {}
        self._chosen: list[Placed] = []
        self._guides: Guides | None = None
        self._snap: Snap | None = None
        self._copies = False
        self._carried = False
        if pointer.modifiers & Qt.KeyboardModifier.ShiftModifier:
            host.document.select(toggled(self._selection, grabbed.id))
        elif not pointer.adds and grabbed.id not in self._selection:
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
        if self._guides is None:
            if way.manhattanLength() <= SLACK:
                return
            self._lift(pointer)
        self._carried = self._host.document.carry.over(self._neurons(), self._host.mapToGlobal(pointer.view))
        if self._carried:  # what another view takes stays where it is
            self._places, self._copies, self._snap = {}, False, None
            self._host.scene.preview({})
            self._host.update()
            return
        dx, dy = self._way(pointer)
        self._places = {e.id: (e.position[0] + dx, e.position[1] + dy) for e in self._chosen}
        self._copies = bool(pointer.modifiers & _COPY)
        self._host.scene.preview({} if self._copies else self._places)
        self._host.update()

    def _lift(self, pointer: Pointer) -> None:
        """Decide what is moved, and what it may snap to."""
        document = self._host.document
        if pointer.modifiers & _COPY and self._grabbed.id not in document.selection:
            document.select({self._grabbed.id})
        elements = document.circuit.elements
        ids = with_units(document.circuit, document.selection | {self._grabbed.id})
        self._chosen = [e for i in sorted(ids) if isinstance(e := elements.get(i), Placed)]
        scene = self._host.scene
        self._guides = Guides(
            e.position for e in scene.placed() if e.id not in ids and not isinstance(e, Note)
        )

    def _neurons(self) -> list[int]:
        return [element.id for element in self._chosen if isinstance(element, Neuron)]

    def _way(self, pointer: Pointer) -> Point:
        """How far to move, in canvas units."""
        way = pointer.at - self._from.at
        self._snap = None
        if self._guides is None or pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            return way.x(), way.y()
        x, y = self._grabbed.position
        self._snap = self._guides.snap((x + way.x(), y + way.y()), self._host.camera.zoom)
        return self._snap.at[0] - x, self._snap.at[1] - y

    def release(self, pointer: Pointer) -> None:
        """Move or copy as one edit; without a drag, select the clicked one."""
        document = self._host.document
        if self._guides is None:
            if pointer.modifiers & _COPY:
                document.select(toggled(self._selection, self._grabbed.id))
            elif not pointer.adds:
                document.select({self._grabbed.id})
            return
        self._host.scene.preview({})
        if self._carried:
            document.carry.drop(self._neurons(), self._host.mapToGlobal(pointer.view))
            return
        if pointer.modifiers & _COPY:
            self._copy()
            return
        elements = document.circuit.elements
        places = {
            i: at
            for i, at in self._places.items()
            if isinstance(e := elements.get(i), Placed) and e.position != at
        }
        if places:
            document.push(MoveEdit(places, text=f"Move {self._name(len(places))}"))

    def _copy(self) -> None:
        document = self._host.document
        part = fragment(document.circuit, self._places)
        if is_empty(part):
            return
        (x, y), (to_x, to_y) = self._grabbed.position, self._places[self._grabbed.id]
        edit = merged(document.circuit, part, (to_x - x, to_y - y), "Copy")
        document.push(edit, select=[e.id for e in edit.elements if isinstance(e, Placed)])

    def _name(self, count: int) -> str:
        alone = self._host.document.selection <= {self._grabbed.id}  # a network comes with its units
        if count > 1 and not alone:
            return f"{count} things"
        return self._grabbed.name if isinstance(self._grabbed, Named) else "note"

    def cancel(self) -> None:
        """Put everything back."""
        self._host.document.carry.end()
        self._host.scene.preview({})
        self._host.document.select(self._selection)

    def paint(self, p: QPainter, theme: Theme) -> None:
        """Lines to what it is in line with, and outlines where copies would stand."""
        if self._copies:
            self._paint_copies(p, theme)
        if self._snap is not None:
            paint_guides(p, self._snap, self._host.camera, theme)

    def _paint_copies(self, p: QPainter, theme: Theme) -> None:
        camera = self._host.camera
        p.setPen(pen(theme.accent, 1.5, dash=(3, 3)))
        p.setBrush(colour(theme.accent, 0.10))
        for element in self._chosen:
            box = box_of(element, self._places[element.id])
            seen = QRectF(camera.to_view(box.topLeft()), box.size() * camera.zoom)
            if isinstance(element, Neuron):
                p.drawEllipse(seen)
            else:
                p.drawRoundedRect(seen, RADIUS_CARD, RADIUS_CARD)
