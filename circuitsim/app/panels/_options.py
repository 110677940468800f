"""The options of an analysis as a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from circuitsim.app.panels._size_row import ChoiceRow, SizeRow
from circuitsim.app.widgets.boxes import column
from circuitsim.spec.size import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.analysis._declare import Option, Which
    from circuitsim.app.document.document import Document

LABEL, CONTROL = 92, 148  # px


class Options(QWidget):
    """One line for each option; elements are offered as the circuit has them.

    Attributes:
        values: What is chosen, by name.

    Signals:
        changed: Something else is chosen.
    """

    changed = Signal()

    def __init__(self, document: Document, options: Sequence[Option]) -> None:
        super().__init__()
        self._document = document
        self.values: dict[str, float | str] = {}
        self._elements: list[tuple[Which, ChoiceRow]] = []
        lines = [self._line(option) for option in options]
        self.setLayout(column(*lines))
        document.changed.connect(self._offer)
        document.replaced.connect(self._offer)
        self._offer()

    def _line(self, option: Option) -> QWidget:
        if isinstance(option, Size):
            self.values[option.name] = option.default
            line = SizeRow(option, option.default, label=LABEL, width=CONTROL)
            line.changed.connect(lambda value, name=option.name: self._take(name, value))
            return line
        self.values[option.name] = ""
        chooser = ChoiceRow(option.name, option.title, [], label=LABEL, width=CONTROL)
        chooser.setToolTip(option.doc)
        chooser.chosen.connect(lambda value, name=option.name: self._take(name, value))
        self._elements.append((option, chooser))
        return chooser

    def _take(self, name: str, value: float | str) -> None:
        if self.values[name] != value:
            self.values[name] = value
            for option, chooser in self._elements:
                if option.name == name:
                    chooser.show_value(value)
            self.changed.emit()

    def _offer(self) -> None:
        """Offer the elements that are there; one that is gone is chosen no more."""
        for option, chooser in self._elements:
            names = option.names(self._document.circuit)
            if self.values[option.name] not in names:
                self.values[option.name] = ""
            chooser.choice.set_options([("", option.every), *((name, name) for name in names)])
            chooser.show_value(self.values[option.name])
