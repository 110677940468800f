"""A curve with its knots, to be drawn with mouse and keys; it changes nothing itself, but says what is wanted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from circuitsim.app.panels._curve_paint import Look, paint_curve
from circuitsim.app.plots.scale import round_step
from circuitsim.dynamics.splines import course
from circuitsim.spec.curve import APART, LEAST, MOST

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from circuitsim.spec.curve import Curve, Knots

HEIGHT = 168  # px
GUTTER, BELOW, ABOVE, RIGHT = 34.0, 17.0, 8.0, 8.0  # px around the plate
GRAB = 9.0  # px around a knot in which it is meant
ROOM = 0.12  # of the span of the knots, left free at either side
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
CHOOSING: dict[int, int] = {
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Home: -MOST,
    Qt.Key.Key_End: MOST,
}
REMOVING: tuple[int, ...] = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
ADDING: tuple[int, ...] = (Qt.Key.Key_Insert, Qt.Key.Key_Plus)

NEW = False  # what `pressed` says of a gesture that goes on with none

Ends = tuple[float, float]


class CurvePlot(QWidget):
    """Drag a knot, double-click to add one, Delete removes it; arrows move it, Page Up and Page Down choose another.

    Signals:
        pressed: A gesture begins; True if it goes on with the last one, as while a key is held.
        moved: The chosen knot is wanted at an x and a y.
        released: The gesture has ended.
        added: A knot is wanted at an x and a y.
        removed: The chosen knot is not wanted.
        chosen: Another knot was chosen.
        asked: The context menu is wanted at a place on the screen, for the x and y under it.
    """

    pressed = Signal(bool)
    moved = Signal(float, float)
    released = Signal()
    added = Signal(float, float)
    removed = Signal()
    chosen = Signal(int)
    asked = Signal(object, float, float)

    def __init__(self, curve: Curve, knots: Knots) -> None:
        super().__init__()
        self.setObjectName("curve")
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._curve, self._knots = curve, knots
        self._choice, self._under = 0, -1
        self._held = False  # by the mouse
        self._still = False  # the axes, while a knot is held or a key is
        self._off = QPointF()
        self._live: float | None = None
        self._live_ink = ""
        self._band: Ends | None = None
        self._line: list[tuple[float, float]] = []
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._fit()

    # showing ------------------------------------------------------------------------------------

    @property
    def choice(self) -> int:
        """The chosen knot."""
        return self._choice

    def choose(self, knot: int) -> None:
        """Choose a knot; one that does not exist is the first or the last."""
        knot = min(max(knot, 0), len(self._knots) - 1)
        if knot != self._choice:
            self._choice = knot
            self.update()
            self.chosen.emit(knot)

    def show_knots(self, knots: Knots) -> None:
        """Show other knots; the axes follow unless a knot is held."""
        if knots == self._knots:
            return
        self._knots = knots
        if not self._still:
            self._fit()
        self._sample()
        self.choose(self._choice)
        self.update()

    def show_live(self, x: float | None, ink: str, band: Ends | None) -> None:
        """Mark where the presynaptic value is now, in a colour, and between which ends it stays; None for unknown."""
        if (x, ink, band) != (self._live, self._live_ink, self._band):
            self._live, self._live_ink, self._band = x, ink, band
            self.update()

    # geometry -----------------------------------------------------------------------------------

    @property
    def plate(self) -> QRectF:
        """Where the curve is drawn."""
        return QRectF(GUTTER, ABOVE, self.width() - GUTTER - RIGHT, self.height() - ABOVE - BELOW)

    def at(self, x: float, y: float) -> QPointF:
        """A place of the curve, in px."""
        box = self.plate
        across, up = (x - self._x[0]) / _span(self._x), (y - self._y[0]) / _span(self._y)
        return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())

    def under(self, at: QPointF) -> tuple[float, float]:
        """The x and y of a place in px, as round as a pixel allows."""
        box = self.plate
        x = self._x[0] + (at.x() - box.left()) / box.width() * _span(self._x)
        y = self._y[0] + (box.bottom() - at.y()) / box.height() * _span(self._y)
        return _rounded(x, self._pixel[0]), _rounded(y, self._pixel[1])

    @property
    def _pixel(self) -> tuple[float, float]:
        """Round numbers that are about as large as a pixel."""
        box = self.plate
        return round_step(_span(self._x), max(8, int(box.width()))), round_step(
            _span(self._y), max(8, int(box.height()))
        )

    def _fit(self) -> None:
        """Let the axes reach a little beyond the knots."""
        x, y, curve = self._knots.x, self._knots.y, self._curve
        room = ROOM * (x[-1] - x[0])
        self._x = x[0] - room, x[-1] + room
        low, high = min(*y, 0.0), max(*y, 0.0)
        if curve.high - curve.low < 10.0:
            low, high = curve.low, curve.high
        elif low == high:
            low, high = -1.0, 1.0
        ends = course(self._knots, np.array(self._x), held=curve.held)  # where it goes on beyond its knots
        low, high = min(low, float(ends.min())), max(high, float(ends.max()))
        room = ROOM * (high - low)
        self._y = low - room, high + room
        self._sample()

    def _sample(self) -> None:
        x = np.linspace(*self._x, max(48, int(self.plate.width())))
        y = course(self._knots, x, held=self._curve.held)
        self._line = list(zip(x.tolist(), y.tolist(), strict=True))

    def _nearest(self, at: QPointF) -> int:
        """The knot that is meant by a place, -1 for none."""
        near = [
            (math.hypot(p.x() - at.x(), p.y() - at.y()), k)
            for k, p in enumerate(map(self.at, self._knots.x, self._knots.y))
        ]
        distance, knot = min(near)
        return knot if distance <= GRAB else -1

    def _within(self, x: float, y: float) -> tuple[float, float]:
        """Where the chosen knot may go: between its neighbours, the bounds of the curve and the edges."""
        k, xs, step = self._choice, self._knots.x, max(self._pixel[0], APART)
        low = xs[k - 1] + step if k > 0 else self._x[0]
        high = xs[k + 1] - step if k + 1 < len(xs) else self._x[1]
        if low > high:  # no room: it stays
            low = high = xs[k]
        y = min(max(y, self._curve.low, self._y[0]), self._curve.high, self._y[1])
        return min(max(x, low), high), y

    # mouse --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knot under the pointer."""
        knot = self._nearest(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or knot < 0:
            return
        self.choose(knot)
        self._held = self._still = True
        self._off = self.at(self._knots.x[knot], self._knots.y[knot]) - event.position()
        self.pressed.emit(NEW)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the knot, or light up the one under the pointer."""
        if self._held:
            self.moved.emit(*self._within(*self.under(event.position() + self._off)))
            return
        under = self._nearest(event.position())
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.SizeAllCursor if under >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the knot; the axes follow now."""
        if self._held and event.button() is Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        self._held = self._still = False
        self.released.emit()
        self._fit()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a knot, and hold it."""
        if event.button() is not Qt.MouseButton.LeftButton or self._nearest(event.position()) >= 0:
            return
        before = len(self._knots)
        self._still = True
        self.pressed.emit(NEW)
        self.added.emit(*self._inside(event.position()))
        self._held, self._off = len(self._knots) > before, QPointF()
        if not self._held:
            self._let_go()

    def _inside(self, at: QPointF) -> tuple[float, float]:
        x, y = self.under(at)
        return x, min(max(y, self._curve.low), self._curve.high)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here."""
        at = QPointF(event.pos())
        knot = self._nearest(at)
        if knot >= 0:
            self.choose(knot)
        self.asked.emit(event.globalPos(), *self._inside(at))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """No knot is under the pointer."""
        if self._under >= 0:
            self._under = -1
            self.update()

    # keys ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the shortcuts of the window: Delete is for a knot, not for the synapse."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose, add or remove a knot."""
        key = event.key()
        if not _is_own(event):
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._nudge(*ARROWS[key], event)
        elif key in CHOOSING:
            self.choose(self._choice + CHOOSING[key])
        elif key in REMOVING:
            self.removed.emit()
        else:
            self._insert()

    def _nudge(self, across: int, up: int, event: QKeyEvent) -> None:
        far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        k, (dx, dy) = self._choice, self._pixel
        x = _rounded(self._knots.x[k] + across * far * dx, dx) if across else self._knots.x[k]
        y = _rounded(self._knots.y[k] + up * far * dy, dy) if up else self._knots.y[k]
        self._still = event.isAutoRepeat()
        self.pressed.emit(event.isAutoRepeat())
        self.moved.emit(*self._within(x, y))
        self.released.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The axes follow now."""
        if self._still and not self._held and not event.isAutoRepeat():
            self._still = False
            self._fit()
            self.update()
        super().keyReleaseEvent(event)

    def _insert(self) -> None:
        """Add a knot on the curve, midway to the next one."""
        xs, k = self._knots.x, min(self._choice, len(self._knots) - 2)
        x = _rounded((xs[k] + xs[k + 1]) / 2.0, self._pixel[0])
        y = float(course(self._knots, np.array([x]), held=self._curve.held)[0])
        self.added.emit(x, _rounded(y, self._pixel[1]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys come here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    # painting -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """One sample of the curve per pixel."""
        self._sample()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Everything."""
        live = None
        if self._live is not None and math.isfinite(self._live):
            y = float(course(self._knots, np.array([self._live]), held=self._curve.held)[0])
            live = (self._live, y)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = Look(
            self.plate, self._x, self._y, self._line, tuple(zip(self._knots.x, self._knots.y, strict=True)),
            self._choice, self._under, self.hasFocus(), live, self._live_ink, self._band,
        )  # fmt: skip
        paint_curve(painter, look, self.at)


def _is_own(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return plain and event.key() in (*ARROWS, *CHOOSING, *REMOVING, *ADDING)


def _span(ends: Ends) -> float:
    return ends[1] - ends[0]


def _rounded(value: float, step: float) -> float:
    """The nearest multiple of a step, without the digits that rounding leaves."""
    return float(f"{round(value / step) * step:.9g}")


def room_for_more(knots: Knots) -> bool:
    """Whether a curve may have another knot."""
    return len(knots) < MOST


def can_lose_one(knots: Knots) -> bool:
    """Whether a curve may have one knot less."""
    return len(knots) > LEAST
