"""Stopping at a condition: the card that asks for one, and the pill that shows the one in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document import stopping
from circuitsim.app.document.quantity import number, parse, sentence
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.engine.condition import VARIABLES, Condition
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.engine.report import Status

DIMENSIONS = {"v": Dimension.POTENTIAL, "tau": Dimension.TIME}
PILL, PILL_NARROW = 132, 112  # px


class StopCard(QFrame):
    """A sentence to fill in: stop when v or tau of a neuron rises above or falls below a level."""

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._now = _first(document)
        head = QLabel("Stop when")
        head.setProperty("head", "1")
        self.variable = Choice((name, stopping.SIGNS[name]) for name in VARIABLES)
        self.neuron = Choice((n.id, n.name) for n in document.circuit.neurons)
        self.way = Choice(((True, "rises above"), (False, "falls below")))
        self.field = Field(self._take, "")
        self.field.setFixedWidth(96)
        self.field.setAccessibleName("Level")
        self.button = QPushButton("Set")
        self.button.setObjectName("primary")
        self._problem = QLabel()
        self._problem.setProperty("dim", "1")
        self._problem.hide()
        for choice, name in ((self.variable, "variable"), (self.neuron, "neuron"), (self.way, "above")):
            choice.chosen.connect(lambda value, n=name: self._choose(n, value))
        self.button.clicked.connect(self._finish)
        self.field.returnPressed.connect(self._finish)
        self.field.refused.connect(self._show_problem)
        self.setLayout(
            column(
                head,
                row(self.variable, QLabel("of"), self.neuron, self.way, spacing=6),
                row(self.field, None, self.button, spacing=8),
                self._problem,
                spacing=8, margins=(12, 9, 12, 11),
            )
        )  # fmt: skip
        self._show()

    def _show(self) -> None:
        now = self._now
        self.variable.show_value(now.variable)
        self.neuron.show_value(now.neuron)
        self.way.show_value(now.above)
        self.field.set_unit(self._document.circuit.unit_system.unit(DIMENSIONS[now.variable]))
        self.field.show_text(number(now.level))
        self.adjustSize()

    def _choose(self, name: str, value: object) -> None:
        parts = {
            "neuron": self._now.neuron,
            "variable": self._now.variable,
            "above": self._now.above,
            name: value,
        }
        neuron, variable = int(parts["neuron"]), str(parts["variable"])  # type: ignore[call-overload]
        kept = (neuron, variable) == (self._now.neuron, self._now.variable)
        level = self._now.level if kept else _present(self._document, neuron, variable)
        self._now = Condition(neuron, variable, above=bool(parts["above"]), level=level)
        self._show()

    def _take(self, text: str) -> str | None:
        """Read the level."""
        try:
            level = parse(text, DIMENSIONS[self._now.variable], self._document.circuit.unit_system)
        except ValueError as error:
            return sentence(error)
        now = self._now
        self._now = Condition(now.neuron, now.variable, above=now.above, level=level)
        self.field.show_text(text)
        return None

    def _finish(self) -> None:
        problem = self._take(self.field.text())
        self._show_problem(problem or "")
        if problem is None:
            self._document.simulator.watch(self._now)
            self.field.setModified(False)
            self.close()

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.adjustSize()

    def ask(self, below: QWidget) -> None:
        """Open below a widget, within its window."""
        place = below.mapToGlobal(QPoint(0, below.height() + 4))
        window = below.window()
        right = window.mapToGlobal(QPoint(window.width() - self.width() - 8, 0)).x()
        self.move(min(place.x(), right), place.y())
        self.show()
        self.field.setFocus()
        self.field.selectAll()


def _first(document: Document) -> Condition:
    """What is proposed: the condition in force, else the present state of a neuron that is looked at."""
    known = document.status().condition
    if known is not None:
        return known
    ids = {n.id for n in document.circuit.neurons}
    chosen = next(iter(sorted(document.selection & ids)), document.focus) or min(ids)
    return Condition(chosen, "v", above=True, level=_present(document, chosen, "v"))


def _present(document: Document, neuron: int, variable: str) -> float:
    """Where a value is now, in a few digits."""
    snapshot = document.snapshot()
    if snapshot is None or neuron not in snapshot.ids:
        return 0.0
    return float(f"{getattr(snapshot, variable)[snapshot.ids.index(neuron)]:.2g}")


class StopPill(QFrame):
    """The condition in force; a click changes it, the cross takes it away."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("pill")
        self.setFixedHeight(24)
        self._document = document
        self._shown: tuple[object, ...] = ()
        self._text = Text()
        self._text.setFont(theme.named("label"))
        self.clear = QToolButton()
        self.clear.setFixedSize(18, 18)
        self.clear.setIconSize(QSize(12, 12))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.setAccessibleName("Stop no more")
        self.clear.setToolTip("Stop no more")
        self.clear.clicked.connect(lambda: document.simulator.watch(None))
        self.setLayout(row(self._text, self.clear, spacing=2, margins=(8, 0, 3, 0)))
        theme.changed.connect(self._dress)
        self.hide()
        self._dress()

    def _dress(self) -> None:
        self._shown = ()
        self.clear.setIcon(theme.icon("close", 12))

    def set_narrow(self, *, narrow: bool) -> None:
        """Take less room in a small window."""
        self.setFixedWidth(PILL_NARROW if narrow else PILL)

    def show_status(self, status: Status) -> None:
        """Show the condition, stressed once it has stopped the run."""
        circuit, condition, met = self._document.circuit, status.condition, status.met is not None
        if (condition, met, circuit.neurons) == self._shown:
            return
        self._shown = (condition, met, circuit.neurons)
        self.setHidden(condition is None)
        if condition is None:
            return
        self._text.setText(stopping.short(condition, circuit))
        what = stopping.future(condition, circuit)
        self.setToolTip(f"Stops when {what}; press play to go on to the next time")
        t = theme.current()
        edge, fill = (t.accent, t.hover) if met else (t.border_strong, t.raised)
        self.setStyleSheet(f"#pill {{ background: {fill}; border: 1px solid {edge}; border-radius: 12px; }}")
