"""Draw a line from the rim of a neuron, or from the port of an input: it becomes a synapse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from circuitsim.app.canvas.gestures.gesture import SLACK, Gesture, toggled
from circuitsim.app.canvas.paint.preview import Mark, paint_lit_port, paint_nub, paint_preview
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.canvas.rim import beside, port_at, target_at
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.app.document.tools import Family
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Cell, Input, Neuron, Output
from circuitsim.circuit.networks import read_from
from circuitsim.circuit.rewire import reading
from circuitsim.circuit.wiring import Effect, connection, fitting_kinds, refusal
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.gestures.gesture import Host, Pointer
    from circuitsim.app.theme.tokens import Theme

WAYS = "Shift inhibitory · Ctrl electrical, both directed · Alt goes on from there · Esc cancels"


class Connect(Gesture):
    """The line follows the mouse; on a lit neuron it becomes a synapse, on empty canvas a list asks what follows.

    An output on which the line of a neuron is dropped reads that neuron from then on, a network its source in the
    first column that is free.
    It is excitatory; Shift makes it inhibitory and Ctrl electrical, both a directed one, as long as they are held.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, host: Host, pointer: Pointer, source: Neuron | Input) -> None:
        self._host = host
        self._from = pointer
        self._at = pointer.at
        self._dragged = False
        self._modifiers = pointer.modifiers
        self._held = host.document.tools.armed is not None
        self._take_up(source)

    def _take_up(self, source: Neuron | Input) -> None:
        self._source = source.id
        self._left = False  # only a line that has left its neuron may come back to it
        self._marks: dict[int, Mark] = {}
        self._marks_of: object = None
        self._floats = False

    @classmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Left button on a rim or a port; with the synapse tool anywhere on a neuron or an input."""
        if pointer.button != Qt.MouseButton.LeftButton:
            return None
        tool, elements = host.document.tools.armed, host.document.circuit.elements
        if tool is not None and tool.family is Family.SYNAPSE:
            element = elements.get(pointer.hit or 0)
        elif tool is not None:
            return None
        else:
            port = port_at(host.scene, pointer.at, host.camera.zoom, pointer.hit)
            element = elements.get(port.element) if port is not None and port.grabbed else None
        return cls(host, pointer, element) if isinstance(element, Neuron | Input) else None

    # what it would do ---------------------------------------------------------------------------

    @property
    def goes_on(self) -> bool:
        """Whether it follows the mouse without a button until the next click."""
        return self._floats

    @property
    def effect(self) -> Effect:
        """What the line would do to its target, after the keys that are held and the tool."""
        shift = bool(self._modifiers & Qt.KeyboardModifier.ShiftModifier)
        if self._modifiers & Qt.KeyboardModifier.ControlModifier:
            return Effect.DIRECTED if shift else Effect.ELECTRICAL
        if shift:
            return Effect.INHIBITORY
        tool = self._host.document.tools.armed
        return Effect(tool.kind) if tool is not None and tool.kind else Effect.EXCITATORY

    def _source_now(self) -> Neuron | Input | None:
        """The source, unless an undo took it away meanwhile."""
        element = self._host.document.circuit.elements.get(self._source)
        return element if isinstance(element, Neuron | Input) else None

    def _target(self) -> int | None:
        """Id of what the line would end at; None for empty canvas."""
        found = target_at(self._host.scene, self._at, self._host.camera.zoom)
        return None if found == self._source and not self._left else found

    def _refusal(self, target: int) -> str | None:
        circuit, source = self._host.document.circuit, self._source_now()
        if source is None:
            return "its beginning is gone"
        return refusal(circuit, source, circuit.elements.get(target), self.effect)

    def marks(self) -> Mapping[int, Mark]:
        """Neurons, outputs and networks where it may end, and where it may not."""
        if not self._dragged:
            return {}
        circuit = self._host.document.circuit
        key = (self._source, self.effect, self._host.scene.revision)
        if self._marks_of != key:
            self._marks_of = key
            ends: tuple[Neuron | Output | Cell, ...] = (*circuit.neurons, *circuit.outputs, *circuit.cells)
            self._marks = {e.id: Mark.ILLEGAL if self._refusal(e.id) else Mark.LEGAL for e in ends}
        if self._source in self._marks and self._target() != self._source:
            return {**self._marks, self._source: Mark.HOVER}
        return self._marks

    # following the mouse ------------------------------------------------------------------------

    def move(self, pointer: Pointer) -> None:
        """Let the line follow, and say what a release would do."""
        if not self._dragged and (pointer.view - self._from.view).manhattanLength() <= SLACK:
            return
        self._dragged = True
        self._at = pointer.at
        self._modifiers = pointer.modifiers
        source = self._source_now()
        self._left = self._left or source is None or beside(self._host.scene, source, pointer.at)
        self._tell()

    def keys(self, modifiers: Qt.KeyboardModifier) -> None:
        """Another kind of synapse, without a move of the mouse."""
        self._modifiers = modifiers
        if self._dragged:
            self._tell()

    def _tell(self) -> None:
        target = self._target()
        reason = None if target is None else self._refusal(target)
        self.cursor = Qt.CursorShape.ForbiddenCursor if reason else Qt.CursorShape.CrossCursor
        self._host.document.set_hint(self._hint(target, reason))
        self._host.update()

    def _hint(self, target: int | None, reason: str | None) -> str:
        if reason is not None:
            return f"not here: {reason} · Esc cancels"
        circuit, source = self._host.document.circuit, self._source_now()
        element = circuit.elements.get(target or 0)
        if isinstance(element, Output | Cell) and source is not None:
            return f"release to let {element.name} read {source.name} · Esc cancels"
        if source is None or not isinstance(element, Neuron):
            return f"{self.effect} · release on a lit neuron, or on empty canvas for a list · {WAYS}"
        kind = circuit.kinds.synapses[fitting_kinds(circuit, source, element.kind, self.effect)[0]]
        effect = "" if kind.junction else f"{self.effect} "
        return f"release for {effect}{kind.title.lower()} from {source.name} to {element.name} · {WAYS}"

    # the end ------------------------------------------------------------------------------------

    def release(self, pointer: Pointer) -> None:
        """Make the synapse, ask what follows, or say why not; without a drag it was a click."""
        if self._floats and pointer.button != Qt.MouseButton.LeftButton:
            return
        source = self._source_now()
        if not self._dragged and not self._floats:
            self._click(pointer)
            return
        self.move(pointer)
        self._floats = False
        if source is None:
            return
        target = self._target()
        if target is not None:
            self._end_at(source, target)
        elif beside(self._host.scene, source, pointer.at):
            self._host.offer(source.id, self.effect, pointer.at)
        self._host.update()

    def _click(self, pointer: Pointer) -> None:
        """Select, or with the synapse tool let the line follow until the next click."""
        document = self._host.document
        if self._held:
            self._floats = self._dragged = True
            self._tell()
        elif pointer.adds:
            document.select(toggled(document.selection, self._source))
        else:
            document.select({self._source})

    def _end_at(self, source: Neuron | Input, target: int) -> None:
        document = self._host.document
        reason, element = self._refusal(target), document.circuit.elements.get(target)
        if reason is None and isinstance(element, Output) and isinstance(source, Neuron):
            document.push(reading(element, source), select=[element.id])
            return
        if reason is None and isinstance(element, Cell):
            document.push(read_from(source, element), select=[element.id])
            return
        if reason is not None or not isinstance(element, Neuron):
            remedy = f"draw it from {element.name}" if isinstance(element, Input) else ""
            document.refuse(Issue("", f"no line from {source.name} here: {reason}", remedy, element=target))
            return
        synapse = connection(document.circuit, source, element, self.effect)
        goes_on = bool(self._modifiers & Qt.KeyboardModifier.AltModifier)
        edit = Add((synapse,), f"Connect {source.name} to {element.name}")
        if document.push(edit, select=None if goes_on else [synapse.id]) and goes_on:
            self._take_up(element)
            self._floats = True

    def cancel(self) -> None:
        """Let the line vanish."""
        self._host.document.set_hint("")

    def paint(self, p: QPainter, theme: Theme) -> None:
        """The line, from its beginning to the mouse or to the neuron it would end at."""
        source = self._source_now()
        if source is None or not self._dragged:
            return
        scene, zoom = self._host.scene, self._host.camera.zoom
        target = self._target()
        allowed = target is None or self._refusal(target) is None
        if target == source.id and not allowed:
            return  # its own badge says enough
        end = target if target is not None and allowed else self._at
        reads = isinstance(self._host.document.circuit.elements.get(target or 0), Output | Cell) and allowed
        sign = Sign.READING if reads else Sign(self.effect.value)
        curve = scene.sketch(source.id, end, sign, zoom)
        p.save()
        p.translate(self._host.camera.origin)
        paint_preview(p, curve, sign, theme, allowed=allowed, zoom=zoom)
        start = curve.a
        if isinstance(source, Neuron):
            paint_nub(p, *start, NEURON * zoom, theme)
        else:
            paint_lit_port(p, *start, zoom, theme)
        p.restore()
