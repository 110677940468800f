"""The inspector: the selection live, and every number of it to change."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QScrollArea, QWidget
from shiboken6 import isValid

from circuitsim.app import theme
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
    from PySide6.QtGui import QHideEvent

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
        self._stale: list[Shape] = []  # of pages whose elements went with the circuit before
        self._ahead = Ahead(document, self._start, self._inside.addWidget, self._keep, _let_go)
        self.destroyed.connect(self._ahead.stop)
        self._shown = self._fitting()
        self._begun = self._shown[0]  # of the page that is being made
        self._units = self._begun[1]  # of the page that is shown
        self._coming = False  # whether the page that fits is still being made
        self._page = self._page_of(*self._shown)
        document.selection_changed.connect(self._turn)
        document.replaced.connect(self._start_anew)
        document.changed.connect(self._changed)
        document.derived.connect(self._derived)
        theme.changed.connect(self._read_out)
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

    @property
    def page(self) -> Page:
        """The page that fits the selection; what of it is being made is made now."""
        if self._coming:
            self._ahead.finish()
        return self._page

    def prepare(self) -> None:
        """Make the pages of what there is ahead, a few rows in a frame, so that nobody waits for the first look at one."""
        if self._coming:
            self._ahead.finish()
        self._ahead.look()

    def _start(self, ids: Ids) -> Page | None:
        """A page for some elements that is yet to be made; None if there is one, or if they are gone."""
        if not self._is_there(ids):
            return None
        shape = self._shape_of(ids)
        if shape in self._pages:
            if shape in self._stale:
                self._page_of(shape, ids)
            return None
        self._begun = shape
        page = shape[0](self._document, ids)
        page.hide()
        return page

    def _is_there(self, ids: Ids) -> bool:
        return self._document.circuit.elements.keys() >= set(ids)

    def _fits(self, page: Page) -> bool:
        """Whether a page can show the selection."""
        return self._is_there(page.ids) and self._shape_of(page.ids) == self._shown[0]

    def _is_as_begun(self, page: Page) -> bool:
        """Whether a page that is being made may be gone on with after an edit."""
        return self._is_there(page.ids) and self._shape_of(page.ids) == self._begun

    def _keep(self, page: Page) -> None:
        """Take a page that was made ahead, unless somebody could not wait for it."""
        shape = self._shape_of(page.ids)
        if shape in self._pages:
            _let_go(page)
        else:
            self._pages[shape] = page
            self._keep_few()
        if self._coming and shape == self._shown[0]:
            self._show(self._page_of(*self._shown))

    def _turn(self, *, at_once: bool = False) -> None:
        """Show the page that fits the selection; one that is there as yet stays for some frames while another is made."""
        self._document.pointing.to(None)
        self._shown = shape, ids = self._fitting()
        focused = QApplication.focusWidget()
        if focused is not None and self._page.isAncestorOf(focused):
            focused.clearFocus()  # what was typed there is for the elements that were selected
        here = self.isVisible() and self._is_there(self._page.ids)
        if at_once or shape in self._pages or not here:
            self._show(self._page_of(shape, ids))
        else:
            self._coming = True
            self._ahead.hurry(ids, self._fits)
        self.title.sync()

    def _show(self, page: Page) -> None:
        self._coming, self._units = False, self._shown[0][1]
        before, self._page = self._page, page
        if before is not page:
            before.hide()
            page.show()
            self._bar.setValue(0)
        self._make_room()
        self._settle()

    def _settle(self) -> None:
        """Give the page its new height now, lest its rows be squeezed into the old one for a frame."""
        self._page.updateGeometry()
        QApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        self._page.box.activate()

    def _page_of(self, shape: Shape, ids: Ids) -> Page:
        """A page that shows some elements: one that is there already, unless it is the first of its shape."""
        page = self._pages.pop(shape, None)
        if page is None:
            page = shape[0](self._document, ids)
            page.complete()
            self._inside.addWidget(page)
        else:
            page.aim(ids)
        if shape in self._stale:
            self._stale.remove(shape)
        self._pages[shape] = page
        self._keep_few()
        return page

    def _keep_few(self) -> None:
        """Let go of pages of the circuit before, then of those that were not shown for the longest time."""
        while len(self._pages) > KEPT:
            self._drop(next(s for s in (*self._stale, *self._pages) if self._pages[s] is not self._page))

    def _drop(self, shape: Shape) -> None:
        if shape in self._stale:
            self._stale.remove(shape)
        _let_go(self._pages.pop(shape))

    def _start_anew(self) -> None:
        """Be about another circuit: the page of the circuit is shown at once, others are aimed at what there is now.

        What was typed for the old one and not taken is dropped, and what was to be chosen for it closes.
        """
        focused = QApplication.focusWidget()
        if isinstance(focused, Area | Field) and self._page.isAncestorOf(focused):
            focused.revert()
        for menu in self._page.findChildren(QMenu):
            menu.close()
        self._stale = [shape for shape in self._pages if shape[0] is not CircuitPage]
        self._ahead.look()
        self._bar.setValue(0)
        same_units = self._units == self._document.circuit.unit_system.id
        self._turn(at_once=not (isinstance(self._page, CircuitPage) and same_units))
        if not self.isVisible():
            self._put_in_order()

    def hideEvent(self, event: QHideEvent) -> None:
        """Finish what would come with the next frames, since there are none."""
        super().hideEvent(event)
        self._put_in_order()

    def _put_in_order(self) -> None:
        if self._coming:
            self._ahead.finish()
        while self._stale:
            self._drop(self._stale[0])

    def _make_room(self) -> None:
        """Let the scroll bar stand in the margin of the page, so that no row moves when it appears."""
        bar = self._bar.sizeHint().width() if self._bar.maximum() > 0 else 0
        self._page.box.setContentsMargins(PADDING, 0, PADDING - min(bar, PADDING), PADDING)

    def _changed(self, changed: Changed) -> None:
        self._ahead.check(self._is_as_begun)
        chosen = self._document.selection
        if not chosen <= self._document.circuit.elements.keys():
            return  # the selection follows in a moment
        if self._fitting() != self._shown:
            self._turn()
            return
        if self._coming:
            self._ahead.hurry(self._shown[1], self._fits)
        elif not chosen or self._is_shown(changed):
            self._page.sync()
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
        elif not self._coming:
            self._page.sync()

    def _read_out(self) -> None:
        if not self._coming:
            self._page.refresh()

    def refresh(self) -> None:
        """The newest state, as often as it can be read."""
        self._frame += 1
        if not self._ahead.done:
            self._ahead.go_on()
        elif self._stale:
            self._drop(self._stale[0])  # one in a frame: it takes some milliseconds
        if self._frame % EVERY == 0:
            self._read_out()
            if len(self._document.selection) == 1:
                self.title.emblem.update()


def _let_go(page: Page) -> None:
    if isValid(page):  # else it has gone with the window
        page.hide()
        page.deleteLater()


def _build(document: Document) -> PanelView:
    return Inspector(document)


PANEL = Panel("inspector", "Inspector", "right", "F10", _build)
