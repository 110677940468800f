"""A live value of the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import row
from circuitsim.app.widgets.sparkline import Sparkline

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Readout(QWidget):
    """A live value with its unit and its recent past."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setFixedHeight(27)
        self.setObjectName(f"readout:{title}")
        name = QLabel(title)
        name.setFont(theme.named("field"))
        name.setProperty("dim", "1")
        name.setFixedWidth(max(22, name.fontMetrics().horizontalAdvance(title) + 4))
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

    def clear(self) -> None:
        """Show nothing, until there is a value."""
        self.show_value("", "", np.empty(0), theme.current().text3)

    def show_value(
        self, text: str, unit: str, past: NDArray[np.float64], ink: str, bad: bool = False
    ) -> None:
        """Show a value, its unit and float64[k] of its past."""
        self._value.setText(text)
        if unit != self._unit.text():
            self._unit.setText(unit)
        if bad != bool(self._value.property("bad")):
            self._value.setProperty("bad", "1" if bad else "")
            self._value.style().unpolish(self._value)
            self._value.style().polish(self._value)
        self._spark.show_values(past, ink)
