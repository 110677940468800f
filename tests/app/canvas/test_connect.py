"""Lines drawn with the mouse: from rims and ports, to neurons and to empty canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.canvas.paint.preview import Mark
from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.edits import Compound, Delete, SetKind

pytestmark = pytest.mark.gui

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
EMPTY = QPoint(250, 480)


def move(view, at, modifiers=NONE, button=LEFT):
    place = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, place, view.mapToGlobal(place), NO_BUTTON, button, modifiers)
    QApplication.sendEvent(view, event)


def draw(view, start, stop, modifiers=NONE, release=True):
    QTest.mousePress(view, LEFT, NONE, start)
    for k in (0.3, 0.7, 1.0):
        move(view, start + QPoint(*(round(k * d) for d in (stop - start).toTuple())), modifiers)
    if release:
        QTest.mouseRelease(view, LEFT, modifiers, stop)


@pytest.fixture
def rim(place):
    """A point on the right rim of a neuron."""
    return lambda name: place(name, 0, 30)


@pytest.fixture
def hints(document):
    heard = []
    document.hint_changed.connect(heard.append)
    return heard


def newest(document):
    return document.circuit.synapses[-1]


@pytest.mark.parametrize(
    ("modifiers", "kind", "value"),
    [
        (NONE, "chemical", 1.0),
        (SHIFT, "chemical", -1.0),
        (CONTROL, "electrical", None),
        (CONTROL | SHIFT, "electrical_directed", None),
    ],
)
def test_a_line_from_rim_to_neuron_becomes_a_synapse(canvas, document, place, rim, modifiers, kind, value):
    count = len(document.circuit.synapses)
    draw(canvas, rim("A"), place("B"), modifiers)
    made = newest(document)
    assert len(document.circuit.synapses) == count + 1
    assert (made.kind, made.pre, made.post) == (kind, document.circuit["A"].id, document.circuit["B"].id)
    assert made.parameters.get("reversal_potential") == value
    assert document.selection == {made.id}
    assert document.stack.undoText() == "Connect A to B"
    document.stack.undo()
    assert len(document.circuit.synapses) == count
    document.stack.redo()
    assert newest(document) == made


def test_the_body_still_moves_and_a_click_on_the_rim_selects(canvas, document, place, rim):
    count = len(document.circuit.synapses)
    draw(canvas, place("A"), place("A", 48, 0))
    assert document.circuit["A"].position == (208.0, 160.0)
    QTest.mouseClick(canvas, LEFT, NONE, rim("B"))
    assert document.selection == {document.circuit["B"].id}
    QTest.mouseClick(canvas, LEFT, SHIFT, rim("A"))
    assert document.selection == {document.circuit["A"].id, document.circuit["B"].id}
    assert len(document.circuit.synapses) == count


def test_a_line_from_the_port_of_a_tile_carries_a_current(canvas, document, place):
    draw(canvas, place("drive", 70, 0), place("B"), SHIFT)
    made = newest(document)
    assert (made.kind, made.pre, made.parameters["gain"]) == ("current", document.circuit["drive"].id, -1.0)


def test_legal_targets_light_up_and_the_hint_says_what_happens(canvas, document, place, rim, hints):
    ids = {name: document.circuit[name].id for name in ("A", "B", "y0")}
    draw(canvas, rim("A"), EMPTY, release=False)
    assert canvas.gesture.marks() == {ids["A"]: Mark.HOVER, ids["B"]: Mark.LEGAL, ids["y0"]: Mark.LEGAL}
    assert "release on a lit neuron" in hints[-1]
    assert "Shift" in hints[-1]
    assert "Ctrl" in hints[-1]
    move(canvas, place("B"))
    assert hints[-1].startswith("release for excitatory chemical synapse from A to B")
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    assert hints[-1].startswith("release for inhibitory chemical synapse")
    QTest.keyRelease(canvas, Qt.Key.Key_Shift, SHIFT)
    assert hints[-1].startswith("release for excitatory chemical synapse")
    canvas.grab()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_illegal_targets_dim_say_why_and_change_nothing(canvas, document, place, rim, hints):
    document.push(Delete(frozenset(s.id for s in document.circuit.synapses)))
    document.push(SetKind(document.circuit["B"].id, "ltc_paper"))
    before, refused = dict(document.circuit.elements), []
    document.refused.connect(refused.append)
    draw(canvas, rim("A"), place("B"), CONTROL, release=False)
    assert canvas.gesture.marks()[document.circuit["B"].id] is Mark.ILLEGAL
    assert canvas.cursor().shape() is Qt.CursorShape.ForbiddenCursor
    assert "cannot receive an electrical synapse" in hints[-1]
    canvas.grab()
    QTest.mouseRelease(canvas, LEFT, CONTROL, place("B"))
    assert document.circuit.elements == before
    assert "cannot receive an electrical synapse" in refused[-1].sentence


def test_a_line_that_would_close_a_cycle_without_memory_says_so(canvas, document, place, rim, hints):
    document.push(Delete(frozenset(s.id for s in document.circuit.synapses)))
    document.push(Compound(tuple(SetKind(document.circuit[name].id, "static") for name in "AB"), "Static"))
    draw(canvas, rim("A"), place("B"))
    assert newest(document).kind == "weight"
    before, refused = dict(document.circuit.elements), []
    document.refused.connect(refused.append)
    draw(canvas, rim("B"), place("A"), release=False)
    assert canvas.gesture.marks()[document.circuit["A"].id] is Mark.ILLEGAL
    assert hints[-1] == ("not here: B already follows from A at once, and neither has a memory · Esc cancels")
    QTest.mouseRelease(canvas, LEFT, NONE, place("A"))
    assert document.circuit.elements == before
    assert "follows from A at once" in refused[-1].sentence
    document.stack.undo()
    draw(canvas, rim("B"), place("A"))
    assert (newest(document).pre, newest(document).post) == (
        document.circuit["B"].id,
        document.circuit["A"].id,
    )


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("A", "tap", "tap is an input: it sends, and receives nothing"),
        ("B", "y0", "y0 already reads B"),
        ("drive", "y0", "y0 is an output: it reads a neuron, not an input"),
    ],
)
def test_what_receives_no_line_says_why_before_and_after_the_release(
    canvas, document, place, rim, hints, source, target, reason
):
    refused, count = [], document.stack.count()
    document.refused.connect(refused.append)
    start = place(source, 70, 0) if source == "drive" else rim(source)
    draw(canvas, start, place(target), release=False)
    assert hints[-1] == f"not here: {reason} · Esc cancels"
    assert canvas.cursor().shape() is Qt.CursorShape.ForbiddenCursor
    canvas.grab()
    QTest.mouseRelease(canvas, LEFT, NONE, place(target))
    assert reason in refused[-1].sentence
    assert document.stack.count() == count


def test_an_output_reads_the_neuron_whose_line_is_dropped_on_it(canvas, document, place, rim, hints):
    a, b, output = (document.circuit[name].id for name in ("A", "B", "y0"))
    synapses = document.circuit.synapses
    draw(canvas, rim("A"), place("y0"), release=False)
    assert canvas.gesture.marks()[output] is Mark.LEGAL
    assert hints[-1] == "release to let y0 read A · Esc cancels"
    canvas.grab()
    QTest.mouseRelease(canvas, LEFT, NONE, place("y0"))
    assert document.circuit["y0"].source == a
    assert document.circuit.synapses == synapses
    assert document.selection == {output}
    assert document.stack.undoText() == "Let y0 read A"
    document.stack.undo()
    assert document.circuit["y0"].source == b
    document.stack.redo()
    assert document.circuit["y0"].source == a


def test_a_line_may_return_to_its_neuron_but_a_short_slip_makes_nothing(canvas, document, place, rim):
    count = len(document.circuit.synapses)
    draw(canvas, rim("A"), place("A"))
    assert len(document.circuit.synapses) == count
    draw(canvas, rim("A"), place("A", 0, 90), release=False)
    move(canvas, place("A"))
    canvas.grab()
    QTest.mouseRelease(canvas, LEFT, NONE, place("A"))
    assert newest(document).pre == newest(document).post == document.circuit["A"].id


def test_escape_gives_the_line_up(canvas, document, place, rim):
    draw(canvas, rim("A"), place("B"), release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, place("B"))
    assert document.stack.count() == 0


def test_alt_goes_on_from_the_new_target_until_a_plain_click(canvas, document, place, rim):
    a, b = (document.circuit[name].id for name in "AB")
    draw(canvas, rim("A"), place("B"), ALT)
    move(canvas, place("A", 0, 80), button=NO_BUTTON)
    canvas.grab()
    QTest.mouseClick(canvas, LEFT, NONE, place("A"))
    assert [(s.pre, s.post) for s in document.circuit.synapses[-2:]] == [(a, b), (b, a)]
    assert document.stack.count() == 2
    move(canvas, place("B"), button=NO_BUTTON)
    QTest.mouseClick(canvas, LEFT, NONE, place("B"))
    assert document.selection == {b}


def test_the_synapse_tool_draws_from_bodies_and_by_two_clicks(canvas, document, place):
    a, b = (document.circuit[name].id for name in "AB")
    document.tools.arm(Tool(Family.SYNAPSE, "inhibitory"))
    draw(canvas, place("A"), place("B"))
    assert newest(document).parameters["reversal_potential"] == -1.0
    QTest.mouseClick(canvas, LEFT, NONE, place("B"))
    move(canvas, place("A", 0, 80), button=NO_BUTTON)
    QTest.mouseClick(canvas, LEFT, NONE, place("A"))
    assert (newest(document).pre, newest(document).post) == (b, a)
    assert document.tools.armed is not None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert document.tools.armed is None
    draw(canvas, place("A"), place("A", 48, 0))
    assert document.circuit["A"].position == (208.0, 160.0)


def test_a_drop_on_empty_canvas_asks_what_follows(canvas, document, rim):
    before = dict(document.circuit.elements)
    draw(canvas, rim("A"), EMPTY, SHIFT)
    field = canvas.quick.list.field
    assert field.hasFocus()
    canvas.grab()
    QTest.keyClicks(field, "ltc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    made, synapse = document.circuit.neurons[-1], newest(document)
    assert (made.kind, made.name, made.position) == ("ltc", "N", (256.0, 480.0))
    assert (synapse.pre, synapse.post) == (document.circuit["A"].id, made.id)
    assert synapse.parameters["reversal_potential"] == -1.0
    assert document.selection == {made.id}
    assert canvas.hasFocus()
    assert document.stack.count() == 1
    document.stack.undo()
    assert document.circuit.elements == before
    document.stack.redo()
    assert newest(document) == synapse


def test_the_list_can_add_an_output(canvas, document, rim):
    draw(canvas, rim("A"), EMPTY)
    field = canvas.quick.list.field
    QTest.keyClicks(field, "output")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.circuit.outputs[-1].source == document.circuit["A"].id
    document.stack.undo()
    assert len(document.circuit.outputs) == 1


def test_only_what_may_follow_is_listed(canvas, document, place, rim):
    draw(canvas, place("drive", 70, 0), EMPTY)
    shown = canvas.quick.list.list
    driven = [k.title for k in document.circuit.kinds.neurons.values() if "current" in k.accepts]
    assert [shown.item(k).text() for k in range(shown.count())] == driven
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Escape)
    draw(canvas, rim("A"), EMPTY, CONTROL)
    assert [shown.item(k).text() for k in range(shown.count())] == ["LTC neuron", "Output"]


def test_escape_closes_the_list_without_a_trace(canvas, document, rim):
    before = dict(document.circuit.elements)
    document.select({document.circuit["B"].id})
    draw(canvas, rim("A"), EMPTY)
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Escape)
    assert not canvas.quick.list.isVisible()
    assert canvas.hasFocus()
    assert document.circuit.elements == before
    assert document.stack.count() == 0
    assert document.selection == {document.circuit["B"].id}


def test_a_click_beside_the_list_closes_it(canvas, document, rim):
    draw(canvas, rim("A"), EMPTY)
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(700, 560))
    assert not canvas.quick.list.isVisible()
    assert document.stack.count() == 0


def test_a_nub_shows_on_the_rim_but_not_on_tiny_neurons(canvas, document, rim, hints):
    move(canvas, rim("A"), button=NO_BUTTON)
    assert canvas.hover.marks() == {document.circuit["A"].id: Mark.HOVER}
    assert hints[-1].startswith("drag to a neuron, or to empty canvas")
    canvas.grab()
    canvas.zoom_to(0.2)
    x, y = document.circuit["A"].position
    move(canvas, canvas.camera.to_view(QPointF(x, y)).toPoint(), button=NO_BUTTON)
    assert canvas.hover.marks() == {}
