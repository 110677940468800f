"""The one current theme, and the signal that it has changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from circuitsim.app.theme.apply import apply, wears
from circuitsim.app.theme.tokens import LIGHT, THEMES, Theme
from circuitsim.app.theme.turn import Turn


class _Holder(QObject):
    changed = Signal()
    theme: Theme = LIGHT
    reduced_motion = False

    def __init__(self) -> None:
        super().__init__()
        self.turn = Turn(self.take, self.changed.emit)

    def take(self, theme: Theme) -> None:
        """Let painters find another theme."""
        self.theme = theme


_holder = _Holder()

changed = _holder.changed


def current() -> Theme:
    """The theme in use; painters ask for it at every paint and keep no colour."""
    return _holder.theme


def coming() -> Theme:
    """The theme that is turned to, else the one in use."""
    return _holder.turn.to or _holder.theme


def turning() -> bool:
    """Whether a theme comes, or some widgets have not its look as yet."""
    return _holder.turn.to is not None


def set_theme(name: str) -> None:
    """Use the theme of a name (``light`` or ``dark``) in the whole application, at once.

    Raises:
        KeyError: If there is no theme of that name.
    """
    wanted = THEMES[name]
    _holder.turn.end()
    _holder.take(wanted)
    app = QApplication.instance()
    if isinstance(app, QApplication) and not wears(app, wanted):
        apply(app, wanted)
    _holder.changed.emit()


def turn_to(name: str) -> None:
    """Use the theme of a name soon: in pieces that hold up nobody, and at once where there is nobody to see it.

    Raises:
        KeyError: If there is no theme of that name.
    """
    wanted = THEMES[name]
    app = QApplication.instance()
    turn = _holder.turn
    if not isinstance(app, QApplication) or (wears(app, wanted) and not turn.taken) or not _seen(app):
        set_theme(name)
    else:
        turn.begin(app, wanted)


def _seen(app: QApplication) -> bool:
    """Whether any window is on the screen."""
    return any(top.isVisible() for top in app.topLevelWidgets())


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
