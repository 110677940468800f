"""The real window, running: as a bare window, and as the program starts it for a person with a store."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from circuitsim.api import load
from circuitsim.app import theme
from circuitsim.app.window.start import application, build, start
from circuitsim.io.examples import example
from circuitsim.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit

NONE = Qt.MouseButton.NoButton
BUTTONS = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


@pytest.fixture(autouse=True)
def no_button_stays_down() -> Iterator[None]:
    """Let go of the mouse after a test: Qt's double click of tests never ends, and a held button hides that it leaves."""
    yield
    held = QApplication.mouseButtons() if QApplication.instance() is not None else NONE
    if held != NONE:
        nobody = QWidget()
        for button in BUTTONS:
            if held & button:
                QTest.mouseRelease(nobody, button, pos=nobody.rect().center())


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[[Circuit | str], MainWindow]]:
    """Opens the real window with a circuit, or an example by its id, and lets it run."""
    windows: list[MainWindow] = []

    def go(circuit: Circuit | str) -> MainWindow:
        application()
        made = build(load(example(circuit).path) if isinstance(circuit, str) else circuit, None)
        windows.append(made)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        made.frames.start()
        made.document.play()
        qtbot.waitUntil(lambda: made.document.status().t > 0.02, timeout=120_000)  # kernels may be cold
        made.canvas.setFocus()
        return made

    yield go
    for made in windows:
        made.document.stack.setClean()
        made.close()


@pytest.fixture
def window(opened: Callable[[str], MainWindow]) -> MainWindow:
    """The real window with the tap-withdrawal circuit, running."""
    return opened("tap-withdrawal")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The folder of the person's settings."""
    return tmp_path / "config"


@pytest.fixture
def launch(qtbot: QtBot, config: Path) -> Iterator[Callable[..., MainWindow]]:
    """Starts the program, with a file or without; may be called again after the window was closed."""
    windows: list[MainWindow] = []

    def go(named: Path | None = None) -> MainWindow:
        application()
        windows.append(start(named, Store(config)))
        qtbot.waitUntil(windows[-1].isActiveWindow)  # keys go to the active window alone
        return windows[-1]

    yield go
    from shiboken6 import isValid

    for window in windows:
        if isValid(window):
            window.document.stack.setClean()
            window.close()
    theme.set_theme("light")
    theme.set_reduced_motion(on=False)


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., None]:
    """Presses a key in a window, which a person would have clicked first."""

    def go(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, key, reduce(or_, modifiers, Qt.KeyboardModifier.NoModifier))

    return go
