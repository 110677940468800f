"""Menus that list what there is: every kind of neuron and of input, every example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.document.names import told
from circuitsim.app.document.tools import Family
from circuitsim.app.window.recent import numbered
from circuitsim.io.examples import examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMenu

    from circuitsim.app.actions import Desk


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
