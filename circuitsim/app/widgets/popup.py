"""A small card that asks one thing and goes away when it is answered or clicked beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable


class Ask(QFrame):
    """Title, field, button, and the sentence that says why an answer is refused."""

    def __init__(
        self, parent: QWidget, title: str, unit: str, verb: str, accept: Callable[[str], str | None]
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._accept = accept
        head = QLabel(title)
        head.setProperty("head", "1")
        self.field = Field(self._take, unit)
        self.field.setFixedWidth(110)
        self.button = QPushButton(verb)
        self.button.setObjectName("primary")
        self.button.clicked.connect(self._finish)
        self._problem = QLabel()
        self._problem.setProperty("dim", "1")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.field.refused.connect(self._show_problem)
        self.field.returnPressed.connect(self._finish)
        line = row(self.field, self.button, spacing=8)
        self.setLayout(column(head, line, self._problem, spacing=6, margins=(12, 9, 12, 11)))

    def _take(self, text: str) -> str | None:
        problem = self._accept(text)
        if problem is None:
            self.field.show_text(text)
        return problem

    def _finish(self) -> None:
        """Take the text, typed or proposed, and go."""
        problem = self._accept(self.field.text())
        self._show_problem(problem or "")
        if problem is None:
            self.field.setModified(False)
            self.close()

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.adjustSize()

    def ask(self, text: str, below: QWidget) -> None:
        """Open below a widget with a proposed answer."""
        self.field.show_text(text)
        self.adjustSize()
        self.move(below.mapToGlobal(QPoint(0, below.height() + 4)))
        self.show()
        self.field.setFocus()
        self.field.selectAll()
