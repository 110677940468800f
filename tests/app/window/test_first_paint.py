"""What waits for the first picture comes after it, once, and comes too where nobody sees the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from circuitsim.api import load
from circuitsim.app.window import first_paint
from circuitsim.app.window.first_paint import FirstPaint
from circuitsim.io.examples import example

pytestmark = pytest.mark.gui


class Painted(QWidget):
    """Counts its pictures."""

    def __init__(self):
        super().__init__()
        self.pictures = 0

    def paintEvent(self, _event):
        self.pictures += 1


def test_it_comes_once_and_after_the_first_picture(qtbot):
    window, seen = Painted(), []
    qtbot.addWidget(window)
    FirstPaint(window, (0, lambda: seen.append(window.pictures)))
    window.show()
    qtbot.waitUntil(lambda: bool(seen))
    window.repaint()
    qtbot.wait(20)
    assert seen == [1]


def test_steps_come_in_turn_until_the_window_is_closed(qtbot):
    window, seen = Painted(), []
    qtbot.addWidget(window)
    FirstPaint(
        window, (0, lambda: seen.append("a")), (5, lambda: seen.append("b")), (20, lambda: seen.append("c"))
    )
    window.show()
    qtbot.waitUntil(lambda: len(seen) == 2)
    window.close()
    qtbot.wait(60)
    assert seen == ["a", "b"]


def test_a_window_that_nobody_sees_does_not_wait_for_ever(qtbot, monkeypatch):
    monkeypatch.setattr(first_paint, "PATIENCE", 10)
    window, seen = Painted(), []
    qtbot.addWidget(window)
    FirstPaint(window, (0, lambda: seen.append(window.pictures)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [0]


def test_a_window_that_is_closed_before_is_left_alone(qtbot):
    window, seen = Painted(), []
    FirstPaint(window, (0, lambda: seen.append(True)))
    window.deleteLater()
    qtbot.wait(20)
    assert not seen


def test_the_program_runs_its_circuit_once_its_window_is_seen(launch, qtbot):
    window = launch()
    qtbot.waitUntil(lambda: window.document.status().t > 0.0, timeout=120_000)
    inspector = window.panels["inspector"]
    qtbot.waitUntil(lambda: len(inspector._pages) > 1 and inspector._ahead.done, timeout=60_000)


def test_a_circuit_that_is_opened_before_the_first_one_ran_stands_still_if_it_was_paused(launch, qtbot):
    window = launch()
    window.document.replace(load(example("tap-withdrawal").path), None)
    window.document.simulator.pause()
    qtbot.waitUntil(lambda: window.frames.rate > 0.0, timeout=60_000)
    assert not window.document.status().playing
