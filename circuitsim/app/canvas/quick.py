"""The lists of the canvas: add anything, continue a line, find what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from circuitsim.app.canvas.adding import Adder
from circuitsim.app.canvas.offers import everything, existing, followers
from circuitsim.app.canvas.paint.preview import paint_preview
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.canvas.picklist import PickList
from circuitsim.app.document.tools import Tool
from circuitsim.circuit.elements import Input, Neuron, Placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.picklist import Row
    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.wiring import Effect

CHOOSE = "type to search · ↑ ↓ choose · Enter {} · Esc cancels"


class Quick:
    """One list at a time; what is chosen goes where the list was opened."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.list = PickList(view)
        self.list.chosen.connect(self._take)
        self.list.dismissed.connect(self._end)
        self._then: Callable[[object], None] | None = None
        self.line: tuple[int, Effect, QPointF] | None = None

    @property
    def adder(self) -> Adder:
        """What adds to the open circuit."""
        view = self._view
        corners = view.rect().toRectF()
        seen = QRectF(view.camera.to_canvas(corners.topLeft()), view.camera.to_canvas(corners.bottomRight()))
        return Adder(view.document, view.scene, seen)

    def add(self, at: QPointF) -> None:
        """List everything that can be added, for a canvas point."""
        document = self._view.document
        self._then = lambda value: self._put(value, at)
        self._ask(at, everything(document.circuit, self.reader(at)), "Add…", "adds it here")

    def _put(self, value: object, at: QPointF) -> None:
        if isinstance(value, Tool):
            reads = self.reader(at)
            self.adder.add(value, at, reads=None if reads is None else reads.id)

    def reader(self, at: QPointF) -> Neuron | None:
        """The neuron that an output at a canvas point would read: the selected one, else the nearest."""
        document = self._view.document
        chosen = [e for i in document.selection if isinstance(e := document.circuit.elements.get(i), Neuron)]
        if len(chosen) == 1:
            return chosen[0]

        def far(neuron: Neuron) -> float:
            x, y = neuron.position
            return (x - at.x()) ** 2 + (y - at.y()) ** 2

        return min(document.circuit.neurons, key=far, default=None)

    def offer(self, source: int, effect: Effect, at: QPointF) -> None:
        """List what may follow a line that ended on empty canvas."""
        circuit = self._view.document.circuit
        element = circuit.elements.get(source)
        if not isinstance(element, Neuron | Input):
            return
        self.line = (source, effect, at)
        self._then = lambda value: self._follow(value, source, effect, at)
        self._ask(at, followers(circuit, element, effect), f"After {element.name}…", "adds and connects it")

    def _follow(self, value: object, source: int, effect: Effect, at: QPointF) -> None:
        if isinstance(value, Tool):
            self.adder.follow(source, effect, value, at)

    def paint(self, p: QPainter, theme: Theme) -> None:
        """The line that waits for its end while the list is open."""
        view = self._view
        if self.line is None or self.line[0] not in view.document.circuit.elements:
            return
        source, effect, at = self.line
        zoom, sign = view.camera.zoom, Sign(effect.value)
        p.save()
        p.translate(view.camera.origin)
        paint_preview(p, view.scene.sketch(source, at, sign, zoom), sign, theme, allowed=True, zoom=zoom)
        p.restore()

    def find(self) -> None:
        """List what is there; the chosen one is selected and comes to the middle."""
        view = self._view
        placed = [e for e in view.scene.placed() if isinstance(e, Placed)]
        self._then = lambda value: view.show_element(value) if isinstance(value, int) else None
        middle = view.camera.to_canvas(view.rect().toRectF().center())
        middle.setX(middle.x() - self.list.width() / 2 / view.camera.zoom)
        middle.setY(view.camera.to_canvas(view.rect().toRectF().topLeft()).y() + 48 / view.camera.zoom)
        self._ask(middle, existing(view.document.circuit, placed), "Find…", "shows it")

    def _ask(self, at: QPointF, rows: list[Row], question: str, verb: str) -> None:
        self._view.acted.emit()
        self._view.document.set_hint(CHOOSE.format(verb))
        self.list.ask(rows, self._view.camera.to_view(at).toPoint(), question)

    def _take(self, value: object) -> None:
        then = self._then
        self._end()
        if then is not None:
            then(value)

    def _end(self) -> None:
        self._then = self.line = None
        self._view.document.set_hint("")
        self._view.update()
