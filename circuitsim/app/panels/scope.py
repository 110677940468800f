"""The scope panel: legend above, lanes, and the history below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from circuitsim.app import theme
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.plots.legend import Legend
from circuitsim.app.plots.scope import Scope
from circuitsim.app.plots.scrub import Scrub
from circuitsim.app.widgets.boxes import column, row

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document


class ScopePanel(PanelView):
    """Head with the value under the pointer and the legend; lanes; history."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("scope")
        self.lanes = Scope(document)
        self.legend = Legend(document, self.lanes)
        self.scrub = Scrub(document, self.lanes.timeline)
        title = QLabel("Scope")
        title.setFont(theme.named("title"))
        self._reading = QLabel()
        self._reading.setFont(theme.named("label"))
        self._reading.setProperty("dim", "1")
        head = row(title, 18, self._reading, None, self.legend, spacing=0, margins=(10, 1, 6, 0))
        head.setStretch(4, 1)
        self.setLayout(column(head, self.lanes, self.scrub, margins=(0, 0, 0, 3)))
        self.lanes.pointed.connect(self._reading.setText)
        for signal in (document.changed, document.replaced, document.selection_changed):
            signal.connect(self.legend.update)
            signal.connect(self.lanes.update)
        theme.changed.connect(self.update)

    def refresh(self) -> None:
        """Draw the newest stretch of the recording."""
        self.lanes.refresh()
        self.scrub.update()


def _build(document: Document) -> PanelView:
    return ScopePanel(document)


PANEL = Panel("scope", "Scope", "bottom", "F11", _build)
