"""What stands below the canvas: the scope, and behind it one laboratory a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QToolButton, QWidget

from circuitsim.analysis import analyses
from circuitsim.app import theme
from circuitsim.app.document.asking import Asking
from circuitsim.app.panels._laboratory import LaboratoryPanel
from circuitsim.app.theme.measures import TAB
from circuitsim.app.widgets.boxes import column, row

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._panel import PanelView


def bottom_of(document: Document, scope: PanelView) -> Bottom:
    """The scope and every laboratory."""
    asking = Asking(document)
    laboratories = [(a.id, a.title, LaboratoryPanel(document, a, asking)) for a in analyses().values()]
    return Bottom([("scope", "Scope", scope), *laboratories])


class Bottom(QFrame):
    """Tabs, and at their right the tools of the panel in front.

    Signals:
        turned: Another panel is in front; its id.
    """

    turned = Signal(str)

    def __init__(self, panels: list[tuple[str, str, PanelView]]) -> None:
        super().__init__()
        self.setObjectName("scope")
        self._ids = [name for name, _, _ in panels]
        self.tabs: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._stack, self._heads = QStackedWidget(), QStackedWidget()
        for name, title, view in panels:
            self._stack.addWidget(view)
            self._heads.addWidget(view.head or QWidget())
            self.tabs[name] = self._tab(name, title)
        self._heads.setFixedHeight(TAB)
        head = row(*self.tabs.values(), 8, self._heads, spacing=0, margins=(4, 0, 10, 0))
        head.setStretch(len(self.tabs) + 1, 1)
        self.setLayout(column(head, self._stack))

    def _tab(self, name: str, title: str) -> QToolButton:
        tab = QToolButton()
        tab.setObjectName("tab")
        tab.setText(title)
        tab.setFont(theme.named("field"))
        tab.setCheckable(True)
        tab.setChecked(name == self._ids[0])
        tab.setFixedHeight(TAB)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab.clicked.connect(lambda: self.turn_to(name))
        self._group.addButton(tab)
        return tab

    @property
    def front(self) -> str:
        """Id of the panel in front."""
        return self._ids[self._stack.currentIndex()]

    @property
    def view(self) -> PanelView:
        """The panel in front."""
        return self._stack.currentWidget()  # type: ignore[return-value]

    def refresh(self) -> None:
        """Let the laboratory in front follow the run; the scope is asked by itself."""
        if self.isVisible() and self.front != self._ids[0]:
            self.view.refresh()

    def turn_to(self, name: str) -> None:
        """Bring a panel to the front."""
        self.tabs[name].setChecked(True)
        if name != self.front:
            k = self._ids.index(name)
            self._stack.setCurrentIndex(k)
            self._heads.setCurrentIndex(k)
            self.turned.emit(name)
