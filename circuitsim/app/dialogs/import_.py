"""How a file of another kind becomes a circuit: the options of its reader, each as a control."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import number
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.io.format import Question, Questions

if TYPE_CHECKING:
    from circuitsim.io.format import CircuitFormat, Option

WIDTH, LABEL = 170, 96  # px of a control and of what stands before it
HINT = 340  # px of a line of a hint


class ImportDialog(QDialog):
    """One line per option of the format.

    Signals:
        chosen: Values of the options, by name.
    """

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, path: Path, form: CircuitFormat, questions: Questions | None = None
    ) -> None:
        """Ask how to read a file.

        Args:
            parent: The window.
            path: The file.
            form: Its format.
            questions: What the file leaves open; None for every option.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import")
        self._folder = path.parent
        asked = questions or Questions(form.title, tuple(Question(o.name, o.default) for o in form.options))
        self.values: dict[str, Any] = {q.option: q.value for q in asked.each}
        self._problem = Text(dim=1)
        self._problem.setFont(theme.font(11))
        head = QLabel(f"{asked.about}: {path.name}")
        head.setFont(theme.named("title"))
        self.take = QPushButton("Import")
        self.take.setObjectName("primary")
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a field with a bad number keeps the focus
        self.take.clicked.connect(self._finish)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        for button in (self.take, cancel):
            button.setAutoDefault(False)  # Enter belongs to the fields
        options = {option.name: option for option in form.options}
        lines = [self._line(options[question.option], question.hint) for question in asked.each]
        self.setLayout(
            column(
                head, 10, *lines, self._problem, 8, row(None, cancel, self.take, spacing=8),
                spacing=4, margins=(22, 18, 22, 18),
            )
        )  # fmt: skip

    def _line(self, option: Option, hint: str) -> QWidget:
        """Name and control of an option, and below it the hint; what it means stands in the tip."""
        if option.choices:
            control: QWidget = self._choice(option)
        elif option.parse is Path:
            control = self._file(option)
        else:
            control = self._field(option)
        control.setObjectName(f"option:{option.name}")
        control.setFixedWidth(WIDTH)
        label = QLabel(option.name.replace("_", " "))
        label.setProperty("dim", "1")
        label.setFixedWidth(LABEL)
        line = QWidget()
        head = row(label, control, None, spacing=10)
        line.setLayout(column(head, *_below(hint), spacing=3, margins=(0, 2, 0, 6 if hint else 2)))
        line.setToolTip(f"{option.doc[:1].upper()}{option.doc[1:]}")
        return line

    def _choice(self, option: Option) -> Choice:
        choice = Choice([(text, text) for text in option.choices])
        choice.show_value(self.values[option.name])

        def take(value: object) -> None:
            self.values[option.name] = value
            choice.show_value(value)

        choice.chosen.connect(take)
        return choice

    def _field(self, option: Option) -> Field:
        def take(text: str) -> str | None:
            try:
                self.values[option.name] = option.parse(text.strip().replace("−", "-"))
            except ValueError:
                return f"{text.strip() or 'Nothing'} cannot be used here."
            field.show_text(number(self.values[option.name], 6))
            return None

        field = Field(take)
        field.show_text(number(self.values[option.name], 6))
        field.refused.connect(self._show_problem)
        return field

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)

    def _file(self, option: Option) -> QPushButton:
        button = QPushButton("None")
        button.setAutoDefault(False)

        def ask() -> None:
            name, _ = QFileDialog.getOpenFileName(
                self, option.doc, str(self._folder), "Tables (*.csv *.tsv);;All files (*)"
            )
            self.values[option.name] = Path(name) if name else None
            button.setText(Path(name).name if name else "None")

        button.clicked.connect(ask)
        return button

    def _finish(self) -> None:
        if all(field.submit() for field in self.findChildren(Field)):
            self.chosen.emit(self.values)
            self.accept()


def _below(hint: str) -> list[QWidget]:
    """A hint in small letters; nothing for an empty one."""
    if not hint:
        return []
    text = QLabel(hint)
    text.setFont(theme.font(11))
    text.setProperty("dim", "1")
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    text.setFixedWidth(HINT)
    text.setFixedHeight(text.heightForWidth(HINT))
    return [text]
