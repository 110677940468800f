"""The speed of the run: a slider, what is asked and what is reached, and as fast as possible."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import duration, number
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.widgets.slider import Slider
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.engine.report import Status

SPAN = 100.0  # the slider reaches so many times slower and faster than proposed
KEPT = 0.05  # a speed reached within this part of the one asked for is the one asked for
SLIDER, TEXT = 84, 132  # px
SLIDER_NARROW, TEXT_NARROW = 60, 118


class Speed(QWidget):
    """Model time per second on the wall."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._usual = 1.0
        caption = QLabel("speed")
        caption.setFont(theme.named("label"))
        caption.setProperty("dim", "1")
        self.slider = Slider(prominent=True)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName("Speed")
        self.slider.moved.connect(self._ask)
        self.reached, self.asked = QLabel(), QLabel()
        self.reached.setFont(theme.named("field"))
        self.asked.setFont(theme.named("micro"))
        self.asked.setProperty("dim", "2")
        self._texts = QWidget()
        self._texts.setLayout(column(None, self.reached, self.asked, None, spacing=0))
        self.fastest = QToolButton()
        self.fastest.setObjectName("fastest")
        self.fastest.setCheckable(True)
        self.fastest.setFixedSize(30, 30)
        self.fastest.setIconSize(QSize(18, 18))
        self.fastest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fastest.setToolTip("As fast as possible")
        self.fastest.setAccessibleName("As fast as possible")
        self.fastest.clicked.connect(self._toggle_fastest)
        self.setLayout(row(caption, self.slider, self._texts, self.fastest, spacing=8, margins=(6, 0, 2, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.set_narrow(narrow=False)
        theme.changed.connect(self._dress)
        for signal in (document.replaced, document.derived):
            signal.connect(self.sync)
        self._dress()
        self.sync()

    def _dress(self) -> None:
        self.fastest.setIcon(theme.icon("speed", 18))

    def set_narrow(self, *, narrow: bool) -> None:
        """Take less room in a small window."""
        self.slider.setFixedWidth(SLIDER_NARROW if narrow else SLIDER)
        self._texts.setFixedWidth(TEXT_NARROW if narrow else TEXT)

    def sync(self) -> None:
        """Put the slider where the run is; the middle is the speed proposed for the circuit."""
        speed = self._document.status().speed
        self._usual = self._document.proposal().speed
        self.fastest.setChecked(speed is None)
        if speed is not None:
            self.slider.set_fraction(math.log(speed / self._usual) / (2 * math.log(SPAN)) + 0.5)

    def _chosen(self) -> float:
        return float(f"{self._usual * SPAN ** (2 * self.slider.fraction - 1):.2g}")

    def _ask(self, _fraction: float) -> None:
        self.fastest.setChecked(False)
        self._document.simulator.set_speed(self._chosen())
        self._explain(self._chosen())

    def _toggle_fastest(self, on: bool) -> None:
        self._document.simulator.set_speed(None if on else self._chosen())

    def show_status(self, status: Status) -> None:
        """Say how fast it runs, and how fast it should."""
        reached, asked = self._words(status)
        self.reached.setText(reached)
        self.asked.setText(asked)
        self._explain(status.speed)

    def _words(self, status: Status) -> tuple[str, str]:
        wanted, reached = status.speed, status.achieved
        if wanted is None:
            return (self._rate(reached), "the fastest it can") if status.playing else ("fastest", "paused")
        if not status.playing:
            return self._rate(wanted), "paused"
        if reached <= 0.0 or abs(reached - wanted) <= KEPT * wanted:
            return self._rate(wanted), "as asked"
        return self._rate(reached), f"asked {number(wanted, 2)}"

    def _rate(self, speed: float) -> str:
        unit = self._document.circuit.unit_system.unit(Dimension.TIME)
        return f"{number(speed, 2)} {unit} per second"

    def _explain(self, speed: float | None) -> None:
        text = "Model time that passes in one second; drag to change"
        slowest = self._document.proposal().tau_slowest
        if speed:
            own = " ".join(duration(slowest, self._document.circuit.unit_system))
            text += f"\nThe slowest time constant ({own}) takes {number(slowest / speed, 2)} s to watch"
        for widget in (self.slider, self._texts):
            widget.setToolTip(text)
