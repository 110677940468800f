"""The scope strip: membrane potential, time constant and input over one time axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import duration, number, steady
from circuitsim.app.plots.lanes import (
    Lane,
    Stroke,
    paint_axis,
    paint_band,
    paint_frame,
    paint_grid,
    paint_marks,
    paint_strokes,
    time_ticks,
)
from circuitsim.app.plots.scale import round_step, tick_text, ticks
from circuitsim.app.plots.traces import Window, read
from circuitsim.app.theme.ink import colour, pen
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from circuitsim.app.document.document import Document

GUTTER = 92.0
RIGHT = 12.0
AXIS = 18.0
LANES = (0.47, 0.36, 0.17)
SPACE = 4.0
SECONDS = 12.0  # of wall time that the window shows at the speed proposed for the circuit
ZOOM = 1.25
MARK = 14.0  # px that a number in the gutter needs


class Scope(QWidget):
    """Draws the newest stretch of the recording; Ctrl and wheel stretch its time.

    Signals:
        pointed: Text about the time under the pointer; empty when it leaves.
    """

    pointed = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("scope_lanes")
        self._document = document
        self._lanes = tuple(
            Lane(name, share, log=name == "τ") for name, share in zip(("v", "τ", "in"), LANES, strict=True)
        )
        self._zoom = 1.0
        self._window = Window(0.0, 1.0, GUTTER, GUTTER + 1)
        self._pointer: float | None = None
        self.hidden: set[int] = set()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        document.replaced.connect(self._start_anew)

    def sizeHint(self) -> QSize:
        """Enough for three lanes and the axis."""
        return QSize(600, 140)

    def refresh(self) -> None:
        """Draw the newest state at the next opportunity."""
        self.update()

    def _start_anew(self) -> None:
        self._zoom = 1.0
        self.hidden.clear()
        for lane in self._lanes:
            lane.scale.forget()
        self.update()

    # what is in sight ---------------------------------------------------------------------------

    @property
    def length(self) -> float:
        """How much model time is in sight, in the circuit's unit."""
        return SECONDS * self._document.proposal().speed * self._zoom

    def _arrange(self) -> None:
        end = self._document.simulator.recording.span()[1]
        end = end if math.isfinite(end) else 0.0
        t1 = max(end, self.length)
        self._window = Window(t1 - self.length, t1, GUTTER, self.width() - RIGHT)
        y, height = 2.0, self.height() - AXIS - 4.0
        for lane, share in zip(self._lanes, LANES, strict=True):
            lane.box = QRectF(GUTTER, y, self.width() - RIGHT - GUTTER, height * share - SPACE)
            y += height * share

    def _gather(self) -> None:
        """Read what the lanes show and let their scales follow."""
        t, doc = theme.current(), self._document
        recording, focus = doc.simulator.recording, doc.focus
        shown = [(n, i) for n, i in enumerate(doc.traced) if i not in self.hidden]
        v, tau, given = self._lanes
        v.strokes = [
            Stroke(
                read(recording, "v", i, self._window), t.trace(n), focused=i == focus, dashed=n >= len(t.data)
            )
            for n, i in shown
        ]
        tau.strokes = [
            Stroke(
                read(recording, "tau", i, self._window),
                t.trace(n),
                focused=i == focus,
                faint=i != focus,
                dashed=n >= len(t.data),
            )
            for n, i in shown
        ]
        given.strokes = self._input_strokes()
        self._scale_potential(v)
        self._scale_tau(tau, focus)
        self._scale_input(given)

    def _input_strokes(self) -> list[Stroke]:
        t, doc = theme.current(), self._document
        strokes = []
        for number_, source in enumerate(doc.circuit.inputs):
            button = source.stimulus == "button"
            trace = read(doc.simulator.recording, "input", source.id, self._window)
            strokes.append(
                Stroke(trace, t.exc if button else t.ele, filled=button, dashed=not button and number_ > 1)
            )
        return strokes

    def _scale_potential(self, lane: Lane) -> None:
        spans = [s.trace.span for s in lane.strokes]
        low, high = (
            min((s[0] for s in spans), default=math.inf),
            max((s[1] for s in spans), default=-math.inf),
        )
        lane.scale.follow(low, high)
        lane.unit = self._document.circuit.unit_system.unit(Dimension.POTENTIAL)
        count = max(2, int(lane.box.height() / MARK))
        step = round_step(lane.scale.high - lane.scale.low, count)
        marks = ticks(lane.scale.low, lane.scale.high, count)
        lane.marks = [(value, tick_text(value, step)) for value in marks] if lane.scale.known else []

    def _scale_tau(self, lane: Lane, focus: int | None) -> None:
        """The band of the focused neuron sets the limits; without one the data do."""
        system = self._document.circuit.unit_system
        lane.unit = "log"
        lane.band = self._band(focus)
        spans = [s.trace.span for s in lane.strokes]
        values = [x for span in spans for x in span if math.isfinite(x) and x > 0]
        if lane.band is not None:
            values += [lane.band[0] / 1.15, lane.band[1] * 1.15]
        if values:
            lane.scale.follow(math.log(min(values)), math.log(max(values)))
        marks: tuple[float, ...] = ()
        if lane.band is not None:
            marks = lane.band
        elif lane.scale.known:
            marks = (math.exp(lane.scale.low), math.exp(lane.scale.high))
        lane.marks = [(value, " ".join(duration(value, system))) for value in marks]

    def _band(self, focus: int | None) -> tuple[float, float] | None:
        """Bounds of the time constant of a neuron, if theory has any."""
        bands = self._document.bands()
        if focus is None or focus not in bands.ids:
            return None
        index = bands.ids.index(focus)
        low, high = float(bands.tau_low[index]), float(bands.tau_high[index])
        return (low, high) if 0 < low <= high < math.inf else None

    def _scale_input(self, lane: Lane) -> None:
        spans = [s.trace.span for s in lane.strokes]
        low, high = min((s[0] for s in spans), default=0.0), max((s[1] for s in spans), default=1.0)
        if lane.strokes:
            silent = low == high == 0.0  # then the lane waits for an input of 1
            lane.scale.follow(min(low, 0.0), 1.0 if silent else max(high, 0.0))
        lane.marks = []
        if lane.strokes and lane.scale.known and lane.box.height() > 15:
            top = max(ticks(lane.scale.low, lane.scale.high, 2), default=lane.scale.high)
            lane.marks = [(top, number(top, 3))]

    # painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Lanes, traces, axis and pointer."""
        self._arrange()
        self._gather()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane in self._lanes:
            paint_frame(painter, lane)
            painter.setClipRect(lane.box.adjusted(1, 1, -1, -1))
            paint_band(painter, lane)
            painter.setClipping(False)
        times, step = time_ticks(self._window)
        paint_grid(painter, self._lanes, [t for t in times if t > self._window.t0], self._window)
        for lane in self._lanes:
            paint_marks(painter, lane)
            paint_strokes(painter, lane, self._window)
        unit = self._document.circuit.unit_system.unit(Dimension.TIME)
        paint_axis(painter, self._lanes[-1].box.bottom() + 2, times, step, self._window, unit)
        if not self._document.traced:
            self._paint_empty(painter)
        self._paint_pointer(painter)

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setFont(theme.named("label"))
        painter.setPen(colour(theme.current().text3))
        text = "Select a neuron and open its eye to trace it here"
        painter.drawText(self._lanes[0].box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_pointer(self, painter: QPainter) -> None:
        if self._pointer is None or not GUTTER <= self._pointer <= self.width() - RIGHT:
            return
        painter.setPen(pen(theme.current().text3, 1))
        top, bottom = self._lanes[0].box.top(), self._lanes[-1].box.bottom()
        painter.drawLine(QLineF(self._pointer, top, self._pointer, bottom))
        self.pointed.emit(self.reading(self._window.time(self._pointer)))

    def reading(self, t: float) -> str:
        """Time, and potential and time constant of the focused trace at a time, as text."""
        system = self._document.circuit.unit_system
        step = 10.0 ** math.floor(math.log10(max(self._window.per_pixel, 1e-12)))
        parts = [f"t {tick_text(t, min(step, 1.0))} {system.unit(Dimension.TIME)}"]
        for lane in self._lanes[:2]:
            stroke = next((s for s in lane.strokes if s.focused), None)
            value = None if stroke is None else stroke.trace.at(t)
            if value is not None:
                text = (
                    " ".join(duration(value, system)) if lane.log else f"{steady(value)} {lane.unit}".strip()
                )
                parts.append(f"{lane.name} {text}")
        return "   ".join(parts)

    # mouse --------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the pointer."""
        self._pointer = event.position().x()
        self._document.set_hint("Ctrl+wheel stretches time · click a name to hide its trace")
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Take the pointer's line away."""
        self._pointer = None
        self.pointed.emit("")
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel show more or less time."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not event.angleDelta().y():
            event.ignore()
            return
        factor = 1 / ZOOM if event.angleDelta().y() > 0 else ZOOM
        self._zoom = float(np.clip(self._zoom * factor, 0.02, 50.0))
        self.update()
        event.accept()
