"""The program on a real X display: what a person sees and presses in the first minute."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

pytestmark = pytest.mark.display


def pixels(shown: QPixmap) -> np.ndarray:
    """uint32[height, width], as the X server has them."""
    from PySide6.QtGui import QImage

    image = shown.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


def on_screen(window: MainWindow) -> np.ndarray:
    return pixels(window.screen().grabWindow(window.winId()))


def place_of(window: MainWindow, name: str) -> QPoint:
    canvas = window.canvas
    return canvas.camera.to_view(canvas.scene.box(window.document.circuit[name]).center()).toPoint()


@pytest.fixture
def window(qtbot: QtBot, example: Callable[[str], Path]) -> Iterator[MainWindow]:
    """The tap-withdrawal circuit, opened and running."""
    from PySide6.QtTest import QTest

    from circuitsim.api import load
    from circuitsim.app.window import start

    path = example("tap-withdrawal")
    shown = start.build(load(path), path)
    shown.show()
    shown.activateWindow()
    assert QTest.qWaitForWindowExposed(shown)
    shown.frames.start()
    shown.document.play()
    qtbot.waitUntil(lambda: shown.document.status().t > 0.2, timeout=60_000)
    yield shown
    shown.document.stack.setClean()
    shown.close()


def balance(window: MainWindow) -> float:
    """Backward command cells (AVA, AVD) against forward ones (AVB, PVC), now."""
    latest = window.document.simulator.latest()
    v = dict(zip(latest.ids, latest.v, strict=True))
    names = ("AVAL", "AVAR", "AVDL", "AVDR"), ("AVBL", "AVBR", "PVCL", "PVCR")
    backward, forward = ([v[window.document.circuit[name].id] for name in side] for side in names)
    return float(np.mean(backward) - np.mean(forward))


def test_the_picture_on_the_screen_moves_while_it_runs_and_rests_while_paused(
    window: MainWindow, qtbot: QtBot
) -> None:
    from PySide6.QtCore import Qt

    first = on_screen(window)
    assert np.unique(first).size > 100
    qtbot.wait(500)
    assert (on_screen(window) != first).any()

    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing)
    t = window.document.status().t
    qtbot.wait(500)
    rest = on_screen(window)
    qtbot.wait(300)
    assert (on_screen(window) == rest).all()
    assert window.document.status().t == t

    qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.document.status().t > t)


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_tap_turns_the_worm_round(window: MainWindow, qtbot: QtBot, by: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    tap = window.document.circuit["tap"].id
    assert balance(window) < 0.0
    if by == "mouse":
        QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=place_of(window, "tap"))
    else:
        QTest.keyPress(window.canvas, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.canvas.value_of(tap) == 1.0)
    qtbot.waitUntil(lambda: balance(window) > 0.0, timeout=20_000)
    if by == "mouse":
        QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=place_of(window, "tap"))
    else:
        QTest.keyRelease(window.canvas, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.canvas.value_of(tap) == 0.0)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=["terminate", "interrupt"])
def test_the_command_opens_a_window_that_others_can_see_and_ends_when_asked(
    qapp: QApplication, qtbot: QtBot, end: signal.Signals
) -> None:
    def seen() -> np.ndarray:
        return pixels(qapp.primaryScreen().grabWindow(0))

    def colours() -> int:
        return np.unique(seen()).size

    command = [sys.executable, "-m", "circuitsim"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        try:
            qtbot.waitUntil(lambda: colours() > 100, timeout=60_000)
            shown = seen()
            qtbot.waitUntil(lambda: bool((seen() != shown).any()), timeout=60_000)
            program.send_signal(end)
            said = program.communicate(timeout=20)[1]
        finally:
            program.kill()
    assert program.returncode == 128 + end
    assert not said
    qtbot.waitUntil(lambda: colours() < 100)
