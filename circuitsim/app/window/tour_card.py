"""The card that leads through a tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.ink import colour
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.cards import Card
from circuitsim.app.window.tour import Advance, Tour, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._laboratory import LaboratoryPanel

WIDEST, ASIDE = 620, 2 * 176  # px; the zoom chip stands at the right, so as much is left free on both sides
LINGER = 75  # frames that a step that is done stays, so that its effect is seen
DOT, BETWEEN = 7.0, 14.0
ON = "Done, go on"  # the longest text of the button


class TourCard(Card):
    """Shows the present step and goes on by itself once it is done.

    Signals:
        finished: The last step is done and its button was pressed.
    """

    finished = Signal()

    def __init__(
        self, document: Document, canvas: CanvasView, bench: Callable[[], LaboratoryPanel | None]
    ) -> None:
        super().__init__(canvas, top=True)
        self._document, self._canvas, self._bench = document, canvas, bench
        self._watch: Watch | None = None
        self.progress: Advance | None = None
        self._since_done = 0
        self._dots = Dots()
        self.title, self.text, self.reading = QLabel(), QLabel(), QLabel()
        self.title.setFont(theme.named("title"))
        self.text.setFont(theme.named("field"))
        self.text.setProperty("dim", "1")
        self.text.setWordWrap(True)
        self.reading.setFont(theme.named("value"))
        self.next, self.close_button = QPushButton(ON), QToolButton()
        self.next.setFixedWidth(self.next.sizeHint().width())  # the card keeps its size when a step is done
        self.close_button.setToolTip("End the tour")
        self.close_button.setAccessibleName("End the tour")
        self.close_button.setFixedSize(24, 24)
        self.close_button.setIconSize(QSize(14, 14))
        for button in (self.next, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.next.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self.end)
        head = row(self.title, None, self._dots, 8, self.close_button, spacing=6)
        body = row(self.text, None, 10, self.next, spacing=6)
        self.setLayout(column(head, body, self.reading, spacing=3, margins=(14, 7, 8, 10)))
        document.replaced.connect(self.end)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.close_button.setIcon(theme.icon("close", 14))

    def place(self) -> None:
        """At the top of the canvas, which keeps the circuit clear of it when it fits it."""
        room = self._canvas.width() - ASIDE - self.next.width()
        self.text.setFixedWidth(max(240, min(WIDEST, room)))
        super().place()
        self._canvas.keep_clear(head=self.y() + self.height())

    def begin(self, tour: Tour) -> None:
        """Lead through a tour from its first step."""
        self.end()
        self._watch = Watch(self._document, self._bench)
        self.progress = Advance(tour, self._watch)
        self._show_step()
        self.show()
        self.place()

    def end(self) -> None:
        """Lead no longer."""
        if self._watch is not None:
            self._watch.close()
        self._watch = self.progress = None
        self.hide()
        self._canvas.keep_clear(head=0)

    def refresh(self) -> None:
        """See how far the circuit is."""
        if self.progress is None or self._watch is None:
            return
        was_done = self.progress.done
        self.progress.look()
        step = self.progress.step
        if step is None:
            return
        self.reading.setText(step.reading(self._watch) if step.reading else "")
        if self.progress.done:
            if not was_done:
                self._since_done = 0
                self._show_state()
            self._since_done += 1
            if self._since_done > LINGER:
                self._go_on()
        else:
            self._show_missing()

    def _show_missing(self) -> None:
        assert self.progress is not None  # noqa: S101  (asked for by `refresh`)
        missing = self.progress.missing
        if missing:
            self.reading.setText(f"{missing[0]} is gone: Ctrl+Z brings it back")

    def _go_on(self) -> None:
        if self.progress is None:
            return
        if self.progress.step is None:
            self.end()
            self.finished.emit()
            return
        self.progress.go_on()
        self._show_step()

    def _show_step(self) -> None:
        assert self.progress is not None  # noqa: S101  (there is a tour)
        step = self.progress.step
        self.title.setText(step.title if step else f"{self.progress.tour.title}: done")
        self.text.setText(step.text if step else self.progress.tour.end)
        self.reading.setText("")
        self.reading.setVisible(step is not None and bool(step.reading or step.needs))
        self._show_state()
        self.place()

    def _show_state(self) -> None:
        """Dots and button; the button of a step that is done is the way on."""
        assert self.progress is not None  # noqa: S101  (there is a tour)
        at_end = self.progress.step is None
        self._dots.show_steps(len(self.progress.tour.steps), self.progress.index, done=self.progress.done)
        self.next.setText("Examples" if at_end else ON if self.progress.done else "Skip")
        self.next.setObjectName("primary" if at_end or self.progress.done else "")
        self.next.style().unpolish(self.next)
        self.next.style().polish(self.next)


class Dots(QWidget):
    """One dot per step: done ones full, the present one a ring."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._at = 0
        self._done = False

    def show_steps(self, count: int, at: int, *, done: bool) -> None:
        """Show how far it is."""
        self._count, self._at, self._done = count, at, done
        self.setFixedSize(round(count * BETWEEN), 16)
        self.setToolTip(f"Step {min(at + 1, count)} of {count}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The dots."""
        t = theme.current()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for k in range(self._count):
            full = k < self._at or (k == self._at and self._done)
            p.setPen(colour(t.ok if full else t.accent if k == self._at else t.border_strong))
            p.setBrush(colour(t.ok) if full else Qt.BrushStyle.NoBrush)
            p.drawEllipse(QPointF((k + 0.5) * BETWEEN, 8.0), DOT / 2, DOT / 2)
        p.end()
