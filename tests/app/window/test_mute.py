"""Lesions by hand: M on what is selected, while it runs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.circuit.lesions import lesions

pytestmark = pytest.mark.gui

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(opened):
    return opened("liquid")


def press(window, key, modifier=NONE):
    QTest.keyClick(window.canvas, key, modifier)
    QApplication.processEvents()


def test_m_mutes_what_is_selected_and_lets_it_act_again_while_it_runs(window, qtbot):
    document = window.document
    neuron = document.circuit["up"]
    document.select({neuron.id})
    press(window, Qt.Key.Key_M)
    assert lesions(document.circuit) == (neuron.id,)
    assert window.panels["inspector"].title.kind.text().startswith("muted")
    t = document.status().t
    qtbot.waitUntil(lambda: document.status().t > t)
    at = document.bands().ids.index(neuron.id)

    def width():  # of its band: nothing acts on its time constant any more
        return document.bands().tau_high[at] - document.bands().tau_low[at]

    qtbot.waitUntil(lambda: width() == pytest.approx(0.0))
    press(window, Qt.Key.Key_Z, CTRL)
    assert lesions(document.circuit) == ()
    press(window, Qt.Key.Key_Y, CTRL)
    assert lesions(document.circuit) == (neuron.id,)
    press(window, Qt.Key.Key_M)
    assert lesions(document.circuit) == ()


def test_a_mixed_selection_is_muted_first_and_healed_then(window):
    document = window.document
    lost = document.circuit.synapses[0].id
    document.select({lost})
    press(window, Qt.Key.Key_M)
    document.select({i for i, e in document.circuit.elements.items() if isinstance(e, Neuron | Synapse)})
    button = window.panels["inspector"].title.mute
    assert button.isVisible()
    assert not button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert set(lesions(document.circuit)) == document.selection
    assert button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert lesions(document.circuit) == ()


def test_nothing_can_be_muted_where_nothing_is_that_acts(window):
    document = window.document
    document.select({document.circuit["swell"].id})
    assert not window.panels["inspector"].title.mute.isVisible()
    before = document.stack.count()
    press(window, Qt.Key.Key_M)
    assert document.stack.count() == before


def test_a_line_that_is_silent_looks_so_and_says_so(window):
    document = window.document
    neuron = document.circuit["down"]
    document.select({neuron.id})
    press(window, Qt.Key.Key_M)
    lines = {line.id: line for line in window.canvas.scene.connections}
    silent = [s for s in document.circuit.synapses if neuron.id in (s.pre, s.post)]
    assert silent
    assert all(lines[s.id].silent and not lines[s.id].cut for s in silent)
    document.select({silent[0].id})
    assert window.panels["inspector"].title.kind.text().startswith("silent")


def test_what_lesions_do_is_shown_at_once(window, qtbot):
    document, card = window.document, window.lesions
    assert not card.isVisible()
    document.select({document.circuit["up"].id})
    press(window, Qt.Key.Key_M)
    qtbot.waitUntil(card.isVisible)
    begun = document.simulator.twin.begun
    qtbot.waitUntil(lambda: document.status().t > begun + 0.5)
    qtbot.waitUntil(lambda: "→" in card.cells[1][1].text())
    assert card.title.text() == "1 lesion"
    assert [cells[0].text() for cells in card.cells[1:3]] == ["liquid", "still"]
    before, after = card.cells[2][1].text().split(" → ")
    assert before == after  # still does not hear up
    QTest.mouseClick(card.difference, Qt.MouseButton.LeftButton)
    lanes = window.panels["scope"].lanes.lanes
    qtbot.waitUntil(lambda: len(lanes) == 4 and bool(lanes[3].strokes))
    lane = lanes[3]
    assert lane.spec.variable == "difference"
    traces = {stroke.trace.element: stroke.trace.values for stroke in lane.strokes}
    changed, same = (traces[document.circuit[name].id] for name in ("liquid", "still"))
    assert np.nanmax(np.abs(changed)) > 0.01
    assert np.nanmax(np.abs(same)) < 1e-12
    assert len(lanes[0].ghosts) == 2
    QTest.mouseClick(card.heal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not card.isVisible())
    assert lesions(document.circuit) == ()
    press(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(card.isVisible)
