"""The scope strip: lanes over one time axis, which follows the run or stands at a stretch of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QMetaMethod, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.plots.before import edition_of, recorded
from circuitsim.app.plots.cursors import Cursors
from circuitsim.app.plots.drags import DRAGS, Drag
from circuitsim.app.plots.drop import Drop
from circuitsim.app.plots.fill import fill
from circuitsim.app.plots.hover import paint_reading, read_at
from circuitsim.app.plots.keys import NAMES, press_key, wants
from circuitsim.app.plots.lane import Lanes
from circuitsim.app.plots.measure import Measurement, measure
from circuitsim.app.plots.menus import menu_at
from circuitsim.app.plots.paper import Paper
from circuitsim.app.plots.picture import AXIS, GUTTER, RIGHT
from circuitsim.app.plots.roll import snapped
from circuitsim.app.plots.timeline import Timeline
from circuitsim.app.plots.traces import Window
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.widgets.focus import LETTERS
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from circuitsim.app.document.document import Document

ZOOM = 1.25  # of time or of a scale, per notch of the wheel
PAN = 0.1  # of the window, per notch of the wheel
REACH = 6.0  # px from a trace that still mean it
TOP = 2.0  # px above the lanes


class Scope(QWidget):
    """Draws a stretch of the recording; `refresh` is called by the clock of the window.

    Attributes:
        lanes: The lanes as they are drawn.
        timeline: Which stretch of time is in sight.
        cursors: Where A and B stand.
        hidden: Ids of neurons whose traces are not drawn for now.

    Signals:
        measured: The cursors, or what lies between them, have changed.
        hidden_changed: Other traces are hidden.
        figure_wanted: Somebody asked for a figure of the lanes.
    """

    measured = Signal()
    hidden_changed = Signal()
    figure_wanted = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("scope_lanes")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that nothing below is painted with it
        self.setAccessibleName("Scope")
        self.setProperty(LETTERS, "".join(NAMES.values()))
        self.document = document
        self.lanes = Lanes()
        self.timeline = Timeline(document)
        self.cursors = Cursors()
        self._paper = Paper()
        self.hidden: set[int] = set()
        self._window = Window(0.0, 1.0, GUTTER, GUTTER + 1)
        self._pointer: QPointF | None = None
        self._drag: Drag | None = None
        self._measurement: Measurement | None = None
        self._measured: object = None
        self._shown: object = None
        self._end, self._runs = 0.0, 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._drop = Drop(self)
        document.replaced.connect(self._start_anew)
        document.looked.connect(self._bring_in)

    def sizeHint(self) -> QSize:
        """Enough for three lanes and the axis."""
        return QSize(600, 130)

    def _start_anew(self) -> None:
        self.timeline.start_anew()
        self.cursors.clear()
        self.hidden.clear()
        self.lanes.forget()
        self._paper.forget()
        self._drag = None
        self.update()

    def _bring_in(self) -> None:
        t = self.document.looking_at
        if t is None:
            self.timeline.follow()
        else:
            self.timeline.bring_in(t)
        self.update()

    # what is in sight ---------------------------------------------------------------------------

    @property
    def window_of_time(self) -> Window:
        """The stretch in sight, as it was last drawn."""
        return self._window

    @property
    def area(self) -> QRectF:
        """Where the lanes are."""
        return QRectF(GUTTER, TOP, self.width() - RIGHT - GUTTER, self.height() - AXIS - TOP)

    @property
    def pointer(self) -> QPointF | None:
        """Where the mouse is, px; None while it is elsewhere."""
        return self._pointer

    def time_at(self, x: float) -> float:
        """The instant at a place in px, within what is recorded."""
        first, last = self.timeline.span()
        return min(max(self._window.time(x), first), last)

    def handle_at(self, at: QPointF) -> str | None:
        """Name of the cursor whose handle is at a place; of two, the one used last."""
        handles = self.cursors.handles(self._window, self.area.bottom() + 1)
        found = [name for name, box in handles.items() if box.contains(at)]
        return self.cursors.last if self.cursors.last in found else next(iter(found), None)

    def neuron_at(self, at: QPointF) -> int | None:
        """Id of the neuron whose trace is at a place."""
        place = self.lanes.at(at.y())
        if place is None or not self.area.contains(at) or not self.lanes[place].variable.of_neurons:
            return None
        return self.lanes[place].nearest(self._window.time(at.x()), at.y(), REACH)

    # traces that are hidden for now ---------------------------------------------------------------

    def toggle_hidden(self, neuron: int) -> None:
        """Hide the trace of a neuron, or show it again."""
        self._hide(self.hidden ^ {neuron})

    def solo(self, neuron: int) -> None:
        """Show the trace of one neuron alone; if it is alone already, all."""
        others = set(self.document.traced) - {neuron}
        self._hide(set() if self.hidden == others else others)

    def show_all(self) -> None:
        """Hide no trace."""
        self._hide(set())

    def _hide(self, neurons: set[int]) -> None:
        self.hidden = neurons
        self.hidden_changed.emit()
        self.update()

    # cursors ------------------------------------------------------------------------------------

    def put_cursor(self, name: str, t: float | None) -> None:
        """Set cursor A or B to an instant, or take it away."""
        self.cursors.put(name, t)
        self._measure()
        self.update()

    def flip_cursor(self, name: str) -> None:
        """Set a cursor inside the stretch in sight, or take it away."""
        share = 1 / 3 if name == "A" else 2 / 3
        last = min(self._window.t1, self.timeline.span()[1])
        there = self._window.t0 + share * (last - self._window.t0)
        self.put_cursor(name, there if self.cursors[name] is None else None)

    @property
    def measurement(self) -> Measurement | None:
        """What lies between the cursors; None unless both are set."""
        return self._measurement

    def _measure(self) -> None:
        """Measure anew if the cursors, the focus or the recording between them are others."""
        pair, last = self.cursors.pair, self.timeline.span()[1]
        self._runs += last < self._end  # the run began anew
        self._end = last
        complete = pair is None or last >= max(pair)
        key = (self.cursors["A"], self.cursors["B"], self.document.focus, complete, self._runs)
        if key == self._measured:
            return
        self._measured = key
        self._measurement = None if pair is None else measure(self.document, *pair)
        self.measured.emit()

    # painting -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw the newest state at the next opportunity, if it is another one."""
        if not self.hidden.issubset(self.document.traced):  # a trace that comes back is seen
            self._hide(self.hidden & set(self.document.traced))
        self._measure()
        doc = self.document
        now = (doc.simulator.recording.span(), doc.proposal(), doc.bands(), doc.focus)
        if now != self._shown or self._paper.unfinished:
            self._shown = now
            self.update()

    def arrange(self) -> None:
        """Place the lanes anew, now."""
        self.lanes.arrange(self.area)
        self.update()

    def prepare(self, area: QRectF, ratio: float | None = None) -> Window:
        """Place the lanes in an area, read what they show, and return the stretch of time that is in sight.

        With a number of device pixels per px it begins at a whole one.
        """
        doc = self.document
        self.lanes.adopt(doc.circuit.document.lanes)
        window = self.timeline.window(area.left(), area.right())
        if ratio is not None:
            window = snapped(window, ratio)
        self.lanes.arrange(area)
        known = recorded(doc, window)
        for lane in self.lanes:
            fill(lane, doc, window, known, self.hidden)
        return window

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Lanes, traces, axis; above them the instant looked at, cursors, pointer and drag."""
        edition = edition_of(self.document)
        self._window = self.prepare(self.area, self.devicePixelRatio())
        hovered = None if self._pointer is None else self.lanes.at(self._pointer.y())
        for place, lane in enumerate(self.lanes):
            lane.hovered = place == hovered
        painter = QPainter(self)
        unit = self.document.circuit.unit_system.unit(Dimension.TIME)
        handles = self.cursors.handles(self._window, self.area.bottom() + 1)
        taken = [box.center().x() for box in handles.values()]
        self._paper.paint(painter, self.lanes, self._window, edition, unit, taken)
        self._say_what_is_missing(painter)
        self._paint_looked(painter)
        self.cursors.paint(painter, self._window, self.area)
        if self._drag is not None:
            self._drag.paint(painter)
        elif self._pointer is not None and self.area.contains(self._pointer):
            self._paint_pointer(painter, self._pointer)
        self._drop.paint(painter)

    def _say_what_is_missing(self, painter: QPainter) -> None:
        if len(self.lanes) and self.document.traced:
            return
        text = "Drop a neuron here, or press V, to trace it" if len(self.lanes) else "Add a lane with +"
        painter.setFont(theme.named("label"))
        painter.setPen(colour(theme.current().text3))
        box = self.lanes[0].box if len(self.lanes) else self.area
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_looked(self, painter: QPainter) -> None:
        """A line at the instant looked at."""
        t = self.document.looking_at
        if t is None or not self._window.t0 <= t <= self._window.t1:
            return
        painter.setPen(pen(theme.current().accent, 1.5, round_cap=False))
        x = self._window.place(t)
        painter.drawLine(QLineF(x, self.area.top(), x, self.area.bottom() + 5))

    def _paint_pointer(self, painter: QPainter, at: QPointF) -> None:
        """A line under the pointer, and the values there."""
        painter.setPen(pen(theme.current().text3, 1))
        painter.drawLine(QLineF(at.x(), self.area.top(), at.x(), self.area.bottom()))
        t = self._window.time(at.x())
        meant = (self.neuron_at(at), self.document.focus)
        reading = read_at(self.document, self.lanes, self._window, t, [i for i in meant if i is not None])
        if reading.entries:
            paint_reading(painter, reading, at.x(), self.area)

    @property
    def exports_figures(self) -> bool:
        """Whether somebody writes figures that are asked for."""
        return bool(self.isSignalConnected(QMetaMethod.fromSignal(self.figure_wanted)))

    # mouse and keys -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the first drag that wants the press."""
        kind = self._kind_at(event.position(), event.button())
        if kind is None or self._drag is not None:
            event.ignore()
            return
        self._drag = kind(self, event.position(), event.modifiers())
        self.update()

    def _kind_at(self, at: QPointF, button: Qt.MouseButton) -> type[Drag] | None:
        return next((kind for kind in DRAGS if kind.fits(self, at, button)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow, or say what a press would do."""
        self._pointer = event.position()
        if self._drag is not None:
            self._drag.follow(event.position())
        else:
            kind = self._kind_at(event.position(), Qt.MouseButton.LeftButton)
            self.setCursor(Qt.CursorShape.ArrowCursor if kind is None else kind.cursor)
            self.document.set_hint("" if kind is None else kind.hint)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the drag."""
        drag = self._drag
        if drag is not None and not event.buttons():
            self._drag = None
            drag.release(event.position())
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit the scale of a lane."""
        place = self.lanes.at(event.position().y())
        if place is not None:
            self.lanes[place].scale.forget()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Take the pointer's line away."""
        self._pointer = None
        self.document.set_hint("")
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl: more or less time; Shift or sideways: along it; on the numbers of a lane: its scale."""
        notches, at = event.angleDelta() / 120.0, event.position()
        place = self.lanes.at(at.y()) if at.x() < self.area.left() and not event.modifiers() else None
        if place is not None and notches.y():
            lane = self.lanes[place]
            share = (lane.box.bottom() - at.y()) / max(1.0, lane.box.height())
            lane.scale.stretch(ZOOM ** -notches.y(), share)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and notches.y():
            self.timeline.zoom(ZOOM ** -notches.y(), self._window.time(at.x()))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or notches.x():
            self.timeline.pan(-(notches.x() or notches.y()) * PAN * self.timeline.length)
        else:
            event.ignore()
            return
        self.update()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is under the pointer."""
        menu = menu_at(self, QPointF(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(lambda _action: self.update())
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the scope before they become shortcuts of the window."""
        return wants(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set, move and take away cursors."""
        if not press_key(self, event):
            event.ignore()

    def cancel(self) -> bool:
        """Step back one level: end the drag, else take the cursors away; False if there is neither."""
        if self._drag is not None:
            self._drag = None
            self.update()
            return True
        some = self.cursors.clear()
        self._measure()
        self.update()
        return some
