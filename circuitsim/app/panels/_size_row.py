"""One line for each number of what is built or asked: its name, its control, and below it why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import number, parse, sentence
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.tick import Tick
from circuitsim.spec.issue import InputError
from circuitsim.spec.unit import UNIT_SYSTEMS, Dimension

if TYPE_CHECKING:
    from circuitsim.spec.size import Size

WIDTH, LABEL = 180, 146  # px of a control and of its name
NARROW = 84  # px of a field for a number
DIGITS = 10
STEP, LARGE_STEP = 0.05, 10  # of numbers that are not whole; large ones by Shift


class ChoiceRow(QWidget):
    """A choice behind its name.

    Signals:
        chosen: The value that was picked.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        title: str,
        options: list[tuple[object, str]],
        *,
        label: int = LABEL,
        width: int = WIDTH,
    ) -> None:
        super().__init__()
        self.choice = Choice(options)
        self.choice.setObjectName(f"size:{name}")
        self.choice.setFixedWidth(width)
        self.choice.setAccessibleName(title)
        self.choice.chosen.connect(self.chosen)
        self.setLayout(row(_label(title, label), self.choice, None, spacing=10, margins=(0, 2, 0, 2)))

    def show_value(self, value: object) -> None:
        """Show the value in force."""
        self.choice.show_value(value)


class SizeRow(QWidget):
    """A number, a switch or a choice behind its name.

    Attributes:
        control: What is said by.

    Signals:
        changed: The new number.
    """

    changed = Signal(float)

    def __init__(self, size: Size, value: float, *, label: int = LABEL, width: int = WIDTH) -> None:
        super().__init__()
        self._size, self._value, self._width = size, value, width
        self._bad_text = False
        self._field: Field | None = None
        self.control = control = self._control()
        control.setObjectName(f"size:{size.name}")
        control.setAccessibleName(size.title)
        self._line = row(_label(size.title, label), control, None, spacing=10, margins=(0, 2, 0, 2))
        self._problem = QLabel()
        self._problem.setObjectName(f"problem:{size.name}")
        self._problem.setWordWrap(True)
        self._problem.setFont(theme.font(11))
        self._problem.setFixedWidth(label + 10 + width)
        self._problem.hide()
        self.setLayout(column(self._line, self._problem))
        self.setToolTip(size.doc)
        self.show_number(value)

    def append(self, widget: QWidget) -> None:
        """Put something behind the control."""
        self._line.insertWidget(2, widget)

    def _control(self) -> QWidget:
        if self._size.is_switch:
            self._tick = Tick("")
            self._tick.setChecked(bool(self._value))
            self._tick.toggled.connect(lambda on: self._take(float(on)))
            return self._tick
        if self._size.choices:
            self._choice = Choice([(float(k), c.replace("_", " ")) for k, c in enumerate(self._size.choices)])
            self._choice.setFixedWidth(self._width)
            self._choice.chosen.connect(self._pick)
            return self._choice
        self._field = Field(self._accept, steps=True)
        self._field.setFixedWidth(NARROW)
        self._field.refused.connect(self._refuse)
        self._field.stepped.connect(lambda way, large, _held: self._step(way * (LARGE_STEP if large else 1)))
        self._field.turned.connect(lambda notches: self._step(round(notches)))
        self._field.textEdited.connect(self._look)
        self._field.left.connect(self._settle)
        return self._field

    def show_number(self, value: float) -> None:
        """Show the number in force."""
        self._value = self._shown = value
        if self._field is not None:
            self._field.show_text(number(value, DIGITS))
        elif not self._size.is_switch:
            self._choice.show_value(value)

    def submit(self) -> bool:
        """Hand over what was typed; True if there is nothing to correct."""
        return self._field is None or self._field.submit()

    def tell(self, problem: str) -> None:
        """Say what is wrong with the number beside the others, or that nothing is."""
        if self._field is not None and (problem or self._problem.text()):
            self._field.stress(on=bool(problem))
        self._say(problem)

    def _refuse(self, problem: str) -> None:
        """Say why the text is no number, until another one is typed."""
        self._bad_text = bool(problem)
        self._say(problem)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _take(self, value: float) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _pick(self, value: object) -> None:
        assert isinstance(value, float)  # noqa: S101  (the values of the choice)
        self._choice.show_value(value)
        self._take(value)

    def _step(self, steps: int) -> None:
        raw = self._value + steps * (1.0 if self._size.whole else STEP)
        self.show_number(round(min(self._size.high, max(self._size.low, raw)), DIGITS))
        self.changed.emit(self._value)

    def _read(self, text: str) -> float:
        """The number that a text spells.

        Raises:
            ValueError: If it spells none.
            InputError: If it makes no sense here.
        """
        return self._size.number(parse(text, Dimension.NONE, UNIT_SYSTEMS["liquid"]))

    def _accept(self, text: str) -> str | None:
        try:
            value = self._read(text)
        except ValueError as error:
            return sentence(error)
        except InputError as error:
            return f"Give {self._size.range}." if error.issues else None
        self._take(value)
        self.show_number(value)
        return None

    def _settle(self) -> None:
        """Come back to the number that is shown, where what was typed was looked at and then given up."""
        self._take(self._shown)

    def _look(self, text: str) -> None:
        """Let the picture follow what is typed, as far as it makes sense."""
        try:
            value = self._read(text)
        except (ValueError, InputError):
            return
        if self._bad_text:
            self._bad_text = False
            self.tell("")
        self._take(value)


def _label(text: str, width: int) -> QLabel:
    label = QLabel(text)
    label.setProperty("dim", "1")
    label.setFixedWidth(width)
    return label
