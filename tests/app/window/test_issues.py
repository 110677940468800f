"""The issues panel: it follows the drawing, and a click or an arrow key goes to the culprit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.edits import Add, Delete

LEFT = Qt.MouseButton.LeftButton


def spoil(window, qtbot):
    """Two neurons that nothing leads to."""
    document = window.document
    first, second = new_neuron(document.circuit, "lost"), None
    document.push(Add((first,)))
    second = new_neuron(document.circuit, "gone", position=(900.0, 700.0))
    document.push(Add((second,)))
    qtbot.waitUntil(lambda: len(document.problems()) == 2)
    return first, second


def row(panel, k):
    return panel.list.visualItemRect(panel.list.item(k)).center()


def test_it_counts_lists_and_goes_to_the_culprit(window, qtbot):
    panel, canvas = window.panels["issues"], window.canvas
    assert window.document.problems() == ()
    assert not window.status.issues.isVisible()
    first, second = spoil(window, qtbot)
    qtbot.waitUntil(window.status.issues.isVisible)
    assert window.status.issues.text() == "2 issues"
    assert window.side.tabs["issues"].text() == "Issues  2"
    QTest.mouseClick(window.status.issues, LEFT)
    assert panel.isVisible()
    assert "nothing leads to it" in panel.list.item(0).text()
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=row(panel, 0))
    assert window.document.selection == {first.id}
    assert panel.isVisible()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert window.document.selection == {second.id}
    middle = canvas.camera.to_view(canvas.scene.box(second).center()) - canvas.rect().toRectF().center()
    assert abs(middle.x()) + abs(middle.y()) < 60
    window.document.push(Delete(frozenset({first.id, second.id})))
    qtbot.waitUntil(lambda: not window.status.issues.isVisible())
    assert panel.none.isVisible()
    window.document.stack.undo()
    qtbot.waitUntil(lambda: panel.list.count() == 2)


def test_keys_and_tabs_turn_to_it_and_a_selection_turns_back(window, qtbot):
    spoil(window, qtbot)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_F8)
    assert window.side.front == "issues"
    QTest.keyClick(window.canvas, Qt.Key.Key_F8)
    assert window.side.front == "inspector"
    QTest.mouseClick(window.side.tabs["issues"], LEFT)
    assert window.panels["issues"].isVisible()
    window.canvas.setFocus()
    window.document.select({window.document.circuit["AVAL"].id})
    assert window.panels["inspector"].isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_F10)
    assert not window.side.isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_F8)
    assert window.panels["issues"].isVisible()
