"""What to export of a run, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import number, parse
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.tick import Tick
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document

VARIABLES = (
    ("v", "membrane potential"),
    ("tau", "time constant"),
    ("vinf", "steady state v∞"),
    ("input", "inputs"),
    ("output", "outputs"),
)
FORMATS: list[tuple[object, str]] = [(".csv", "CSV table"), (".npz", "NumPy arrays")]


class ExportDialog(QDialog):
    """Variables, rows, format; then the file."""

    def __init__(self, parent: QWidget, document: Document, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export traces")
        self._document = document
        self.path = folder / f"{document.file_stem}.csv"
        self.every: float | None = None
        self._suffix = ".csv"
        self._boxes = {name: Tick(title) for name, title in VARIABLES}
        for name, box in self._boxes.items():
            box.setChecked(name in ("v", "tau", "input"))
            box.setObjectName(f"variable:{name}")
            box.toggled.connect(self._sync)
        self.format = Choice(FORMATS)
        self.format.setFixedWidth(150)
        self.format.show_value(self._suffix)
        self.format.chosen.connect(self._choose_format)
        time = document.circuit.unit_system.unit(Dimension.TIME)
        self.rows = Field(self._take_every, time)
        self.rows.setPlaceholderText("every step")
        self.rows.setFixedWidth(150)
        self._problem = QLabel()
        self._problem.setProperty("dim", "1")
        self.rows.refused.connect(self._problem.setText)
        self.export = QPushButton("Export…")
        self.export.setDefault(True)
        cancel = QPushButton("Cancel")
        self.export.clicked.connect(self._finish)
        cancel.clicked.connect(self.reject)
        self._about = Text(dim=2)
        self._about.setFont(theme.font(11))
        head = QLabel("The run so far, replayed at full resolution")
        head.setFont(theme.named("title"))
        self.setLayout(
            column(
                head, self._about, 14, *self._boxes.values(), 14,
                row(_label("a row every"), self.rows, None, spacing=10), 6,
                row(_label("format"), self.format, None, spacing=10), self._problem, 14,
                row(None, cancel, self.export, spacing=8),
                spacing=4, margins=(22, 18, 22, 18),
            )
        )  # fmt: skip
        self.setFixedWidth(380)
        self._sync()

    @property
    def variables(self) -> tuple[str, ...]:
        """What is ticked, in the order of the columns."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def _sync(self) -> None:
        self.export.setEnabled(bool(self.variables))
        status, system = self._document.status(), self._document.circuit.unit_system
        unit = system.unit(Dimension.TIME)
        self._about.setText(f"0 to {number(status.t)} {unit}, solver step {number(status.dt)} {unit}")

    def _choose_format(self, suffix: object) -> None:
        self._suffix = str(suffix)
        self.format.show_value(suffix)

    def _take_every(self, text: str) -> str | None:
        if not text.strip():
            self.every = None
            self.rows.show_text("")
            return None
        try:
            value = parse(text, Dimension.TIME, self._document.circuit.unit_system)
        except ValueError as error:
            return f"{error}."
        if value <= 0:
            return "Use a time above 0."
        self.every = value
        self.rows.show_text(number(value, 6))
        return None

    def _finish(self) -> None:
        """Ask where to, and go."""
        suggestion = str(self.path.with_name(f"{self._document.file_stem}{self._suffix}"))
        title = dict(FORMATS)[self._suffix]
        name, _ = QFileDialog.getSaveFileName(
            self, "Export traces to", suggestion, f"{title} (*{self._suffix})"
        )
        if name:
            path = Path(name)
            self.path = path if path.suffix == self._suffix else path.with_name(path.name + self._suffix)
            self.accept()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("dim", "1")
    label.setFixedWidth(90)
    return label
