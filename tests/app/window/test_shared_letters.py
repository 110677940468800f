"""Letters that press an input of the circuit and also mean something to the scope: one press does one thing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetTraced

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lettered(opened):
    """A running window with a button on A, of which every press is noted."""
    circuit = Circuit("letters")
    circuit.add_neuron("cell")
    circuit.add_input("press", "button", key="A", position=(-200.0, 0.0))
    circuit.connect("press", "cell")
    circuit.apply(SetTraced((circuit["cell"].id,)))
    return opened(circuit)


@pytest.fixture
def pressed(lettered, monkeypatch):
    record = []
    monkeypatch.setattr(lettered.document, "hand", lambda _input, value: record.append(value))
    return record


def press_a():
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)


def test_a_letter_does_what_the_pane_with_the_focus_means(lettered, pressed, qtbot):
    scope = lettered.panels["scope"]
    lanes = scope.lanes
    lettered.activateWindow()
    qtbot.waitUntil(lettered.isActiveWindow)
    lettered.canvas.setFocus()
    assert not scope.mark.isVisible()
    press_a()
    assert pressed == [1.0, 0.0]
    assert lanes.cursors["A"] is None

    lanes.setFocus()
    assert scope.mark.isVisible()
    assert scope.mark.width() == scope.width()
    press_a()
    assert pressed == [1.0, 0.0]
    assert lanes.cursors["A"] is not None

    lettered.canvas.setFocus()
    assert not scope.mark.isVisible()
    at = lanes.cursors["A"]
    press_a()
    assert pressed == [1.0, 0.0, 1.0, 0.0]
    assert lanes.cursors["A"] == at


def test_letters_press_inputs_in_another_theme_too(lettered, pressed, qtbot):
    lettered.activateWindow()
    qtbot.waitUntil(lettered.isActiveWindow)
    for name in ("dark", "light"):
        theme.set_theme(name)
        lettered.canvas.setFocus()
        press_a()
    assert pressed == [1.0, 0.0, 1.0, 0.0]
