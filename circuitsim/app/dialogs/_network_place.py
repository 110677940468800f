"""Put a whole network on the canvas: where there is room, as one step of undo, selected and in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from circuitsim.app.canvas.sizes import GRID, box_of
from circuitsim.circuit.edits import Compound, SetTraced
from circuitsim.circuit.elements import Placed
from circuitsim.circuit.fragment import merged
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.edits import Edit

APART = 160.0  # canvas units between a network and what stands there


def insert(document: Document, canvas: CanvasView, part: Circuit, title: str) -> None:
    """Add a network as one step of undo; what it would show on the scope goes there if nothing is there yet."""
    shift = _place(canvas, part)
    try:
        added = merged(document.circuit, part, (shift.x(), shift.y()), "Insert")
    except InputError as error:
        document.refuse(error.issues[0])
        return
    edits: list[Edit] = [added]
    if not document.circuit.document.traced:
        # What is added begins with the neurons, in the order of the part.
        new = {old.id: element.id for old, element in zip(part.neurons, added.elements, strict=False)}
        edits.append(SetTraced(tuple(new[i] for i in part.document.traced)))
    if document.push(Compound(tuple(edits), f"Insert {title}")):
        document.select(e.id for e in added.elements if isinstance(e, Placed))
        canvas.fit()


def _place(canvas: CanvasView, part: Circuit) -> QPointF:
    """How far to shift a network: to the middle of the view if nothing stands there, else beside everything."""
    scene = canvas.scene
    own = _around([box_of(e, e.position) for e in part.elements.values() if isinstance(e, Placed)])
    there = [scene.box(element) for element in scene.placed()]
    seen = canvas.camera.to_canvas(canvas.rect().toRectF().center())
    here = seen - own.center()
    wanted = own.adjusted(-APART, -APART, APART, APART)
    if any(wanted.translated(here).intersects(box) for box in there):
        whole = _around(there)
        beside = QPointF(whole.right() + APART - own.left(), whole.center().y() - own.center().y())
        below = QPointF(whole.center().x() - own.center().x(), whole.bottom() + APART - own.top())
        # Beside or below: whichever leaves the whole less elongated, so that it can be seen larger.
        here = min((beside, below), key=lambda way: _stretch(whole.united(own.translated(way)), canvas))
    return QPointF(round(here.x() / GRID) * GRID, round(here.y() / GRID) * GRID)


def _stretch(box: QRectF, canvas: CanvasView) -> float:
    """How many views of the present size a box needs, in its worse direction."""
    return max(box.width() / max(1, canvas.width()), box.height() / max(1, canvas.height()))


def _around(boxes: list[QRectF]) -> QRectF:
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box)
    return whole
