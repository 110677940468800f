"""What stands below the canvas: the scope, and behind it one laboratory a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QMenu, QStackedWidget, QToolButton, QWidget

from circuitsim.analysis import analyses
from circuitsim.app import theme
from circuitsim.app.document.asking import Asking
from circuitsim.app.panels._laboratory import LaboratoryPanel
from circuitsim.app.theme.measures import NARROW, TAB
from circuitsim.app.widgets.boxes import column, row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction, QResizeEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._panel import PanelView

SCOPE = "scope"  # id of the panel that is there from the start
FEW = 3  # tabs for which a narrow window has room beside what the scope has in its head


def bottom_of(document: Document, scope: PanelView, actions: Mapping[str, QAction]) -> Bottom:
    """The scope and every laboratory, which is also opened by its action."""
    asking = Asking(document)
    openers = {a.id: actions[f"laboratory_{a.id}"] for a in analyses().values()}
    return Bottom(scope, lambda name: LaboratoryPanel(document, analyses()[name], asking), openers)


class Bottom(QFrame):
    """Tabs, and at their right the tools of the panel in front.

    A narrow window shows the first tabs and the one in front; the others are in the menu behind them. A laboratory is made when
    it is turned to for the first time, so that a window opens as fast as without them.

    Signals:
        turned: Another panel is in front; its id.
        toured: A tour through a laboratory is asked for; its id.
    """

    turned = Signal(str)
    toured = Signal(str)

    def __init__(
        self, scope: PanelView, build: Callable[[str], LaboratoryPanel], openers: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self.setObjectName("scope")
        titles = {SCOPE: "Scope"} | {a.id: a.title for a in analyses().values()}
        self._ids = list(titles)
        self._front = SCOPE
        self._build, self._openers = build, openers
        self._places: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self._stack, self._heads = QStackedWidget(), QStackedWidget()
        self._add(SCOPE, scope)
        self.tabs = {name: self._tab(name, title) for name, title in titles.items()}
        self._heads.setFixedHeight(TAB)
        self.more = self._more_button()
        head = row(*self.tabs.values(), self.more, 8, self._heads, spacing=0, margins=(4, 0, 10, 0))
        head.setStretch(len(self.tabs) + 2, 1)
        self.setLayout(column(head, self._stack))
        theme.changed.connect(self._dress)
        self._dress()
        self._fold()

    def _add(self, name: str, view: PanelView) -> None:
        self._places[name] = self._stack.addWidget(view)
        self._heads.addWidget(view.head or QWidget())

    def _tab(self, name: str, title: str) -> QToolButton:
        tab = QToolButton()
        tab.setObjectName("tab")
        tab.setText(title)
        tab.setFont(theme.named("field"))
        tab.setCheckable(True)
        tab.setChecked(name == SCOPE)
        tab.setFixedHeight(TAB)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab.clicked.connect(lambda: self.turn_to(name))
        self._group.addButton(tab)
        return tab

    def _more_button(self) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(TAB, 24)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip("More laboratories")
        button.setAccessibleName("More laboratories")
        button.clicked.connect(self._open_more)
        return button

    def _dress(self) -> None:
        self.more.setIcon(theme.icon("more", 16))

    # narrow windows ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the tabs for which a narrow window has no room."""
        super().resizeEvent(event)
        self._fold()

    def _folded(self) -> list[str]:
        """Ids of the panels whose tabs have no room."""
        if self.width() >= NARROW:
            return []
        return [name for name in self._ids[FEW:] if name != self.front]

    def _fold(self) -> None:
        folded = self._folded()
        for name, tab in self.tabs.items():
            tab.setHidden(name in folded)
        self.more.setVisible(bool(folded))

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions([self._openers[name] for name in self._folded()])
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    # which is in front ------------------------------------------------------------------------------

    @property
    def front(self) -> str:
        """Id of the panel in front."""
        return self._front

    @property
    def view(self) -> PanelView:
        """The panel in front."""
        return self._stack.widget(self._places[self._front])  # type: ignore[return-value]

    def laboratory(self) -> LaboratoryPanel | None:
        """The laboratory in front; None while the scope is."""
        view = self.view
        return view if isinstance(view, LaboratoryPanel) and self.isVisible() else None

    def refresh(self) -> None:
        """Let the laboratory in front follow the run; the scope is asked by itself."""
        if self.isVisible() and self.front != SCOPE:
            self.view.refresh()

    def turn_to(self, name: str) -> None:
        """Bring a panel to the front."""
        self.tabs[name].setChecked(True)
        if name != self.front:
            if name not in self._places:
                made = self._build(name)
                made.toured.connect(self.toured)
                self._add(name, made)
            now = QApplication.focusWidget()
            held = now is not None and self._stack.isAncestorOf(now)
            self._front = name
            self._stack.setCurrentWidget(self.view)
            self._heads.setCurrentIndex(self._stack.currentIndex())
            self._fold()
            if held:
                self.view.setFocus()  # rather than the first control in it, which would take Space
            self.turned.emit(name)
