"""What is seen while the mouse rests: the nub of the neuron under it, the ghost of the tool in hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from circuitsim.app.canvas.adding import draft, snapped
from circuitsim.app.canvas.hints import PORT_HINT, RIM, TOOL_HINTS, hint
from circuitsim.app.canvas.paint.empty import paint_empty
from circuitsim.app.canvas.paint.ghost import paint_ghost
from circuitsim.app.canvas.paint.preview import Mark, paint_lit_port, paint_nub
from circuitsim.app.canvas.paint.strength import paint_strength
from circuitsim.app.canvas.rim import Port, port_at, target_at
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.app.canvas.strength import MOST, has_track, track
from circuitsim.app.document.tools import Family, Tool
from circuitsim.app.theme.ink import colour, pen
from circuitsim.circuit.elements import Input, Neuron, Output, Synapse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.gestures import Host
    from circuitsim.app.canvas.peek import Peek
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.elements import Element, Placed

GLOW = 0.22  # opacity of the light along a line
GLOW_WIDTH = 12.0  # px
_LIT = (Synapse, Input, Output)  # what shows its lines while the mouse is on it


class Hover:
    """Follows the mouse between gestures.

    Attributes:
        under: Id of what was under the mouse when that was last looked up; None for empty canvas.
    """

    def __init__(self, host: Host, peek: Peek) -> None:
        self._host = host
        self._peek = peek
        self._port: Port | None = None
        self.under: int | None = None
        self._at: QPointF | None = None
        self._line: int | None = None
        self._draft: Placed | None = None
        self._draft_of: tuple[Tool, int] | None = None
        host.document.pointing.changed.connect(host.update)

    @property
    def at(self) -> QPointF | None:
        """Where the mouse is on the canvas; None while it is elsewhere."""
        return self._at

    def point(self, at: QPointF) -> tuple[str, Qt.CursorShape]:
        """Go to a canvas point; what a press would do there, and the cursor."""
        scene, zoom = self._host.scene, self._host.camera.zoom
        found = scene.hit(at, zoom)
        self._at, self.under = at, found
        self._host.document.pointing.rest_on(found)
        tool = self._host.document.tools.armed
        self._peek.watch(found if tool is None else None, at)
        if tool is not None:
            self._set_port(port_at(scene, at, zoom, found) if tool.family is Family.SYNAPSE else None)
            self._set_line(None)
            self._host.update()
            return TOOL_HINTS[tool.family], Qt.CursorShape.CrossCursor
        self._set_port(port_at(scene, at, zoom, found))
        self._set_line(found)
        if self._port is not None and self._port.grabbed:
            on_rim = isinstance(self._host.document.circuit.elements.get(self._port.element), Neuron)
            return RIM if on_rim else PORT_HINT, Qt.CursorShape.CrossCursor
        return hint(scene, self._host.document.circuit.elements.get(found or 0), at, zoom)

    def _set_port(self, port: Port | None) -> None:
        if port != self._port:
            self._port = port
            self._host.update()

    def _set_line(self, found: int | None) -> None:
        line = found if isinstance(self._host.document.circuit.elements.get(found or 0), _LIT) else None
        if line != self._line:
            self._line = line
            self._host.update()

    def leave(self) -> None:
        """The mouse went elsewhere."""
        self._at = None
        self._host.document.pointing.rest_on(None)
        self._peek.dismiss()
        self._set_port(None)
        self._set_line(None)

    def marks(self) -> Mapping[int, Mark]:
        """The neuron under the mouse; with the output tool every neuron, since any can be read."""
        tool, circuit = self._host.document.tools.armed, self._host.document.circuit
        if tool is not None and tool.family is Family.OUTPUT:
            return {n.id: Mark.LEGAL for n in circuit.neurons}
        lit = self._host.document.pointing.all + (() if self._port is None else (self._port.element,))
        return dict.fromkeys(lit, Mark.HOVER)

    def paint(self, p: QPainter, theme: Theme) -> None:
        """Nub or ghost, in px of the view."""
        tool, zoom = self._host.document.tools.armed, self._host.camera.zoom
        elements = self._host.document.circuit.elements
        if tool is None and not any(True for _ in self._host.scene.placed()):
            paint_empty(p, theme)
        p.save()
        p.translate(self._host.camera.origin)
        self._light(p, theme)
        if tool is not None and self._places(tool) and self._at is not None:
            self._ghost(p, tool, self._at, theme)
        elif tool is None and self._at is not None:
            self._track(p, elements.get(self.under or 0), theme)
        if self._port is not None and self._port.element in elements and not self._places(tool):
            x, y = self._port.x * zoom, self._port.y * zoom
            if isinstance(elements[self._port.element], Neuron):
                paint_nub(p, x, y, NEURON * zoom, theme)
            else:
                paint_lit_port(p, x, y, zoom, theme)
        p.restore()

    def _places(self, tool: Tool | None) -> bool:
        """Whether a tool is in hand that puts something down."""
        return tool is not None and tool.family is not Family.SYNAPSE

    def _track(self, p: QPainter, element: Element | None, theme: Theme) -> None:
        """The track of the waveform under the mouse."""
        scene, zoom = self._host.scene, self._host.camera.zoom
        if isinstance(element, Input) and has_track(element, zoom):
            paint_strength(p, track(scene, element), element.gain / MOST, zoom, theme)

    def _light(self, p: QPainter, theme: Theme) -> None:
        """A glow along the line under the mouse, or those that a list or a pinned slider points at.

        Of an input or an output all lines glow: they say who reads it, or what it reads.
        """
        pointed = self._host.document.pointing.all or (() if self._line is None else (self._line,))
        elements, scene = self._host.document.circuit.elements, self._host.scene
        lit = {i: elements[i] for i in pointed if isinstance(elements.get(i), _LIT)}
        ends = frozenset(i for i, element in lit.items() if not isinstance(element, Synapse))
        lines = lit.keys() - ends
        if ends:
            lines.update(c.id for c in scene.touching(ends))
        if not lines:
            return
        curves = scene.curves(self._host.camera.zoom)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(pen(colour(theme.text, GLOW), GLOW_WIDTH, round_cap=False))
        for line in lines:
            p.drawPath(curves[line].path)

    def _ghost(self, p: QPainter, tool: Tool, at: QPointF, theme: Theme) -> None:
        scene, zoom = self._host.scene, self._host.camera.zoom
        if self._draft_of != (tool, scene.revision) or self._draft is None:
            self._draft, self._draft_of = draft(scene.circuit, tool, (0.0, 0.0)), (tool, scene.revision)
        place, allowed = snapped(at), True
        if tool.family is Family.OUTPUT:
            under = scene.circuit.elements.get(target_at(scene, at, zoom) or 0)
            place, allowed = (at.x(), at.y()), isinstance(under, Neuron)
        paint_ghost(p, replace(self._draft, position=place), zoom, theme, allowed=allowed)
