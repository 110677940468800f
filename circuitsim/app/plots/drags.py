"""What pressing and dragging does in the scope: one class per drag, asked in this order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, Qt

from circuitsim.app import theme
from circuitsim.app.plots.lane import SPACE
from circuitsim.app.plots.lane_edits import move_lane
from circuitsim.app.plots.paint import NUMBERS, lock_box
from circuitsim.app.theme.ink import pen

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.scope import Scope

SLACK = 3.0  # px that a press may move and still be a click
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
Cursor = Qt.CursorShape


class Drag(ABC):
    """One press of a mouse button, until it is released or cancelled."""

    cursor = Cursor.ArrowCursor
    hint = ""

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.scope, self.start, self.modifiers = scope, at, modifiers
        self.far = False

    @classmethod
    @abstractmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Whether a press at a place is for this drag."""

    def follow(self, at: QPointF) -> None:
        """Take the pointer's way; up to some slack it is still a click."""
        self.far = self.far or (at - self.start).manhattanLength() > SLACK
        if self.far:
            self.move(at)

    @abstractmethod
    def move(self, at: QPointF) -> None:
        """Follow the pointer."""

    def release(self, at: QPointF) -> None:  # noqa: B027  (most drags have done all by then)
        """Finish."""

    def paint(self, painter: QPainter) -> None:  # noqa: B027  (most drags draw nothing)
        """Draw what belongs to the drag itself."""


class MoveCursor(Drag):
    """Move the cursor whose handle was grabbed."""

    cursor = Cursor.SizeHorCursor
    hint = "drag to move the cursor · Delete takes it away"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Left button on a handle."""
        return button == LEFT and scope.handle_at(at) is not None

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        super().__init__(scope, at, modifiers)
        self._name = scope.handle_at(at) or "A"
        scope.cursors.last = self._name

    def move(self, at: QPointF) -> None:
        """Put it under the pointer."""
        self.scope.put_cursor(self._name, self.scope.time_at(at.x()))


class ResizeLanes(Drag):
    """Move the gap between two lanes."""

    cursor = Cursor.SizeVerCursor
    hint = "drag to share the height between the two lanes"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Left button between two lanes."""
        return button == LEFT and scope.lanes.gap_at(at.y()) is not None

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        super().__init__(scope, at, modifiers)
        self._place = scope.lanes.gap_at(at.y()) or 0

    def move(self, at: QPointF) -> None:
        """Put the gap under the pointer."""
        gap = self.scope.lanes[self._place].box.bottom() + SPACE / 2
        self.scope.lanes.resize(self._place, at.y() - gap)
        self.scope.arrange()


class Lock(Drag):
    """A click on the lock holds or frees the scale of a lane."""

    cursor = Cursor.PointingHandCursor
    hint = "click to hold the scale of this lane, or to let it follow again"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Left button on the lock of a lane."""
        place = scope.lanes.at(at.y())
        return button == LEFT and place is not None and lock_box(scope.lanes[place]).contains(at)

    def move(self, at: QPointF) -> None:
        """A click does not move."""

    def release(self, at: QPointF) -> None:
        """Hold or free."""
        place = self.scope.lanes.at(at.y())
        if place is not None and not self.far:
            self.scope.lanes[place].scale.locked ^= True


class MoveLane(Drag):
    """Put a lane, grabbed by its name, at another place."""

    cursor = Cursor.SizeVerCursor
    hint = "drag to another place · double-click fits the scale"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Left button on the name of a lane."""
        return button == LEFT and at.x() < NUMBERS and scope.lanes.at(at.y()) is not None

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        super().__init__(scope, at, modifiers)
        self._place = scope.lanes.at(at.y()) or 0
        self._gap = self._place

    def move(self, at: QPointF) -> None:
        """Show the gap it would go to."""
        self._gap = sum(at.y() > lane.box.center().y() for lane in self.scope.lanes)

    def release(self, at: QPointF) -> None:  # noqa: ARG002  (the shape of a drag)
        """Move it."""
        to = self._gap - (self._gap > self._place)
        if self.far and to != self._place:
            move_lane(self.scope.document, self._place, to)

    def paint(self, painter: QPainter) -> None:
        """A line in the gap it would go to."""
        if not self.far:
            return
        lanes = self.scope.lanes
        y = lanes[self._gap].box.top() if self._gap < len(lanes) else lanes[-1].box.bottom() + SPACE
        painter.setPen(pen(theme.current().accent, 2))
        painter.drawLine(QLineF(4, y - SPACE / 2, self.scope.width() - 4, y - SPACE / 2))


class ShiftScale(Drag):
    """Move the scale of a lane by its numbers, and hold it."""

    cursor = Cursor.SizeVerCursor
    hint = "drag or wheel to move or stretch the scale · double-click fits it"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Left button on the numbers of a lane."""
        return button == LEFT and at.x() < scope.area.left() and scope.lanes.at(at.y()) is not None

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        super().__init__(scope, at, modifiers)
        self._lane = scope.lanes[scope.lanes.at(at.y()) or 0]
        self._y = at.y()

    def move(self, at: QPointF) -> None:
        """Keep the value under the pointer."""
        if self._lane.scale.known:
            self._lane.scale.shift((at.y() - self._y) / max(1.0, self._lane.box.height()))
        self._y = at.y()


class PanTime(Drag):
    """Go along time."""

    cursor = Cursor.ClosedHandCursor
    hint = "drag to go along time · End follows the run again"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Middle button anywhere, left button on the axis."""
        return button == MIDDLE or (button == LEFT and at.y() > scope.area.bottom())

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        super().__init__(scope, at, modifiers)
        self._x = at.x()

    def move(self, at: QPointF) -> None:
        """Keep the instant under the pointer."""
        self.scope.timeline.pan((self._x - at.x()) * self.scope.window_of_time.per_pixel)
        self._x = at.x()


class PutCursor(Drag):
    """Set cursor A, with Shift cursor B; a click selects the neuron whose trace is there."""

    cursor = Cursor.CrossCursor
    hint = "drag sets cursor A, Shift-drag B · Ctrl+wheel stretches time, Shift+wheel goes along it"

    @classmethod
    def fits(cls, scope: Scope, at: QPointF, button: Qt.MouseButton) -> bool:
        """Left button in a lane."""
        return button == LEFT and scope.area.contains(at)

    def __init__(self, scope: Scope, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        super().__init__(scope, at, modifiers)
        self._name = "B" if modifiers & Qt.KeyboardModifier.ShiftModifier else "A"

    def move(self, at: QPointF) -> None:
        """Put it under the pointer."""
        self.scope.put_cursor(self._name, self.scope.time_at(at.x()))

    def release(self, at: QPointF) -> None:
        """A click selects."""
        neuron = None if self.far else self.scope.neuron_at(at)
        if neuron is not None:
            self.scope.document.select({neuron})


DRAGS: tuple[type[Drag], ...] = (
    MoveCursor, Lock, ResizeLanes, MoveLane, PanTime, ShiftScale, PutCursor,
)  # fmt: skip
