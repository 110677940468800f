"""Which picture to write, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.dialogs.files import ask_path
from circuitsim.app.widgets.boxes import Text, column, labelled, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.tick import Tick

if TYPE_CHECKING:
    from pathlib import Path

Options = list[tuple[object, str]]

SUBJECTS: Options = [("circuit", "Circuit"), ("lanes", "Scope lanes")]
FORMATS: Options = [(".png", "PNG picture"), (".svg", "SVG drawing")]
SCALES: Options = [(float(k), f"{k} ×") for k in (1, 2, 3, 4)]
WIDTH, LABEL = 176, 70  # px of a control and of what stands before it


class FigureDialog(QDialog):
    """Subject, format, scale, ground; then the file.

    Signals:
        chosen: Subject, path, scale, and whether the ground is transparent.
    """

    chosen = Signal(str, object, float, bool)

    def __init__(self, parent: QWidget, stem: str, folder: Path, subject: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export picture")
        self._stem, self._folder = stem, folder
        self.values: dict[str, object] = {"subject": subject, "format": ".png", "scale": 2.0}
        self._choices = {
            name: self._choice(name, options)
            for name, options in (("subject", SUBJECTS), ("format", FORMATS), ("scale", SCALES))
        }
        self.transparent = Tick("Transparent ground")
        self._about = Text(dim=2)
        self._about.setFont(theme.font(11))
        self.export = QPushButton("Export…")
        self.export.setDefault(True)
        self.export.clicked.connect(self._finish)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        lines = [labelled(name, choice, LABEL) for name, choice in self._choices.items()]
        self.setLayout(
            column(
                *lines, labelled("", self.transparent, LABEL), self._about, 12, row(None, cancel, self.export, spacing=8),
                spacing=4, margins=(22, 18, 22, 18),
            )
        )  # fmt: skip
        self.setFixedWidth(300)
        self._sync()

    def _choice(self, name: str, options: Options) -> Choice:
        choice = Choice(options)
        choice.setObjectName(f"figure:{name}")
        choice.setFixedWidth(WIDTH)
        choice.chosen.connect(lambda value: self._take(name, value))
        return choice

    def _take(self, name: str, value: object) -> None:
        self.values[name] = value
        self._sync()

    def _sync(self) -> None:
        for name, choice in self._choices.items():
            choice.show_value(self.values[name])
        drawing = self.values["format"] == ".svg"
        self._choices["scale"].setEnabled(not drawing)
        lanes = self.values["subject"] == "lanes"
        self._about.setText(
            "The stretch of time in sight" if lanes else "The whole circuit, with the states of this instant"
        )

    def _finish(self) -> None:
        """Ask where to, and go."""
        suffix, subject = str(self.values["format"]), str(self.values["subject"])
        stem = self._stem if subject == "circuit" else f"{self._stem}-traces"
        suggestion = self._folder / f"{stem}{suffix}"
        path = ask_path(self, "Export picture to", suggestion, dict(FORMATS)[suffix], suffix)
        if path is not None:
            self.chosen.emit(subject, path, self.values["scale"], self.transparent.isChecked())
            self.accept()
