"""Put a whole network on the canvas: where there is room, as one step of undo, selected and in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QTimer

from circuitsim.app.canvas.sizes import GRID, box_of
from circuitsim.circuit.edits import Compound, SetTraced
from circuitsim.circuit.elements import Placed
from circuitsim.circuit.fragment import merged

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Point

APART = 160.0  # canvas units between a network and what stands there


def insert(document: Document, canvas: CanvasView, part: Circuit, title: str) -> None:
    """Add a network as one step of undo; what it would show on the scope goes there if nothing is there yet.

    It is made and checked away from this thread, and shown in steps, so that the window goes on with a large one too.
    """
    origin, edition, shift = document.circuit, document.circuit.edition, _place(canvas, part)
    twin = origin.copy()

    def work(_job: Job) -> tuple[Edit, tuple[int, ...]]:
        return _prepared(twin, part, (shift.x(), shift.y()), f"Insert {title}")

    def done(found: tuple[Edit, tuple[int, ...]]) -> None:
        edit, placed = found
        if document.circuit is not origin:
            return
        if origin.edition != edition:  # somebody drew meanwhile
            insert(document, canvas, part, title)
        elif document.push(edit, checked=True):
            in_turn(canvas, lambda: document.select(placed), canvas.fit)

    document.bridge.run(f"Inserting {title}", work, done, lambda error: document.refuse(error.issues[0]))


def in_turn(canvas: CanvasView, *steps: Callable[[], object]) -> None:
    """Do some steps one after the other, each when the window has seen to everything else."""
    if steps:

        def step() -> None:
            steps[0]()
            in_turn(canvas, *steps[1:])

        QTimer.singleShot(0, canvas, step)


def _prepared(circuit: Circuit, part: Circuit, shift: Point, title: str) -> tuple[Edit, tuple[int, ...]]:
    """The edit that adds a network to a circuit, which has taken it then, and the ids of what stands on the canvas.

    Raises:
        InputError: If the circuit cannot take it.
    """
    added = merged(circuit, part, shift, "Insert")
    edits: list[Edit] = [added]
    if not circuit.document.traced:
        # What is added begins with the neurons, in the order of the part.
        new = {old.id: element.id for old, element in zip(part.neurons, added.elements, strict=False)}
        edits.append(SetTraced(tuple(new[i] for i in part.document.traced)))
    whole = Compound(tuple(edits), title)
    circuit.apply(whole)
    return whole, tuple(e.id for e in added.elements if isinstance(e, Placed))


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
