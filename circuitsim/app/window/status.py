"""The status bar: what the mouse would do, counts, honest performance, whether it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from circuitsim.app import theme
from circuitsim.app.document import stopping
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.measures import STATUS
from circuitsim.app.widgets.boxes import Line, Parts, row
from circuitsim.app.window.trouble import Trouble
from circuitsim.engine.accuracy import in_words
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.engine.condition import Met
    from circuitsim.spec.issue import Issue

STAY = 6000  # ms that a message stays
ABOUT = (
    "How far the states are off because of the solver and its step, estimated as if every neuron forgot what is "
    "older than its time constant; the phase of a rhythm may drift by more. A smaller step lowers it"
)
READ_EVERY = 20  # frames between two read-outs of rates


class StatusBar(QFrame):
    """Hint or message on the left, figures on the right.

    Signals:
        issues_asked: Somebody wants to read what is odd about the drawing.
    """

    issues_asked = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(STATUS)
        self._document = document
        self._hint = ""
        self._frame = 0
        self._met: Met | None = None
        self._refused = False  # whether the message says why something was not done
        self.message = Parts(dim=1)
        self.message.setFont(theme.font(11))
        self.trouble = Trouble(document)
        self.counts, self.rates, self.saved = QLabel(), QLabel(), QLabel()
        self.error = QLabel()
        self.error.setToolTip(ABOUT)
        self._mark = QLabel()
        for label, dim in ((self.counts, 2), (self.error, 1), (self.rates, 1), (self.saved, 1)):
            label.setFont(theme.font(11))
            label.setProperty("dim", str(dim))
        self.issues = QToolButton()
        self.issues.setObjectName("count")
        self.issues.setFixedHeight(STATUS - 4)
        self.issues.setFont(theme.font(11))
        self.issues.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.issues.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.issues.setToolTip("What is odd about the drawing (F8)")
        self.issues.clicked.connect(self.issues_asked)
        upright = [Line(upright=True, length=12, strong=True) for _ in range(2)]
        line = row(
            self.message, self.trouble, self.issues, self.counts, upright[0], self.error, self.rates, upright[1], self._mark,
            self.saved, spacing=9, margins=(10, 0, 10, 0),
        )  # fmt: skip
        line.setStretch(0, 1)
        line.setStretch(1, 3)
        self.setLayout(line)
        self._clear = QTimer(self, singleShot=True, interval=STAY)
        self._clear.timeout.connect(self._show_hint)
        document.hint_changed.connect(self._take_hint)
        document.refused.connect(self.show_issue)
        document.noticed.connect(self.show_notice)
        document.changed.connect(self.settle)
        for signal in (document.state_changed, document.changed, document.replaced, document.derived):
            signal.connect(self.sync)
        theme.changed.connect(self.sync)
        self.sync()

    def _take_hint(self, text: str) -> None:
        self._hint = text
        if not self._clear.isActive():
            self._show_hint()

    def settle(self) -> None:
        """Take back why something was not done: somebody does the next thing, and hints are about that."""
        if self._refused:
            self._clear.stop()
            self._show_hint()

    def _show_hint(self) -> None:
        self._refused = False
        self.message.setStyleSheet("")
        self.message.setText(self._hint)

    def show_issue(self, issue: Issue) -> None:
        """Show why something was not done, for some seconds."""
        self.message.setStyleSheet(f"color: {theme.current().error}")
        self.message.setText(issue.sentence)
        self._refused = True
        self._clear.start()

    def show_notice(self, text: str) -> None:
        """Show that something was done, for some seconds."""
        self.message.setStyleSheet(f"color: {theme.current().ok}")
        self.message.setText(text)
        self._refused = False
        self._clear.start()

    def _tell_stop(self, met: Met | None) -> None:
        if met is not self._met:
            self._met = met
            if met is not None:
                self.show_notice(f"Stopped: {stopping.past(met, self._document.circuit)}")

    def stop(self) -> None:
        """Let no timer outlive the window."""
        self._clear.stop()

    def sync(self) -> None:
        """Counts and saved state."""
        doc, t = self._document, theme.current()
        neurons, synapses = len(doc.circuit.neurons), len(doc.circuit.synapses)
        self.counts.setText(f"{_count(neurons, 'neuron')}   {_count(synapses, 'synapse')}")
        odd = len(doc.problems())
        self.issues.setText(_count(odd, "issue"))
        self.issues.setIcon(theme.icon("warning", 14, t.warn))
        self.issues.setVisible(bool(odd))
        saved = not doc.dirty
        name, ink = ("check", t.ok) if saved else ("save", t.text3)
        self._mark.setPixmap(pixmap(name, ink, 14, self.devicePixelRatioF()))
        self.saved.setText(("saved" if doc.path else "not changed") if saved else "not saved")

    def refresh(self, frames_per_second: float, dropped: int = 0) -> None:
        """Why it stopped at once; rates and warnings a few times a second."""
        self._tell_stop(self._document.status().met)
        self.trouble.show_status(self._document.status())
        self._frame += 1
        if self._frame % READ_EVERY != 1:
            return
        status = self._document.status()
        unit = self._document.circuit.unit_system.unit(Dimension.POTENTIAL)
        self.error.setText(in_words(status.error, unit).replace("-", "−"))
        self.error.setVisible(bool(self._document.circuit.neurons) and not status.compiling)
        if status.compiling:
            self.rates.setText("compiling the equations, once…")
        elif status.met is not None:
            self.rates.setText("stopped by its condition")
        elif not status.playing:
            self.rates.setText("paused")
        else:
            self.rates.setText(
                f"{frames_per_second:.0f} fps   {rate(status.steps_per_second)} steps/s   {dropped} dropped"
            )
            widest = max(self.rates.minimumWidth(), self.rates.sizeHint().width())
            self.rates.setMinimumWidth(widest)  # no button slides away under the mouse when the run stops


def rate(value: float) -> str:
    """Steps per second in short: 940, 41 k, 1.2 M."""
    for size, sign in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.{0 if value >= 10 * size else 1}f}{sign}"
    return f"{value:.0f}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
