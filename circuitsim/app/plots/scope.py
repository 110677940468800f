"""The scope strip: lanes over one time axis, which follows the run or stands at a stretch of the past."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import duration, steady
from circuitsim.app.plots.fill import fill
from circuitsim.app.plots.lane import Lanes
from circuitsim.app.plots.picture import AXIS, GUTTER, RIGHT, paint_lanes
from circuitsim.app.plots.scale import tick_text
from circuitsim.app.plots.timeline import Timeline
from circuitsim.app.plots.traces import Window
from circuitsim.app.theme.ink import colour, pen
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from circuitsim.app.document.document import Document

ZOOM = 1.25  # of time, per notch of the wheel
PAN = 0.1  # of the window, per notch of the wheel


class Scope(QWidget):
    """Draws a stretch of the recording; `refresh` is called by the clock of the window.

    Attributes:
        lanes: The lanes as they are drawn.
        timeline: Which stretch of time is in sight.
        hidden: Ids of neurons whose traces are not drawn for now.

    Signals:
        pointed: Text about the time under the pointer; empty when it leaves.
    """

    pointed = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("scope_lanes")
        self.setAccessibleName("Scope")
        self.document = document
        self.lanes = Lanes()
        self.timeline = Timeline(document)
        self.hidden: set[int] = set()
        self._window = Window(0.0, 1.0, GUTTER, GUTTER + 1)
        self._pointer: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        document.replaced.connect(self._start_anew)
        document.looked.connect(self._bring_in)

    def sizeHint(self) -> QSize:
        """Enough for three lanes and the axis."""
        return QSize(600, 130)

    def refresh(self) -> None:
        """Draw the newest state at the next opportunity."""
        self.update()

    @property
    def window_of_time(self) -> Window:
        """The stretch in sight, as it was last drawn."""
        return self._window

    def _start_anew(self) -> None:
        self.timeline.start_anew()
        self.hidden.clear()
        self.lanes.forget()
        self.update()

    def _bring_in(self) -> None:
        t = self.document.looking_at
        if t is None:
            self.timeline.follow()
        else:
            self.timeline.bring_in(t)
        self.update()

    # painting -----------------------------------------------------------------------------------

    def prepare(self, area: QRectF) -> Window:
        """Place the lanes in an area, read what they show, and return the stretch of time that is in sight."""
        doc = self.document
        self.lanes.adopt(doc.circuit.document.lanes)
        window = self.timeline.window(area.left(), area.right())
        self.lanes.arrange(area)
        for lane in self.lanes:
            fill(lane, doc, window, self.hidden)
        return window

    @property
    def _area(self) -> QRectF:
        return QRectF(GUTTER, 2.0, self.width() - RIGHT - GUTTER, self.height() - AXIS - 2.0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Lanes, traces, axis, the instant looked at and the pointer."""
        self._window = self.prepare(self._area)
        painter = QPainter(self)
        unit = self.document.circuit.unit_system.unit(Dimension.TIME)
        paint_lanes(painter, self.lanes, self._window, unit)
        if not self.document.traced:
            self._say(painter, "Select a neuron and open its eye to trace it here")
        self._paint_looked(painter)
        self._paint_pointer(painter)

    def _say(self, painter: QPainter, text: str) -> None:
        painter.setFont(theme.named("label"))
        painter.setPen(colour(theme.current().text3))
        box = self.lanes[0].box if len(self.lanes) else self._area
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_looked(self, painter: QPainter) -> None:
        """A line at the instant looked at."""
        t = self.document.looking_at
        if t is None or not self._window.t0 <= t <= self._window.t1:
            return
        painter.setPen(pen(theme.current().accent, 1.5))
        x = self._window.place(t)
        painter.drawLine(QLineF(x, self._area.top(), x, self._area.bottom()))

    def _paint_pointer(self, painter: QPainter) -> None:
        if self._pointer is None or not GUTTER <= self._pointer.x() <= self.width() - RIGHT:
            return
        painter.setPen(pen(theme.current().text3, 1))
        x = self._pointer.x()
        painter.drawLine(QLineF(x, self._area.top(), x, self._area.bottom()))
        self.pointed.emit(self.reading(self._window.time(x)))

    def reading(self, t: float) -> str:
        """Time, and potential and time constant of the focused trace at a time, as text."""
        system = self.document.circuit.unit_system
        step = 10.0 ** math.floor(math.log10(max(self._window.per_pixel, 1e-12)))
        parts = [f"t {tick_text(t, min(step, 1.0))} {system.unit(Dimension.TIME)}"]
        for lane in self.lanes:
            stroke = next((s for s in lane.strokes if s.focused), None)
            value = None if stroke is None else stroke.trace.at(t)
            if value is not None:
                text = (
                    " ".join(duration(value, system)) if lane.log else f"{steady(value)} {lane.unit}".strip()
                )
                parts.append(f"{lane.variable.symbol} {text}")
        return "   ".join(parts)

    # mouse --------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the pointer."""
        self._pointer = event.position()
        self.document.set_hint("Ctrl+wheel stretches time · Shift+wheel pans into the past")
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Take the pointer's line away."""
        self._pointer = None
        self.pointed.emit("")
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel show more or less time; Shift and wheel, or a sideways wheel, go along it."""
        notches = event.angleDelta() / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and notches.y():
            self.timeline.zoom(ZOOM ** -notches.y(), self._window.time(event.position().x()))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or notches.x():
            self.timeline.pan(-(notches.x() or notches.y()) * PAN * self.timeline.length)
        else:
            event.ignore()
            return
        self.update()
        event.accept()
