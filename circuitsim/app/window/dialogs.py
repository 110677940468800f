"""What opens over the window; imported when something does, since a start has no time for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.dialogs.gallery import Gallery
from circuitsim.app.dialogs.settings import SettingsDialog
from circuitsim.app.dialogs.shortcuts import Shortcuts
from circuitsim.app.window.lists import key_groups

if TYPE_CHECKING:
    from circuitsim.app.window.main_window import MainWindow


def show_settings(window: MainWindow) -> None:
    """Show the settings, or bring them to the front."""
    there = window.findChild(SettingsDialog)
    if there is None:
        solvers = [(s.id, s.title) for s in window.document.circuit.kinds.solvers.values()]
        there = SettingsDialog(window, window.preferences, solvers, key_groups(window.panel_actions.values()))
    there.show()
    there.raise_()
    there.activateWindow()


def show_gallery(window: MainWindow) -> None:
    """Show the examples as live pictures; one that is opened takes the place of the circuit."""
    gallery = Gallery(window, window.document.bridge)
    gallery.opened.connect(lambda chosen: window.files.open_example(chosen.path))
    gallery.show()


def show_shortcuts(window: MainWindow) -> None:
    """List the keys."""
    Shortcuts(window, key_groups(window.panel_actions.values())).open()
