"""Settings of the program: each is applied as soon as it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QWidget

from circuitsim.app import theme
from circuitsim.app.dialogs.shortcuts import key_list
from circuitsim.app.widgets.boxes import Line, Text, column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.app.dialogs.shortcuts import Entry
    from circuitsim.app.document.preferences import Preferences

Options = list[tuple[object, str]]

THEMES: Options = [("system", "As the desktop"), ("light", "Light"), ("dark", "Dark")]
SCALES: Options = [(None, "As the desktop")] + [
    (percent / 100, f"{percent} %") for percent in (100, 110, 125, 150, 175, 200)
]
UNIT_SYSTEMS: Options = [("liquid", "Liquid: s, no unit"), ("physiological", "Physiological: ms, mV, nS")]
TIMES: Options = [("short", "Short: 49 ms"), ("circuit", "In the circuit's unit")]
WIDTH = 190  # px of a control
LABEL = 104  # px of what stands before it


class SettingsDialog(QDialog):
    """Choices on the left, the list of keys on the right; stays open beside the window."""

    def __init__(
        self,
        parent: QWidget,
        preferences: Preferences,
        solvers: Iterable[tuple[str, str]],
        keys: Iterable[tuple[str, list[Entry]]],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self._preferences = preferences
        self._started_with = preferences.settings.scale
        self._choices: dict[str, Choice] = {}
        self._later = Text("The size changes at the next start.", dim=1)
        self._later.setFont(theme.font(11))
        self.still = Tick("Let pulses, camera and dots stand still")
        self.still.setObjectName("setting:reduced_motion")
        self.still.toggled.connect(lambda on: preferences.set(reduced_motion=on))
        left = column(
            _head("Appearance"), self._line("theme", "theme", THEMES), self._line("scale", "size", SCALES),
            self._later, self.still, 10, Line(), 6,
            _head("Times"), self._line("times", "shown as", TIMES), 10, Line(), 6,
            _head("New circuits"), self._line("unit_system", "units", UNIT_SYSTEMS),
            self._line("solver", "solver", [(None, "As proposed"), *solvers]), None,
            spacing=8,
        )  # fmt: skip
        self.setLayout(row(left, Line(upright=True), _keys(keys), spacing=20, margins=(22, 18, 12, 18)))
        preferences.changed.connect(self._sync)
        self._sync()

    def _line(self, field: str, label: str, options: Options) -> QWidget:
        """One choice behind its label."""
        choice = Choice(options)
        choice.setObjectName(f"setting:{field}")
        choice.setFixedWidth(WIDTH)
        choice.setAccessibleName(label)
        choice.chosen.connect(lambda value: self._preferences.set(**{field: value}))
        self._choices[field] = choice
        name = QLabel(label)
        name.setProperty("dim", "1")
        name.setFixedWidth(LABEL)
        line = QWidget()
        line.setLayout(row(name, choice, None, spacing=8))
        return line

    def _sync(self) -> None:
        """Show what holds, wherever it was chosen."""
        settings = self._preferences.settings
        for field, choice in self._choices.items():
            choice.show_value(getattr(settings, field))
        self.still.setChecked(settings.reduced_motion)
        self._later.setVisible(settings.scale != self._started_with)


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("head", "1")
    return label


def _keys(groups: Iterable[tuple[str, list[Entry]]]) -> QWidget:
    """Every key, in a list of its own that scrolls."""
    inner = QWidget()
    inner.setLayout(column(*(key_list(title, entries) for title, entries in groups), None, spacing=14))
    scroll = QScrollArea()
    scroll.setObjectName("clear")
    scroll.setStyleSheet("#clear, #clear > QWidget > QWidget { background: transparent; }")
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner.setContentsMargins(0, 0, 10, 0)
    scroll.setWidget(inner)
    scroll.setMinimumSize(inner.sizeHint().width() + 14, 380)
    return scroll
