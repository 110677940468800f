"""What to export of a run, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.dialogs.files import ask_path
from circuitsim.app.document.files import Wanted
from circuitsim.app.document.quantity import number, parse, sentence
from circuitsim.app.plots.variables import offered
from circuitsim.app.widgets.boxes import Line, Text, column, labelled, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.tick import Tick
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.elements import Neuron

VARIABLES = (
    ("v", "membrane potential"),
    ("tau", "time constant"),
    ("vinf", "steady state v∞"),
    ("clamp", "holding currents"),
    ("gate", "gates of units"),
    ("input", "inputs"),
    ("output", "outputs"),
)
FORMATS: list[tuple[object, str]] = [(".csv", "CSV table"), (".npz", "NumPy arrays")]
WIDTH = 206  # px of a control, up to the margin
LABEL = 80  # px of what stands before it


class ExportDialog(QDialog):
    """Variables, neurons, interval, rows, format; then the file. The run goes on meanwhile.

    Signals:
        chosen: Path and `Wanted`, once a file was named.
    """

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, document: Document, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export traces")
        self._document, self._folder = document, folder
        self._suffix = ".csv"
        self._times: dict[str, float | None] = {"every": None, "start": None, "end": None}
        there = {v.id for v in offered(document.circuit)}
        self._boxes = {name: Tick(title) for name, title in VARIABLES if name in there}
        for name, box in self._boxes.items():
            box.setChecked(name in ("v", "tau", "input"))
            box.setObjectName(f"variable:{name}")
            box.toggled.connect(self._sync)
        self.neurons = self._choice([], self._choose_neurons)
        self._which: object = None
        self.format = self._choice(FORMATS, self._choose_format)
        self.format.show_value(self._suffix)
        self._problem = Text(dim=1)
        self._problem.setFont(theme.font(11))
        self.export = QPushButton("Export…")
        self.export.setObjectName("primary")
        self.export.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a field with a bad time keeps the focus
        self.export.clicked.connect(self._finish)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.export, cancel):
            button.setAutoDefault(False)  # Enter belongs to the fields
        self._about = Text(dim=2)
        self._about.setFont(theme.font(11))
        self._lay_out(cancel)
        for signal in (document.changed, document.selection_changed):
            signal.connect(self._sync)
        document.replaced.connect(self.reject)
        self._sync()

    def _lay_out(self, cancel: QPushButton) -> None:
        head = QLabel("The run so far, computed again at every step")
        head.setFont(theme.named("title"))
        self.setLayout(
            column(
                head, self._about, 12, *self._boxes.values(), 10, Line(), 10,
                labelled("neurons", self.neurons, LABEL),
                labelled("from", self._time("start", "the start"), LABEL), labelled("to", self._time("end", "now"), LABEL),
                labelled("a row every", self._time("every", "step"), LABEL), labelled("format", self.format, LABEL), self._problem, 8,
                row(None, cancel, self.export, spacing=8),
                spacing=4, margins=(22, 18, 22, 18),
            )
        )  # fmt: skip
        self.setFixedWidth(340)

    def _choice(self, options: list[tuple[object, str]], take: Callable[[object], None]) -> Choice:
        choice = Choice(options)
        choice.setFixedWidth(WIDTH)
        choice.chosen.connect(take)
        return choice

    def _time(self, name: str, empty: str) -> Field:
        """A field for a time; left empty it stands for what its text says."""
        field = Field(lambda text: self._take_time(name, field, text))
        field.setObjectName(f"time:{name}")
        field.setPlaceholderText(empty)
        field.setFixedWidth(WIDTH)
        field.refused.connect(self._show_problem)
        return field

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)

    @property
    def _unit(self) -> str:
        return self._document.circuit.unit_system.unit(Dimension.TIME)

    # what is chosen -----------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """Everything that was chosen."""
        variables = tuple(name for name, box in self._boxes.items() if box.isChecked())
        elements = self._document.circuit.elements
        names = {
            "traced": [elements[i].name for i in self._document.traced],  # type: ignore[union-attr]
            "selected": [e.name for e in self._selected()],
        }.get(str(self._which))
        return Wanted(variables, None if names is None else tuple(names), **self._times)

    def _selected(self) -> list[Neuron]:
        chosen = self._document.selection
        return [neuron for neuron in self._document.circuit.neurons if neuron.id in chosen]

    def _sync(self) -> None:
        """Offer what there is now, and say what the run has."""
        counts = {
            "all": len(self._document.circuit.neurons),
            "traced": len(self._document.traced),
            "selected": len(self._selected()),
        }
        if not counts.get(str(self._which)):
            self._which = "traced" if counts["traced"] else "all"
        titles = {"all": "All", "traced": "On the scope", "selected": "Selected"}
        options: list[tuple[object, str]] = [(w, f"{titles[w]} ({n})") for w, n in counts.items() if n]
        self.neurons.set_options(options)
        self.neurons.show_value(self._which)
        self.export.setEnabled(any(box.isChecked() for box in self._boxes.values()))
        status = self._document.status()
        self._about.setText(
            f"up to {number(status.t)} {self._unit}, solver step {number(status.dt)} {self._unit}"
        )

    def _choose_neurons(self, which: object) -> None:
        self._which = which
        self._sync()

    def _choose_format(self, suffix: object) -> None:
        self._suffix = str(suffix)
        self.format.show_value(suffix)

    def _take_time(self, name: str, field: Field, text: str) -> str | None:
        value = None
        if text.strip():
            try:
                value = parse(text, Dimension.TIME, self._document.circuit.unit_system)
            except ValueError as error:
                return sentence(error)
            if value < 0 or (name != "start" and value == 0):
                return "Use a time above 0."
        chosen = self._times | {name: value}
        start, end = chosen["start"] or 0.0, chosen["end"]
        if end is not None and end <= start:
            return "The end must come after the start."
        self._times = chosen
        field.show_text("" if value is None else f"{number(value, 6)} {self._unit}")
        return None

    def _finish(self) -> None:
        """Ask where to, and go; a time that could not be read is to be mended first."""
        if not all(field.submit() for field in self.findChildren(Field)):
            return
        suggestion = self._folder / f"{self._document.file_stem}{self._suffix}"
        path = ask_path(self, "Export traces to", suggestion, dict(FORMATS)[self._suffix], self._suffix)
        if path is not None:
            self.chosen.emit(path, self.wanted)
            self.accept()
