"""Neurons dropped on the scope: from the canvas, whose gesture offers them, or by a drag between widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from circuitsim.app import theme
from circuitsim.app.document.carry import unpacked
from circuitsim.app.plots.lane_edits import take_in
from circuitsim.app.theme.ink import colour, pen
from circuitsim.circuit.elements import Neuron

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.scope import Scope


class Drop(QObject):
    """Takes neurons for a scope; the lane below the mouse is lit while they are offered."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self._scope = scope
        self._at: QPointF | None = None
        scope.document.carry.add(self)
        scope.setAcceptDrops(True)
        scope.installEventFilter(self)

    # what the canvas carries --------------------------------------------------------------------

    def offer(self, neurons: Sequence[int], at: QPointF) -> bool:
        """Whether it would take neurons at a place of the screen; it shows that it would."""
        local = self._scope.mapFromGlobal(at)
        over = self._scope.isVisible() and self._scope.rect().contains(local.toPoint()) and bool(neurons)
        if over:
            self._show(local, neurons)
        else:
            self.withdraw()
        return over

    def take(self, neurons: Sequence[int], at: QPointF) -> None:
        """Trace neurons, in the lane at a place of the screen if it shows only what it names."""
        take_in(self._scope.document, neurons, self._scope.lanes.at(self._scope.mapFromGlobal(at).y()))

    def withdraw(self) -> None:
        """Nothing is offered any more."""
        if self._at is not None:
            self._at = None
            self._scope.update()

    def _show(self, at: QPointF, neurons: Sequence[int]) -> None:
        self._at = at
        circuit = self._scope.document.circuit
        one = circuit.get(neurons[0], Neuron).name if len(neurons) == 1 else f"{len(neurons)} neurons"
        self._scope.document.set_hint(f"release to trace {one}")
        self._scope.update()

    # drags between widgets ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take part in drags that carry neurons of this circuit."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            return self._dragged(event)
        if event.type() is QEvent.Type.DragLeave:
            self.withdraw()
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDropEvent) -> bool:
        elements = self._scope.document.circuit.elements
        neurons = [i for i in unpacked(event.mimeData()) if isinstance(elements.get(i), Neuron)]
        at = self._scope.mapToGlobal(event.position())
        if not self.offer(neurons, at):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self.take(neurons, at)
            self.withdraw()
        return True

    def paint(self, painter: QPainter) -> None:
        """Light the lane that would take what is offered."""
        if self._at is None:
            return
        place = self._scope.lanes.at(self._at.y())
        own = place is not None and bool(self._scope.lanes[place].spec.elements)
        box = self._scope.lanes[place].box if own and place is not None else self._scope.area
        t = theme.current()
        painter.setPen(pen(t.accent, 1.5, dash=(3, 3)))
        painter.setBrush(colour(t.accent, 0.12))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
