"""Number and colour of a trace: kept while it is shown, free once it is taken off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from scope_hand import drawn, scope_of

from circuitsim.api import load, save
from circuitsim.app import theme


@pytest.fixture
def three(window):
    """The window with a third neuron, all traced."""
    window.document.circuit.add_neuron("three", position=(500.0, 300.0))
    window.document.toggle_trace(window.document.circuit["three"].id)
    window.document.stack.clear()
    drawn(window)
    return window


def inks(window):
    """Colour of each line of the first lane, by the name of its neuron."""
    drawn(window)
    elements = window.document.circuit.elements
    return {elements[s.trace.element].name: s.ink for s in scope_of(window).lanes[0].strokes}


def badges(window):
    """What the canvas and the legend say, by the name of the neuron."""
    drawn(window)
    elements, canvas = window.document.circuit.elements, window.canvas
    looks = canvas._live.frame(theme.current(), canvas._hands, {}).looks
    legend = {elements[i].name: str(n) for _, n, i, _ in window.panels["scope"].legend._places()}
    assert {elements[i].name: looks[i].tag for i in looks if looks[i].tag} == legend
    return legend


def test_others_keep_number_and_colour_when_a_trace_goes_and_a_new_one_takes_the_free_one(three, tmp_path):
    document = three.document
    before, colours = badges(three), inks(three)
    assert before == {"one": "1", "two": "2", "three": "3"}
    document.select({document.circuit["one"].id})
    three.canvas.setFocus()
    QTest.keyClick(three.canvas, Qt.Key.Key_V)
    assert badges(three) == {"two": "2", "three": "3"}
    assert inks(three) == {name: colours[name] for name in ("two", "three")}

    path = tmp_path / "gap.circuit.json"
    save(document.circuit, path)
    again = load(path)
    assert again == document.circuit
    assert sorted(again.document.trace_numbers.values()) == [2, 3]

    QTest.keyClick(three.canvas, Qt.Key.Key_V)
    assert badges(three) == before
    document.stack.undo()
    assert badges(three) == {"two": "2", "three": "3"}
    document.stack.undo()
    assert badges(three) == before
    document.stack.redo()
    assert inks(three) == {name: colours[name] for name in ("two", "three")}


def test_deleting_a_neuron_leaves_the_colours_of_the_others(three):
    document = three.document
    colours = inks(three)
    document.select({document.circuit["two"].id})
    three.canvas.setFocus()
    QTest.keyClick(three.canvas, Qt.Key.Key_Delete)
    assert badges(three) == {"one": "1", "three": "3"}
    assert inks(three) == {name: colours[name] for name in ("one", "three")}
    document.stack.undo()
    assert inks(three) == colours
