"""The one current theme, and the signals that it changes and has changed.

Dressing a widget anew takes half a millisecond, and dozens of events: who can spare widgets, and who listens to every
event of the program, is told before.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from circuitsim.app.theme.apply import apply, wears
from circuitsim.app.theme.tokens import LIGHT, THEMES, Theme


class _Holder(QObject):
    changing = Signal()
    changed = Signal()
    theme: Theme = LIGHT
    reduced_motion = False


_holder = _Holder()

changing = _holder.changing
changed = _holder.changed


def current() -> Theme:
    """The theme in use; painters ask for it at every paint and keep no colour."""
    return _holder.theme


def set_theme(name: str) -> None:
    """Use the theme of a name (``light`` or ``dark``) in the whole application.

    Raises:
        KeyError: If there is no theme of that name.
    """
    _holder.theme = THEMES[name]
    app = QApplication.instance()
    if isinstance(app, QApplication) and not wears(app, _holder.theme):
        changing.emit()
        apply(app, _holder.theme)
    changed.emit()


def reduced_motion() -> bool:
    """Whether everything that moves without being data stands still: pulses, camera, dots."""
    return _holder.reduced_motion


def set_reduced_motion(*, on: bool) -> None:
    """Let things that are no data stand still, or move again; who moves them asks at every frame."""
    _holder.reduced_motion = on


def desktop_theme() -> str:
    """The name of the theme that fits the desktop."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"
