"""The row of a parameter: name, symbol, slider, value with unit, reset and pin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QBoxLayout, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.handle import Handle
from circuitsim.app.panels._menu import open_menu
from circuitsim.app.panels._rows import DOT, FIELD, GAP, PIN, Problem
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.scrub import ScrubLabel
from circuitsim.app.widgets.slider import Slider
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPoint
    from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent

    from circuitsim.app.document.group import Group
    from circuitsim.spec.parameter import Parameter

SCRUB = 220.0  # px of a drag on the name that take the slider from end to end
UNBOUNDED = 1e9  # a bound of this size is none
HINT = "drag the name or the slider, turn the wheel or type: 50 ms, 2*pi/3, *1.1 · right click for more"


class ResetDot(QWidget):
    """A dot where a value differs from its default; a click resets it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(DOT, 16)
        self._lit = False

    def show_lit(self, lit: bool, default: str) -> None:
        """Show or hide the dot."""
        if lit != self._lit:
            self._lit = lit
            self.setCursor(Qt.CursorShape.PointingHandCursor if lit else Qt.CursorShape.ArrowCursor)
            self.update()
        self.setToolTip(f"Default {default}; click to reset" if lit else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Reset."""
        if self._lit:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The dot."""
        if self._lit:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
            painter.drawEllipse(QPointF(3, self.height() / 2), 3, 3)


class IconButton(QToolButton):
    """A small button whose icon follows the theme; the keyboard does not stop at it."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(PIN, 22)
        self.setIconSize(QSize(14, 14))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self.setIcon(theme.icon(self._icon, 14))


class PinButton(IconButton):
    """Puts a slider for the parameter on the canvas."""

    def __init__(self) -> None:
        super().__init__("pin")
        self.setObjectName("pin")
        self.setCheckable(True)

    def show_pinned(self, pinned: bool) -> None:
        """Show whether there is a slider on the canvas."""
        self.setChecked(pinned)
        self.setToolTip("Take the slider off the canvas" if pinned else "Pin a slider to the canvas")


class ParameterRow(QWidget):
    """One parameter of one or several elements: name, symbol, slider, value with unit, pin."""

    def __init__(self, group: Group, parameter: Parameter) -> None:
        super().__init__()
        self.setObjectName(f"parameter:{parameter.name}")
        self._document = group.document
        self.handle = Handle(group, parameter)
        signs = (parameter.symbol,) if parameter.symbol != parameter.title else ()
        self.name = ScrubLabel(parameter.title, signs, theme.named("label"))
        self.dot = ResetDot()
        self.dot.clicked.connect(self.handle.reset)
        self.problem = Problem()
        self._held = 0.0
        self._span = (0.0, 0.0)
        body = self._choice() if parameter.choices else self._number()
        self.setLayout(column(body, self.problem, spacing=2, margins=(0, 2, 0, 3)))
        self.setToolTip(explained(self.handle))
        self.sync()

    def aim(self, group: Group) -> None:
        """Be about other elements; what was typed for the old ones and not taken is dropped."""
        self.handle.take_up(group)
        if not self.handle.parameter.choices:
            self.field.revert()
        self.setToolTip(explained(self.handle))

    def _number(self) -> QBoxLayout:
        """Name over slider, then the field and the pin."""
        document, handle = self._document, self.handle
        self.field = Field(self._take, handle.unit, steps=True)
        self.field.setFixedWidth(FIELD)
        self.field.setAccessibleName(handle.parameter.title)
        self.field.refused.connect(self.problem.show_problem)
        self.field.stepped.connect(lambda way, far, held: handle.step(way, coarse=far, again=held))
        self.field.turned.connect(handle.turn)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.field.customContextMenuRequested.connect(self._menu)
        self.slider = Slider()
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the tab key goes from field to field
        self.slider.pressed.connect(document.begin_gesture)
        self.slider.moved.connect(self._slide)
        self.slider.released.connect(document.end_gesture)
        self.name.clicked.connect(self._focus)
        self.name.pressed.connect(self._take_hold)
        self.name.moved.connect(lambda px: self._slide(min(1.0, max(0.0, self._held + px / SCRUB))))
        self.name.released.connect(document.end_gesture)
        self.pin = PinButton()
        self.pin.clicked.connect(handle.toggle_pin)
        left = column(row(self.dot, self.name, spacing=0), row(DOT, self.slider, spacing=0), spacing=1)
        return _centred(left, 8, self.field, GAP, self.pin)

    def _choice(self) -> QBoxLayout:
        """Name, then the names to choose from."""
        self.choice = Choice((float(k), title) for k, title in enumerate(self.handle.parameter.choices))
        self.choice.chosen.connect(self.handle.set)
        self.choice.setFixedWidth(FIELD + GAP + PIN)
        self.name.setCursor(Qt.CursorShape.ArrowCursor)
        return _centred(row(self.dot, self.name, spacing=0), 8, self.choice)

    def sync(self) -> None:
        """Show the values in force."""
        handle = self.handle
        if handle.parameter.choices:
            self.choice.show_value(None if handle.mixed else handle.value)
        else:
            show_number(self.field, handle.text, handle.unit, several=handle.mixed)
            self._span = handle.span
            self.slider.set_fraction(*self._span)
            self.pin.show_pinned(handle.pinned)
        self.dot.show_lit(handle.changed, handle.with_unit(handle.told(handle.default)))

    def follow(self) -> None:
        """Show where a hand on the canvas has put it."""
        if not self.handle.parameter.choices and self.handle.span != self._span:
            self.sync()

    def _slide(self, fraction: float) -> None:
        self.problem.show_problem("")
        self.handle.slide(fraction)

    def _take_hold(self) -> None:
        self._held = self.handle.span[0]
        self._document.begin_gesture()

    def _focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.MouseFocusReason)
        self.field.selectAll()

    def _take(self, text: str) -> str | None:
        """Take what was typed, or say why not."""
        problem = self.handle.take(text)
        if problem is not None:
            title = self.handle.parameter.title
            self._document.refuse(Issue(title, problem.rstrip("."), "the old value stays"))
        return problem

    def _menu(self, at: QPoint) -> None:
        open_menu(self.field, self.handle, self.field.mapToGlobal(at), self.field.offer)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Say what can be done here."""
        if not self.handle.parameter.choices:
            self._document.set_hint(HINT)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing to say any more."""
        self._document.set_hint("")


def _centred(left: QBoxLayout, *rest: QWidget | int) -> QBoxLayout:
    """Something that takes the room that is left, and what stands beside it at half its height."""
    result = row(left, *rest, spacing=0)
    result.setStretch(0, 1)
    for part in rest:
        if isinstance(part, QWidget):
            result.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)
    return result


def show_number(field: Field, text: str, unit: str, *, several: bool) -> None:
    """Show a value with its unit, or the range of several values, which needs the room of the unit."""
    if several != bool(field.property("several")):
        field.setProperty("several", "1" if several else "")
        field.style().unpolish(field)
        field.style().polish(field)
    field.set_unit("" if several else unit)
    field.show_text(text)


def explained(handle: Handle) -> str:
    """What a parameter means, its default and its bounds, line by line."""
    parameter, ends = handle.parameter, handle.ends
    lines = [parameter.doc, f"Default {handle.with_unit(handle.told(handle.default))}"]
    if not parameter.choices:
        lines.append(
            f"Slider {handle.told(ends.slider_low)} to {handle.with_unit(handle.told(ends.slider_high))}"
        )
        bounds = [("at least", parameter.low), ("at most", parameter.high)]
        bounds = [(word, end) for word, end in bounds if abs(end) < UNBOUNDED]
        if bounds:
            told = " and ".join(f"{word} {handle.with_unit(handle.told(end))}" for word, end in bounds)
            lines.append(f"Must be {told}")
    return "\n".join(lines)
