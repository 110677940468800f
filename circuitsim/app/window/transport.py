"""The transport bar: play, step, clock, speed, solver; everything about time in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import clock, number, sentence, time_above_zero
from circuitsim.app.theme.measures import NARROW, TRANSPORT
from circuitsim.app.widgets.boxes import Line, row
from circuitsim.app.widgets.popup import Ask
from circuitsim.app.window.live import LiveButton
from circuitsim.app.window.method import Method
from circuitsim.app.window.speed import Speed
from circuitsim.app.window.stops import StopCard, StopPill
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.window.commands import Commands

READ_EVERY = 15  # frames between two read-outs of what need not be read at every frame
CLOCK = 78  # px, least width of the clock
FOLDED = ("run_for", "stop_when", "export", "theme")  # actions that go into the menu of a narrow window


class Transport(QFrame):
    """Reads the status at every frame; its buttons are actions of the table."""

    def __init__(self, document: Document, commands: Commands) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setFixedHeight(TRANSPORT)
        self._document, self._commands = document, commands
        self.buttons: dict[str, QToolButton] = {}
        self._icons: dict[QToolButton, str] = {}
        self._frame = 0
        self.clock = QLabel()
        self.speed, self.method = Speed(document), Method(document)
        self.live, self.pill = LiveButton(document), StopPill(document)
        self.play = self._button("play", "play", size=(40, 30))
        self.play.setObjectName("play")
        self.more = self._plain("more", "More")
        self.more.clicked.connect(self._open_more)
        line = row(
            self._button("reset", "to-start"), self._button("step_back", "step-back"), self.play,
            self._button("step", "step"), self._button("revert", "reset"), self.live,
            self._button("run_for", "run"), self._button("stop_when", "trigger"),
            self._divider(), self._clock(), self._divider(), self.speed, self._divider(), self.method, self.pill, None,
            self._button("undo", "undo"), self._button("redo", "redo"), self._divider(),
            self._button("export", "export"), self._button("theme", "theme"), self.more,
            spacing=4, margins=(8, 0, 8, 0),
        )  # fmt: skip
        self.setLayout(line)
        theme.changed.connect(self._dress)
        self._fold(narrow=False)
        self._dress()

    def _plain(self, icon: str, tip: str, size: tuple[int, int] = (30, 30)) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(*size)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        self._icons[button] = icon
        return button

    def _button(self, action: str, icon: str, size: tuple[int, int] = (30, 30)) -> QToolButton:
        source = self._commands.actions[action]
        button = self._plain(icon, source.toolTip(), size)

        def follow() -> None:
            button.setEnabled(source.isEnabled())
            button.setToolTip(source.toolTip())

        follow()
        button.clicked.connect(source.trigger)
        source.changed.connect(follow)
        self.buttons[action] = button
        return button

    @staticmethod
    def _divider() -> QWidget:
        return Line(upright=True, length=20, strong=True)

    def _clock(self) -> QWidget:
        self.clock.setFont(theme.named("clock"))
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clock.setToolTip("Model time")
        self._unit = QLabel()
        self._unit.setFont(theme.named("label"))
        self._unit.setProperty("dim", "2")
        self._unit.setFixedWidth(18)
        holder = QWidget()
        holder.setLayout(row(self.clock, self._unit, spacing=4, margins=(2, 0, 4, 0)))
        return holder

    def _dress(self) -> None:
        """Icons in the colours of the theme."""
        for button, icon in self._icons.items():
            if button is not self.play:
                button.setIcon(theme.icon(icon, 18))
        self._show_play(playing=self._document.status().playing)

    def _show_play(self, *, playing: bool) -> None:
        self.play.setIcon(theme.icon("pause" if playing else "play", 18, theme.current().on_accent))
        self.play.setProperty("playing", playing)

    # narrow windows -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what a narrow window has no room for into a menu."""
        super().resizeEvent(event)
        self._fold(narrow=self.width() < NARROW)

    def _fold(self, *, narrow: bool) -> None:
        for name in FOLDED:
            self.buttons[name].setHidden(narrow)
        self.more.setVisible(narrow)
        self.speed.set_narrow(narrow=narrow)
        self.method.set_narrow(narrow=narrow)
        self.pill.set_narrow(narrow=narrow)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions([self._commands.actions[name] for name in FOLDED])
        menu.addSeparator()
        self.method.fill_menu(menu, self.more)
        right = self.more.mapToGlobal(self.more.rect().bottomRight())
        right.setX(right.x() - menu.sizeHint().width())
        menu.popup(right)

    # asking -------------------------------------------------------------------------------------

    def place_of(self, action: str) -> QWidget:
        """The button of an action, or the menu it is folded into."""
        button = self.buttons[action]
        return self.more if button.isHidden() else button

    def ask_run_for(self) -> None:
        """Ask how long to run."""
        proposed = number(self._document.proposal().duration, 6)
        unit = self._document.circuit.unit_system.unit(Dimension.TIME)
        Ask(self, "Run for", unit, "Run", self._run_for).ask(proposed, self.place_of("run_for"))

    def ask_stop_when(self) -> None:
        """Ask for a condition at which the run stops."""
        StopCard(self, self._document).ask(self.place_of("stop_when"))

    def _run_for(self, text: str) -> str | None:
        try:
            length = time_above_zero(text, self._document.circuit.unit_system)
        except ValueError as error:
            return sentence(error)
        self._document.look_at(None)
        self._document.simulator.run_for(length)
        return None

    # live ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Clock, speed and what runs."""
        doc = self._document
        status, system, past = doc.status(), doc.circuit.unit_system, doc.looking_at
        if self.play.property("playing") != status.playing:
            self._show_play(playing=status.playing)
            self._commands.refresh()
            self._frame = 0
        self._show_time(clock(status.t if past is None else past, system))
        self.live.show_status(status)
        self.pill.show_status(status)
        if self._frame % READ_EVERY == 0:
            self._unit.setText(system.unit(Dimension.TIME))
            self.speed.show_status(status)
            self.method.show_status(status)
            self._commands.refresh()
        self._frame += 1

    def _show_time(self, text: str) -> None:
        """Write on the clock; its size stays until the time has another number of digits, so that nothing is laid out."""
        if len(text) != len(self.clock.text()):
            self.clock.setText(text)
            self.clock.setFixedSize(self.clock.sizeHint().expandedTo(QSize(CLOCK, 0)))
        elif text != self.clock.text():
            self.clock.setText(text)
