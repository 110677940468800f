"""Qt's actions, made from the table, and the menus that list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy

from circuitsim.app.actions import ACTIONS, MENUS
from circuitsim.app.dialogs.shortcuts import native

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from circuitsim.app.actions import Action, Desk


class Commands:
    """All actions of a window, by id."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk = desk
        self.actions: dict[str, QAction] = {}
        for entry in ACTIONS:
            action = QAction(self._title(entry), owner)
            action.setObjectName(entry.id)
            action.triggered.connect(lambda _checked=False, e=entry: self.run(e))
            if not entry.held:
                action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            owner.addAction(action)
            self.actions[entry.id] = action
            action.setToolTip(tip(entry))
        self.refresh()

    def run(self, entry: Action) -> None:
        """Do it, if it can be done now."""
        if entry.enabled(self._desk):
            entry.run(self._desk)
            self.refresh()

    def trigger(self, name: str) -> None:
        """Do what an id names."""
        self.run(next(a for a in ACTIONS if a.id == name))

    def refresh(self) -> None:
        """Enable what can be done now, and say what it would do."""
        for entry in ACTIONS:
            enabled = entry.enabled(self._desk)
            action = self.actions[entry.id]
            if action.isEnabled() != enabled:
                action.setEnabled(enabled)
            title = self._title(entry)
            if action.text() != title:
                action.setText(title)
                action.setToolTip(tip(entry))

    def _title(self, entry: Action) -> str:
        """What menus show: with what it would do, and with its key where that is no shortcut of Qt's."""
        title = entry.title if entry.detail is None else f"{entry.title} {entry.detail(self._desk)}".strip()
        return f"{title}\t{native(entry.keys[0])}" if entry.held and entry.keys else title

    def menu_bar(self, extra: Mapping[str, Callable[[QMenu], None]]) -> QMenuBar:
        """The menus, each opened by Alt and its initial; `extra` adds to some of them after their first group."""
        bar = QMenuBar()
        bar.setNativeMenuBar(False)
        bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        for title in MENUS:
            menu = bar.addMenu(title)
            group = 0
            for entry in (a for a in ACTIONS if a.menu == title):
                if entry.group != group:
                    if group == 0 and title in extra:
                        extra[title](menu)
                    menu.addSeparator()
                    group = entry.group
                self._home(menu, entry.submenu).addAction(self.actions[entry.id])
            menu.aboutToShow.connect(self.refresh)
            key = QShortcut(QKeySequence(f"Alt+{title[0]}"), bar)
            key.activated.connect(lambda m=menu: bar.setActiveAction(m.menuAction()))
        return bar

    def _home(self, menu: QMenu, submenu: str) -> QMenu:
        """The menu itself, or the one of a title within it."""
        if not submenu:
            return menu
        found = menu.findChild(QMenu, submenu, Qt.FindChildOption.FindDirectChildrenOnly)
        if found is None:
            found = menu.addMenu(submenu)
            found.setObjectName(submenu)
        return found


def tip(entry: Action) -> str:
    """Title and first key."""
    keys = native(entry.keys[0]) if entry.keys else ""
    title = entry.title.removesuffix("…")
    return f"{title} ({keys})" if keys else title
