"""The card that explains a kind, beside the inspector over the canvas; it follows the selection and every edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton

from circuitsim.app import theme
from circuitsim.app.help.subject import Subject, family, selected, solver
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.circuit.elements import Cell, Placed
from circuitsim.spec.kind import SolverKind, StimulusKind

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.app.help.page import HelpPage
    from circuitsim.spec.kind import Declaration

WIDTH, MARGIN = 400, 10  # px, and px between the card and the edges of the canvas
BETWEEN = 6  # px between the zoom chip and the card
BAR = 12  # px kept for the scroll bar
EVERY = 3  # frames between two looks at what a hand moves


def _area(box: QRectF) -> float:
    return box.width() * box.height()


class HelpCard(QFrame):
    """Title, and the page of one kind; hidden until somebody asks."""

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.setObjectName("card")
        self.setAccessibleName("What a kind is")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._document, self._canvas = document, canvas
        self._frame = 0
        self._aside = False
        self.page: HelpPage | None = None
        self.title, self.kind = Text(), Text(dim=2)
        self.title.setFont(theme.named("display"))
        self.kind.setFont(theme.font(11))
        self.close_button = QToolButton()
        self.close_button.setFixedSize(24, 24)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setAccessibleName("Close")
        self.close_button.clicked.connect(self.hide)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("clear")
        self._scroll.setStyleSheet("#clear, #clear > QWidget > QWidget { background: transparent; }")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names = column(self.title, self.kind, spacing=1)
        self._head = row(self.close_button, spacing=8, margins=(14, 10, 10, 6))
        self._head.insertLayout(0, names, 1)
        self.setLayout(column(self._head, self._scroll))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.hide)
        canvas.installEventFilter(self)
        document.tools.help_asked.connect(self.ask)
        document.selection_changed.connect(self._follow)
        for signal in (document.changed, document.replaced):
            signal.connect(self._follow)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    # what it shows ------------------------------------------------------------------------------

    @property
    def subject(self) -> Subject | None:
        """What is explained; None while it is closed."""
        return None if self.page is None or self.isHidden() else self.page.subject

    def ask(self, kind: Declaration | None) -> None:
        """Explain a kind; without one that of the selection, else the solver. What is open already is closed."""
        wanted = self._subject(kind)
        if self.subject == wanted:
            self.hide()
            return
        self._explain(wanted)
        self.show()
        self._place()
        self.raise_()

    def _subject(self, kind: Declaration | None) -> Subject:
        chosen = selected(self._document)
        if kind is None:
            return chosen or solver(self._document)
        return chosen if chosen is not None and chosen.kind is kind else Subject(kind)

    def _explain(self, subject: Subject) -> None:
        if self.page is not None and self.page.subject == subject:
            self.page.sync()
            return
        from circuitsim.app.help.page import HelpPage  # how equations are set is needed for this alone

        self.page = HelpPage(self._document, subject)
        self.title.setText(subject.kind.title)
        self.kind.setText(f"{family(subject.kind)} · {subject.kind.id}")
        self._scroll.setWidget(self.page)  # which lets go of the one before
        self._choose_side()
        self._place()

    def _follow(self) -> None:
        """Explain what is selected now; what was asked for without a selection stays until there is one."""
        if self.page is None or self.isHidden():
            return
        chosen, now = selected(self._document), self.page.subject
        if chosen is not None:
            self._explain(chosen)
        elif now.ids and not any(i in self._document.circuit.elements for i in now.ids):
            self._explain(Subject(now.kind))
        else:
            self.page.sync()
        self._place()

    def refresh(self) -> None:
        """Follow a hand on the canvas, and the step of the run."""
        self._frame += 1
        if self.page is None or self.isHidden() or self._frame % EVERY:
            return
        kind = self.page.subject.kind
        if isinstance(kind, SolverKind) or (isinstance(kind, StimulusKind) and kind.by_hand):
            self.page.sync()

    def _dress(self) -> None:
        t = theme.current()
        self.close_button.setIcon(theme.icon("close", 14))
        paper = f"#paper {{ background: {t.lane}; border: 1px solid {t.border}; border-radius: 6px; }}"
        self.setStyleSheet(paper)

    # where it stands ----------------------------------------------------------------------------

    def _place(self) -> None:
        """In an upper corner, as tall as its page or the room there."""
        if self.page is None:
            return
        left, chip = self._aside, self._canvas.chip.geometry()
        top = MARGIN if left else chip.bottom() + BETWEEN
        room = QSize(self._canvas.width() - 2 * MARGIN, self._canvas.height() - top - MARGIN)
        width = min(WIDTH, room.width())
        head = self._head.sizeHint().height() + 2
        wanted = head + self.page.box.heightForWidth(width - 2)
        if wanted > room.height():
            wanted = head + self.page.box.heightForWidth(width - 2 - BAR)
        self.setFixedSize(width, max(80, min(wanted, room.height())))
        self.move(MARGIN if left else self._canvas.width() - width - MARGIN, top)

    def _choose_side(self) -> None:
        """To the left if at the right it would cover more of what it explains than there."""
        canvas, ids = self._canvas, self.page.subject.ids if self.page is not None else ()
        there = self._document.circuit.elements
        cells = [cell for i in ids if isinstance(cell := there.get(i), Cell)]
        whole = {*ids, *(unit for cell in cells for unit in cell.units)}
        boxes = [self._seen(e) for i in sorted(whole) if isinstance(e := there.get(i), Placed)]
        side = QRectF(0.0, 0.0, WIDTH + MARGIN, canvas.height())
        left = sum(_area(box & side) for box in boxes)
        side.moveRight(canvas.width())
        self._aside = left < sum(_area(box & side) for box in boxes)

    def _seen(self, element: Placed) -> QRectF:
        """The box of an element on the screen."""
        box, to_view = self._canvas.scene.box(element), self._canvas.camera.to_view
        return QRectF(to_view(box.topLeft()), to_view(box.bottomRight()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the canvas is resized; Escape, with nothing in the hand, closes it there too."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self.isVisible()
            and self._canvas.gesture is None
            and self._document.tools.armed is None
        ):
            self.hide()
            return True
        return super().eventFilter(watched, event)

    # what does not reach the canvas -------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the card is not one on the canvas."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nor are two."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel over the card does not zoom."""
        event.accept()
