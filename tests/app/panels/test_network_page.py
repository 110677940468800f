"""A network in the running window: its page, the pages of its units, its lane, and edits while it runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from circuitsim.app.panels._network_page import NetworkPage
from circuitsim.app.panels._rows import ChoiceRow
from circuitsim.app.panels._unit_page import UnitPage
from circuitsim.app.plots import lane_edits
from circuitsim.app.plots.scope import Scope
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, Rename
from circuitsim.circuit.elements import NOTHING

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def running(opened):
    """A window in which a network reads a sine; its second column is free."""
    circuit = Circuit("net")
    circuit.add_input("wave", "sine", position=(-200.0, -60.0))
    circuit.add_input("hand", "slider", position=(-200.0, 60.0))
    circuit.add_network("net", reads=("wave", "hand"), units=3, period=0.05)
    return opened(circuit)


def page(window):
    return window.panels["inspector"].page


def choose(window, title, text):
    """Pick something in a choice of the page."""
    row = page(window).findChild(ChoiceRow, f"choice:{title}")
    next(action for action in row.choice.menu().actions() if action.text() == text).trigger()


def test_the_page_shows_live_units_and_what_each_column_reads(running, qtbot):
    document = running.document
    cell = document.circuit["net"]
    document.select({cell.id})
    assert isinstance(page(running), NetworkPage)
    shown = page(running)._units.list
    qtbot.waitUntil(lambda: any(shown._states.values()) and all(0 < g < 1 for g in shown._gates.values()))
    page(running).grab()
    choose(running, "column 1", "nothing")
    assert [r.source for r in document.circuit["net"].reads] == [cell.reads[0].source, NOTHING]
    document.stack.undo()
    assert document.circuit["net"] == cell
    document.stack.redo()
    choose(running, "column 1", "wave")
    assert {r.source for r in document.circuit["net"].reads} == {document.circuit["wave"].id}
    choose(running, "kind", "CfC network without gate")
    assert document.circuit["net"].kind == "cfc_no_gate"
    page(running).grab()
    document.push(Delete(frozenset({document.circuit["wave"].id})))
    assert {r.source for r in document.circuit["net"].reads} == {NOTHING}
    page(running).grab()


def test_another_period_is_followed_at_once(running, qtbot):
    document = running.document
    cell = document.circuit["net"]
    document.select({cell.id})
    field = page(running).findChild(object, "parameter:period").field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.02")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.circuit["net"].parameters["period"] == 0.02
    before = document.snapshot().serial
    qtbot.waitUntil(lambda: document.snapshot().serial > before + 3)
    assert document.status().failure is None
    document.stack.undo()
    assert document.circuit["net"] == cell


def test_a_click_on_a_row_goes_to_the_unit_and_a_link_back(running, qtbot):
    document = running.document
    cell = document.circuit["net"]
    document.select({cell.id})
    QTest.mouseClick(page(running)._units.list, LEFT, pos=QPoint(40, 16 + 30))
    assert document.selection == {cell.units[1]}
    assert isinstance(page(running), UnitPage)
    qtbot.waitUntil(lambda: bool(document.snapshot().gate.any()))
    page(running).refresh()
    page(running).grab()
    document.push(Rename(cell.id, "brain"))
    link = page(running).findChild(QToolButton, "link:brain")
    QTest.mouseClick(link, LEFT)
    assert document.selection == {cell.id}


def test_a_lane_of_gates_shows_units_alone(running, qtbot):
    document = running.document
    circuit = document.circuit
    circuit_neuron = circuit.add_neuron("other", position=(0.0, 300.0))
    for i in (*circuit["net"].units, circuit_neuron.id):
        document.toggle_trace(i)
    lane_edits.add_lane(document, "gate")
    scope = running.panels["scope"].findChild(Scope)
    qtbot.waitUntil(lambda: bool(document.snapshot().gate.any()))
    running.refresh()
    running.grab()
    qtbot.waitUntil(lambda: bool(scope.lanes[-1].strokes))
    assert {stroke.trace.element for stroke in scope.lanes[-1].strokes} == set(circuit["net"].units)
    times, gates = document.simulator.recording.read("gate", circuit["net"].units[0], 0.0, 1e9)
    assert len(times) == len(gates) > 0
    document.stack.undo()
    assert all(spec.variable != "gate" for spec in circuit.document.lanes)


def test_looking_back_shows_the_gates_of_then(running, qtbot):
    document = running.document
    qtbot.waitUntil(lambda: document.status().t > 0.3)
    document.simulator.pause()
    document.look_at(0.02)
    assert not document.snapshot().gate.any()  # before the first call
    running.grab()
    document.look_at(None)
    assert document.snapshot().gate.any()
