"""The side at the right of the canvas: panels behind tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.measures import TAB
from circuitsim.app.widgets.boxes import Line, column, row

if TYPE_CHECKING:
    from circuitsim.app.panels._panel import PanelView


class Side(QFrame):
    """The first panel is in front unless another one is asked for.

    Signals:
        turned: Another panel is in front; its id.
    """

    turned = Signal(str)

    def __init__(self, panels: list[tuple[str, str, PanelView]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._ids = [name for name, _, _ in panels]
        self._titles = {name: title for name, title, _ in panels}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self.tabs = {name: self._tab(name, title) for name, title, _ in panels}
        head = row(*self.tabs.values(), None, spacing=0, margins=(4, 0, 4, 0))
        self.setLayout(column(head, Line(), self._stack, margins=(1, 0, 0, 0)))
        for _, _, view in panels:  # last, since a widget that is given a parent is dressed anew
            self._stack.addWidget(view)

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

    def turn_to(self, name: str) -> None:
        """Bring a panel to the front."""
        self.tabs[name].setChecked(True)
        if name != self.front:
            self._stack.setCurrentIndex(self._ids.index(name))
            self.turned.emit(name)

    def show_count(self, name: str, count: int) -> None:
        """Show a number behind a title; 0 hides it."""
        self.tabs[name].setText(f"{self._titles[name]}  {count}" if count else self._titles[name])
