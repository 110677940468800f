"""Put things in order: nudge, align and tidy what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.sizes import GRID, box_of
from circuitsim.circuit.edits import Move
from circuitsim.circuit.elements import Named, Placed
from circuitsim.circuit.fragment import fragment, middle, with_units
from circuitsim.circuit.layout import arrange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QRectF

    from circuitsim.app.canvas import ports
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Point

# How each alignment reads the box of an element, and which coordinate it makes equal.
_SIDES: Mapping[str, tuple[int, Callable[[QRectF], float]]] = {
    "left": (0, lambda box: box.left()),
    "right": (0, lambda box: box.right()),
    "centre": (0, lambda box: box.center().x()),
    "top": (1, lambda box: box.top()),
    "bottom": (1, lambda box: box.bottom()),
    "middle": (1, lambda box: box.center().y()),
}
_PICK: Mapping[str, Callable[[list[float]], float]] = {
    "left": min,
    "top": min,
    "right": max,
    "bottom": max,
}


def selected(document: ports.Document) -> list[Placed]:
    """Those selected elements that have a place."""
    elements = document.circuit.elements
    return [e for i in sorted(document.selection) if isinstance(e := elements.get(i), Placed)]


def at_least(document: ports.Document, count: int) -> bool:
    """Whether so many of the selected elements have a place."""
    return document.chosen.count(Placed) >= count


def nudge(document: ports.Document, dx: int, dy: int) -> None:
    """Move the selection by whole units of the grid; within one gesture this is one step of undo."""
    chosen = selected(document)
    if not chosen:
        return
    elements = document.circuit.elements
    ids = with_units(document.circuit, [e.id for e in chosen])
    chosen = [e for i in sorted(ids) if isinstance(e := elements.get(i), Placed)]
    places = {e.id: (e.position[0] + dx * GRID, e.position[1] + dy * GRID) for e in chosen}
    only = elements[min(document.selection)]
    name = only.name if isinstance(only, Named) else "note"
    text = f"Move {name if len(document.selection) == 1 else f'{len(chosen)} things'}"
    document.push(Move(places, text=text, merge_key=f"nudge:{sorted(places)}"))


def align(document: ports.Document, side: str) -> None:
    """Bring one side of all selected elements, or their middles, to the same line.

    Args:
        document: Whose selection is aligned.
        side: ``left``, ``right``, ``top``, ``bottom``, ``centre`` (one above the other) or ``middle`` (side by side).
    """
    axis, read = _SIDES[side]
    chosen = selected(document)
    if len(chosen) < 2:
        return
    at = {e.id: read(box_of(e, e.position)) for e in chosen}
    values = list(at.values())
    pick = _PICK.get(side)
    line = pick(values) if pick else round((min(values) + max(values)) / 2 / GRID) * GRID
    places = {}
    for element in chosen:
        x, y = element.position
        way = line - at[element.id]
        places[element.id] = (x + way, y) if axis == 0 else (x, y + way)
    document.push(Move(_changed(document.circuit, places), text=f"Align {len(chosen)} things"))


def tidy(document: Document, then: Callable[[], None] | None = None) -> None:
    """Lay out what is selected, or everything, readably; the work is done away from the GUI thread.

    Args:
        document: Whose circuit is laid out.
        then: Called when everything has its new place.
    """
    whole = len(selected(document)) < 2
    circuit = document.circuit
    part = circuit.copy() if whole else fragment(circuit, document.selection)

    def done(places: dict[int, Point]) -> None:
        if circuit is document.circuit and (moved := _changed(circuit, places)):
            document.push(Move(moved, text="Tidy" if whole else f"Tidy {len(moved)} things"))
        if then is not None:
            then()

    document.bridge.run("Tidying", lambda _job: _in_place(part, arrange(part)), done)


def _in_place(part: Circuit, places: dict[int, Point]) -> dict[int, Point]:
    """A layout shifted on the grid so that its middle stays where that of the part was."""
    if not places:
        return {}
    kept = fragment(part, places.keys())
    x, y = middle(kept)
    xs, ys = zip(*places.values(), strict=True)
    dx = round((x - (min(xs) + max(xs)) / 2) / GRID) * GRID
    dy = round((y - (min(ys) + max(ys)) / 2) / GRID) * GRID
    return {i: (a + dx, b + dy) for i, (a, b) in places.items()}


def _changed(circuit: Circuit, places: Mapping[int, Point]) -> dict[int, Point]:
    """Those places that differ from where their elements are; elements that have gone meanwhile are left out."""
    elements = circuit.elements
    return {
        i: at for i, at in places.items() if isinstance(e := elements.get(i), Placed) and e.position != at
    }
