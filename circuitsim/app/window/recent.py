"""The menu of recent files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.preferences import Preferences


KEYS = 9  # lines with a figure


class RecentMenu(QMenu):
    """Filled anew each time it opens; files that are gone are not in it."""

    def __init__(self, parent: QWidget, preferences: Preferences, take: Callable[[Path], None]) -> None:
        super().__init__("Open recent", parent)
        self._preferences, self._take = preferences, take
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what is there now."""
        self.clear()
        files = self._preferences.store.recent()
        names = [path.name for path in files]
        for place, path in enumerate(files):
            name = path.name.removesuffix(".circuit.json")
            alike = names.count(path.name) > 1
            text = f"{name}  ({path.parent.name})" if alike else name
            action = self.addAction(numbered(text, place))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, p=path: self._take(p))
        if files:
            self.addSeparator()
            self.addAction("Clear the list").triggered.connect(lambda: self._preferences.set(recent=()))
        else:
            self.addAction("No recent files").setEnabled(False)


def numbered(text: str, place: int) -> str:
    """A line of a menu; the first nine are chosen by their figure."""
    plain = text.replace("&", "&&")
    return f"&{place + 1}  {plain}" if place < KEYS else plain
