"""The card of pinned sliders in the lower left corner of the canvas; it folds to a pill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.group import Group
from circuitsim.app.document.handle import Handle
from circuitsim.app.document.names import declaration
from circuitsim.app.widgets.boxes import clear, column, row
from circuitsim.app.window.pin_row import PinRow
from circuitsim.circuit.elements import Synapse

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Changed, Circuit
    from circuitsim.circuit.elements import Pin

WIDTH = 216
MARGIN = 10  # px between the card and the edges of the canvas
HEAD = 26
PAD = 10
ROOMY = 800  # px; a canvas narrower than this has no room for the card and the circuit beside it
ABOVE = 90  # px of the canvas that stay free above the card


class PinCard(QFrame):
    """One slider per pin of the document; hidden while there is none."""

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.setObjectName("card")
        self.setAccessibleName("Pinned sliders")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._document, self._canvas = document, canvas
        self._wanted: bool | None = None  # folded or not, once a person has said so
        self.rows: dict[Pin, PinRow] = {}
        self._shape: tuple[Circuit | None, tuple[Pin, ...]] = (None, ())
        self._title, self._count = QLabel("Pinned"), QLabel()
        self._title.setProperty("head", "1")
        self._count.setProperty("dim", "2")
        self._count.setFont(theme.named("label"))
        self.fold = QToolButton()
        self.fold.setObjectName("fold")
        self.fold.setFixedSize(20, 20)
        self.fold.setIconSize(QSize(14, 14))
        self.fold.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fold.clicked.connect(self.toggle)
        self._inside = QWidget()
        self._box = column(spacing=4)
        self._inside.setLayout(self._box)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("clear")
        self._scroll.setStyleSheet("#clear, #clear > QWidget > QWidget { background: transparent; }")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._inside)
        head = row(self._title, self._count, None, self.fold, spacing=6)
        self.setLayout(column(head, self._scroll, spacing=2, margins=(PAD, 3, 4, 6)))
        canvas.installEventFilter(self)
        document.changed.connect(self._sync)
        document.replaced.connect(self._sync)
        theme.changed.connect(self._tint)
        self.hide()
        self._sync()

    # what it shows ------------------------------------------------------------------------------

    def _sync(self, changed: Changed | None = None) -> None:
        """Follow the circuit: other pins make other rows, other numbers and names only change them.

        Rows are not made anew while their names change: one of them may be in the hand.
        """
        circuit = self._document.circuit
        pins = tuple(pin for pin in circuit.document.pins if pin.element in circuit.elements)
        if circuit is not self._shape[0] or pins != self._shape[1]:
            self._shape = (circuit, pins)
            self._rebuild(pins)
            return
        for pin, each in self.rows.items():
            if changed is None or not changed.after.keys().isdisjoint(self._watched(pin.element)):
                each.rename()
                each.sync()

    def _watched(self, element: int) -> set[int]:
        """What the name and the value of a row depend on."""
        found = self._document.circuit.elements[element]
        return {element, found.pre, found.post} if isinstance(found, Synapse) else {element}

    def _rebuild(self, pins: tuple[Pin, ...]) -> None:
        clear(self._box)
        self._document.pointing.to(None)
        self.rows = {}
        for pin in pins:
            kind = declaration(self._document, self._document.circuit.elements[pin.element])
            parameter = None if kind is None else kind.parameter(pin.parameter)
            if parameter is not None:
                handle = Handle(Group(self._document, (pin.element,)), parameter)
                self.rows[pin] = PinRow(self._document, handle)
                self._box.addWidget(self.rows[pin])
        self._count.setText(str(len(self.rows)))
        self.setVisible(bool(self.rows))
        self._place()

    def refresh(self) -> None:
        """Follow sliders that a hand moves on the canvas."""
        if self.isVisible() and not self.folded:
            for each in self.rows.values():
                each.refresh()

    @property
    def folded(self) -> bool:
        """Whether it is a pill: as a person wants it, else where the canvas is too narrow for both."""
        return self._canvas.width() < ROOMY if self._wanted is None else self._wanted

    def toggle(self) -> None:
        """Fold it to a pill, or unfold it."""
        self._wanted = not self.folded
        self._place()

    def _tint(self) -> None:
        self.fold.setIcon(theme.icon("chevron-right" if self.folded else "chevron-down", 14))
        self.fold.setToolTip("Show the pinned sliders" if self.folded else "Fold the pinned sliders away")

    # where it stands ----------------------------------------------------------------------------

    def _place(self) -> None:
        """In the lower left corner; the canvas keeps cells clear of it when it fits the circuit."""
        self._tint()
        self._scroll.setVisible(not self.folded)
        self._count.setVisible(self.folded)
        if self.folded:
            self.setFixedSize(self.layout().sizeHint().width() + 2, HEAD)  # type: ignore[union-attr]
        else:
            room = self._canvas.height() - ABOVE - HEAD
            whole = sum(each.sizeHint().height() + self._box.spacing() for each in self.rows.values())
            self._scroll.setFixedHeight(max(40, min(whole, room)))
            self.setFixedSize(WIDTH, HEAD + 8 + self._scroll.height())
        self.move(MARGIN, self._canvas.height() - self.height() - MARGIN)
        self.lower()  # what tells of trouble stands above it
        taken = (self.width() + MARGIN, self.height() + MARGIN) if self.rows else (0, 0)
        self._canvas.keep_clear(card=taken)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the canvas is resized."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    # what does not reach the canvas -------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the card is not one on the canvas; one on the pill unfolds it."""
        if self.folded and event.button() is Qt.MouseButton.LeftButton:
            self.toggle()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel over the card does not zoom."""
        event.accept()
