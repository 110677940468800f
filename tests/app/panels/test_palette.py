"""The palette in the real window: dragged, clicked, by key; the run goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.document.tools import Family
from circuitsim.app.theme.measures import RAIL, RAIL_NARROW

pytestmark = pytest.mark.gui

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(opened):
    """The real window with the tap-withdrawal circuit, running; its button has the letter T."""
    return opened("tap-withdrawal")


def move(widget, at, button=LEFT):
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, widget.mapToGlobal(place), Qt.MouseButton.NoButton, button, NONE
    )
    QApplication.sendEvent(widget, event)


def free_spot(window):
    """A point of the canvas, in px, around which nothing stands."""
    canvas = window.canvas
    boxes = [canvas.scene.box(e).adjusted(-60, -60, 60, 60) for e in canvas.scene.placed()]
    for y in range(60, canvas.height() - 60, 20):
        for x in range(60, canvas.width() - 60, 20):
            at = canvas.camera.to_canvas(QPointF(x, y))
            if canvas.scene.hit(at, canvas.camera.zoom) is None and not any(b.contains(at) for b in boxes):
                return QPoint(x, y)
    raise AssertionError("the canvas is full")


def carry(window, title, at, release=True):
    tile = window.panels["palette"].tiles[title]
    there = tile.mapFromGlobal(window.canvas.mapToGlobal(at))
    QTest.mousePress(tile, LEFT, NONE, tile.rect().center())
    for k in (0.2, 0.6, 1.0):
        move(tile, tile.rect().center() + k * (there - tile.rect().center()))
    if release:
        QTest.mouseRelease(tile, LEFT, NONE, there)
    return tile, there


def test_a_tile_is_dragged_onto_the_canvas(window, qtbot):
    document, at = window.document, free_spot(window)
    count, t = len(document.circuit.neurons), document.status().t
    carry(window, "Neuron", at, release=False)
    window.canvas.grab()
    tile = window.panels["palette"].tiles["Neuron"]
    QTest.mouseRelease(tile, LEFT, NONE, tile.mapFromGlobal(window.canvas.mapToGlobal(at)))
    assert len(document.circuit.neurons) == count + 1
    made = document.circuit.neurons[-1]
    wanted = window.canvas.camera.to_canvas(QPointF(at))
    assert abs(made.position[0] - wanted.x()) <= 8
    assert abs(made.position[1] - wanted.y()) <= 8
    assert document.tools.armed is None
    document.stack.undo()
    assert len(document.circuit.neurons) == count
    document.stack.redo()
    assert document.circuit.neurons[-1] == made
    qtbot.waitUntil(lambda: document.status().t > t)
    assert document.status().playing


def test_a_tile_dropped_beside_the_canvas_or_given_up_adds_nothing(window):
    document, at = window.document, free_spot(window)
    carry(window, "Note", QPoint(200, window.canvas.height() + 60))
    tile, there = carry(window, "Note", at, release=False)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    move(tile, there)
    QTest.mouseRelease(tile, LEFT, NONE, there)
    assert document.stack.count() == 0
    assert document.tools.armed is None


def test_an_output_is_dragged_onto_its_neuron(window):
    canvas, neuron = window.canvas, window.document.circuit["AVAL"]
    carry(window, "Output", canvas.camera.to_view(QPointF(*neuron.position)).toPoint())
    assert window.document.circuit.outputs[-1].source == neuron.id


def test_a_click_takes_a_kind_in_hand_and_the_next_click_places_it(window):
    palette, document, at = window.panels["palette"], window.document, free_spot(window)
    QTest.mouseClick(palette.tiles["Input"], LEFT)
    assert palette.tiles["Input"].isChecked()
    assert palette.variants.isVisible()
    QTest.mouseClick(palette.variants.rows["sine"], LEFT)
    window.grab()
    QTest.mouseClick(window.canvas, LEFT, NONE, at)
    assert document.circuit.inputs[-1].stimulus == "sine"
    assert palette.tiles["Select"].isChecked()
    assert not palette.variants.isVisible()


def test_select_and_a_second_click_lay_the_tool_down(window):
    palette, tools = window.panels["palette"], window.document.tools
    QTest.mouseClick(palette.tiles["Note"], LEFT)
    assert tools.armed.family is Family.NOTE
    QTest.mouseClick(palette.tiles["Note"], LEFT)
    assert tools.armed is None
    QTest.mouseClick(palette.tiles["Synapse"], LEFT)
    QTest.mouseClick(palette.variants.rows["inhibitory"], LEFT)
    assert tools.armed.kind == "inhibitory"
    QTest.mouseClick(palette.tiles["Select"], LEFT)
    assert tools.armed is None


def test_the_synapse_key_walks_through_its_kinds(window):
    kinds = []
    for _ in range(6):
        QTest.keyClick(window.canvas, Qt.Key.Key_W)
        kinds.append(window.document.tools.armed.kind)
    assert kinds == ["excitatory", "inhibitory", "electrical", "directed electrical", "clamp", "excitatory"]


def test_find_opens_from_palette_and_key(window):
    QTest.mouseClick(window.panels["palette"].tiles["Find"], LEFT)
    assert window.canvas.quick.list.isVisible()
    QTest.keyClick(window.canvas.quick.list.field, Qt.Key.Key_Escape)
    QTest.keyClick(window.canvas, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.canvas.quick.list.field, "aval")
    QTest.keyClick(window.canvas.quick.list.field, Qt.Key.Key_Return)
    assert window.document.selection == {window.document.circuit["AVAL"].id}


def test_keys_add_at_the_mouse(window):
    document, at = window.document, free_spot(window)
    move(window.canvas, at, Qt.MouseButton.NoButton)
    QTest.keyClick(window.canvas, Qt.Key.Key_N)
    made = document.circuit.neurons[-1]
    wanted = window.canvas.camera.to_canvas(QPointF(at))
    assert abs(made.position[0] - wanted.x()) <= 8
    QTest.keyClick(window.canvas, Qt.Key.Key_I)
    assert document.circuit.inputs[-1].name == "button"
    QTest.keyClick(window.canvas, Qt.Key.Key_Space, CONTROL)
    assert window.canvas.quick.list.isVisible()
    QTest.keyClick(window.canvas.quick.list.field, Qt.Key.Key_Escape)
    assert document.stack.count() == 2


def test_the_letter_of_a_button_wins_over_the_tool(window, qtbot):
    document, notes = window.document, len(window.document.circuit.notes)
    QTest.keyPress(window.canvas, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: 1.0 in document.snapshot().inputs)
    QTest.keyRelease(window.canvas, Qt.Key.Key_T)
    assert len(document.circuit.notes) == notes
    heard = []
    document.hint_changed.connect(heard.append)
    tile = window.panels["palette"].tiles["Note"]
    QApplication.sendEvent(tile, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert "T presses tap here" in heard[-1]
    assert "(T)" not in tile.toolTip()


def test_rename_by_key_and_typing_reaches_no_shortcut(window):
    document = window.document
    document.select({document.circuit["DVA"].id})
    QTest.keyClick(window.canvas, Qt.Key.Key_F2)
    field = window.canvas.inline.editor.first
    QTest.keyClicks(field, "tin_1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.circuit.named("tin_1") is not None
    assert document.stack.count() == 1


def test_the_rail_is_narrow_in_a_small_window_and_f9_hides_it(window):
    palette = window.panels["palette"]
    assert palette.width() == RAIL
    window.resize(1024, 700)
    assert palette.width() == RAIL_NARROW
    window.grab()
    QTest.keyClick(window.canvas, Qt.Key.Key_F9)
    assert not palette.isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_F9)
    assert palette.isVisible()
