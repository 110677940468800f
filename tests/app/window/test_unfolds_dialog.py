"""The menu that says what a network would do if it were integrated exactly."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from circuitsim.app.dialogs.unfolds import UnfoldsDialog
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings, Table

pytestmark = pytest.mark.gui


def network():
    circuit = Circuit("cell")
    circuit.add_input("u0", "table", table=Table((0.0, 1.0, 2.0), (0.0, 1.0, 0.2)))
    circuit.add_neuron("n0", capacitance=0.6)
    circuit.add_neuron("n1", capacitance=0.9)
    circuit.connect("u0", "n1")
    circuit.connect("n1", "n0")
    circuit.add_output("y0", "n0", gain=2.0)
    circuit.apply(SetSettings(Settings(solver="ncps")))
    return circuit


def test_it_lists_how_far_the_cell_is_off_for_every_number_of_unfolds(opened, qtbot):
    window = opened(network())
    action = window.commands.actions["unfolds"]
    window.commands.refresh()
    assert action.isEnabled()
    action.trigger()
    qtbot.waitUntil(lambda: window.findChild(UnfoldsDialog) is not None, timeout=60_000)
    dialog = window.findChild(UnfoldsDialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"unfolds", "1", "6", "96", "n0"} <= set(texts)
    assert window.document.status().playing
    dialog.accept()


def test_it_is_not_offered_where_a_solver_follows_the_equation(opened):
    window = opened("liquid")
    window.commands.refresh()
    assert not window.commands.actions["unfolds"].isEnabled()
