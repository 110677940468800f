"""The curve of a synapse in the inspector: drawn by its knots, typed, and marked where it is read now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from circuitsim.app import theme
from circuitsim.app.document.names import lookup
from circuitsim.app.document.quantity import number, parse, sentence, steady
from circuitsim.app.panels._curve_plot import CurvePlot, can_lose_one, room_for_more
from circuitsim.app.panels._rows import Problem, Section
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.app.widgets.field import Field
from circuitsim.circuit.edits import SetKnots
from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.dynamics.splines import course
from circuitsim.engine.currents import sent
from circuitsim.io.knots_text import as_text, from_text
from circuitsim.spec.curve import LEAST, MOST, Knots
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPoint
    from PySide6.QtGui import QEnterEvent

    from circuitsim.app.document.document import Document
    from circuitsim.spec.curve import Curve
    from circuitsim.spec.unit import Dimension

HINT = (
    "drag a knot · double-click adds one, Delete removes it · arrows move it, Shift ten times as far · "
    "Page Up and Page Down choose another"
)
WIDTH = 64  # px of a field


class CurveSection(QWidget):
    """Plot, number of the chosen knot with its x and y, and what the curve yields now."""

    def __init__(self, document: Document, synapse: int, curve: Curve) -> None:
        super().__init__()
        self._document, self._synapse, self._curve = document, synapse, curve
        system = document.circuit.unit_system
        self.problem = Problem()
        self.plot = CurvePlot(curve, self._knots)
        self.plot.setAccessibleName(f"{curve.symbol}, drawn by knots")
        self.plot.setToolTip(curve.doc)
        self.plot.pressed.connect(lambda again: document.begin_gesture(again=again))
        self.plot.moved.connect(self._move)
        self.plot.released.connect(document.end_gesture)
        self.plot.added.connect(self.add)
        self.plot.removed.connect(self.remove)
        self.plot.chosen.connect(self._show_numbers)
        self.plot.asked.connect(self.open_menu)
        self.which = Text("", dim=1)
        self.which.setFont(theme.named("label"))
        self.x_field = self._field("x", curve.across)
        self.y_field = self._field("y", curve.up)
        self.x_field.set_unit(system.unit(curve.across))
        self.y_field.set_unit(system.unit(curve.up))
        self.yields = Text("", dim=2)
        self.yields.setFont(theme.named("micro"))
        signs = [_sign(text) for text in ("x", "y")]
        numbers = row(self.which, signs[0], self.x_field, 4, signs[1], self.y_field, spacing=4)
        numbers.setStretch(0, 1)
        self.setLayout(
            column(
                Section("Curve", "reset", self.reset),
                self.plot,
                row(34, self.yields, spacing=0),
                5,
                numbers,
                self.problem,
                spacing=1,
            )
        )
        self._shown: tuple[object, ...] = ()
        self.sync()
        self.refresh()

    def _field(self, side: str, dimension: Dimension) -> Field:
        field = Field(lambda text: self._take(side, dimension, text))
        field.setObjectName(f"knot:{side}")
        field.setAccessibleName(f"{side} of the knot")
        field.setFixedWidth(WIDTH)
        field.refused.connect(self.problem.show_problem)
        return field

    @property
    def _knots(self) -> Knots:
        knots = self._document.circuit.get(self._synapse, Synapse).knots
        assert knots is not None  # noqa: S101  (held by validation)
        return knots

    # showing ------------------------------------------------------------------------------------

    def aim(self, synapse: int) -> None:
        """Be about another synapse of the same kind."""
        self._synapse, self._shown = synapse, ()
        self.x_field.revert()
        self.y_field.revert()
        self.plot.show_knots(self._knots)
        self.plot.choose(0)

    def sync(self) -> None:
        """Show the knots in force."""
        self.plot.show_knots(self._knots)
        self._show_numbers()
        self._shown = ()

    def _show_numbers(self) -> None:
        knots, k = self._knots, self.plot.choice
        self.which.setText(f"knot {k + 1} of {len(knots)}")
        if k < len(knots):
            self.x_field.show_text(number(knots.x[k], 6))
            self.y_field.show_text(number(knots.y[k], 6))

    def refresh(self) -> None:
        """Mark where the curve is read now."""
        doc, t = self._document, theme.current()
        snapshot = doc.snapshot()
        serial = -1 if snapshot is None else snapshot.serial
        key = (serial, t.name, doc.bands())
        if key == self._shown or snapshot is None:
            return
        self._shown = key
        pre = doc.circuit.get(self._synapse, Synapse).pre
        x = sent(doc.circuit, snapshot, pre)
        if x is not None:
            self._mark(pre, x)

    def _mark(self, pre: int, x: float) -> None:
        doc, t = self._document, theme.current()
        numbers, bands = doc.circuit.document.trace_numbers, doc.bands()
        neuron = isinstance(doc.circuit.elements[pre], Neuron)
        ink = t.trace(numbers[pre]) if pre in numbers else t.liquid_top if neuron else t.text2
        band = None
        if pre in bands.ids:
            k = bands.ids.index(pre)
            ends = float(bands.state_low[k]), float(bands.state_high[k])
            band = ends if np.isfinite(ends).all() else None
        self.plot.show_live(x, ink, band)
        y = float(course(self._knots, np.array([x]), held=self._curve.held)[0])
        unit = doc.circuit.unit_system.unit(self._curve.across)
        now = f"{steady(x)} {unit}".rstrip()
        self.yields.setText(f"now {self._curve.symbol}({now}) = {steady(y)}")

    # changing -----------------------------------------------------------------------------------

    def _push(self, knots: Knots, text: str) -> bool:
        return self._document.push(SetKnots((self._synapse,), knots, text))

    def _move(self, x: float, y: float) -> None:
        self.problem.show_problem("")
        self._push(self._knots.moved(self.plot.choice, x, y), "Move knot")

    def add(self, x: float, y: float) -> None:
        """Add a knot and choose it."""
        if not room_for_more(self._knots):
            self._refuse(f"a curve has at most {MOST} knots", "remove one first")
            return
        more, k = self._knots.with_one(x, y)
        if self._push(more, "Add knot"):
            self.plot.choose(k)

    def remove(self) -> None:
        """Remove the chosen knot."""
        if not can_lose_one(self._knots):
            self._refuse(f"a curve needs {LEAST} knots", "move it instead")
            return
        self._push(self._knots.without(self.plot.choice), "Remove knot")

    def reset(self) -> None:
        """The knots that a new synapse has."""
        self._push(self._curve.default(self._document.circuit.document.unit_system), "Reset curve")

    def _refuse(self, problem: str, remedy: str) -> None:
        self._document.refuse(Issue("the curve", problem, remedy))

    def _take(self, side: str, dimension: Dimension, text: str) -> str | None:
        """Take a number that was typed for the chosen knot, or say why not."""
        knots, k, system = self._knots, self.plot.choice, self._document.circuit.unit_system
        try:
            value = parse(text, dimension, system, lookup(self._document, None, {}))
        except ValueError as error:
            return sentence(error)
        x, y = (value, knots.y[k]) if side == "x" else (knots.x[k], value)
        wanted = knots.moved(k, x, y)
        problem = self._curve.check(wanted)
        if problem is None:
            self._push(wanted, "Move knot")
            return None
        return f"{problem[:1].upper()}{problem[1:]}."

    # the menu -----------------------------------------------------------------------------------

    def open_menu(self, at: QPoint, x: float, y: float) -> QMenu:
        """Add, remove, copy, paste and reset."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        clipboard = QGuiApplication.clipboard()
        add, knots = menu.addAction, self._knots
        add("Add knot here", lambda: self.add(x, y)).setEnabled(room_for_more(knots))
        add(f"Remove knot {self.plot.choice + 1}", self.remove).setEnabled(can_lose_one(knots))
        menu.addSeparator()
        add("Copy knots", lambda: clipboard.setText(as_text(self._knots)))
        add("Paste knots", lambda: self.paste(clipboard.text())).setEnabled(bool(clipboard.text().strip()))
        menu.addSeparator()
        add("Reset curve", self.reset)
        menu.popup(at)
        return menu

    def paste(self, text: str) -> None:
        """Draw the curve through two columns of numbers, as a spreadsheet or a CSV file has them."""
        try:
            self._push(from_text(text), "Paste knots")
        except InputError as error:
            self._document.refuse(error.issues[0])

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Say what can be done here."""
        self._document.set_hint(HINT)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing to say any more."""
        self._document.set_hint("")


def _sign(text: str) -> QLabel:
    sign = QLabel(text)
    sign.setProperty("dim", "2")
    sign.setFont(theme.named("label"))
    return sign
