"""Rows of the inspector: section heads, choices, texts, facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import Line, Text, column, row
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable

DOT = 11  # width of the dot before the name
FIELD = 72  # width of a field for a number
GAP = 2  # between a field and what stands behind it
PIN = 18  # width of that
VALUE = 138  # width of other fields, choices and facts
WIDE = 168  # width of what holds a title or the name of a kind


class Section(QWidget):
    """A hairline and a head, with a note or a link at its right end."""

    def __init__(self, title: str, note: str = "", link: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._title = QLabel(title)
        self._title.setProperty("head", "1")
        self._note: QLabel | QToolButton
        if link is None:
            self._note = QLabel(note)
            self._note.setProperty("dim", "2")
        else:
            self._note = QToolButton()
            self._note.setObjectName(f"link:{note}")
            self._note.setText(note)
            self._note.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._note.clicked.connect(link)
        self._note.setFont(theme.named("micro"))
        if link is not None:
            self._note.setProperty("link", "1")
            self._note.setFixedWidth(self._note.fontMetrics().horizontalAdvance(note) + 2)
        self.setLayout(column(6, Line(), row(self._title, None, self._note), spacing=5))
        self.setFixedHeight(33)

    def set_title(self, text: str) -> None:
        """Have another head."""
        if self._title.text() != text:
            self._title.setText(text)

    def set_note(self, text: str) -> None:
        """Show another note."""
        if self._note.text() != text:
            self._note.setText(text)


class Prose(QLabel):
    """A text of several lines that is there to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(theme.named("body"))
        self.setProperty("dim", "1")
        self.setContentsMargins(DOT, 0, 0, 4)


class Problem(QLabel):
    """A sentence below a row that says what was wrong with what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setFont(theme.named("label"))
        self.setProperty("bad", "1")
        self.setContentsMargins(DOT, 0, 0, 4)
        self.hide()

    def show_problem(self, text: str) -> None:
        """Show a sentence; an empty one hides the row."""
        self.setText(text[:1].upper() + text[1:])
        self.setVisible(bool(text))


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
        self.choice.setFixedWidth(WIDE if title == "kind" else VALUE)
        self.setLayout(row(_caption(title), self.choice, spacing=8, margins=(DOT, 3, 0, 3)))


class TextRow(QWidget):
    """A name and a text field; a unit, even an empty one, makes it a field for a number.

    `behind` stands behind a number, in line with the pins of parameters; without it that place is empty, unless
    the row is to end where other fields end.
    """

    def __init__(
        self,
        title: str,
        accept: Callable[[str], str | None],
        unit: str | None = None,
        behind: QWidget | None = None,
        *,
        pinless: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(f"text:{title}")
        self.field = Field(accept, unit or "", right=unit is not None)
        self.field.setFixedWidth(VALUE if unit is None else FIELD)
        self.problem = Problem()
        self.field.refused.connect(self.problem.show_problem)
        line = row(_caption(title), 8, self.field, spacing=0, margins=(DOT, 0, 0, 0))
        if unit is not None and not pinless:
            line.addSpacing(GAP if behind is not None else GAP + PIN)
        if behind is not None:
            line.addWidget(behind)
        self.setLayout(column(line, self.problem, spacing=2, margins=(0, 3, 0, 3)))


class FactRow(QWidget):
    """A name and a text that cannot be changed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.value = QLabel()
        self.value.setFont(theme.named("field"))
        self.value.setFixedWidth(VALUE)
        self.value.setIndent(8)  # in line with the texts in fields
        self.setLayout(row(_caption(title), self.value, spacing=8, margins=(DOT, 3, 0, 3)))


def _caption(title: str) -> Text:
    caption = Text(title, dim=1)
    caption.setFont(theme.named("label"))
    return caption
