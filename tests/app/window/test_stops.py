"""Stopping at a condition: asked for in a card, shown as a pill, told by the status bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from circuitsim.app.window.stops import StopCard

LEFT = Qt.MouseButton.LeftButton


def card_of(window):
    QTest.mouseClick(window.transport.buttons["stop_when"], LEFT)
    return window.transport.findChild(StopCard)


def pick(choice, title):
    choice.findChild(QMenu).actions()
    next(a for a in choice.menu().actions() if a.text() == title).trigger()


def test_a_run_stops_when_a_neuron_rises_above_a_level_and_says_so(window, qtbot):
    document, transport = window.document, window.transport
    document.select({document.circuit["AVAL"].id})
    document.simulator.set_speed(None)
    document.restart()
    card = card_of(window)
    card.field.selectAll()
    QTest.keyClicks(card.field, "0.05")
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    qtbot.waitUntil(transport.pill.isVisible)
    assert "v of AVAL rises above 0.05" in transport.pill.toolTip()
    document.hand(document.circuit["tap"].id, 1.0)
    qtbot.waitUntil(lambda: document.status().met is not None, timeout=20_000)
    snapshot = document.snapshot()
    value = snapshot.v[snapshot.ids.index(document.circuit["AVAL"].id)]
    assert value > 0.05
    assert value == pytest.approx(0.05, abs=0.02)
    qtbot.waitUntil(lambda: "AVAL rose above 0.05 at t = " in window.status.message.whole)
    assert not document.status().playing
    QTest.mouseClick(transport.pill.clear, LEFT)
    qtbot.waitUntil(lambda: not transport.pill.isVisible())
    assert document.status().condition is None


def test_time_constants_have_their_unit_and_a_bad_level_is_refused(window, qtbot):
    card = card_of(window)
    pick(card.variable, "τ")
    pick(card.way, "falls below")
    card.field.setFocus()
    card.field.selectAll()
    QTest.keyClicks(card.field, "50 mV")
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    assert "does not fit" in card._problem.text()
    assert not card._problem.text()[0].islower()
    card.field.selectAll()
    QTest.keyClicks(card.field, "50 ms")
    QTest.mouseClick(card.button, LEFT)
    qtbot.waitUntil(lambda: window.document.status().condition is not None)
    condition = window.document.status().condition
    assert (condition.variable, condition.above, condition.level) == ("tau", False, 0.05)
