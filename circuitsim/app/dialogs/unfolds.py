"""What the cell of ncps makes of the open network beside its differential equation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import number
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.widgets.boxes import column, row
from circuitsim.engine.unfolds import unfolds

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.engine.unfolds import Unfolds
    from circuitsim.spec.bounds import Floats

PLOT = (420, 232)  # px
HEADS = ("unfolds", "states", "in", "outputs")
DIGITS = 3
ROOM = 0.06  # of the span above and below the courses
EDGE = 8.0  # px around the plot
DOT = 4.5  # px


class Courses(QWidget):
    """One signal twice: what integrating exactly gives as a line, and what the cell gives as a dot at each call."""

    def __init__(self, exact: tuple[Floats, Floats], called: tuple[Floats, Floats], name: str) -> None:
        super().__init__()
        self.setFixedSize(*PLOT)
        self.setAccessibleName(f"{name}: integrated exactly, and as the cell computes it")
        self._exact, self._called = exact, called
        values = np.concatenate([exact[1], called[1]])
        self._low, self._high = float(values.min()), float(values.max())
        if self._low == self._high:
            self._low, self._high = self._low - 0.5, self._high + 0.5

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Both courses on a lane, with the limits of what they reach."""
        t = theme.current()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        p.setPen(pen(t.border, 1))
        p.setBrush(colour(t.lane))
        p.drawRoundedRect(box, 4, 4)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(pen(t.accent, 1.8, round_cap=False))
        p.drawPolyline(self._points(*self._exact, box))
        calls = self._points(*self._called, box)
        p.setPen(pen(t.exc, 1.0, round_cap=False))
        p.drawPolyline(calls)
        p.setPen(pen(t.exc, DOT))
        p.drawPoints(calls)
        p.setFont(theme.named("micro"))
        p.setPen(colour(t.text3))
        inside = box.adjusted(EDGE, 3, -EDGE, -3)
        for value, side in (
            (self._high, Qt.AlignmentFlag.AlignTop),
            (self._low, Qt.AlignmentFlag.AlignBottom),
        ):
            p.drawText(inside, side | Qt.AlignmentFlag.AlignLeft, number(value, DIGITS))

    def _points(self, t: Floats, values: Floats, box: QRectF) -> QPolygonF:
        first, last = float(self._exact[0][0]), float(self._exact[0][-1])
        span = (self._high - self._low) * (1.0 + 2.0 * ROOM)
        x = box.left() + EDGE + (t - first) / max(last - first, 1e-300) * (box.width() - 2 * EDGE)
        y = box.bottom() - ((values - self._low) / span + ROOM / (1.0 + 2.0 * ROOM)) * box.height()
        return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])


class UnfoldsDialog(QDialog):
    """Greatest differences by the number of unfolds, and the output that is missed most, computed both ways."""

    def __init__(self, parent: QWidget, found: Unfolds) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("If it were integrated exactly")
        name, exact, called = signal(found)
        about = QLabel(
            f"The solver ncps computes what the network was trained with: {found.own} substeps (unfolds) a call. These are "
            "the greatest differences from its differential equation, solved to ten digits, over the run from the start."
        )
        about.setWordWrap(True)
        about.setProperty("dim", "1")
        about.setFixedWidth(PLOT[0] + 250)
        legend = QLabel(
            f"<b>{name}</b> &nbsp; <span style='color:{theme.current().accent}'>integrated exactly</span> &nbsp; "
            f"<span style='color:{theme.current().exc}'>as the cell computes it</span>"
        )
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        right = column(legend, Courses(exact, called, name), spacing=6)
        body = row(_table(found), right, spacing=26)
        self.setLayout(column(about, 12, body, 12, row(None, close), margins=(22, 18, 22, 18)))


def compare_unfolds(parent: QWidget, document: Document) -> None:
    """Integrate a copy of the open network exactly, away from this thread, and show what differs."""
    circuit = document.circuit.copy()
    document.bridge.run(
        "Integrating exactly",
        lambda job: unfolds(circuit, progress=job.report),
        lambda found: UnfoldsDialog(parent, found).show(),
        lambda error: document.refuse(error.issues[0]),
    )


def signal(found: Unfolds) -> tuple[str, tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Name and courses of the first output, or of the state that is missed most where there is none."""
    exact, called = found.exact, found.called
    if called.output_names:
        return called.output_names[0], (exact.t, exact.outputs[:, 0]), (called.t, called.outputs[:, 0])
    worst = found.worst[found.counts.tolist().index(found.own)]
    k = called.neuron_names.index(worst)
    return worst, (exact.t, exact.v[:, k]), (called.t, called.v[:, k])


def _table(found: Unfolds) -> QWidget:
    """One line for each number of unfolds; that of the network stands out."""
    result = QWidget()
    grid = QGridLayout(result)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    rows = zip(found.counts.tolist(), found.state_error, found.worst, found.output_error, strict=True)
    lines = [HEADS, *((str(n), _text(state), worst, _text(output)) for n, state, worst, output in rows)]
    for y, texts in enumerate(lines):
        own = y > 0 and int(found.counts[y - 1]) == found.own
        for x, text in enumerate(texts):
            cell = QLabel(text)
            cell.setFont(theme.named("title" if own else "label"))
            cell.setProperty("dim", "0" if own else "1")
            right = x != 2
            cell.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(cell, y, x)
    grid.setRowStretch(len(lines), 1)
    return result


def _text(error: float) -> str:
    return "–" if math.isnan(error) else number(float(error), DIGITS)
