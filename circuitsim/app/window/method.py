"""How the run is computed: solver, step and seed, each a caption that opens what changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.document.names import told
from circuitsim.app.document.quantity import duration, number, sentence, time_above_zero
from circuitsim.app.document.solver_numbers import number_in_force, take_number
from circuitsim.app.widgets.boxes import row
from circuitsim.app.widgets.caption import Caption
from circuitsim.app.widgets.popup import Ask
from circuitsim.circuit.edits import SetSettings
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.engine.report import Status
    from circuitsim.spec.parameter import Parameter


class Method(QWidget):
    """Three captions; step and seed may be folded into a menu."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        fonts = theme.named("micro"), theme.named("field")
        self.solver = Caption("solver", *fonts)
        self.step = Caption("step", *fonts)
        self.seed = Caption("seed", *fonts)
        self.solver.clicked.connect(self._choose_solver)
        self.step.clicked.connect(lambda: self.ask_step(self.step))
        self.seed.clicked.connect(lambda: self.ask_seed(self.seed))
        self.solver.setToolTip("Method of integration; click to choose")
        self.step.setToolTip("Solver step, not the speed of the run; click to change")
        self.seed.setToolTip("Seed of everything random; click to change")
        self.setLayout(row(self.solver, self.step, self.seed, spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the solver alone in a small window."""
        self.step.setHidden(narrow)
        self.seed.setHidden(narrow)

    def fill_menu(self, menu: QMenu, below: QWidget) -> None:
        """Offer what is folded, with its present value."""
        seed = self._document.circuit.document.settings.seed
        dt = self._in_force(self._document.status())[1]
        step = " ".join(duration(dt, self._document.circuit.unit_system))
        menu.addAction(f"Solver step {step}…").triggered.connect(lambda: self.ask_step(below))
        menu.addAction(f"Seed {seed}…").triggered.connect(lambda: self.ask_seed(below))

    def show_status(self, status: Status) -> None:
        """Show what is in force."""
        circuit = self._document.circuit
        solver, dt = self._in_force(status)
        self.solver.show_value(circuit.kinds.solvers[solver].title)
        self.step.show_value(" ".join(duration(dt, circuit.unit_system)))
        self.seed.show_value(str(circuit.document.settings.seed))

    def _in_force(self, status: Status) -> tuple[str, float]:
        """Solver and step of the run; before it has begun, those it will have."""
        if status.solver:
            return status.solver, status.dt
        plan = self._document.proposal()
        return plan.solver, plan.dt

    def _set(self, **values: object) -> bool:
        settings = replace(self._document.circuit.document.settings, **values)  # type: ignore[arg-type]
        return self._document.push(SetSettings(settings, f"Set {next(iter(values))}"))

    def _choose_solver(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        group = QActionGroup(menu)
        chosen = self._document.circuit.document.settings.solver
        solvers = self._document.circuit.kinds.solvers
        options: list[tuple[str | None, str, str]] = [
            (None, "As proposed", "What fits the circuit and its size")
        ]
        options += [(s.id, s.title, told(s)) for s in solvers.values()]
        menu.setToolTipsVisible(True)
        for solver, title, tip in options:
            action = menu.addAction(title)
            action.setToolTip(tip)
            action.setCheckable(True)
            action.setChecked(solver == chosen)
            action.triggered.connect(lambda _checked=False, s=solver: self._set(solver=s))
            group.addAction(action)
        used = solvers[self._in_force(self._document.status())[0]]
        menu.addSeparator()
        for parameter in used.parameters:
            text = f"{parameter.title.capitalize()} {number_in_force(self._document, parameter)}…"
            action = menu.addAction(text, partial(self._ask_number, parameter))
            action.setToolTip(parameter.doc)
        menu.addAction(f"What is {used.title}?", lambda: self._document.tools.help_asked.emit(used))
        menu.popup(self.solver.mapToGlobal(self.solver.rect().bottomLeft()))

    def _ask_number(self, parameter: Parameter) -> None:
        """Ask for a number of the solver."""
        unit = self._document.circuit.unit_system.unit(parameter.dimension)
        take = partial(take_number, self._document, parameter)
        Ask(self, parameter.title.capitalize(), unit, "Set", take).ask(
            number_in_force(self._document, parameter), self.solver
        )

    def ask_step(self, below: QWidget) -> None:
        """Ask for the solver step."""
        unit = self._document.circuit.unit_system.unit(Dimension.TIME)
        Ask(self, "Solver step", unit, "Set", self._take_step).ask(
            number(self._in_force(self._document.status())[1], 6), below
        )

    def _take_step(self, text: str) -> str | None:
        if not text.strip():
            self._set(dt=None)
            return None
        try:
            dt = time_above_zero(text, self._document.circuit.unit_system)
        except ValueError as error:
            return sentence(error)
        return None if self._set(dt=dt) else "The circuit does not allow this value."

    def ask_seed(self, below: QWidget) -> None:
        """Ask for the seed."""
        seed = str(self._document.circuit.document.settings.seed)
        Ask(self, "Seed", "", "Set", self._take_seed).ask(seed, below)

    def _take_seed(self, text: str) -> str | None:
        if not (text.strip().isascii() and text.strip().isdigit()):
            return "Use a whole number from 0."
        return None if self._set(seed=int(text)) else "Use a smaller number."
