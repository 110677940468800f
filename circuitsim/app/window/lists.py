"""Lists of what there is: menus of every kind of neuron and input and of every example, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.actions import ACTIONS, MENUS
from circuitsim.app.document.names import told
from circuitsim.app.document.tools import Family
from circuitsim.app.window.recent import numbered
from circuitsim.io.examples import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from circuitsim.app.actions import Desk
    from circuitsim.app.dialogs.shortcuts import Entry


def add_kinds(menu: QMenu, desk: Desk) -> None:
    """Menus within a menu, one for neurons and one for inputs."""
    kinds = desk.document.circuit.kinds
    for title, family, table in (
        ("Neurons", Family.NEURON, kinds.neurons),
        ("Inputs", Family.INPUT, kinds.stimuli),
    ):
        home = menu.addMenu(title)
        home.setToolTipsVisible(True)
        for place, kind in enumerate(table.values()):
            action = home.addAction(numbered(kind.title, place))
            action.setToolTip(told(kind))
            action.triggered.connect(
                lambda _checked=False, f=family, k=kind.id: desk.canvas.tooling.add(f, k)
            )


def add_examples(menu: QMenu, open_it: Callable[[Path], object]) -> QMenu:
    """A menu of all examples."""
    home = menu.addMenu("Examples")
    for place, found in enumerate(examples()):
        action = home.addAction(numbered(found.title, place))
        action.setData(found.title)
        action.setObjectName(f"example:{found.id}")
        action.triggered.connect(lambda _checked=False, path=found.path: open_it(path))
    return home


def key_groups(panels: Iterable[QAction]) -> list[tuple[str, list[Entry]]]:
    """Titles and keys by menu; those of panels stand with the view."""
    groups = [
        (menu, [(a.title.removesuffix("…"), a.keys) for a in ACTIONS if a.menu == menu and a.keys])
        for menu in MENUS
    ]
    more: list[Entry] = [(a.text(), (a.shortcut().toString(),)) for a in panels]
    return [(menu, entries + more if menu == "View" else entries) for menu, entries in groups]
