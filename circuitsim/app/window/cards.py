"""Cards on the canvas: a failed run with its remedy, and work in progress."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.tokens import mix
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.remedies import remedies

if TYPE_CHECKING:
    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.spec.issue import Issue

SLOW = 18  # frames until work in progress is shown
MARGIN = 14
BETWEEN = 8
TEXT, SHORT = 440, 260  # px; longer texts of the banner take two lines, shorter lines are hard to read
FRAME = 140  # px of the banner besides texts and buttons
MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_numbers = itertools.count()  # of cards, in the order in which they are made


class Card(QFrame):
    """A card that keeps its place over another widget; cards on the same side stand below each other."""

    def __init__(self, over: QWidget, *, top: bool) -> None:
        super().__init__(over)
        self.setObjectName("card")
        self.top, self._over = top, over
        self._corner: QWidget | None = None
        self.number = next(_numbers)
        over.installEventFilter(self)
        self.hide()

    def place(self) -> None:
        """Centre it at the top or the bottom of what lies below, clear of the cards that were made before it."""
        over = self._over
        self.setMaximumWidth(max(200, over.width() - 2 * MARGIN))
        self.adjustSize()
        taken = MARGIN
        for card in self._alike():
            if card is self:
                break
            taken += 0 if card.isHidden() else card.height() + BETWEEN
        y = taken if self.top else over.height() - self.height() - taken
        x = (over.width() - self.width()) // 2
        corner = self._corner
        if corner is not None and not corner.isHidden() and x < corner.geometry().right() + BETWEEN:
            right = corner.geometry().right() + BETWEEN
            if right + self.width() + BETWEEN <= over.width():
                x = (right + over.width() - self.width()) // 2
            else:
                y = min(y, corner.y() - self.height() - BETWEEN)
        self.move(x, y)
        self.raise_()

    def _room_beside(self) -> int:
        """Width that is free to the right of what stands in the corner, px."""
        corner = self._corner
        taken = 0 if corner is None or corner.isHidden() else corner.geometry().right()
        return self._over.width() - taken - 2 * BETWEEN

    def keep_beside(self, corner: QWidget) -> None:
        """Stay clear of what stands in the lower left corner: to the right of it, or above where that is too narrow."""
        self._corner = corner
        corner.installEventFilter(self)

    def _alike(self) -> list[Card]:
        """All cards on this side, the first at the edge."""
        cards = [card for card in self._over.children() if isinstance(card, Card) and card.top is self.top]
        return sorted(cards, key=lambda card: card.number)

    def setVisible(self, visible: bool) -> None:
        """Show or hide it; the others move up or make room."""
        changed = visible is self.isHidden()
        super().setVisible(visible)
        if changed:
            for card in self._alike():
                if not card.isHidden():
                    card.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget below when it is resized, and what stands in the corner."""
        if event.type() in MOVED and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)


class Foot(Card):
    """A card at the bottom of the canvas, which keeps clear of all of them when it shows everything."""

    _canvas: CanvasView | None = None  # until it is there

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas, top=False)
        self._canvas = canvas

    def place(self) -> None:
        """Take its place, and keep it clear."""
        super().place()
        self._keep_clear()

    def setVisible(self, visible: bool) -> None:
        """Show or hide it; the canvas makes room or takes it back."""
        super().setVisible(visible)
        self._keep_clear()

    def _keep_clear(self) -> None:
        if self._canvas is None:
            return
        tops = [card.y() for card in self._alike() if not card.isHidden()]
        self._canvas.keep_clear(foot=self._canvas.height() - min(tops) if tops else 0)


class Banner(Foot):
    """A failed run: cause, reason, and the remedy as a button."""

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.setObjectName("banner")
        self._document = document
        self._issue: Issue | None = None
        self._dismissed: Issue | None = None
        self._icon = QLabel()
        self.cause, self.reason = QLabel(), QLabel()
        self.cause.setFont(theme.named("title"))
        self.reason.setFont(theme.font(11))
        self.reason.setProperty("dim", "1")
        for label in (self.cause, self.reason):
            label.setWordWrap(True)
        self.remedy, self.other = QPushButton(), QPushButton()
        self.remedy.setObjectName("primary")
        self.remedy.clicked.connect(lambda: self._act(0))
        self.other.clicked.connect(lambda: self._act(1))
        self._close = QToolButton()
        self._close.setFixedSize(24, 24)
        self._close.setIconSize(QSize(14, 14))
        self._close.clicked.connect(self._dismiss)
        for button in (self.remedy, self.other, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        texts = column(self.cause, self.reason, spacing=2)
        self.setLayout(
            row(self._icon, texts, 10, self.remedy, self.other, self._close, spacing=8, margins=(14, 9, 9, 9))
        )
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        t = theme.current()
        back, edge = mix(t.panel, t.error, 0.12), mix(t.panel, t.error, 0.55)
        self.setStyleSheet(f"#banner {{ background: {back}; border: 1px solid {edge}; border-radius: 8px; }}")
        self._icon.setPixmap(pixmap("error", t.error, 20, self.devicePixelRatioF()))
        self._close.setIcon(theme.icon("close", 14))

    def refresh(self) -> None:
        """Show or hide what the run says."""
        issue = self._document.status().failure
        if issue == self._issue:
            return
        self._issue = issue
        if issue is None or issue == self._dismissed:
            self.hide()
            return
        culprit = self._document.failed_neuron()
        if culprit is not None:
            self._document.select({culprit})
        cause, reason = _told(issue)
        self.cause.setText(cause)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        offered = remedies(self._document, issue)
        for k, button in enumerate((self.remedy, self.other)):
            button.setVisible(k < len(offered))
            if k < len(offered):
                button.setText(offered[k].title)
        self.show()
        self.place()

    def place(self) -> None:
        """Fit the texts into what the buttons leave."""
        self._fit_texts()
        super().place()

    def _fit_texts(self) -> None:
        """As wide as the texts are, as far as the buttons leave room."""
        shown = [button for button in (self.remedy, self.other) if not button.isHidden()]
        rest = FRAME + sum(button.sizeHint().width() for button in shown)
        beside = self._room_beside() - rest
        room = beside if beside >= SHORT else self._over.width() - rest
        for label in (self.cause, self.reason):
            wide = label.fontMetrics().horizontalAdvance(label.text()) + 4
            label.setFixedWidth(max(160, min(wide, room, TEXT)))

    def _act(self, k: int) -> None:
        if self._issue is not None:
            offered = remedies(self._document, self._issue)
            if k < len(offered):
                offered[k].act()

    def _dismiss(self) -> None:
        self._dismissed = self._issue
        self.hide()


def _told(issue: Issue) -> tuple[str, str]:
    """What happened, and why with what to do about it, as two texts that begin with a capital."""
    what, _, why = issue.problem.partition(" because ")
    cause = f"{issue.where}: {what}" if issue.where else what
    reason = "; ".join(part for part in (why, issue.remedy) if part)
    return cause[:1].upper() + cause[1:], f"{reason[:1].upper()}{reason[1:]}." if reason else ""


class Progress(Card):
    """Long work: what, how far, and a way to stop it."""

    def __init__(self, document: Document, over: QWidget) -> None:
        super().__init__(over, top=True)
        self._document = document
        self._frames = 0
        self.title, self.bar = QLabel(), QProgressBar()
        self.title.setFont(theme.named("field"))
        self.bar.setFixedSize(180, 4)
        self.bar.setTextVisible(False)
        self.cancel = QPushButton("Cancel")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cancel.clicked.connect(self._cancel)
        self.setLayout(row(self.title, self.bar, self.cancel, spacing=12, margins=(14, 7, 8, 7)))

    def refresh(self) -> None:
        """Show what has been running for a while."""
        job = self._document.bridge.shown
        if job is None:
            self._frames = 0
            self.hide()
            return
        self._frames += 1
        if self._frames < SLOW:
            return
        known = job.progress is not None
        self.bar.setRange(0, 1000 if known else 0)
        self.bar.setValue(round(1000 * (job.progress or 0.0)))
        self.title.setText(job.title)
        if self.isHidden():
            self.show()
            self.place()

    def _cancel(self) -> None:
        job = self._document.bridge.shown
        if job is not None:
            job.cancel()
