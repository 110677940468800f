"""The precision on the page of the circuit: chosen, undone, and said what it costs."""

from __future__ import annotations

from circuitsim.spec.precision import PRECISIONS, SINGLE


def test_precision_is_chosen_beside_solver_and_step(window, qtbot):
    document = window.document
    document.select(set())

    def row():
        return window.panels["inspector"].page.findChild(object, "choice:precision")

    def precision():
        return document.circuit.document.settings.precision

    def shown(name):
        qtbot.waitUntil(lambda: row().choice.text() == PRECISIONS[name], timeout=20_000)
        assert precision() == name

    qtbot.waitUntil(lambda: row() is not None, timeout=60_000)
    tip = row().toolTip()
    assert "millionth" in tip
    assert "It pays from" in tip
    shown("double")
    next(action for action in row().choice.menu().actions() if action.text() == PRECISIONS[SINGLE]).trigger()
    shown("single")
    document.stack.undo()
    shown("double")
    document.stack.redo()
    shown("single")
    begun = document.status().t
    document.simulator.play()
    qtbot.waitUntil(lambda: document.status().t > begun, timeout=120_000)
    assert document.status().failure is None
