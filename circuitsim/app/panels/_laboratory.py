"""A laboratory: what an analysis says about the open circuit, with its options beside it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QToolButton, QWidget

from circuitsim.analysis._declare import joined
from circuitsim.app import theme
from circuitsim.app.panels._findings import Findings
from circuitsim.app.panels._options import Options
from circuitsim.app.panels._panel import PanelView
from circuitsim.app.plots.results.pieces import shape, side_by_side, view_of
from circuitsim.app.theme.measures import NARROW
from circuitsim.app.widgets.boxes import Line, clear, column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from circuitsim.analysis import Analysis
    from circuitsim.analysis._declare import Part, Question
    from circuitsim.app.document.asking import Asking
    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.results.view import PieceView
    from circuitsim.spec.issue import CircuitsimError
    from circuitsim.spec.result import Result

SIDE, NARROW_SIDE = (
    300,
    278,
)  # px of the column with sentences and options; the latter where the window is narrow
FEW = 6  # options that stand above what was found
REST = 0.25  # s between two results that follow the run
SHARE = 4.0  # a result that took long is followed by a rest so many times as long
CHEAP = 0.15  # s, up to which a part of a result is taken anew while the run goes on
COLD = 5.0  # s, up to which what was slow at first may have waited for kernels, and is tried once more
HEIGHT = 320  # px that it needs


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What a part of the analysis found.

    Attributes:
        result: It.
        key: What it depends on.
        serial: The present instant when it was asked; None before there was one.
        spent: Seconds that it took.
        first: Whether it was asked for the first time.
    """

    result: Result
    key: tuple[object, ...]
    serial: object
    spent: float
    first: bool


class LaboratoryPanel(PanelView):
    """Sentences and options at the left, tables, matrices and diagrams beside them.

    Signals:
        toured: A tour through this laboratory is asked for; its id.
    """

    toured = Signal(str)

    def __init__(self, document: Document, analysis: Analysis, asking: Asking) -> None:
        super().__init__()
        self.setObjectName("scope")
        self.analysis = analysis
        self.wanted_height = HEIGHT
        self.result: Result | None = None
        self._document, self._asking = document, asking
        self._job: Job | None = None
        self._found: dict[Part, _Found] = {}
        self._asked: object = None  # what was refused, so that it is not asked at every frame
        self._raised: float | None = None
        self._ended = 0.0
        self._given_up = False
        self._views: list[PieceView] = []
        self._shape: tuple[object, ...] | None = None
        self.options = Options(document, analysis.options)
        self.options.changed.connect(self.ask)
        self.findings = Findings()
        self.findings.pointed.connect(self._point)
        self._pieces = row(spacing=10, margins=(8, 4, 8, 4))
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setProperty("dim", "1")
        self.again = QPushButton("Compute again")
        self.again.clicked.connect(self.ask)
        self.tour = QToolButton()
        self.tour.setObjectName("link")
        self.tour.setText("Tour")
        self.tour.setToolTip(f"Lead through {analysis.title} on an example that shows the effect")
        self.tour.clicked.connect(lambda: self.toured.emit(analysis.id))
        self.head = QWidget()
        self.head.setLayout(row(None, self.tour))
        self.setLayout(row(self._side(), Line(upright=True), self._stage(), spacing=0))
        document.replaced.connect(self._begin_anew)
        document.pointing.changed.connect(self._light)
        document.selection_changed.connect(self._light)

    def _side(self) -> QWidget:
        about = QLabel(self.analysis.doc)
        about.setWordWrap(True)
        about.setFont(theme.named("body"))
        limits = QLabel(f"{self.analysis.holds} {self.analysis.avoid}")
        limits.setWordWrap(True)
        limits.setFont(theme.font(11))
        limits.setProperty("dim", "2")
        limits.setToolTip(self.analysis.reference)
        inner = QWidget()
        form, said = (self.options, self.again), (self._problem, self.findings)
        few = len(self.analysis.options) <= FEW  # a long form would push what was found out of sight
        parts = (*form, 8, *said) if few else (*said, 10, *form)
        inner.setLayout(column(*parts, 12, about, 8, limits, None, margins=(12, 6, 10, 8)))
        self.again.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._scroll = _scroll(inner, narrow=True)
        self._scroll.setFixedWidth(SIDE)
        return self._scroll

    def _stage(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(self._pieces)
        return _scroll(inner)

    # asking -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again if something has changed and there was time to rest."""
        if self._job is not None and self._job.cancelled:  # by its card: nobody calls back then
            self._end()
            self._given_up = True
            self._say("Cancelled.")
        self._keep_twin(self._wanted_twin())
        due = [p for p in self.analysis.parts if p not in self._found or self._found[p].key != self._key(p)]
        cheap = [p for p in due if self._cheap(p)]
        old = any(self._is_old(part) for part in self.analysis.parts)
        waits = self._given_up or (self.result is not None and (old or len(cheap) < len(due)))
        self.again.setVisible(waits and self._job is None)
        if self._job is not None or time.monotonic() < self._ended + self._rest(cheap):
            return
        if self.result is None and not self._given_up and self._asked != self._key():
            self.ask()
        elif cheap and not (self._given_up and self._asked == self._key()):
            self._ask(cheap)

    def _key(self, part: Part | None = None) -> tuple[object, ...]:
        """What an answer depends on: if it follows the run, on the present instant too."""
        snapshot = self._document.snapshot()
        follows = part is not None and part.follows(self.options.values)
        serial = snapshot.serial if follows and snapshot is not None else None
        return self._asking.edition, tuple(self.options.values.items()), serial

    def _is_old(self, part: Part) -> bool:
        """Whether a part is about an instant that is gone, and does not follow the run by itself."""
        found, snapshot = self._found.get(part), self._document.snapshot()
        if found is None or snapshot is None or not part.dated(self.options.values):
            return False
        return found.serial != snapshot.serial

    def _cheap(self, part: Part) -> bool:
        """Whether a part is taken anew by itself: after an edit, and if it follows the run as that goes on."""
        found = self._found.get(part)
        if found is None:
            return False
        return found.spent <= CHEAP or (found.first and found.spent <= COLD)

    def _rest(self, parts: Sequence[Part]) -> float:
        """Seconds that pass before some parts are asked again, so that the run keeps most of the time."""
        known = [self._found[part].spent for part in parts]
        return max(REST, SHARE * sum(spent for spent in known if spent <= CHEAP))

    def _wanted_twin(self) -> float | None:
        """How much higher the inputs of the twin are; None where there is nothing to raise."""
        circuit = self._document.circuit
        if not (self.analysis.twin and circuit.neurons and circuit.inputs):
            return None
        return float(self.options.values[self.analysis.twin])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what is shown more room where there is little."""
        super().resizeEvent(event)
        self._scroll.setFixedWidth(NARROW_SIDE if self.width() < NARROW else SIDE)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at a twin beside the run any more."""
        super().hideEvent(event)
        self._keep_twin(None)

    def _keep_twin(self, epsilon: float | None) -> None:
        """Have a twin beside the run whose inputs are higher by epsilon."""
        if epsilon != self._raised:
            self._raised = epsilon
            self._document.simulator.raise_beside(epsilon)

    def _begin_anew(self) -> None:
        """Another circuit is open: what was found is about one that is gone."""
        self._stop()
        self._asked = self._raised = self.result = None
        self._found.clear()
        self._say("")
        self.findings.show_findings(())
        self._views, self._shape = [], None
        clear(self._pieces)

    def ask(self) -> None:
        """Have the question answered away from this thread; an older one is not answered any more."""
        self._stop()
        self._given_up = False
        self._ask(self.analysis.parts)

    def _ask(self, asked: Sequence[Part]) -> None:
        self._asked = self._key()
        if not self._document.circuit.neurons:
            self._say("Draw a neuron first.")
            return
        keys, known = [self._key(part) for part in asked], set(self._found)
        make, snapshot = self._asking.question(self.options.values), self._document.snapshot()
        serial = None if snapshot is None else snapshot.serial
        short = all(p in self._found and self._found[p].spent <= CHEAP for p in asked)
        title = "" if short else self.analysis.title

        def work(job: Job) -> dict[Part, _Found]:
            question = make(job.report)
            return {
                p: _answered(p, question, (k, serial), first=p not in known)
                for p, k in zip(asked, keys, strict=True)
            }

        self._job = self._document.bridge.run(title, work, self._take, self._fail)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _end(self) -> None:
        self._job, self._ended = None, time.monotonic()

    def _fail(self, error: CircuitsimError) -> None:
        self._end()
        self._given_up = True
        self._say(error.sentence)

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _take(self, found: dict[Part, _Found]) -> None:
        """Show what was found beside what other parts found before."""
        self._end()
        self._given_up = False
        self._say("")
        self._found |= found
        self._show(joined([self._found[part].result for part in self.analysis.parts]))

    def _show(self, result: Result) -> None:
        self.result = result
        self.findings.show_findings(result.findings)
        found = tuple(map(shape, result.pieces))
        if found != self._shape:
            self._shape = found
            clear(self._pieces)
            self._views = [view_of(piece) for piece in result.pieces]
            for view, piece in zip(self._views, result.pieces, strict=True):
                view.pointed.connect(self._point)
                view.picked.connect(self._document.select)
                view.setAccessibleName(piece.title)
            for widget in side_by_side(self._views):
                self._pieces.addWidget(widget, stretch=widget.sizeHint().width())
        else:
            for view, piece in zip(self._views, result.pieces, strict=True):
                view.show_piece(piece)
        self._light()

    # to the canvas and back -------------------------------------------------------------------------

    def _point(self, elements: tuple[int, ...]) -> None:
        self._document.pointing.to(*elements or (None,))

    def _light(self) -> None:
        pointing = self._document.pointing
        under = set() if pointing.under is None else {pointing.under}
        lit = {*pointing.all, *under, *self._document.selection}
        for view in self._views:
            view.light(lit)


def _answered(
    part: Part, question: Question, of: tuple[tuple[object, ...], object], *, first: bool
) -> _Found:
    begun = time.thread_time()  # whatever else the machine has to do
    result = part.run(question)
    return _Found(result, *of, time.thread_time() - begun, first)


def _scroll(inner: QWidget, *, narrow: bool = False) -> QScrollArea:
    result = QScrollArea()
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setWidgetResizable(True)
    result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    result.setHorizontalScrollBarPolicy(
        Qt.ScrollBarPolicy.ScrollBarAlwaysOff if narrow else Qt.ScrollBarPolicy.ScrollBarAsNeeded
    )
    result.setWidget(inner)
    inner.setAutoFillBackground(False)
    result.viewport().setAutoFillBackground(False)
    return result
