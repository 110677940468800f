"""V shows what is selected on the scope, or takes it off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

pytestmark = pytest.mark.gui


@pytest.fixture
def window(opened):
    """The real window with the first example, running."""
    return opened("liquid")


def test_all_selected_neurons_come_and_go_in_one_step(window, press):
    document = window.document
    control = Qt.KeyboardModifier.ControlModifier
    before, neurons = document.traced, {n.id for n in document.circuit.neurons}
    assert 0 < len(before) < len(neurons)
    press(window, Qt.Key.Key_A, control)
    press(window, Qt.Key.Key_V)
    assert set(document.traced) == neurons
    press(window, Qt.Key.Key_Z, control)
    assert document.traced == before
    press(window, Qt.Key.Key_Y, control)
    assert set(document.traced) == neurons
    press(window, Qt.Key.Key_V)
    assert document.traced == ()
