"""A page of the inspector turns from one element to another of its kind: numbers, edits and undo go to the right one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from circuitsim.circuit.build import new_neuron, new_note, new_synapse
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Synapse

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def inspector(window):
    return window.panels["inspector"]


def find(inspector, name):
    found = inspector.page.findChild(object, name)
    assert found is not None, name
    return found


def leaks(hands):
    return [hands.value(name, "leak_conductance") for name in "ABC"]


def test_a_turned_page_shows_and_edits_the_other_neuron(inspector, hands):
    hands.select("A")
    page, row = inspector.page, hands.row("leak_conductance")
    assert row.field.text() == "2"
    hands.select("B")
    assert inspector.page is page
    assert row.field.text() == "3"
    assert find(inspector, "text:name").field.text() == "B"
    hands.type(row.field, "5 nS")
    hands.undone_and_redone(lambda: leaks(hands), [2.0, 3.0, 1.0], [2.0, 5.0, 1.0])
    hands.select("A")
    assert row.field.text() == "2"
    hands.document.stack.undo()
    assert leaks(hands) == [2.0, 3.0, 1.0]
    hands.select("B")
    assert row.field.text() == "3"


def test_slider_reset_and_pin_belong_to_the_neuron_that_is_shown(hands):
    hands.select("A")
    hands.select("B")
    row = hands.row("leak_conductance")
    knob = row.slider.knob().toPoint()
    hands.drag(row.slider, knob, knob + QPoint(20, 0))
    assert leaks(hands)[0] == 2.0
    assert leaks(hands)[1] != 3.0
    hands.document.stack.undo()
    assert leaks(hands) == [2.0, 3.0, 1.0]
    QTest.mouseClick(row.dot, LEFT, pos=QPoint(3, 8))
    hands.undone_and_redone(lambda: leaks(hands), [2.0, 3.0, 1.0], [2.0, 1.0, 1.0])
    QTest.mouseClick(row.pin, LEFT)
    assert [pin.element for pin in hands.document.circuit.document.pins] == [hands.document.circuit["B"].id]
    hands.select("A")
    assert not row.pin.isChecked()
    hands.select("B")
    assert row.pin.isChecked()


def test_the_wheel_over_another_neuron_is_another_step_of_undo(hands):
    hands.select("A")
    row = hands.row("leak_conductance")
    hands.wheel(row.field, 1)
    hands.select("B")
    hands.wheel(row.field, 1)
    after = leaks(hands)
    hands.document.stack.undo()
    assert leaks(hands) == [after[0], 3.0, 1.0]
    hands.document.stack.undo()
    assert leaks(hands) == [2.0, 3.0, 1.0]


def test_what_was_typed_for_one_neuron_does_not_reach_another(hands):
    hands.select("A")
    row = hands.row("leak_conductance")
    QTest.mouseClick(row.field, LEFT)
    row.field.selectAll()
    QTest.keyClicks(row.field, "4")
    hands.select("B")
    assert leaks(hands) == [4.0, 3.0, 1.0]
    assert row.field.text() == "3"
    assert not row.field.hasFocus()
    hands.type(row.field, "-1")
    assert row.problem.isVisible()
    hands.select("C")
    assert leaks(hands) == [4.0, 3.0, 1.0]
    assert not row.problem.isVisible()
    assert not row.field.property("invalid")
    assert row.field.text() == "1"


def test_a_name_goes_to_the_element_that_is_shown(inspector, hands):
    hands.select("A")
    hands.select("B")
    second = hands.document.circuit["B"].id

    def name():
        return hands.document.circuit.elements[second].name

    hands.type(find(inspector, "text:name").field, "other")
    hands.undone_and_redone(name, "B", "other")
    hands.document.stack.undo()
    assert find(inspector, "text:name").field.text() == "B"


def test_lists_follow_the_neuron(inspector, hands):
    hands.select("A")
    first = find(inspector, "outgoing").ids
    hands.select("B")
    lines = {s.id: s for s in hands.document.circuit.synapses}
    incoming, outgoing = find(inspector, "incoming").ids, find(inspector, "outgoing").ids
    assert outgoing != first
    assert (
        {lines[i].pre for i in outgoing}
        == {lines[i].post for i in incoming}
        == {hands.document.circuit["B"].id}
    )


def test_a_synapse_turns_into_another_of_the_same_kind_only(inspector, hands):
    document = hands.document
    excites, inhibits, joins = (s.id for s in document.circuit.synapses[:3])
    document.select({excites})
    page = inspector.page
    document.select({inhibits})
    assert inspector.page is page
    assert hands.row("conductance").field.text() == "0.5"
    hands.type(hands.row("conductance").field, "2")

    def strengths():
        return [document.circuit.get(i, Synapse).parameters["conductance"] for i in (excites, inhibits)]

    hands.undone_and_redone(strengths, [1.0, 0.5], [1.0, 2.0])
    document.select({joins})
    assert inspector.page is not page
    document.select({excites})
    assert inspector.page is page
    assert hands.row("conductance").field.text() == "1"


def test_a_changed_stimulus_and_its_undo_change_the_page(inspector, hands):
    hands.select("drive")
    slider = inspector.page
    find(inspector, "choice:stimulus").choice.chosen.emit("sine")
    sine = inspector.page
    assert sine is not slider
    assert hands.row("frequency")
    hands.document.stack.undo()
    assert inspector.page is slider
    assert find(inspector, "choice:stimulus").choice.text() == "Slider"
    hands.document.stack.redo()
    assert inspector.page is sine


def test_another_selection_of_several_is_edited_in_one_step(inspector, hands):
    hands.select("A", "B")
    page, row = inspector.page, hands.row("leak_conductance")
    hands.select("B", "C")
    assert inspector.page is page
    assert row.field.text() == "1…3"
    hands.type(row.field, "7")
    hands.undone_and_redone(lambda: leaks(hands), [2.0, 3.0, 1.0], [2.0, 7.0, 7.0])
    hands.select("A", "drive")
    mixed = inspector.page
    assert "1 neuron" in [
        head._title.text() for head in mixed.findChildren(object) if hasattr(head, "set_note")
    ]
    hands.select("B", "C", "drive")
    assert inspector.page is mixed
    assert "2 neurons" in [
        head._title.text() for head in mixed.findChildren(object) if hasattr(head, "set_note")
    ]


def test_no_row_is_squeezed_while_the_page_turns(inspector, hands, qtbot):
    document = hands.document
    more = [new_neuron(document.circuit, f"N{k}") for k in range(12)]
    document.push(Add(tuple(more)))
    document.push(Add(tuple(new_synapse(document.circuit, n.id, document.circuit["A"].id) for n in more)))
    hands.select("C")
    document.select({document.circuit["A"].id})

    def places():
        rows = inspector.page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [(row.y(), row.height()) for row in rows if row.isVisible()]

    at_once = places()
    qtbot.wait(50)
    assert at_once == places()


def test_pages_are_few_however_many_kinds_were_selected(inspector, hands):
    document = hands.document
    for k in range(20):  # each note gives the circuit as a whole another page
        document.push(Add((new_note(document.circuit, f"{k}", "", (0.0, 400.0 + k)),)))
        hands.select("A")
        hands.select()
    assert len(inspector._pages) <= 12
    hands.select("A")
    assert hands.row("leak_conductance").field.text() == "2"
