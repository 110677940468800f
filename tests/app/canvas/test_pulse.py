"""Targets of a line light up and pulse while it is drawn, on the clock of the frames."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.paint.preview import BEATS, WEAKEST, strength
from circuitsim.app.canvas.pulse import PERIOD

pytestmark = pytest.mark.gui

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
FRAME = 0.045  # s; twenty of them are one pulse
HALO = 40.0  # canvas units from the middle of a neuron to its halo


class Clock:
    """Stands in for the clock by which frames are drawn."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tick(canvas, monkeypatch):
    """Lets frames pass; returns what is seen then."""
    clock = Clock()
    monkeypatch.setattr("circuitsim.app.canvas.view.perf_counter", clock)
    canvas.refresh()

    def go(frames: int = 1) -> QImage:
        for _ in range(frames):
            clock.now += FRAME
            canvas.refresh()
        return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    yield go
    theme.set_reduced_motion(on=False)


@pytest.fixture
def drawing(canvas, place):
    """Begins a line at A that hangs over empty canvas."""

    def go() -> None:
        start, stop = place("A", 0, 30), QPointF(place("A", 0, 140))
        QTest.mousePress(canvas, LEFT, NONE, start)
        for at in (QPointF(place("A", 0, 80)), stop):
            event = QMouseEvent(
                QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, NONE
            )
            QApplication.sendEvent(canvas, event)

    return go


def tint(image: QImage, at) -> float:
    """How far the halo at a point is from the colour of the canvas."""
    seen, ground = QColor(image.pixel(at)), QColor(theme.current().canvas)
    return float(np.abs(np.array(seen.getRgb()[:3]) - np.array(ground.getRgb()[:3])).sum())


@pytest.mark.parametrize("zoom", [1.0, 1.5])  # from sprites, and as vectors
def test_a_legal_target_pulses_and_its_ring_turns(canvas, drawing, place, tick, zoom):
    canvas.look(Camera(zoom, 0.0, 0.0))
    drawing()
    strong, half, full = tick(0), tick(10), tick(10)
    assert tint(half, place("B", 0, -HALO)) == pytest.approx(
        WEAKEST * tint(strong, place("B", 0, -HALO)), rel=0.1
    )
    assert full == strong
    quarter, three = tick(5), tick(10)  # as strong, but the ring has turned
    assert tint(quarter, place("B", 0, -HALO)) == tint(three, place("B", 0, -HALO))
    assert quarter != three


def test_the_pulse_has_the_range_and_the_time_of_the_design():
    assert (strength(0), strength(BEATS // 2), PERIOD) == (1.0, pytest.approx(0.6), 0.9)


def test_nothing_beats_when_motion_is_reduced_or_nothing_is_drawn(canvas, drawing, place, tick):
    rest = tick(0)
    assert tick(7) == rest
    theme.set_reduced_motion(on=True)
    drawing()
    lit = tick(0)
    assert tint(lit, place("B", 0, -HALO)) > 0
    assert tick(10) == lit
    theme.set_reduced_motion(on=False)
    assert tick(10) != lit
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert tick(1) == tick(10)
