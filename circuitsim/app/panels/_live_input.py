"""The live value of an input with a preview of its waveform, and that of an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.wave import wave_points, wave_span
from circuitsim.app.document.quantity import duration, steady
from circuitsim.app.panels._live import past
from circuitsim.app.panels._readout import Readout
from circuitsim.app.panels._rows import Section
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.widgets.boxes import column
from circuitsim.circuit.elements import Input, Output
from circuitsim.engine.readouts import readout

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from circuitsim.app.document.document import Document

HAND = ("button", "slider")  # these have no course of their own


class LiveInput(QWidget):
    """Read-out of one input; `refresh` shows the newest value, `sync` the waveform after an edit."""

    def __init__(self, document: Document, source: int) -> None:
        super().__init__()
        self._document, self._source = document, source
        self._head, self.value, self.wave = Section("State"), Readout("u"), Waveform()
        self.setLayout(column(self._head, self.value, self.wave))
        self._shown = (-1, "")
        self.sync()
        self.refresh()

    def aim(self, source: int) -> None:
        """Be about another input of the same stimulus."""
        self._source, self._shown = source, (-1, "")
        self.value.clear()

    def sync(self) -> None:
        """Draw the waveform as it is declared now."""
        circuit = self._document.circuit
        source = circuit.elements.get(self._source)
        if not isinstance(source, Input):
            return
        kind = circuit.kinds.stimuli[source.stimulus]
        self.wave.setVisible(source.stimulus not in HAND)
        if source.stimulus not in HAND:
            length = " ".join(duration(wave_span(kind, source), circuit.unit_system))
            self.wave.show_wave(wave_points(kind, source, circuit.document.settings.seed), length)

    def refresh(self) -> None:
        """Show the newest value, if there is one."""
        snapshot, t = self._document.snapshot(), theme.current()
        self._head.set_note("live" if self._document.status().playing else "paused")
        if snapshot is None or self._source not in snapshot.input_ids:
            return
        if self._shown == (snapshot.serial, t.name):
            return
        self._shown = (snapshot.serial, t.name)
        value = float(snapshot.inputs[snapshot.input_ids.index(self._source)])
        course = past(self._document, "input", self._source, snapshot.t)
        self.value.show_value(steady(value), "", course, t.text2)


class LiveOutput(QWidget):
    """What an output reads now, and its recent past."""

    def __init__(self, document: Document, output: int) -> None:
        super().__init__()
        self._document, self._output = document, output
        self._head, self.value = Section("State"), Readout("y")
        self.setLayout(column(self._head, self.value))
        self.refresh()

    def aim(self, output: int) -> None:
        """Be about another output."""
        self._output = output
        self.value.clear()

    def refresh(self) -> None:
        """Show the newest value, if there is one."""
        doc = self._document
        snapshot, output = doc.snapshot(), doc.circuit.elements.get(self._output)
        self._head.set_note("live" if doc.status().playing else "paused")
        if snapshot is None or not isinstance(output, Output):
            return
        read = readout(doc.circuit, output)
        if not set(read.neurons) <= set(snapshot.ids):
            return
        now = read.of(snapshot.v[[snapshot.ids.index(i) for i in read.neurons]])
        course = read.of(np.stack([past(doc, "v", i, snapshot.t) for i in read.neurons], axis=1))
        self.value.show_value(steady(float(now)), "", course, theme.current().text2)


class Waveform(QWidget):
    """The course of a stimulus over its first seconds, with the length of that stretch below."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("waveform")
        self.setFixedHeight(64)
        self._points: list[tuple[float, float]] = []
        self._length = ""

    def show_wave(self, points: list[tuple[float, float]], length: str) -> None:
        """Draw points of the unit square, and say how much time they take."""
        self._points, self._length = points, length
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Plate, line and captions."""
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(0.5, 4.5, self.width() - 1, self.height() - 21)
        painter.setPen(pen(t.border, 1))
        painter.setBrush(colour(t.lane))
        painter.drawRoundedRect(plate, 5, 5)
        inner = plate.adjusted(7, 7, -7, -7)
        painter.setPen(pen(t.lane_grid, 1))
        painter.drawLine(QLineF(inner.left(), inner.bottom(), inner.right(), inner.bottom()))
        painter.setPen(pen(t.text2, 1.5))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(inner.left() + x * inner.width(), inner.bottom() - y * inner.height())
                    for x, y in self._points
                ]
            )
        )
        painter.setFont(theme.named("micro"))
        painter.setPen(colour(t.text3))
        below, align = QRectF(0, plate.bottom() + 1, self.width(), 14), Qt.AlignmentFlag
        painter.drawText(below, align.AlignLeft | align.AlignVCenter, "0")
        painter.drawText(below, align.AlignRight | align.AlignVCenter, self._length)
