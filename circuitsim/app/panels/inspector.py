"""The inspector: the selection live, and every number of it to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from circuitsim.app.panels._circuit_page import CircuitPage
from circuitsim.app.panels._input_page import InputPage
from circuitsim.app.panels._neuron_page import NeuronPage
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._pages import NotePage, OutputPage
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.panels._several_page import SeveralPage
from circuitsim.app.panels._synapse_page import SynapsePage
from circuitsim.app.panels._title import Title
from circuitsim.app.theme.measures import PADDING
from circuitsim.app.widgets import wheel
from circuitsim.app.widgets.boxes import column
from circuitsim.circuit.circuit import ends_of
from circuitsim.circuit.elements import DOCUMENT_ID, Input, Neuron, Note, Output, Synapse

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Changed

PAGES = {Neuron: NeuronPage, Synapse: SynapsePage, Input: InputPage, Output: OutputPage, Note: NotePage}
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
        self.setLayout(column(self.title, self._scroll))
        self.page: Page = Page(document)
        self._shape: object = None
        document.selection_changed.connect(self._select)
        document.replaced.connect(self._rebuild)
        document.changed.connect(self._changed)
        self._rebuild()

    def _build(self) -> Page:
        chosen, doc = self._document.selection, self._document
        if not chosen:
            return CircuitPage(doc)
        if len(chosen) > 1:
            return SeveralPage(doc, tuple(sorted(chosen)))
        only = next(iter(chosen))
        return PAGES[type(doc.circuit.elements[only])](doc, only)

    def _shape_now(self) -> object:
        """What the page is built for; a page of the same shape only needs new numbers."""
        elements = self._document.circuit.elements
        chosen = sorted(self._document.selection)
        kinds = [(getattr(elements[i], "kind", ""), getattr(elements[i], "stimulus", "")) for i in chosen]
        notes = () if chosen else tuple(note.id for note in self._document.circuit.notes)
        return id(self._document.circuit), tuple(chosen), tuple(kinds), notes

    def _select(self) -> None:
        if self._shape_now() != self._shape:
            self._rebuild()

    def _rebuild(self) -> None:
        self._shape = self._shape_now()
        self._document.pointing.to(None)
        old = self._scroll.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.page = self._build()
        self._scroll.setWidget(self.page)
        self._make_room()
        self.title.sync()

    def _make_room(self) -> None:
        """Let the scroll bar stand in the margin of the page, so that no row moves when it appears."""
        bar = self._bar.sizeHint().width() if self._bar.maximum() > 0 else 0
        self.page.box.setContentsMargins(PADDING, 0, PADDING - min(bar, PADDING), PADDING)

    def _changed(self, changed: Changed) -> None:
        chosen = self._document.selection
        if any(i not in self._document.circuit.elements for i in chosen):
            return  # the selection follows in a moment
        if self._shape_now() != self._shape:
            self._rebuild()
            return
        if not chosen or self._is_shown(changed):
            self.page.sync()
        self.title.sync()

    def _is_shown(self, changed: Changed) -> bool:
        """Whether an edit concerns the selection, or what hangs or hung on it."""
        chosen = self._document.selection
        if not {DOCUMENT_ID, *chosen}.isdisjoint(changed.after):
            return True
        ends = {
            end for element in (*changed.before.values(), *changed.after.values()) for end in ends_of(element)
        }
        return not chosen.isdisjoint(ends)

    def refresh(self) -> None:
        """The newest state, as often as it can be read."""
        self._frame += 1
        if self._frame % EVERY == 0:
            self.page.refresh()
            if len(self._document.selection) == 1:
                self.title.emblem.update()


def _build(document: Document) -> PanelView:
    return Inspector(document)


PANEL = Panel("inspector", "Inspector", "right", "F10", _build)
