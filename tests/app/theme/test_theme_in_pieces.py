"""A change of theme in pieces: nobody waits for it, nothing is seen half-dressed, and minds may be changed."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.view import CanvasView
from circuitsim.app.theme.turn import LARGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

pytestmark = pytest.mark.gui
KEYS = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:  # noqa: ARG001  (a theme is put on the application)
    """Before as well: whoever comes first in a process finds an application without any theme."""
    theme.set_theme("light")
    yield
    theme.set_theme("light")


def inks(name: str) -> set[str]:
    """All colours of a theme."""
    return {ink.lower() for ink in astuple(theme.THEMES[name]) if isinstance(ink, str)}


def ink_of(label: QWidget) -> str:
    """The colour of the letters of a label."""
    return label.palette().windowText().color().name()


def done(qtbot: QtBot) -> None:
    """Let events be handled until nothing of a change is left."""
    qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)


class Paints(QObject):
    """Notes labels that are painted in other clothes than those of the theme, and what the canvas is painted in."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.themes: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at whom a paint is for."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QLabel):
            if ink_of(watched) not in inks(theme.current().name):
                self.wrong.append(f"{watched.text()} {ink_of(watched)} in {theme.current().name}")
        elif event.type() is QEvent.Type.Paint and isinstance(watched, CanvasView):
            self.themes.append(theme.current().name)
        return False


def test_it_is_never_seen_half_dressed(window: MainWindow, qtbot: QtBot, press: Callable[..., None]) -> None:
    window.document.select({window.document.circuit["AVAL"].id})
    paints = Paints()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(paints)
    for name in ("dark", "light") * 3:
        paints.themes.clear()
        press(window, Qt.Key.Key_L, *KEYS)
        assert theme.coming().name == name != theme.current().name
        done(qtbot)
        qtbot.waitUntil(lambda: name in paints.themes)  # noqa: B023  (it is called in this turn)
        assert paints.themes == sorted(paints.themes, key=lambda seen: seen == name)
        assert not window.document.stack.canUndo()
    app.removeEventFilter(paints)
    assert not paints.wrong


def test_the_canvas_is_drawn_before_it_is_seen(
    window: MainWindow, qtbot: QtBot, press: Callable[..., None]
) -> None:
    before = window.canvas._picture.flow
    press(window, Qt.Key.Key_L, *KEYS)
    qtbot.waitUntil(lambda: theme.current().name == "dark", timeout=60_000)
    window.canvas.grab()
    kept = window.canvas._picture._kept
    assert kept.shot is not None
    assert kept.shot.theme is theme.DARK
    assert not window.canvas._picture.unfinished
    assert window.canvas._picture.flow is before
    done(qtbot)
    assert all(part.updatesEnabled() for part in window.findChildren(QWidget))
    assert window.canvas.width() * window.canvas.height() > LARGE


def test_what_is_shown_before_its_turn_is_dressed(window: MainWindow, qtbot: QtBot) -> None:
    issues = window.panels["issues"]
    window.side.turn_to("issues")
    window.side.turn_to("inspector")
    labels = issues.findChildren(QLabel)
    assert labels
    assert all(ink_of(label) in inks("light") for label in labels)
    window.switch_theme()
    qtbot.waitUntil(lambda: window.updatesEnabled() and theme.current() is theme.DARK, timeout=60_000)
    window.side.turn_to("issues")
    assert all(ink_of(label) in inks("dark") for label in labels)
    done(qtbot)
    assert all(ink_of(label) in inks("dark") for label in labels)


def test_a_mind_may_be_changed(window: MainWindow, qtbot: QtBot, press: Callable[..., None]) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.current().name))
    for _ in range(2):
        press(window, Qt.Key.Key_L, *KEYS)
    assert theme.current() is theme.coming() is theme.LIGHT
    done(qtbot)
    assert set(told) == {"light"}
    press(window, Qt.Key.Key_L, *KEYS)
    qtbot.waitUntil(lambda: theme.current() is theme.DARK, timeout=60_000)  # some of it is dressed
    press(window, Qt.Key.Key_L, *KEYS)
    assert theme.coming() is theme.LIGHT
    done(qtbot)
    assert theme.current() is theme.LIGHT
    assert told[-2:] == ["dark", "light"]
    assert {ink_of(label) for label in window.findChildren(QLabel)} <= inks("light")
    for _ in range(3):
        press(window, Qt.Key.Key_L, *KEYS)
    done(qtbot)
    assert theme.current() is theme.DARK
    assert {ink_of(label) for label in window.findChildren(QLabel)} <= inks("dark")


def test_at_once_means_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.switch_theme()
    theme.set_theme("light")
    assert not theme.turning()
    window.switch_theme()
    qtbot.waitUntil(lambda: theme.current() is theme.DARK, timeout=60_000)
    theme.set_theme("light")
    assert not theme.turning()
    assert window.updatesEnabled()
    assert {ink_of(label) for label in window.findChildren(QLabel)} <= inks("light")


def test_a_window_may_be_closed_meanwhile(launch: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = launch()
    window.switch_theme()
    qtbot.waitUntil(lambda: theme.current() is theme.DARK, timeout=60_000)
    window.document.stack.setClean()
    window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    done(qtbot)
    assert theme.current() is theme.DARK


def test_without_a_window_it_is_at_once(qapp: object) -> None:  # noqa: ARG001  (fonts and icons need one)
    theme.turn_to("dark")
    assert theme.current() is theme.DARK
    assert not theme.turning()
    with pytest.raises(KeyError):
        theme.turn_to("blue")
