"""What a person has chosen for the whole program: applied at once, kept soon after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from circuitsim.app import theme
from circuitsim.app.document.quantity import set_times
from circuitsim.spec.issue import CircuitsimError

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.store.settings import Settings
    from circuitsim.store.store import Store

REST = 400  # ms without a change after which settings are written


class Preferences(QObject):
    """The settings of the store, as the window uses them.

    Signals:
        changed: Something was chosen.
        due: It is time to write them, away from the GUI thread.
    """

    changed = Signal()
    due = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.due)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_desktop)

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self.store.settings

    def set(self, **fields: Any) -> None:
        """Choose something; it is applied at once."""
        self.store.change(**fields)
        if not {"theme", "reduced_motion", "times"}.isdisjoint(fields):
            self.apply()
        self._rest.start()
        self.changed.emit()

    def apply(self) -> None:
        """Let theme, motion and times be as chosen."""
        chosen = self.settings
        theme.set_reduced_motion(on=chosen.reduced_motion)
        set_times(short=chosen.times == "short")
        theme.turn_to(theme.desktop_theme() if chosen.theme == "system" else chosen.theme)

    def _follow_desktop(self) -> None:
        if self.settings.theme == "system":
            self.apply()

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        self.store.remember(path)
        self._rest.start()
        self.changed.emit()

    def finish(self) -> None:
        """Write what is left to write; the program ends, so nobody is there to be told of trouble."""
        self._rest.stop()
        try:
            self.store.write()
        except CircuitsimError as error:
            self.store.notices.append(error.sentence)
