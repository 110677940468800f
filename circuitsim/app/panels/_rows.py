"""Rows of the inspector: section heads, parameters, choices, texts, read-outs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import from_fraction, number, read, to_fraction
from circuitsim.app.widgets.boxes import Line, Text, column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.slider import Slider
from circuitsim.app.widgets.sparkline import Sparkline
from circuitsim.circuit.edits import SetParameter
from circuitsim.circuit.elements import Input, Neuron, Synapse
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.spec.parameter import Parameter

FIELD = 82  # width of the value field of a parameter
VALUE = 136  # width of other fields, choices and facts


class Section(QWidget):
    """A hairline and a head, with a note or a link at its right end."""

    def __init__(self, title: str, note: str = "", link: Callable[[], None] | None = None) -> None:
        super().__init__()
        head = QLabel(title)
        head.setProperty("head", "1")
        self._note: QLabel | QToolButton
        if link is None:
            self._note = QLabel(note)
            self._note.setProperty("dim", "2")
        else:
            self._note = QToolButton()
            self._note.setText(note)
            self._note.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._note.clicked.connect(link)
        self._note.setFont(theme.named("micro"))
        self.setLayout(column(6, Line(), row(head, None, self._note), spacing=5))
        self.setFixedHeight(33)

    def set_note(self, text: str) -> None:
        """Show another note."""
        if self._note.text() != text:
            self._note.setText(text)


class ResetDot(QWidget):
    """A dot where a value differs from its default; a click resets it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(11, 16)
        self._lit = False

    def show_lit(self, lit: bool, default: str) -> None:
        """Show or hide the dot."""
        if lit != self._lit:
            self._lit = lit
            self.setCursor(Qt.CursorShape.PointingHandCursor if lit else Qt.CursorShape.ArrowCursor)
            self.update()
        self.setToolTip(f"Default {default}; click to reset" if lit else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Reset."""
        if self._lit:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The dot."""
        if self._lit:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
            painter.drawEllipse(QPointF(3, self.height() / 2), 3, 3)


class Problem(QLabel):
    """A sentence below a row that says what was wrong with what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setFont(theme.named("label"))
        self.setForegroundRole(QPalette.ColorRole.BrightText)
        self.setContentsMargins(11, 0, 0, 4)
        self.hide()

    def show_problem(self, text: str) -> None:
        """Show a sentence; an empty one hides the row."""
        self.setText(text[:1].upper() + text[1:])
        self.setStyleSheet(f"color: {theme.current().error}")
        self.setVisible(bool(text))


class ParameterRow(QWidget):
    """One parameter of one or several elements: name, symbol, slider, value with unit."""

    def __init__(self, document: Document, ids: tuple[int, ...], parameter: Parameter) -> None:
        super().__init__()
        self.setObjectName(f"parameter:{parameter.name}")
        self._document, self._ids, self.parameter = document, ids, parameter
        self.setToolTip(f"{parameter.doc}")
        system = document.circuit.unit_system
        name = QLabel(parameter.title)
        name.setFont(theme.named("label"))
        name.setProperty("dim", "1")
        symbol = QLabel(parameter.symbol)
        symbol.setFont(theme.named("label"))
        symbol.setProperty("dim", "2")
        self._dot = ResetDot()
        self._dot.clicked.connect(lambda: self._push(self._default))
        self.problem = Problem()
        left: QWidget | QHBoxLayout
        right: QWidget
        if parameter.choices:
            self.choice = Choice((float(k), title) for k, title in enumerate(parameter.choices))
            self.choice.chosen.connect(self._push)
            self.choice.setFixedWidth(FIELD + 14)
            left, right = row(self._dot, name, 4, symbol, None, spacing=0), self.choice
            body = row(left, right, spacing=8)
        else:
            self.field = Field(self._accept, system.unit(parameter.dimension))
            self.field.setFixedWidth(FIELD)
            self.field.refused.connect(self.problem.show_problem)
            self.slider = Slider()
            self.slider.pressed.connect(document.begin_gesture)
            self.slider.moved.connect(self._slide)
            self.slider.released.connect(document.end_gesture)
            head = row(self._dot, name, 4, symbol, None, spacing=0)
            right = self.field
            body = row(column(head, row(11, self.slider, spacing=0), spacing=1), right, spacing=10)
        body.setAlignment(right, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(body, self.problem, spacing=2, margins=(0, 2, 0, 3)))
        self.sync()

    @property
    def _default(self) -> float:
        return self.parameter.range(self._document.circuit.document.unit_system).default

    def values(self) -> set[float]:
        """The different values of the parameter among the elements."""
        elements = [self._document.circuit.elements[i] for i in self._ids]
        return {
            e.parameters[self.parameter.name] for e in elements if isinstance(e, Neuron | Synapse | Input)
        }

    def sync(self) -> None:
        """Show the values in force."""
        values = self.values()
        value = min(values, default=self._default)
        same = len(values) == 1
        system = self._document.circuit.unit_system
        default = number(self._default)
        if self.parameter.choices:
            self.choice.show_value(value if same else None)
            default = self.parameter.choices[int(self._default)]
        else:
            self.field.show_text(number(value) if same else "several")
            self.slider.set_fraction(to_fraction(value, self.parameter, system.id))
            default = f"{default} {system.unit(self.parameter.dimension)}".strip()
        self._dot.show_lit(values != {self._default}, default)

    def _slide(self, fraction: float) -> None:
        self.problem.show_problem("")
        self._push(from_fraction(fraction, self.parameter, self._document.circuit.document.unit_system))

    def _push(self, value: object) -> bool:
        assert isinstance(value, float)  # noqa: S101  (choices and sliders carry numbers)
        return self._document.push(SetParameter(self._ids, self.parameter.name, value))

    def _accept(self, text: str) -> str | None:
        """Take what was typed, or say why not."""
        try:
            value = read(text, self.parameter, self._document.circuit.unit_system)
        except ValueError as error:
            self._document.refuse(Issue(self.parameter.title, str(error), "the old value stays"))
            return f"{error}."
        return None if self._push(value) else "The circuit does not allow this value."


class ChoiceRow(QWidget):
    """A name and a choice."""

    def __init__(
        self, title: str, options: list[tuple[object, str]], value: object, chosen: Callable[[object], object]
    ) -> None:
        super().__init__()
        self.setObjectName(f"choice:{title}")
        self.choice = Choice(options)
        self.choice.show_value(value)
        self.choice.chosen.connect(chosen)
        self.choice.setFixedWidth(VALUE)
        self.setLayout(row(_caption(title), self.choice, spacing=8, margins=(11, 3, 0, 3)))


class TextRow(QWidget):
    """A name and a text field; a unit, even an empty one, makes it a field for a number."""

    def __init__(
        self, title: str, accept: Callable[[str], str | None], unit: str | None = None, width: int = VALUE
    ) -> None:
        super().__init__()
        self.setObjectName(f"text:{title}")
        self.field = Field(accept, unit or "", right=unit is not None)
        self.field.setFixedWidth(width)
        self.problem = Problem()
        self.field.refused.connect(self.problem.show_problem)
        line = row(_caption(title), self.field, spacing=8)
        line.setContentsMargins(11, 0, 0, 0)
        self.setLayout(column(line, self.problem, spacing=2, margins=(0, 3, 0, 3)))


class FactRow(QWidget):
    """A name and a text that cannot be changed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.value = QLabel()
        self.value.setFont(theme.named("field"))
        self.value.setFixedWidth(VALUE)
        self.value.setIndent(8)  # in line with the texts in fields
        self.setLayout(row(_caption(title), self.value, spacing=8, margins=(11, 3, 0, 3)))


class Readout(QWidget):
    """A live value with its unit and its recent past."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setFixedHeight(27)
        self.setObjectName(f"readout:{title}")
        name = QLabel(title)
        name.setFont(theme.named("field"))
        name.setProperty("dim", "1")
        name.setFixedWidth(22)
        self._value, self._unit, self._spark = QLabel(), QLabel(), Sparkline()
        self._value.setFont(theme.named("value"))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFixedWidth(64)
        self._unit.setFont(theme.named("label"))
        self._unit.setProperty("dim", "2")
        self._unit.setFixedWidth(26)
        self.setLayout(row(name, self._value, 6, self._unit, 4, spacing=0))
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)  # noqa: S101  (made above)
        layout.addWidget(self._spark, 1)

    @property
    def text(self) -> str:
        """The value as shown."""
        return self._value.text()

    def show_value(
        self, text: str, unit: str, past: NDArray[np.float64], ink: str, bad: bool = False
    ) -> None:
        """Show a value, its unit and float64[k] of its past."""
        self._value.setText(text)
        self._unit.setText(unit)
        if bad != bool(self._value.styleSheet()):
            self._value.setStyleSheet(f"color: {theme.current().error}" if bad else "")
        self._spark.show_values(past, ink)


def _caption(title: str) -> Text:
    caption = Text(title, dim=1)
    caption.setFont(theme.named("label"))
    return caption
