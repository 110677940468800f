"""The tool in hand, used on the canvas: dragged from the palette, or by its key at the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from circuitsim.app.canvas.electrode import clamp
from circuitsim.app.canvas.hints import TOOL_HINTS, acts
from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.elements import Neuron, Placed
from circuitsim.circuit.wiring import Effect

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from circuitsim.app.canvas.gestures import Pointer
    from circuitsim.app.canvas.view import CanvasView

CARRIED = "let go to add it here · Esc cancels"
EFFECTS = tuple(Effect)


class Tooling:
    """Listens to the toolbox of the document and acts on the canvas."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        tools = view.document.tools
        tools.changed.connect(self._on_changed)
        tools.carried.connect(self._on_carried)
        tools.dropped.connect(self._on_dropped)
        tools.find_asked.connect(view.quick.find)

    def _on_changed(self) -> None:
        view, tool = self._view, self._view.document.tools.armed
        view.acted.emit()
        if tool is None:
            view.hover.leave()
            view.unsetCursor()
        else:
            view.setCursor(Qt.CursorShape.CrossCursor)
        view.document.set_hint("" if tool is None else TOOL_HINTS[tool.family])
        view.update()

    def _point(self, screen: QPoint) -> QPointF | None:
        """A point of the screen on the canvas; None if it lies beside the view."""
        at = self._view.mapFromGlobal(QPointF(screen))
        return self._view.camera.to_canvas(at) if self._view.rect().contains(at.toPoint()) else None

    def _on_carried(self, screen: QPoint) -> None:
        at = self._point(screen)
        if at is None:
            self._view.hover.leave()
        else:
            self._view.hover.point(at)
            self._view.document.set_hint(CARRIED)

    def _on_dropped(self, screen: QPoint) -> None:
        tools, at = self._view.document.tools, self._point(screen)
        tool = tools.armed
        tools.disarm()
        if tool is not None and at is not None:
            self._view.add(tool, at)

    def place(self) -> QPointF:
        """Where a key adds: at the mouse, else in the middle of the view."""
        view = self._view
        if view.pointer_at is not None:
            return QPointF(*view.pointer_at)
        return view.camera.to_canvas(view.rect().toRectF().center())

    def double_click(self, pointer: Pointer) -> bool:
        """Add where there is nothing, edit the text of what is there; False if it is but two presses."""
        view = self._view
        if pointer.button != Qt.MouseButton.LeftButton or view.document.tools.armed is not None:
            return False
        if pointer.hit is None:
            view.quick.add(pointer.at)
            return True
        element = view.document.circuit.elements.get(pointer.hit)
        if not isinstance(element, Placed) or acts(view.scene, element, pointer.at, view.camera.zoom):
            return False
        return view.inline.edit(pointer.hit)

    def rename(self) -> None:
        """Edit the text of the only thing that is selected."""
        chosen = self._view.document.selection
        if len(chosen) == 1:
            self._view.inline.edit(next(iter(chosen)))

    def add(self, family: Family, kind: str = "") -> None:
        """Add a thing at the mouse; an output reads the neuron there, else the selected one, else asks for one."""
        view, at, tool = self._view, self.place(), Tool(family, kind)
        if family is not Family.OUTPUT or view.quick.adder.neuron_at(at) is not None:
            view.add(tool, at)
        elif len(view.document.selection) == 1 and (neuron := view.quick.reader(at)) is not None:
            view.quick.adder.add(tool, at, reads=neuron.id)
        else:
            view.document.tools.arm(tool)

    def electrode(self) -> None:
        """Clamp the neuron at the mouse, else the selected one; else take up the tool that draws a clamp."""
        view, at = self._view, self.place()
        under = view.quick.adder.neuron_at(at) if view.pointer_at is not None else None
        chosen = [view.document.circuit.elements[i] for i in view.document.selection]
        if under is None and len(chosen) == 1 and isinstance(chosen[0], Neuron):
            under = chosen[0]
        if under is None:
            view.document.tools.arm(Tool(Family.SYNAPSE, Effect.CLAMP))
        else:
            clamp(view.document, view.quick.adder, under)

    def wire(self) -> None:
        """Take up the synapse tool; once more, and it draws the next kind of synapse."""
        tools = self._view.document.tools
        now = tools.armed
        if now is None or now.family is not Family.SYNAPSE:
            tools.arm(Tool(Family.SYNAPSE, Effect.EXCITATORY))
        else:
            following = (EFFECTS.index(Effect(now.kind)) + 1) % len(EFFECTS)
            tools.arm(Tool(Family.SYNAPSE, EFFECTS[following]))
