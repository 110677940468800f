"""The inspector: the selection live, and every number of it to change."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QScrollArea, QWidget

from circuitsim.app.panels._ahead import Ahead
from circuitsim.app.panels._circuit_page import CircuitPage
from circuitsim.app.panels._input_page import InputPage
from circuitsim.app.panels._network_page import NetworkPage
from circuitsim.app.panels._neuron_page import NeuronPage
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._pages import NotePage, OutputPage
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.panels._several_page import SeveralPage
from circuitsim.app.panels._synapse_page import SynapsePage
from circuitsim.app.panels._title import Title
from circuitsim.app.panels._unit_page import UnitPage
from circuitsim.app.theme.measures import PADDING
from circuitsim.app.widgets import wheel
from circuitsim.app.widgets.area import Area
from circuitsim.app.widgets.boxes import column
from circuitsim.app.widgets.field import Field
from circuitsim.circuit.elements import DOCUMENT_ID, Cell, Input, Neuron, Note, Output, Synapse
from circuitsim.circuit.filing import ends_of

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids
    from circuitsim.circuit.circuit import Changed
    from circuitsim.circuit.elements import Element

Shape = tuple[type[Page], str, Hashable]
PAGES: dict[type[Element], type[Page]] = {
    Neuron: NeuronPage,
    Synapse: SynapsePage,
    Input: InputPage,
    Cell: NetworkPage,
    Output: OutputPage,
    Note: NotePage,
}
KEPT = 12  # pages, each for another kind of elements
EVERY = 3  # frames between two read-outs: figures that change faster cannot be read


class Inspector(PanelView):
    """Title, and a page that fits the selection."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self._document = document
        self._frame = 0
        self.title = Title(document)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setObjectName("clear")
        self._scroll.setStyleSheet("#clear, #clear > QWidget > QWidget { background: transparent; }")
        self._bar = self._scroll.verticalScrollBar()
        self._bar.rangeChanged.connect(self._make_room)
        self._bar.valueChanged.connect(wheel.note)
        self._inside = column()
        inside = QWidget()
        inside.setLayout(self._inside)
        self._scroll.setWidget(inside)
        self.setLayout(column(self.title, self._scroll))
        self._pages: dict[Shape, Page] = {}
        self._prepares = False
        self._ahead = Ahead(document, self._start, self._inside.addWidget, self._keep, _let_go)
        self.destroyed.connect(self._ahead.stop)
        self._shown = self._fitting()
        self.page = self._page_of(*self._shown)
        document.selection_changed.connect(self._turn)
        document.replaced.connect(self._start_anew)
        document.changed.connect(self._changed)
        document.derived.connect(self._derived)
        self._make_room()

    def _fitting(self) -> tuple[Shape, Ids]:
        """Class, units and shape of the page that fits the selection, and the elements that it shows."""
        ids = self._document.chosen.group.ids
        return self._shape_of(ids), ids

    def _shape_of(self, ids: Ids) -> Shape:
        kind: type[Page] = CircuitPage if not ids else SeveralPage
        if len(ids) == 1:
            unit = self._document.circuit.network_of(ids[0]) is not None
            kind = UnitPage if unit else PAGES[type(self._document.circuit.elements[ids[0]])]
        return kind, self._document.circuit.unit_system.id, kind.shape(self._document, ids)

    def prepare(self) -> None:
        """Make the pages of what there is ahead, a few rows in a frame, so that nobody waits for the first look at one."""
        self._prepares = True
        self._ahead.look()

    def _start(self, ids: Ids) -> Page | None:
        """A page for some elements that is yet to be made; None if there is one, or if they are gone."""
        if not self._document.circuit.elements.keys() >= set(ids):
            return None
        shape = self._shape_of(ids)
        if shape in self._pages:
            return None
        page = shape[0](self._document, ids)
        page.hide()
        return page

    def _keep(self, page: Page) -> None:
        """Take a page that was made ahead, unless somebody could not wait for it."""
        shape = self._shape_of(page.ids)
        if shape in self._pages:
            _let_go(page)
        else:
            self._pages = {shape: page, **self._pages}

    def _turn(self) -> None:
        """Show the page that fits the selection."""
        self._document.pointing.to(None)
        self._shown = self._fitting()
        focused = QApplication.focusWidget()
        if focused is not None and self.page.isAncestorOf(focused):
            focused.clearFocus()  # what was typed there is for the elements that were selected
        before, self.page = self.page, self._page_of(*self._shown)
        if before is not self.page:
            before.hide()
            self.page.show()
            self._bar.setValue(0)
        self._make_room()
        self._settle()
        self.title.sync()

    def _settle(self) -> None:
        """Give the page its new height now, lest its rows be squeezed into the old one for a frame."""
        self.page.updateGeometry()
        QApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        self.page.box.activate()

    def _page_of(self, shape: Shape, ids: Ids) -> Page:
        """A page that shows some elements: one that is there already, unless it is the first of its shape."""
        page = self._pages.pop(shape, None)
        if page is None:
            page = shape[0](self._document, ids)
            page.complete()
            self._inside.addWidget(page)
        else:
            page.aim(ids)
        self._pages[shape] = page
        if len(self._pages) > KEPT:
            _let_go(self._pages.pop(next(iter(self._pages))))  # it was not shown for the longest time
        return page

    def _start_anew(self) -> None:
        """Be about another circuit: let go of all pages but that of the circuit, which is shown at once.

        What was typed for the old one and not taken is dropped, and what was to be chosen for it closes.
        """
        focused = QApplication.focusWidget()
        if isinstance(focused, Area | Field) and self.page.isAncestorOf(focused):
            focused.revert()
        for menu in self.page.findChildren(QMenu):
            menu.close()
        fits = self._shape_of(())
        for shape, page in self._pages.items():
            if shape != fits:
                _let_go(page)
        self._pages = {shape: page for shape, page in self._pages.items() if shape == fits}
        self._bar.setValue(0)
        self._turn()
        if self._prepares:
            self._ahead.look()

    def _make_room(self) -> None:
        """Let the scroll bar stand in the margin of the page, so that no row moves when it appears."""
        bar = self._bar.sizeHint().width() if self._bar.maximum() > 0 else 0
        self.page.box.setContentsMargins(PADDING, 0, PADDING - min(bar, PADDING), PADDING)

    def _changed(self, changed: Changed) -> None:
        self._ahead.changed()
        chosen = self._document.selection
        if not chosen <= self._document.circuit.elements.keys():
            return  # the selection follows in a moment
        if self._fitting() != self._shown:
            self._turn()
            return
        if not chosen or self._is_shown(changed):
            self.page.sync()
        self.title.sync()

    def _is_shown(self, changed: Changed) -> bool:
        """Whether an edit concerns the selection, or what hangs or hung on it."""
        chosen = self._document.selection
        if not {DOCUMENT_ID, *chosen}.isdisjoint(changed.after):
            return True
        elements = [e for side in (changed.before, changed.after) for e in side.values() if e is not None]
        return any(not chosen.isdisjoint(ends_of(element)) for element in elements)

    def _derived(self) -> None:
        """Time constants and solver of the circuit are known anew; another solver has other numbers."""
        if self._document.selection:
            return
        if self._fitting() != self._shown:
            self._turn()
        else:
            self.page.sync()

    def refresh(self) -> None:
        """The newest state, as often as it can be read."""
        self._frame += 1
        if not self._ahead.done:
            self._ahead.go_on()
        if self._frame % EVERY == 0:
            self.page.refresh()
            if len(self._document.selection) == 1:
                self.title.emblem.update()


def _let_go(page: Page) -> None:
    page.hide()
    page.deleteLater()


def _build(document: Document) -> PanelView:
    return Inspector(document)


PANEL = Panel("inspector", "Inspector", "right", "F10", _build)
