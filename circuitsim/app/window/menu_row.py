"""The row above everything: menus, the name of what is open, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.measures import MENU
from circuitsim.app.widgets.boxes import row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenuBar

    from circuitsim.app.document.document import Document
    from circuitsim.app.window.search import Search


class MenuRow(QFrame):
    """Keeps the name in the middle of the window."""

    def __init__(self, document: Document, bar: QMenuBar, search: Search) -> None:
        super().__init__()
        self.setObjectName("menurow")
        self.setFixedHeight(MENU)
        self.setAutoFillBackground(True)
        self._document = document
        self._name, self._mark = QLabel(), QLabel()
        self._name.setFont(theme.named("field"))
        self._mark.setProperty("dim", "2")
        left, right = QWidget(), QWidget()
        left.setLayout(row(bar, None))
        right.setLayout(row(None, search.field, margins=(0, 0, 8, 0)))
        # name and mark stand in this row itself: a row within it would hear a moment later that one of them has grown
        line = row(left, self._name, self._mark, right, spacing=0)
        line.setStretch(0, 1)
        line.setStretch(3, 1)
        self.setLayout(line)

    def sync(self) -> None:
        """Show the name, and whether all of it is saved."""
        doc = self._document
        self._name.setText(doc.name)
        suffix = ".circuit.json" if doc.path is not None else ""
        self._mark.setText(f"{suffix}  •" if doc.dirty else suffix)
        self._mark.setToolTip("Changes are not saved" if doc.dirty else "")
