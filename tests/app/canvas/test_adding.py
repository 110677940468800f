"""Adding, naming and finding on the canvas, as a user does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.elements import Note

pytestmark = pytest.mark.gui

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
EMPTY = QPoint(250, 480)


def hover(view, at):
    place, none = QPointF(at), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, view.mapToGlobal(place), none, none, NONE)
    QApplication.sendEvent(view, event)


def titles(canvas):
    shown = canvas.quick.list.list
    return [shown.item(k).text() for k in range(shown.count())]


# quick add --------------------------------------------------------------------------------------


def test_double_click_on_empty_adds_what_is_typed(canvas, document):
    before = dict(document.circuit.elements)
    QTest.mouseDClick(canvas, LEFT, NONE, EMPTY)
    field = canvas.quick.list.field
    assert {"LTC neuron", "Push button", "Slider", "Sine", "Output", "Note"} <= set(titles(canvas))
    canvas.grab()
    QTest.keyClicks(field, "puls")
    assert titles(canvas)[:2] == ["Pulse", "Pulse train"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    made = document.circuit.inputs[-1]
    assert (made.stimulus, made.name, made.position) == ("pulse_train", "pulse_train", (256.0, 480.0))
    assert document.selection == {made.id}
    assert document.stack.count() == 1
    document.stack.undo()
    assert document.circuit.elements == before
    document.stack.redo()
    assert document.circuit["pulse_train"] == made


def test_every_kind_of_neuron_and_stimulus_can_be_added(canvas, document):
    kinds = document.circuit.kinds
    for title in [k.title for table in (kinds.neurons, kinds.stimuli) for k in table.values()]:
        count = len(document.circuit.elements)
        canvas.quick.add(QPointF(400.0, 480.0))
        QTest.keyClicks(canvas.quick.list.field, title)
        QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Return)
        assert len(document.circuit.elements) == count + 1


def test_a_click_on_a_row_adds_it(canvas, document):
    QTest.mouseDClick(canvas, LEFT, NONE, EMPTY)
    shown = canvas.quick.list.list
    row = shown.visualItemRect(shown.item(0)).center()
    QTest.mouseClick(shown.viewport(), LEFT, NONE, row)
    assert document.circuit["N"].kind == "ltc"


def test_escape_and_words_that_fit_nothing_add_nothing(canvas, document):
    QTest.mouseDClick(canvas, LEFT, NONE, EMPTY)
    QTest.keyClicks(canvas.quick.list.field, "xyzzy")
    assert titles(canvas) == []
    canvas.grab()
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Return)
    assert canvas.quick.list.isVisible()
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Escape)
    assert not canvas.quick.list.isVisible()
    assert document.stack.count() == 0


def test_an_output_reads_the_selected_neuron(canvas, document):
    document.select({document.circuit["A"].id})
    canvas.quick.add(QPointF(400.0, 480.0))
    QTest.keyClicks(canvas.quick.list.field, "output")
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Return)
    assert document.circuit.outputs[-1].source == document.circuit["A"].id


def test_a_double_click_on_a_key_is_two_presses(canvas, place, hands):
    QTest.mouseClick(canvas, LEFT, NONE, place("tap"))
    QTest.mouseDClick(canvas, LEFT, NONE, place("tap"))
    QTest.mouseRelease(canvas, LEFT, NONE, place("tap"))
    assert hands == [("tap", 1.0), ("tap", 0.0), ("tap", 1.0), ("tap", 0.0)]
    assert canvas.inline.editor is None


# tools ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "kind", "at"), [("neuron", "ltc", (256.0, 480.0)), ("input", "slider", (256.0, 480.0)), ("note", "", (256.0, 480.0))]
)  # fmt: skip
def test_a_tool_places_once_and_is_laid_down(canvas, document, family, kind, at):
    document.tools.arm(Tool(Family(family), kind))
    hover(canvas, EMPTY)
    canvas.grab()
    QTest.mouseClick(canvas, LEFT, NONE, EMPTY)
    made = document.circuit.elements[next(iter(document.selection))]
    assert made.position == at
    assert document.tools.armed is None
    assert document.stack.count() == 1
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(700, 560))
    assert document.stack.count() == 1


def test_shift_keeps_the_tool_and_names_stay_free(canvas, document):
    document.tools.arm(Tool(Family.NEURON, "ltc"))
    QTest.mouseClick(canvas, LEFT, SHIFT, QPoint(250, 480))
    QTest.mouseClick(canvas, LEFT, SHIFT, QPoint(400, 480))
    assert [n.name for n in document.circuit.neurons[-2:]] == ["N", "N2"]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert document.tools.armed is None


def test_escape_lays_the_tool_down_before_it_clears_the_selection(canvas, document):
    document.select({document.circuit["A"].id})
    document.tools.arm(Tool(Family.NOTE))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert document.tools.armed is None
    assert document.selection
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not document.selection


def test_an_output_is_placed_on_the_neuron_it_reads(canvas, document, place):
    refused = []
    document.refused.connect(refused.append)
    document.tools.arm(Tool(Family.OUTPUT))
    hover(canvas, EMPTY)
    canvas.grab()
    QTest.mouseClick(canvas, LEFT, NONE, EMPTY)
    assert "an output reads a neuron" in refused[-1].sentence
    assert document.stack.count() == 0
    QTest.mouseClick(canvas, LEFT, NONE, place("A"))
    made = document.circuit.outputs[-1]
    assert made.source == document.circuit["A"].id
    assert made.position != document.circuit["B"].position
    assert document.tools.armed is None


def test_what_is_added_twice_at_a_place_does_not_lie_on_itself(canvas, document):
    for _ in range(3):
        canvas.tooling.add(Family.NEURON, "ltc")
    places = {n.position for n in document.circuit.neurons}
    assert len(places) == len(document.circuit.neurons)


def test_ghosts_take_no_names(canvas, document):
    document.tools.arm(Tool(Family.NEURON, "ltc"))
    for x in range(200, 260, 4):
        hover(canvas, QPoint(x, 480))
        canvas.grab()
    QTest.mouseClick(canvas, LEFT, NONE, EMPTY)
    assert document.circuit.neurons[-1].name == "N"


# names ------------------------------------------------------------------------------------------


def retype(editor, text):
    QTest.keyClick(editor.first, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(editor.first, Qt.Key.Key_Delete)
    QTest.keyClicks(editor.first, text)
    QTest.keyClick(editor.first, Qt.Key.Key_Return)


def test_double_click_edits_the_name_in_place(canvas, document, place):
    neuron = document.circuit["A"].id
    QTest.mouseDClick(canvas, LEFT, NONE, place("A"))
    canvas.grab()
    retype(canvas.inline.editor, "left")
    assert document.circuit["left"].id == neuron
    assert canvas.inline.editor is None
    assert canvas.hasFocus()
    document.stack.undo()
    assert document.circuit["A"].id == neuron
    document.stack.redo()
    assert document.circuit["left"].id == neuron


def test_what_is_no_identifier_becomes_the_label(canvas, document, place):
    QTest.mouseDClick(canvas, LEFT, NONE, place("A"))
    retype(canvas.inline.editor, "left brake")
    assert (document.circuit["A"].name, document.circuit["A"].label) == ("A", "left brake")
    QTest.mouseDClick(canvas, LEFT, NONE, place("A"))
    assert canvas.inline.editor.first.text() == "left brake"
    retype(canvas.inline.editor, "")
    assert document.circuit["A"].label == ""
    document.stack.undo()
    assert document.circuit["A"].label == "left brake"


def test_a_taken_name_is_refused_and_can_be_corrected(canvas, document, place):
    refused = []
    document.refused.connect(refused.append)
    QTest.mouseDClick(canvas, LEFT, NONE, place("A"))
    retype(canvas.inline.editor, "B")
    assert "already taken" in refused[-1].sentence
    retype(canvas.inline.editor, "C")
    assert document.circuit.named("C") is not None
    assert document.stack.count() == 1


def test_escape_forgets_and_leaving_keeps(canvas, document, place):
    QTest.mouseDClick(canvas, LEFT, NONE, place("A"))
    QTest.keyClicks(canvas.inline.editor.first, "x")
    QTest.keyClick(canvas.inline.editor.first, Qt.Key.Key_Escape)
    assert document.stack.count() == 0
    QTest.mouseDClick(canvas, LEFT, NONE, place("y0"))
    QTest.keyClicks(canvas.inline.editor.first, "reading")
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(700, 560))
    assert document.circuit.named("reading") is not None
    assert canvas.inline.editor is None


def test_a_note_is_edited_with_title_and_text(canvas, document):
    note = document.circuit.notes[0]
    QTest.mouseDClick(canvas, LEFT, NONE, QPoint(560, 360))
    editor = canvas.inline.editor
    QTest.keyClicks(editor.first, "Why")
    QTest.keyClick(editor.first, Qt.Key.Key_Return)
    QTest.keyClick(editor.rest, Qt.Key.Key_End, CONTROL)
    QTest.keyClick(editor.rest, Qt.Key.Key_Return)
    QTest.keyClicks(editor.rest, "Let go.")
    canvas.grab()
    QTest.keyClick(editor.rest, Qt.Key.Key_Return, CONTROL)
    changed = document.circuit.get(note.id, Note)
    assert (changed.title, changed.text) == ("Why", "Hold the button.\nLet go.")
    assert document.stack.count() == 1
    document.stack.undo()
    assert document.circuit.get(note.id, Note) == note
    document.stack.redo()
    assert document.circuit.get(note.id, Note) == changed


def test_the_editor_follows_the_camera_and_closes_with_the_circuit(canvas, document, place):
    QTest.mouseDClick(canvas, LEFT, NONE, place("A"))
    before = canvas.inline.editor.pos()
    canvas.look(canvas.camera.moved(40, 20))
    assert canvas.inline.editor.pos() == before + QPoint(40, 20)
    document.replace(document.circuit.copy(), None)
    assert canvas.inline.editor is None


def test_an_editor_stays_in_view_and_goes_with_what_it_edits(canvas, document):
    canvas.quick.adder.add(Tool(Family.NOTE), QPointF(480.0, 480.0))
    note = next(iter(document.selection))
    canvas.look(canvas.camera.moved(canvas.width() - 560, 0))
    canvas.inline.edit(note)
    assert canvas.rect().contains(canvas.inline.editor.geometry())
    document.stack.undo()
    assert canvas.inline.editor is None


# find -------------------------------------------------------------------------------------------


def test_find_selects_and_centres(canvas, document):
    canvas.look(canvas.camera.moved(-3000, 0))
    canvas.quick.find()
    assert set(titles(canvas)) == {"A", "B", "tap", "drive", "y0", "Try"}
    QTest.keyClicks(canvas.quick.list.field, "motor")
    assert titles(canvas) == ["B"]
    QTest.keyClick(canvas.quick.list.field, Qt.Key.Key_Return)
    b = document.circuit["B"]
    assert document.selection == {b.id}
    seen = canvas.camera.to_view(QPointF(*b.position))
    assert abs(seen.x() - canvas.width() / 2) < 2
    assert abs(seen.y() - canvas.height() / 2) < 20
    assert document.stack.count() == 0
