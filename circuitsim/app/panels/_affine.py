"""Gain and offset of a column that a network reads, as two numbers in one row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.document.names import lookup
from circuitsim.app.document.quantity import number, parse, sentence
from circuitsim.app.panels._rows import DOT, VALUE, Problem
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.app.widgets.field import Field
from circuitsim.circuit.elements import Cell
from circuitsim.circuit.networks import read_nothing
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids
    from circuitsim.circuit.elements import Reading

BETWEEN = 8  # px between the two fields


class AffineRow(QWidget):
    """What the value of a column is multiplied with, and what is added."""

    def __init__(self, document: Document, of: Callable[[], Ids], place: int) -> None:
        super().__init__()
        self._document, self._of, self._place = document, of, place
        self.fields = {name: Field(self._taker(name)) for name in ("gain", "offset")}
        caption = Text("gain, offset", dim=2)
        caption.setFont(theme.named("label"))
        problem = Problem()
        for name, field in self.fields.items():
            field.setObjectName(f"{name}:{place}")
            field.setAccessibleName(f"{name} of column {place}")
            field.setFixedWidth((VALUE - BETWEEN) // 2)
            field.refused.connect(problem.show_problem)
        line = row(caption, *self.fields.values(), spacing=BETWEEN, margins=(DOT, 0, 0, 0))
        self.setLayout(column(line, problem, spacing=2, margins=(0, 0, 0, 5)))
        self.fields["gain"].setToolTip("The value that is read is multiplied with this")
        self.fields["offset"].setToolTip("Then this is added; a column that reads nothing reads this alone")

    def sync(self) -> None:
        """Show what the circuit holds."""
        reading = self._cell().reads[self._place]
        self.fields["gain"].show_text(number(reading.gain, 6))
        self.fields["offset"].show_text(number(reading.offset, 6))

    def revert(self) -> None:
        """Forget what was typed, since the fields are about another network now."""
        for field in self.fields.values():
            field.revert()

    def _cell(self) -> Cell:
        return self._document.circuit.get(self._of()[0], Cell)

    def _taker(self, name: str) -> Callable[[str], str | None]:
        def take(text: str) -> str | None:
            system = self._document.circuit.unit_system
            try:
                value = parse(text, Dimension.NONE, system, lookup(self._document, None, {}))
            except ValueError as error:
                return sentence(error)
            cell = self._cell()
            now = cell.reads[self._place]
            reading: Reading = replace(now, gain=value) if name == "gain" else replace(now, offset=value)
            edit = read_nothing(cell, self._place, reading, f"Set {name} of column {self._place}")
            return None if self._document.push(edit) else "The circuit does not allow this value."

        return take
