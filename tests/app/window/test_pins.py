"""Pinned sliders on the canvas: they follow the circuit, change it, fold away, and cells keep clear of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from circuitsim.api import load, save
from circuitsim.app.window.start import application, build
from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Delete, Rename, SetParameter, SetPins
from circuitsim.circuit.elements import Note, Pin

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def pinned_circuit():
    circuit = Circuit(title="pinned", unit_system="physiological")
    cells = [
        new_neuron(circuit, f"N{k}{j}", position=(k * 150.0, j * 150.0)) for k in range(5) for j in range(4)
    ]
    drive = new_input(circuit, "drive", "slider", position=(-150.0, 450.0), high=2.0)
    brake = new_synapse(circuit, cells[0].id, cells[1].id, reversal_potential=-90.0)
    circuit.apply(Add((*cells, drive, brake, new_synapse(circuit, drive.id, cells[0].id, kind="current"))))
    pins = (Pin(cells[0].id, "capacitance"), Pin(brake.id, "conductance"), Pin(drive.id, "value"))
    circuit.apply(SetPins(pins))
    return circuit


@pytest.fixture
def window(qtbot):
    application()
    made = build(pinned_circuit(), None)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.frames.start()
    yield made
    made.document.stack.setClean()
    made.close()


def row_of(window, words):
    return next(row for row in window.pins.rows.values() if row.objectName() == f"pin:{words}")


def drag(slider, by):
    start = slider.knob().toPoint()
    QTest.mousePress(slider, LEFT, NONE, start)
    for k in range(1, 6):
        QTest.mouseMove(slider, start + QPoint(by * k // 5, 0))
    QTest.mouseRelease(slider, LEFT, NONE, start + QPoint(by, 0))


def test_a_row_names_whose_parameter_it_is(window):
    assert [row.objectName() for row in window.pins.rows.values()] == [
        "pin:N00: capacitance",
        "pin:N00 to N01: conductance",
        "pin:drive: value",
    ]
    row = row_of(window, "N00 to N01: conductance")
    assert row.name.texts == ("N00 ⊣ N01", "conductance", "g")
    assert row.value.text() == "1 nS"


def test_a_drag_is_one_step_of_undo_and_the_inspector_follows(window):
    document = window.document
    document.select({document.circuit["N00"].id})
    row = row_of(window, "N00: capacitance")
    before = document.circuit["N00"].parameters["capacitance"]
    drag(row.slider, 30)
    after = document.circuit["N00"].parameters["capacitance"]
    assert after > before
    assert document.stack.count() == 1
    shown = window.panels["inspector"].page.findChild(object, "parameter:capacitance")
    assert shown.field.text() == row.value.text().removesuffix(" pF")
    document.stack.undo()
    assert document.circuit["N00"].parameters["capacitance"] == before
    document.stack.redo()
    assert document.circuit["N00"].parameters["capacitance"] == after


def test_a_double_click_types_the_value_and_escape_does_not(window):
    row = row_of(window, "N00 to N01: conductance")
    synapse = next(iter(window.document.circuit.synapses)).id
    at = row.value.geometry().center()
    QTest.mouseDClick(row, LEFT, pos=at)
    assert row.field.isVisible()
    QTest.keyClicks(row.field, "1/4")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert window.document.circuit.elements[synapse].parameters["conductance"] == 0.25
    assert not row.field.isVisible()
    QTest.mouseDClick(row, LEFT, pos=at)
    QTest.keyClicks(row.field, "nonsense")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert row.field.isVisible()
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    assert not row.field.isVisible()
    assert window.document.circuit.elements[synapse].parameters["conductance"] == 0.25


def test_the_slider_of_an_input_has_its_ends_and_follows_the_hand(window, qtbot):
    row = row_of(window, "drive: value")
    drag(row.slider, 500)
    assert window.document.circuit["drive"].parameters["value"] == 2.0
    window.document.hand(window.document.circuit["drive"].id, 1.0)
    qtbot.waitUntil(lambda: row.value.text() == "1")
    assert row.slider.fraction == pytest.approx(0.5)
    drag(row.slider, -500)
    assert window.document.circuit["drive"].parameters["value"] == 0.0
    qtbot.waitUntil(lambda: row.value.text() == "0")


def test_the_context_menu_unpins_and_undo_brings_it_back(window):
    row = row_of(window, "N00: capacitance")
    pins = window.document.circuit.document.pins
    at = row.rect().center()
    QApplication.sendEvent(row, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, row.mapToGlobal(at)))
    menu = next(m for m in row.findChildren(QMenu) if m.isVisible())
    action = next(a for a in menu.actions() if a.text().startswith("Unpin"))
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert window.document.circuit.document.pins == pins[1:]
    assert len(window.pins.rows) == 2
    window.document.stack.undo()
    assert window.document.circuit.document.pins == pins
    assert len(window.pins.rows) == 3


def test_names_and_deletions_are_followed(window):
    document = window.document
    document.push(Rename(document.circuit["N00"].id, "first"))
    assert row_of(window, "first to N01: conductance")
    document.push(SetParameter((document.circuit["first"].id,), "capacitance", 123.0))
    assert row_of(window, "first: capacitance").value.text() == "123 pF"
    document.push(Delete(frozenset({document.circuit["first"].id})))
    assert [row.objectName() for row in window.pins.rows.values()] == ["pin:drive: value"]
    document.push(SetPins(()))
    assert not window.pins.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_a_fitted_circuit_keeps_clear_of_the_card(window, size):
    window.resize(*size)
    QApplication.processEvents()
    QTest.keyClick(window.canvas, Qt.Key.Key_F)
    canvas, card = window.canvas, QRectF(window.pins.geometry())
    assert window.rect().contains(card.toRect())
    for element in canvas.scene.placed():
        if not isinstance(element, Note):
            box = canvas.scene.box(element)
            seen = QRectF(canvas.camera.to_view(box.topLeft()), canvas.camera.to_view(box.bottomRight()))
            assert not seen.intersects(card), element.name
            assert canvas.rect().toRectF().contains(seen), element.name


def test_a_slider_in_the_hand_survives_that_its_synapse_changes_sign(window):
    document = window.document
    brake = document.circuit.synapses[0].id
    document.push(SetPins((Pin(brake, "reversal_potential"),)))
    (row,) = window.pins.rows.values()
    QApplication.processEvents()  # it gets its width
    assert row.name.texts == ("N00 ⊣ N01", "reversal potential", "E")
    drag(row.slider, 150)
    assert document.circuit.elements[brake].parameters["reversal_potential"] > 0
    assert next(iter(window.pins.rows.values())) is row
    assert row.name.texts == ("N00 → N01", "reversal potential", "E")
    document.stack.undo()
    assert document.circuit.elements[brake].parameters["reversal_potential"] == -90.0
    assert row.name.texts == ("N00 ⊣ N01", "reversal potential", "E")


def test_it_folds_to_a_pill_and_opens_again_and_hides_the_canvas_from_the_mouse(window):
    high = window.pins.height()
    QTest.mouseClick(window.pins.fold, LEFT)
    assert window.pins.height() < 40
    assert not row_of(window, "drive: value").isVisible()
    QTest.mouseClick(window.pins, LEFT, pos=QPoint(8, 8))
    assert window.pins.height() == high
    window.document.select({window.document.circuit["N00"].id})
    QTest.mouseClick(window.pins, LEFT, pos=QPoint(window.pins.width() - 3, high - 3))
    assert window.document.selection


def test_it_is_a_pill_where_the_window_is_small_until_a_person_opens_it(window):
    whole = window.pins.height()
    window.resize(1024, 700)
    QApplication.processEvents()
    assert window.pins.folded
    assert window.pins.height() < 40
    QTest.mouseClick(window.pins, LEFT, pos=QPoint(8, 8))
    assert not window.pins.folded
    window.resize(1440, 900)
    QApplication.processEvents()
    assert window.pins.height() == whole


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_banner_of_a_failed_run_leaves_the_card_in_sight(window, size):
    window.resize(*size)
    QApplication.processEvents()
    window.banner.cause.setText("Neuron N00: the state exploded")
    window.banner.reason.setText("The step is larger than its time constant; halve it. " * 2)
    window.banner.show()
    for _ in range(2):
        QApplication.processEvents()
        assert not window.banner.geometry().intersects(window.pins.geometry())
        assert window.canvas.rect().contains(window.banner.geometry())
        window.pins.toggle()


def test_pins_are_kept_in_the_file(window, tmp_path):
    save(window.document.circuit, tmp_path / "x.circuit.json")
    assert load(tmp_path / "x.circuit.json").document.pins == window.document.circuit.document.pins
