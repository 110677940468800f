"""The numbers of a solver in the window: where the solver is chosen, and on the page of the circuit."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from circuitsim.app.widgets.popup import Ask
from circuitsim.circuit.edits import SetSettings


def test_numbers_of_a_solver_are_set_where_it_is_chosen(window, hands, qtbot):
    """In the menu of the solver and on the page of the circuit; an empty text is the default."""
    document = window.document
    document.push(
        SetSettings(replace(document.circuit.document.settings, solver="ncps", dt=None), "Set solver")
    )
    qtbot.waitUntil(lambda: document.status().solver == "ncps", timeout=120_000)

    def numbers():
        return dict(document.circuit.document.settings.parameters)

    method = window.transport.method
    method.solver.click()
    menu = method.findChildren(QMenu)[-1]
    line = next(a for a in menu.actions() if a.text().startswith("Unfolds"))
    assert line.text() == "Unfolds 6…"
    line.trigger()
    menu.close()
    hands.type(method.findChild(Ask).field, "24")
    assert numbers() == {"unfolds": 24.0}
    document.stack.undo()
    assert numbers() == {}
    document.stack.redo()
    assert numbers() == {"unfolds": 24.0}
    document.select(set())

    def row(name):
        return window.panels["inspector"].page.findChild(object, f"text:{name}")

    qtbot.waitUntil(
        lambda: row("epsilon") is not None, timeout=60_000
    )  # what is proposed is found in the background
    unfolds, epsilon = (row(name).field for name in ("unfolds", "epsilon"))
    assert (unfolds.text(), epsilon.text()) == ("24", "1e−08")
    hands.type(unfolds, "2.5")
    assert numbers() == {"unfolds": 24.0}
    hands.type(epsilon, "0")
    assert numbers() == {"unfolds": 24.0, "epsilon": 0.0}
    unfolds.setFocus()
    unfolds.selectAll()
    QTest.keyClick(unfolds, Qt.Key.Key_Delete)
    QTest.keyClick(unfolds, Qt.Key.Key_Return)
    assert numbers() == {"epsilon": 0.0}
