"""The transport bar: play, step, clock, speed, solver; everything about time in one row."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import clock, duration, number, parse
from circuitsim.app.theme.measures import TRANSPORT
from circuitsim.app.widgets.boxes import Line, column, row
from circuitsim.app.widgets.caption import Caption
from circuitsim.app.widgets.popup import Ask
from circuitsim.app.widgets.slider import Slider
from circuitsim.circuit.edits import SetSettings
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document
    from circuitsim.app.window.commands import Commands

SPEED_SPAN = 100.0  # the slider reaches so many times slower and faster than proposed
READ_EVERY = 15  # frames between two read-outs of the achieved speed


class Transport(QFrame):
    """Reads the status at every frame; its buttons are actions of the table."""

    def __init__(self, document: Document, commands: Commands) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setFixedHeight(TRANSPORT)
        self._document, self._commands = document, commands
        self._buttons: list[tuple[QToolButton, str]] = []
        self._frame = 0
        self.clock = QLabel()
        self.play = self._button("play", "play", size=(40, 30))
        self.play.setObjectName("play")
        fonts = theme.named("micro"), theme.named("field")
        self.solver = Caption("solver", *fonts)
        self.step = Caption("step", *fonts)
        self.seed = Caption("seed", *fonts)
        self.solver.clicked.connect(self._choose_solver)
        self.step.clicked.connect(self._ask_step)
        self.seed.clicked.connect(self._ask_seed)
        self.solver.setToolTip("Method of integration; click to choose")
        self.step.setToolTip("Solver step, not the speed of the run; click to change")
        self.seed.setToolTip("Seed of everything random; click to change")
        self.run = self._button("run_for", "run")
        line = row(
            self._button("reset", "to-start"), self.play, self._button("step", "step"), self.run, 4,
            Line(upright=True, length=20, strong=True), self._clock(),
            Line(upright=True, length=20, strong=True), self._speed(),
            Line(upright=True, length=20, strong=True), self.solver, self.step, self.seed, None,
            self._button("undo", "undo"), self._button("redo", "redo"),
            Line(upright=True, length=20, strong=True),
            self._button("export", "export"), self._button("theme", "theme"),
            spacing=4, margins=(8, 0, 8, 0),
        )  # fmt: skip
        self.setLayout(line)
        theme.changed.connect(self._dress)
        document.replaced.connect(self._read_speed)
        self._dress()
        self._read_speed()

    def _button(self, action: str, icon: str, size: tuple[int, int] = (30, 30)) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(*size)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        source = self._commands.actions[action]
        button.setToolTip(source.toolTip())
        button.setEnabled(source.isEnabled())
        button.clicked.connect(source.trigger)
        source.changed.connect(lambda: button.setEnabled(source.isEnabled()))
        button.setAccessibleName(source.text())
        self._buttons.append((button, icon))
        return button

    def _clock(self) -> QWidget:
        self.clock.setFont(theme.named("clock"))
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clock.setMinimumWidth(82)
        self.clock.setToolTip("Model time")
        self._unit = QLabel()
        self._unit.setFont(theme.named("label"))
        self._unit.setProperty("dim", "2")
        holder = QWidget()
        holder.setLayout(row(self.clock, self._unit, spacing=4, margins=(2, 0, 8, 0)))
        return holder

    def _speed(self) -> QWidget:
        caption = QLabel("speed")
        caption.setFont(theme.named("label"))
        caption.setProperty("dim", "1")
        self.slider = Slider(prominent=True)
        self.slider.setFixedWidth(84)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setToolTip("Model time per second on the wall")
        self.slider.moved.connect(self._ask_speed)
        self.asked, self.achieved = QLabel(), QLabel()
        self.asked.setFont(theme.named("field"))
        self.achieved.setFont(theme.named("micro"))
        self.achieved.setProperty("dim", "2")
        texts = QWidget()
        texts.setFixedWidth(84)
        texts.setLayout(column(None, self.asked, self.achieved, None, spacing=0))
        self.fastest = QToolButton()
        self.fastest.setObjectName("fastest")
        self.fastest.setCheckable(True)
        self.fastest.setFixedSize(30, 30)
        self.fastest.setIconSize(QSize(18, 18))
        self.fastest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fastest.setToolTip("As fast as possible")
        self.fastest.toggled.connect(self._toggle_fastest)
        self._buttons.append((self.fastest, "speed"))
        holder = QWidget()
        holder.setLayout(row(caption, self.slider, texts, self.fastest, spacing=8, margins=(6, 0, 2, 0)))
        return holder

    def _dress(self) -> None:
        """Icons in the colours of the theme."""
        for button, icon in self._buttons:
            if button is not self.play:
                button.setIcon(theme.icon(icon, 18))
        self._show_play(playing=self._document.status().playing)

    def _show_play(self, *, playing: bool) -> None:
        self.play.setIcon(theme.icon("pause" if playing else "play", 18, theme.current().on_accent))
        self.play.setProperty("playing", playing)

    # speed --------------------------------------------------------------------------------------

    def _read_speed(self) -> None:
        """Put the slider where the run is."""
        self.fastest.setChecked(False)
        speed = self._document.status().speed
        self._usual = self._document.proposal().speed
        if speed is not None:
            place = math.log(speed / self._usual) / (2 * math.log(SPEED_SPAN)) + 0.5
            self.slider.set_fraction(place)

    def _chosen_speed(self) -> float:
        return float(f"{self._usual * SPEED_SPAN ** (2 * self.slider.fraction - 1):.2g}")

    def _ask_speed(self, _fraction: float) -> None:
        self.fastest.setChecked(False)
        self._document.simulator.set_speed(self._chosen_speed())
        self._frame = 0

    def _toggle_fastest(self, on: bool) -> None:
        self._document.simulator.set_speed(None if on else self._chosen_speed())
        self._frame = 0

    # solver, step, seed -------------------------------------------------------------------------

    def _set(self, **values: object) -> bool:
        settings = replace(self._document.circuit.document.settings, **values)  # type: ignore[arg-type]
        return self._document.push(SetSettings(settings, f"Set {next(iter(values))}"))

    def _choose_solver(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        chosen = self._document.circuit.document.settings.solver
        options: list[tuple[str | None, str]] = [(None, "As proposed")]
        options += [(s.id, s.title) for s in self._document.circuit.kinds.solvers.values()]
        for solver, title in options:
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(solver == chosen)
            action.triggered.connect(lambda _checked=False, s=solver: self._set(solver=s))
            group.addAction(action)
        menu.popup(self.solver.mapToGlobal(self.solver.rect().bottomLeft()))

    def _ask(
        self, below: QWidget, title: str, text: str, verb: str, take: Callable[[str], str | None]
    ) -> None:
        unit = "" if title == "Seed" else self._document.circuit.unit_system.unit(Dimension.TIME)
        Ask(self, title, unit, verb, take).ask(text, below)

    def _ask_step(self) -> None:
        self._ask(self.step, "Solver step", number(self._document.status().dt, 6), "Set", self._take_step)

    def _take_step(self, text: str) -> str | None:
        if not text.strip():
            self._set(dt=None)
            return None
        return self._with_time(text, lambda dt: self._set(dt=dt))

    def _ask_seed(self) -> None:
        self._ask(
            self.seed, "Seed", str(self._document.circuit.document.settings.seed), "Set", self._take_seed
        )

    def _take_seed(self, text: str) -> str | None:
        if not text.strip().isdigit():
            return "Use a whole number from 0."
        return None if self._set(seed=int(text)) else "Use a smaller number."

    def ask_run_for(self) -> None:
        """Ask how long to run."""
        proposed = number(self._document.proposal().duration, 6)
        self._ask(self.run, "Run for", proposed, "Run", lambda text: self._with_time(text, self._run_for))

    def _run_for(self, length: float) -> bool:
        self._document.simulator.run_for(length)
        return True

    def _with_time(self, text: str, use: Callable[[float], bool]) -> str | None:
        try:
            value = parse(text, Dimension.TIME, self._document.circuit.unit_system)
        except ValueError as error:
            return f"{error}."
        if not 0 < value < math.inf:
            return "Use a time above 0."
        return None if use(value) else "The circuit does not allow this value."

    # live ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Clock, speed and what runs."""
        doc = self._document
        status, system = doc.status(), doc.circuit.unit_system
        if self.play.property("playing") != status.playing:
            self._show_play(playing=status.playing)
            self._commands.refresh()
        self.clock.setText(clock(status.t, system))
        time = system.unit(Dimension.TIME)
        self._unit.setText(time)
        if self._frame % READ_EVERY == 0:
            self.asked.setText("fastest" if status.speed is None else f"{number(status.speed, 3)} {time} / s")
            self.achieved.setText(f"achieved {number(status.achieved, 2)}" if status.playing else "paused")
            solver = doc.circuit.kinds.solvers.get(status.solver)
            self.solver.show_value(solver.title if solver else status.solver)
            self.step.show_value(" ".join(duration(status.dt, system)))
            self.seed.show_value(str(doc.circuit.document.settings.seed))
        self._frame += 1
