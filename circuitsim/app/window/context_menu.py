"""The menus of the right mouse button and the Menu key: actions of the table, and choices for what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from circuitsim.app.actions import ACTIONS
from circuitsim.app.dialogs.shortcuts import native
from circuitsim.app.document import clipboard
from circuitsim.app.window import choices
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Output, Synapse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QPoint, QPointF

    from circuitsim.app.actions import Desk
    from circuitsim.app.document.document import Document
    from circuitsim.app.window.choices import Offer
    from circuitsim.app.window.commands import Commands
    from circuitsim.circuit.elements import Element

LINE = "-"
CLIPBOARD = ("cut", "copy", "duplicate", LINE, "delete")

# For one element, or several of one class.
MENUS: Mapping[type, tuple[str | Callable[[Document], Offer], ...]] = {
    Neuron: (
        "trace",
        "mute",
        choices.start,
        LINE,
        choices.kinds,
        choices.roles,
        "what_is",
        LINE,
        "rename",
        *CLIPBOARD,
    ),
    Synapse: ("mute", choices.directions, LINE, choices.kinds, "what_is", LINE, "delete"),
    Input: (choices.kinds, "what_is", LINE, "rename", *CLIPBOARD),
    Cell: (choices.kinds, "what_is", LINE, "rename", *CLIPBOARD),
    Output: ("rename", LINE, "delete"),
    Note: ("rename", *CLIPBOARD),
}


class ContextMenus:
    """Builds a menu whenever the canvas asks for one."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        self._desk, self._commands = desk, commands
        desk.canvas.menu_asked.connect(self.show)

    def show(self, at: QPointF, screen: QPoint) -> None:
        """Open the menu for the selection, or for a place on empty canvas."""
        self._commands.refresh()
        menu = QMenu(self._desk.canvas)
        menu.setObjectName("context")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        elements = choices.chosen(self._desk.document)
        if elements:
            self._fill(menu, elements)
        else:
            self._fill_empty(menu, at)
        menu.popup(screen)

    def _fill(self, menu: QMenu, elements: list[Element]) -> None:
        document = self._desk.document
        classes = {type(e) for e in elements}
        if len(elements) == 1 and classes <= {Neuron, Input}:
            self._offer(menu, choices.connect(document))
        elif len(elements) == 2 and classes <= {Neuron, Input} and Neuron in classes:
            self._offer(menu, choices.connect_two(document))
        if len(elements) > 1 and classes != {Synapse}:
            menu.addMenu(self._align(menu))
            menu.addAction(self._commands.actions["tidy"])
            menu.addSeparator()
        entries = MENUS[classes.pop()] if len(classes) == 1 else CLIPBOARD
        for entry in entries:
            if entry == LINE:
                menu.addSeparator()
            elif isinstance(entry, str):
                menu.addAction(self._commands.actions[entry])
            else:
                self._offer(menu, entry(document))

    def _align(self, menu: QMenu) -> QMenu:
        result = QMenu("Align", menu)
        result.addActions([self._commands.actions[a.id] for a in ACTIONS if a.submenu == "Align"])
        return result

    def _offer(self, menu: QMenu, offer: Offer) -> None:
        if not offer.choices:
            return
        home = menu.addMenu(offer.title) if offer.title else menu
        for choice in offer.choices:
            action = home.addAction(choice.text)
            action.setEnabled(choice.enabled)
            if choice.ticked is not None:
                action.setCheckable(True)
                action.setChecked(choice.ticked)
            action.triggered.connect(lambda _checked=False, act=choice.act: act())

    def _fill_empty(self, menu: QMenu, at: QPointF) -> None:
        canvas, document = self._desk.canvas, self._desk.document
        for title, like, act in (
            ("Add here…", "add", lambda: canvas.quick.add(at)),
            ("Paste here", "paste", lambda: clipboard.paste(document, (at.x(), at.y()))),
        ):
            key = native(self._commands.actions[like].shortcut().toString())
            menu.addAction(f"{title}\t{key}", act)  # the key does the same where the mouse is
        menu.addSeparator()
        for entry in ("select_all", "tidy", LINE, "fit", "actual"):
            if entry == LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._commands.actions[entry])
