"""A network in the running window: its page, the pages of its units, its lane, and edits while it runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from circuitsim.app.canvas.facts import facts
from circuitsim.app.help.subject import selected
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


def fill(window, name, text):
    field = page(window).findChild(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_gain_and_offset_of_a_column_are_edited_and_stay_without_a_source(running):
    document = running.document
    before = document.circuit["net"]
    document.select({before.id})
    fill(running, "gain:1", "2.5")
    fill(running, "offset:1", "-0.25")
    filled = document.circuit["net"]
    assert filled.reads == (before.reads[0], replace(before.reads[1], gain=2.5, offset=-0.25))
    page(running).grab()
    choose(running, "column 1", "nothing")
    assert document.circuit["net"].reads[1] == replace(filled.reads[1], source=NOTHING)
    choose(running, "column 1", "hand")
    assert document.circuit["net"] == filled
    document.push(Delete(frozenset({document.circuit["hand"].id})))
    assert document.circuit["net"].reads[1] == replace(filled.reads[1], source=NOTHING)
    for _ in range(5):
        document.stack.undo()
    assert document.circuit["net"] == before
    document.stack.redo()
    assert document.circuit["net"].reads[1].gain == 2.5
    assert page(running).findChild(QLineEdit, "gain:1").text() == "2.5"


def wired(opened, mode):
    circuit = Circuit("wired")
    circuit.add_network("net", "cfc_wired", units=(3, 2, 1), mode=mode, period=1e6)  # no call for long
    window = opened(circuit)
    window.document.select({circuit["net"].id})
    return window


def test_the_mode_of_layers_is_switched_where_the_weights_fit(opened):
    window = wired(opened, "default")
    before = window.document.circuit["net"]
    default, no_gate, _ = window.document.circuit.kinds.cells["cfc_wired"].forms
    assert selected(window.document).kind is default
    choose(window, "mode", "no_gate")
    assert selected(window.document).kind is no_gate
    assert "g + r q" in no_gate.equation
    window.document.stack.undo()
    assert window.document.circuit["net"] == before


def test_the_pure_mode_is_a_fact_with_its_own_equation(opened):
    window = wired(opened, "pure")
    assert page(window).findChild(ChoiceRow, "choice:mode") is None
    assert "pure" in [label.text() for label in page(window).findChildren(QLabel)]
    assert "w_τ" in selected(window.document).kind.equation
    assert "decay" in page(window)._units.list.toolTip()


def test_units_are_explained_by_their_network_and_have_no_gate_before_a_call(opened):
    window = wired(opened, "default")
    document = window.document
    assert np.isnan(list(page(window)._units.list._gates.values())).all()
    page(window).grab()
    document.select({document.circuit["net"].units[0]})
    window.help.ask(None)
    subject = selected(document)
    assert subject.kind.equation == document.circuit.kinds.cells["cfc_wired"].equation
    assert "held between calls" in subject.kind.doc
    assert subject == window.help.subject
    window.grab()


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
    qtbot.waitUntil(lambda: not np.isnan(document.snapshot().gate).any())
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
    qtbot.waitUntil(lambda: not np.isnan(document.snapshot().gate).any())
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
    assert np.isnan(document.snapshot().gate).all()  # before the first call
    running.grab()
    document.look_at(None)
    assert not np.isnan(document.snapshot().gate).any()


def test_a_unit_whose_network_was_not_called_says_so(running, qtbot):
    document = running.document
    unit = document.circuit["net"].units[0]
    qtbot.waitUntil(lambda: document.status().t > 0.3)
    document.simulator.pause()
    document.select({unit})
    document.look_at(0.02)
    page(running).refresh()
    shown = page(running)._live
    assert (shown.gate.text, shown._head._note.text()) == ("–", "past · not called yet")
    assert "not been called yet" in facts(document, document.circuit.elements[unit]).remark
    document.look_at(None)
    page(running).refresh()
    assert float(shown.gate.text) > 0.0
    assert shown._head._note.text() in ("live", "paused")
    assert "held until" in facts(document, document.circuit.elements[unit]).remark
