"""What is written on the card of a kind, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.equations.view import EquationView
from circuitsim.app.help.signs import filled, rows
from circuitsim.app.help.subject import who
from circuitsim.app.panels._rows import Section
from circuitsim.app.widgets.boxes import Line, column
from circuitsim.spec.notation import Clause, equations

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.app.help.signs import Row
    from circuitsim.app.help.subject import Subject

SMALL, SIGN = 15.0, 14.0  # px of the letters with numbers put in, and of the signs in the list
SIGNS = 52  # px, width of the column of signs
VALUES = 96  # px, width of values


class HelpPage(QWidget):
    """Summary, equation, present numbers, signs, warning and source of a kind."""

    def __init__(self, document: Document, subject: Subject) -> None:
        super().__init__()
        self._document, self.subject = document, subject
        kind = subject.kind
        general = EquationView()
        general.show_equations(equations(kind.equation))
        general.setAccessibleName(kind.equation)
        self.numbers = EquationView(SMALL, faint=True)
        self.caption = QLabel()
        self.caption.setFont(theme.named("micro"))
        self.caption.setProperty("dim", "2")
        self._line = Line()
        paper = QFrame()
        paper.setObjectName("paper")
        paper.setLayout(
            column(general, 8, self._line, 6, self.caption, self.numbers, spacing=2, margins=(12, 9, 12, 9))
        )
        found = rows(document, subject)
        self._values = [QLabel() for _ in found]
        parts: list[QWidget | int] = [
            _prose(kind.doc),
            8,
            paper,
            Section("When not to use it"),
            _prose(kind.avoid),
        ]
        if found:
            parts += [
                Section("Signs", "now" if subject.ids else "unit or default"),
                _signs(found, self._values),
            ]
        if kind.reference:
            parts += [Section("Source"), _prose(kind.reference)]
        self.box = column(*parts, None, margins=(14, 2, 14, 12))
        self.setLayout(self.box)
        self.sync()

    def sync(self) -> None:
        """Show the numbers that are in force."""
        put = filled(self._document, self.subject)
        self.numbers.show_equations(put)
        self.caption.setText(f"with {who(self._document, self.subject)}")
        for part in (self._line, self.caption, self.numbers):
            part.setVisible(bool(put))
        for label, row in zip(self._values, rows(self._document, self.subject), strict=True):
            if label.text() != row.value:
                label.setText(row.value)


def _prose(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("dim", "1")
    return label


def _signs(found: list[Row], values: list[QLabel]) -> QWidget:
    """A line for each sign of the equation."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for line, (row, value) in enumerate(zip(found, values, strict=True)):
        sign = EquationView(SIGN)
        sign.show_equations((Clause(row.sign),))
        sign.setFixedWidth(SIGNS)
        meaning = _prose(row.meaning)
        value.setFont(theme.named("field"))
        value.setProperty("dim", "" if row.has_value else "2")
        value.setMaximumWidth(VALUES)
        grid.addWidget(sign, line, 0, top)
        grid.addWidget(meaning, line, 1, top)
        grid.addWidget(value, line, 2, top | Qt.AlignmentFlag.AlignRight)
    result = QWidget()
    result.setLayout(grid)
    return result
