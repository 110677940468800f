"""Every setting holds at once, is kept, and is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.app.dialogs.settings import SettingsDialog
from circuitsim.app.document.quantity import duration
from circuitsim.app.widgets.choice import Choice
from circuitsim.spec.unit import UNIT_SYSTEMS
from circuitsim.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow) -> SettingsDialog:
    window.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def choose(dialog: SettingsDialog, field: str, title: str) -> None:
    """Open a list with the mouse and click a name in it."""
    choice = dialog.findChild(Choice, f"setting:{field}")
    menu = choice.menu()
    menu.popup(choice.mapToGlobal(choice.rect().bottomLeft()))
    action = next(a for a in menu.actions() if a.text() == title)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_the_theme_changes_and_is_kept(
    launch: Callable[..., MainWindow], press: Callable[..., None], config: Path, qtbot: QtBot
) -> None:
    window = launch()
    dialog = opened(window)
    assert not dialog.isModal()
    choose(dialog, "theme", "Dark")
    qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
    assert theme.current().is_dark
    qtbot.waitUntil(lambda: Store(config).settings.theme == "dark")
    choose(dialog, "theme", "As the desktop")
    qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
    assert theme.current().name == theme.desktop_theme()
    press(window, Qt.Key.Key_L, CTRL, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
    assert window.preferences.settings.theme == theme.current().name
    window.close()
    assert Store(config).settings.theme == theme.current().name


def test_the_desktop_is_followed_live(launch: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = launch()
    hints = QApplication.styleHints()
    before = hints.colorScheme()
    try:
        window.preferences.set(theme="system")
        for scheme, dark in ((Qt.ColorScheme.Dark, True), (Qt.ColorScheme.Light, False)):
            hints.setColorScheme(scheme)
            if hints.colorScheme() is scheme:  # platforms without a scheme of their own stay as they are
                qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
                assert theme.current().is_dark is dark
    finally:
        hints.setColorScheme(before)


def test_motion_stands_still(launch: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = launch()
    dialog = opened(window)
    QTest.mouseClick(dialog.still, LEFT)
    assert theme.reduced_motion()
    qtbot.waitUntil(lambda: window.document.status().t > 0.2, timeout=120_000)
    flow = window.canvas._picture.flow
    before, t = flow.phase.tolist(), window.document.status().t
    assert before
    qtbot.waitUntil(lambda: window.document.status().t > t + 0.5)
    assert flow.phase.tolist() == before
    QTest.mouseClick(dialog.still, LEFT)
    qtbot.waitUntil(lambda: flow.phase.tolist() != before)


def test_new_circuits_get_the_chosen_units_and_solver(
    launch: Callable[..., MainWindow], press: Callable[..., None]
) -> None:
    window = launch()
    dialog = opened(window)
    choose(dialog, "unit_system", "Physiological: ms, mV, nS")
    fused = window.document.circuit.kinds.solvers["fused"].title
    choose(dialog, "solver", fused)
    assert window.document.circuit.document.unit_system == "liquid"
    press(window, Qt.Key.Key_N, CTRL)
    made = window.document.circuit.document
    assert (made.unit_system, made.settings.solver) == ("physiological", "fused")
    assert not window.document.dirty


def test_times_are_shown_as_chosen(launch: Callable[..., MainWindow]) -> None:
    dialog = opened(launch())
    system = UNIT_SYSTEMS["liquid"]
    assert duration(0.049, system) == ("49", "ms")
    choose(dialog, "times", "In the circuit's unit")
    assert duration(0.049, system) == ("0.049", "s")
    choose(dialog, "times", "Short: 49 ms")
    assert duration(0.049, system) == ("49", "ms")


def test_a_size_says_that_it_waits_for_the_next_start(
    launch: Callable[..., MainWindow], config: Path
) -> None:
    window = launch()
    dialog = opened(window)
    assert not dialog._later.isVisible()
    choose(dialog, "scale", "150 %")
    assert dialog._later.isVisible()
    choose(dialog, "scale", "As the desktop")
    assert not dialog._later.isVisible()
    choose(dialog, "scale", "125 %")
    window.close()
    assert Store(config).settings.scale == 1.25


def test_settings_open_once(launch: Callable[..., MainWindow]) -> None:
    window = launch()
    assert opened(window) is opened(window)
    assert len(window.findChildren(SettingsDialog)) == 1


def test_a_key_and_the_menu_open_them(launch: Callable[..., MainWindow], press: Callable[..., None]) -> None:
    window = launch()
    press(window, Qt.Key.Key_Comma, CTRL)
    assert window.findChild(SettingsDialog).isVisible()
    assert window.commands.actions["settings"].shortcut().toString() == "Ctrl+,"
