"""Networks with memory under the mouse: added, fed by lines, moved, copied and deleted as a whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.canvas.blocks import frame_of
from circuitsim.app.canvas.facts import facts
from circuitsim.app.canvas.paint.preview import Mark
from circuitsim.app.document import clipboard
from circuitsim.circuit.edits import Delete
from circuitsim.circuit.elements import NOTHING, Cell
from circuitsim.circuit.networks import add_network, new_network
from circuitsim.circuit.validate import validate

pytestmark = pytest.mark.gui

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def move(view, at, modifiers=NONE):
    place = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, place, view.mapToGlobal(place), NO_BUTTON, LEFT, modifiers)
    QApplication.sendEvent(view, event)


def drag(view, start, stop, modifiers=NONE):
    QTest.mousePress(view, LEFT, modifiers, start)
    for k in (0.3, 0.7, 1.0):
        move(view, start + QPoint(*(round(k * d) for d in (stop - start).toTuple())), modifiers)
    view.grab()
    QTest.mouseRelease(view, LEFT, modifiers, stop)


@pytest.fixture
def network(document, canvas):
    """A network with two free columns and four units, below what is there."""
    made = new_network(document.circuit, "net", reads=(NOTHING, NOTHING), units=4, position=(240.0, 496.0))
    document.circuit.apply(add_network(*made))
    canvas.grab()
    return document.circuit["net"]


@pytest.fixture
def port(canvas, document):
    """The port of an input."""

    def find(name):
        box = canvas.scene.box(document.circuit[name])
        return canvas.camera.to_view(QPointF(box.right(), box.center().y())).toPoint()

    return find


def assert_wired_in_part(cell):
    """Layers of 5, 2 and 1 unit; each source sends to a part of a layer, and every unit is reached."""
    masks = [cell.arrays[f"layer_{k}.sparsity_mask"].values for k in range(3)]
    assert [mask.shape for mask in masks] == [(5, 7), (2, 7), (1, 3)]
    for mask in masks:
        before = mask[:, : -len(mask)]
        assert before.any(axis=0).all()
        assert before.any(axis=1).all()
        assert mask[:, -len(mask) :].all()
    assert not masks[0][:, :2].all()
    assert not masks[1][:, :5].all()


def test_every_kind_can_be_added_with_its_units_as_one_step(canvas, document):
    for kind in document.circuit.kinds.cells.values():
        before = dict(document.circuit.elements)
        canvas.quick.add(QPointF(400.0, 480.0))
        QTest.keyClicks(canvas.quick.list.field, kind.title)
        QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Return)
        cell = document.circuit.cells[-1]
        assert cell.kind == kind.id
        assert document.selection == {cell.id}
        assert len(cell.units) == 8
        if kind.wired:
            assert_wired_in_part(cell)
        assert validate(document.circuit) == []
        canvas.grab()
        document.stack.undo()
        assert document.circuit.elements.keys() == before.keys()
        document.stack.redo()
        assert document.circuit.cells[-1] == cell
    boxes = [frame_of(canvas.scene, cell) for cell in document.circuit.cells]
    assert len(boxes) == len(document.circuit.kinds.cells)


def test_a_line_to_the_block_lets_it_read(canvas, document, network, port, place):
    drag(canvas, port("drive"), place("net"))
    assert [r.source for r in document.circuit["net"].reads] == [document.circuit["drive"].id, NOTHING]
    assert document.stack.undoText() == "Let net read drive"
    document.stack.undo()
    assert document.circuit["net"] == network
    document.stack.redo()
    drag(canvas, port("drive"), place("net"))  # it reads it already
    assert [r.source for r in document.circuit["net"].reads] == [document.circuit["drive"].id, NOTHING]
    drag(canvas, place("B", 0, 30), place("net"))
    reads = [r.source for r in document.circuit["net"].reads]
    assert reads == [document.circuit["drive"].id, document.circuit["B"].id]
    drag(canvas, port("tap"), place("net"))
    assert [r.source for r in document.circuit["net"].reads] == reads  # no column is free


def test_blocks_light_up_and_units_do_not(canvas, network, port):
    start = port("drive")
    QTest.mousePress(canvas, LEFT, NONE, start)
    move(canvas, start + QPoint(20, 20))
    canvas.grab()
    marks = canvas.gesture.marks()
    QTest.mouseRelease(canvas, LEFT, NONE, start)
    assert marks[network.id] is Mark.LEGAL
    assert {marks[i] for i in network.units} == {Mark.ILLEGAL}


def test_a_unit_drives_a_neuron_by_a_line(canvas, document, network, place):
    unit = document.circuit.elements[network.units[0]]
    drag(canvas, place(unit.name, 0, 30), place("A"))
    made = document.circuit.synapses[-1]
    assert (made.pre, made.post) == (unit.id, document.circuit["A"].id)
    canvas.grab()


def test_the_block_moves_with_its_units_and_a_unit_alone(canvas, document, network, place):
    circuit = document.circuit
    before = {i: circuit.elements[i].position for i in (network.id, *network.units)}
    drag(canvas, place("net"), place("net", 48, -32))
    after = {i: circuit.elements[i].position for i in before}
    assert {(after[i][0] - before[i][0], after[i][1] - before[i][1]) for i in before} == {(48.0, -32.0)}
    assert document.stack.undoText() == "Move net"
    document.stack.undo()
    assert {i: circuit.elements[i].position for i in before} == before
    unit = circuit.elements[network.units[1]]
    drag(canvas, place(unit.name), place(unit.name, 0, 48))
    assert circuit[unit.name].position != unit.position
    assert circuit["net"].position == network.position


def test_a_copy_is_a_network_of_its_own(canvas, document, network):
    document.select({network.units[0]})
    clipboard.copy(document)
    clipboard.paste(document, (500.0, 300.0))
    copy = document.circuit.cells[-1]
    assert copy.id != network.id
    assert copy.arrays == network.arrays
    assert not set(copy.units) & set(network.units)
    assert validate(document.circuit) == []
    canvas.grab()
    document.stack.undo()
    assert document.circuit.cells == (network,)


def test_a_unit_goes_only_with_its_network(canvas, document, network):
    document.select({network.units[0]})
    said = []
    document.refused.connect(lambda issue: said.append(issue.sentence))
    count = len(document.circuit.elements)
    assert not document.push(Delete(document.selection))
    assert said == ["neuron net_n0: it is a unit of net; delete net, and its units go with it."]
    assert len(document.circuit.elements) == count
    document.select({network.id})
    document.push(Delete(document.selection))
    assert not document.circuit.cells
    assert len(document.circuit.elements) == count - 5
    canvas.grab()
    document.stack.undo()
    assert document.circuit["net"] == network


def test_a_line_of_what_it_reads_belongs_to_the_block(canvas, document, network, port, place):
    drag(canvas, port("drive"), place("net"))
    line = next(c for c in canvas.scene.connections if c.target == network.id)
    middle = canvas.scene.curves(1.0)[line.id].at(0.5)
    assert canvas.scene.hit(middle, 1.0) == network.id
    document.push(Delete(frozenset({document.circuit["drive"].id})))
    assert [r.source for r in document.circuit["net"].reads] == [NOTHING, NOTHING]
    canvas.grab()


def test_the_card_of_a_unit_tells_output_and_gate(document, network):
    told = facts(document, document.circuit.elements[network.units[0]])
    assert [r.symbol for r in told.readings] == ["h", "r"]
    assert told.remark == "net has not been called yet"
    assert isinstance(document.circuit["net"], Cell)
