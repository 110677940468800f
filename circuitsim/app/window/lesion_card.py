"""The card of lesions: what they do to the outputs, in numbers, while it happens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import steady
from circuitsim.app.plots.before import courses
from circuitsim.app.plots.lane_edits import add_lane
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.cards import Foot
from circuitsim.circuit.edits import SetMuted
from circuitsim.circuit.elements import Neuron, Output
from circuitsim.circuit.lesions import lesions
from circuitsim.engine.contrast import contrast

if TYPE_CHECKING:
    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document
    from circuitsim.engine.contrast import Contrast

EVERY = 30  # frames between two looks at the numbers
MOST = 4  # signals that are listed
HEADS = ("", "mean", "peak")
UNKNOWN = "–"


class LesionCard(Foot):
    """How many lesions there are, mean and peak of every output without and with them, and how to go on.

    Where a circuit has no outputs, it lists the neurons that are traced.
    """

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.setAccessibleName("Lesions")
        self._document, self._frames, self._known = document, 0, (0, 0)
        self.title = QLabel()
        self.title.setFont(theme.named("title"))
        self.note = QLabel("without → with, since the first")
        self.note.setProperty("dim", "2")
        self.note.setFont(theme.named("label"))
        self.difference, self.heal = QPushButton("Show difference"), QPushButton("Heal all")
        self.difference.clicked.connect(self._show_difference)
        self.heal.clicked.connect(self._heal)
        for button in (self.difference, self.heal):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cells = [[_cell(k) for k in range(len(HEADS))] for _ in range(MOST + 1)]
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(1)
        for y, line in enumerate(self.cells):
            for x, cell in enumerate(line):
                grid.addWidget(cell, y, x)
        texts = column(self.title, self.note, spacing=1)
        acts = column(self.difference, self.heal, spacing=4)
        self.setLayout(row(texts, inside, acts, spacing=18, margins=(14, 8, 10, 8)))

    def refresh(self) -> None:
        """Show or hide it, and now and then what the numbers are."""
        document = self._document
        count = len(lesions(document.circuit)) if document.simulator.twin is not None else 0
        if not count:
            self._known = (0, 0)
            if not self.isHidden():
                self.hide()
            return
        self._frames += 1
        known = count, document.circuit.edition
        if known != self._known or self._frames % EVERY == 0:
            self._known = known
            self._fill(count)

    def _fill(self, count: int) -> None:
        document = self._document
        self.title.setText(f"{count} lesion{'s' * (count > 1)}")
        shown = document.circuit.document.lanes
        self.difference.setEnabled(all(lane.variable != "difference" for lane in shown))
        found = signals(document)
        rows = [HEADS] + [_texts(name, course) for name, course in found[:MOST]]
        for cells, texts in zip(self.cells, rows + [("", "", "")] * MOST, strict=False):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
                cell.setVisible(any(texts))
        self.note.setToolTip(f"{len(found) - MOST} more are not listed" if len(found) > MOST else "")
        if self.isHidden():
            self.show()
        self.place()

    def _show_difference(self) -> None:
        add_lane(self._document, "difference")

    def _heal(self) -> None:
        self._document.push(SetMuted(lesions(self._document.circuit), muted=False))


def _cell(place: int) -> QLabel:
    cell = QLabel()
    cell.setProperty("dim", "0" if place else "1")
    cell.setFont(theme.named("label"))
    return cell


def signals(document: Document) -> list[tuple[str, Contrast]]:
    """Names of outputs, or of what is traced where there are none, and what lesions do to each of them."""
    circuit = document.circuit
    ids = [o.id for o in circuit.outputs] or list(document.traced)
    names = [circuit.elements[i] for i in ids]
    labels = [e.label or e.name for e in names if isinstance(e, Output | Neuron)]
    return [(name, contrast(*pair)) for name, pair in zip(labels, courses(document, ids), strict=True)]


def _texts(name: str, found: Contrast) -> tuple[str, str, str]:
    return name, _pair(found.mean_before, found.mean_after), _pair(found.peak_before, found.peak_after)


def _pair(before: float, after: float) -> str:
    if math.isnan(before):
        return UNKNOWN
    return f"{steady(before)} → {steady(after)}"
