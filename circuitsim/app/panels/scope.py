"""The scope panel: figures, legend and tools above, lanes, and the history below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.plots.legend import Legend
from circuitsim.app.plots.menus import fill_add_menu
from circuitsim.app.plots.readout import Figures
from circuitsim.app.plots.scope import Scope
from circuitsim.app.plots.scrub import Scrub
from circuitsim.app.widgets.boxes import Line, column, row
from circuitsim.app.widgets.focus import FocusMark

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document


class ScopePanel(PanelView):
    """Head with what the cursors measure, the legend and tools; lanes; history."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("scope")
        self._document = document
        self.lanes = Scope(document)
        self.legend = Legend(document, self.lanes)
        self.scrub = Scrub(document, self.lanes.timeline)
        self.figures = Figures()
        self._buttons: list[tuple[QToolButton, str]] = []
        self.cursors = {name: self._cursor_button(name) for name in ("A", "B")}
        self.add = self._add_button()
        tools = row(
            Line(upright=True, length=14, strong=True), 2, *self.cursors.values(), self.add, spacing=2
        )
        head = row(self.figures, None, self.legend, 4, tools, spacing=0, margins=(8, 0, 0, 0))
        head.setStretch(2, 1)
        self.head = QWidget()
        self.head.setLayout(head)
        self.setLayout(column(self.lanes, self.scrub, margins=(0, 0, 0, 3)))
        self.mark = FocusMark(self, self.lanes)
        self.lanes.measured.connect(self._show_measurement)
        document.selection_changed.connect(self.legend.update)  # the lanes follow with the next frame
        for signal in (document.changed, document.replaced):
            signal.connect(self.legend.update)
            signal.connect(self.lanes.update)
        theme.changed.connect(self._dress)
        self._dress()

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(24, 24)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        self._buttons.append((button, icon))
        return button

    def _cursor_button(self, name: str) -> QToolButton:
        drag = "drag in a lane" if name == "A" else "Shift-drag in a lane"
        button = self._button(f"cursor-{name.lower()}", f"Cursor {name} ({drag})")
        button.setCheckable(True)
        button.clicked.connect(lambda _checked=False: self.lanes.flip_cursor(name))
        return button

    def _add_button(self) -> QToolButton:
        button = self._button("plus", "Add a lane")
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: fill_add_menu(menu, self._document))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _dress(self) -> None:
        for button, icon in self._buttons:
            button.setIcon(theme.icon(icon, 16))
        for view in (self, self.lanes, self.legend, self.figures, self.scrub):
            view.update()

    def _show_measurement(self) -> None:
        measurement = self.lanes.measurement
        self.figures.show_figures([] if measurement is None else measurement.figures(self._document))
        for name, button in self.cursors.items():
            button.setChecked(self.lanes.cursors[name] is not None)

    def refresh(self) -> None:
        """Draw the newest stretch of the recording."""
        self.lanes.refresh()
        self.scrub.refresh()


def _build(document: Document) -> PanelView:
    return ScopePanel(document)


PANEL = Panel("scope", "Scope", "bottom", "F11", _build)
