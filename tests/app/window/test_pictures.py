"""Pictures of circuit and lanes, asked for with the mouse and looked at as files."""

from __future__ import annotations

import threading
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from circuitsim.app import theme
from circuitsim.app.dialogs.figure import FigureDialog
from circuitsim.app.document.figure import png
from circuitsim.app.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from circuitsim.app.document.figure import Figure
    from circuitsim.app.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def draw(
    launch: Callable[..., MainWindow],
    press: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> Callable[..., None]:
    """Draws a picture by the dialog."""
    window = launch()
    qtbot.waitUntil(lambda: window.document.status().t > 0.3, timeout=120_000)

    def go(path: Path, *, transparent: bool = False, **choices: str) -> None:
        press(window, Qt.Key.Key_E, CTRL, SHIFT)
        dialog = window.findChildren(FigureDialog)[-1]
        assert not dialog.isModal()
        for name, title in choices.items():
            menu = dialog.findChild(Choice, f"figure:{name}").menu()
            menu.popup(dialog.pos())
            action = next(a for a in menu.actions() if a.text() == title)
            QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        if transparent:
            QTest.mouseClick(dialog.transparent, LEFT)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        QTest.mouseClick(dialog.export, LEFT)
        qtbot.waitUntil(path.exists, timeout=20_000)

    return go


def texts(path: Path) -> list[str]:
    return [e.text or "" for e in ET.parse(path).iter() if e.tag.endswith("text")]  # noqa: S314  (our own file)


def tags(path: Path) -> set[str]:
    return {e.tag.rpartition("}")[2] for e in ET.parse(path).iter()}  # noqa: S314


def test_the_circuit_as_a_picture_at_any_scale(draw: Callable[..., None], tmp_path: Path) -> None:
    small, large = tmp_path / "small.png", tmp_path / "large.png"
    draw(small, scale="1 ×")
    draw(large, scale="3 ×", transparent=True)
    one, three = QImage(str(small)), QImage(str(large))
    assert (three.width(), three.height()) == pytest.approx((3 * one.width(), 3 * one.height()), abs=3)
    assert one.pixelColor(2, 2).name().upper() == theme.current().canvas
    assert three.pixelColor(2, 2).alpha() == 0
    assert len({one.pixel(x, one.height() // 2) for x in range(one.width())}) > 10


@pytest.mark.parametrize("subject", ["Circuit", "Scope lanes"])
def test_drawings_are_vectors_with_texts(draw: Callable[..., None], tmp_path: Path, subject: str) -> None:
    path = tmp_path / "drawing.svg"
    draw(path, subject=subject, format="SVG drawing")
    assert "image" not in tags(path)
    assert "path" in tags(path) or "polyline" in tags(path)
    assert {"liquid", "still"} <= set(texts(path))


def test_lanes_without_ground_are_transparent(draw: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "lanes.png"
    draw(path, subject="Scope lanes", transparent=True)
    image = QImage(str(path))
    assert image.pixelColor(image.width() - 3, 3).alpha() == 0
    assert image.pixelColor(image.width() // 2, image.height() // 3).alpha() == 255


@pytest.mark.parametrize("subject", ["Circuit", "Scope lanes"])
def test_pictures_are_painted_while_the_window_goes_on(
    draw: Callable[..., None], tmp_path: Path, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def noted(figure: Figure, scale: float, *, transparent: bool) -> bytes:
        threads.append(threading.current_thread())
        return png(figure, scale, transparent=transparent)

    monkeypatch.setattr("circuitsim.app.document.figure.png", noted)
    draw(tmp_path / "picture.png", subject=subject)
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
    assert not QImage(str(tmp_path / "picture.png")).isNull()


def test_a_picture_that_is_too_large_says_so(
    launch: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = launch()
    window.panels["scope"].setFixedHeight(160)
    window.exports._scope.resize(9000, 200)
    window.exports._write_picture("lanes", tmp_path / "huge.png", 4.0, False)  # noqa: FBT003  (a slot)
    qtbot.waitUntil(lambda: "too many" in window.status.message.whole)
    assert not (tmp_path / "huge.png").exists()
