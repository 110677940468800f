"""A hand at mouse and keyboard of the X display: what it does goes through the server, as a person's doing does."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

REST = 40  # ms after each move, so that the program sees it as one of its own
SHOTS = os.environ.get("CIRCUITSIM_MOMENTS", "")  # a folder in which pictures are kept


def pixels(shown: QPixmap) -> np.ndarray:
    """uint32[height, width], as the X server has them."""
    image = shown.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


def on_screen(window: QWidget) -> np.ndarray:
    """What the X server shows of a window."""
    return pixels(window.screen().grabWindow(window.winId()))


class Hand:
    """Moves, presses and types; every place is one of the screen."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    def _do(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], check=True, timeout=20, capture_output=True)
        self._qtbot.wait(REST)

    # places -------------------------------------------------------------------------------------

    def at(self, name: str) -> QPoint:
        """The middle of an element on the canvas."""
        canvas = self.window.canvas
        middle = canvas.scene.box(self.window.document.circuit[name]).center()
        return self.on(canvas, canvas.camera.to_view(middle).toPoint())

    def rim(self, name: str, toward: QPoint) -> QPoint:
        """The point of the rim of a neuron, or of the port of an input, on the side of another place."""
        canvas, element = self.window.canvas, self.window.document.circuit[name]
        box = canvas.scene.box(element)
        if hasattr(element, "stimulus"):
            return self.on(canvas, canvas.camera.to_view(QPointF(box.right(), box.center().y())).toPoint())
        middle = self.at(name)
        way = QPointF(toward - middle)
        length = (way.x() ** 2 + way.y() ** 2) ** 0.5
        radius = canvas.camera.zoom * box.width() / 2
        return middle + (way * (0.96 * radius / length)).toPoint()

    def on(self, widget: QWidget, place: QPoint | None = None) -> QPoint:
        """A place on a widget, its middle if none is given."""
        return widget.mapToGlobal(widget.rect().center() if place is None else place)

    # doing --------------------------------------------------------------------------------------

    def move(self, to: QPoint) -> None:
        """Move the mouse there."""
        self._do("mousemove", to.x(), to.y())

    def down(self, button: int = 1) -> None:
        """Press a button of the mouse."""
        self._do("mousedown", button)

    def up(self, button: int = 1) -> None:
        """Release it."""
        self._do("mouseup", button)

    def click(self, at: QPoint, button: int = 1) -> None:
        """Click somewhere."""
        self.move(at)
        self._do("click", button)

    def double_click(self, at: QPoint) -> None:
        """Click twice, fast."""
        self.move(at)
        self._do("click", "--repeat", 2, "--delay", 30, 1)

    def drag(self, start: QPoint, end: QPoint, *keys: str, steps: int = 8) -> None:
        """Press at one place and release at another, with keys held."""
        self.move(start)
        for key in keys:
            self._do("keydown", key)
        self.down()
        for k in range(1, steps + 1):
            self.move(start + (end - start) * k / steps)
        self.up()
        for key in keys:
            self._do("keyup", key)

    def key(self, *names: str) -> None:
        """Press keys, one after the other."""
        for name in names:
            self._do("key", name)

    def hold(self, name: str) -> None:
        """Press a key and keep it down."""
        self._do("keydown", name)

    def let_go(self, name: str) -> None:
        """Release a key."""
        self._do("keyup", name)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", 15, "--", text)

    def come_back(self) -> None:
        """Give the keys to the window after a dialog: here is no window manager that would do so."""
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)

    def shot(self, name: str) -> QPixmap:
        """What the screen shows of the window; kept as a picture where that is asked for."""
        shown = self.window.screen().grabWindow(self.window.winId())
        if SHOTS:
            shown.save(f"{SHOTS}/{name}.png")
        return shown


def columns(path: Path) -> np.ndarray:
    """A trace file as the README says to read it."""
    return np.genfromtxt(path, delimiter=",", names=True)
