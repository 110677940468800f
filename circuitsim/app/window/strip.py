"""The strip of the first run: where one can go from here, above the running circuit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import Line, row
from circuitsim.app.window.cards import Card
from circuitsim.app.window.recent import RecentMenu

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.window.commands import Commands

OFFERS = (("tutorial", "Tutorial"), ("gallery", "Examples"), ("new", "Blank"))
FOREMOST = "tutorial"
HEIGHT = 24


class Strip(Card):
    """Tutorial, examples, blank, recent files; once closed it does not come back."""

    _canvas: CanvasView | None = None  # until it is made, and hidden for the first time

    def __init__(
        self, canvas: CanvasView, commands: Commands, preferences: Preferences, take: Callable[[Path], None]
    ) -> None:
        super().__init__(canvas, top=True)
        self._canvas = canvas
        self._preferences = preferences
        offers = [_offer(title, commands, name) for name, title in OFFERS if name in commands.actions]
        recent = _button("Open recent")
        recent.setMenu(RecentMenu(recent, preferences, take))
        recent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.close_button = QToolButton()
        self.close_button.setFixedSize(HEIGHT, HEIGHT)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.setToolTip("Close and do not show again")
        self.close_button.setAccessibleName("Close the strip")
        self.close_button.clicked.connect(self._dismiss)
        bar = Line(upright=True, length=16, strong=True)
        self.setLayout(row(*offers, recent, bar, self.close_button, spacing=2, margins=(4, 2, 3, 2)))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.close_button.setIcon(theme.icon("close", 14))

    def place(self) -> None:
        """In the middle of the upper edge; the canvas keeps the circuit clear of it when it fits it."""
        super().place()
        assert self._canvas is not None  # noqa: S101  (it is made)
        self._canvas.keep_clear(sign=(self.width(), self.y() + self.height()))

    def setVisible(self, visible: bool) -> None:
        """Show or hide it; what it covered is free again."""
        super().setVisible(visible)
        if not visible and self._canvas is not None:
            self._canvas.keep_clear(sign=(0, 0))

    def welcome(self) -> None:
        """Show it, unless it was closed once."""
        if not self._preferences.settings.strip_dismissed:
            self.show()
            self.place()

    def _dismiss(self) -> None:
        self.hide()
        self._preferences.set(strip_dismissed=True)


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("strip")
    button.setText(text)
    button.setFixedHeight(HEIGHT)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _offer(title: str, commands: Commands, name: str) -> QToolButton:
    button = _button(title)
    if name == FOREMOST:
        button.setObjectName("stripfirst")
    button.clicked.connect(lambda: commands.trigger(name))
    return button
