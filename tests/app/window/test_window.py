"""The window used as a person uses it: mouse on the canvas, keys on the window, then a look at circuit and engine."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from circuitsim.api import load, save
from circuitsim.app import theme
from circuitsim.app.document.files import Wanted, export_traces, open_file, save_file
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.engine.replay import replay
from circuitsim.io.examples import example

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def place(window, name):
    canvas = window.canvas
    return canvas.camera.to_view(canvas.scene.box(window.document.circuit[name]).center()).toPoint()


def state(window, name):
    snapshot = window.document.snapshot()
    return snapshot.v[snapshot.ids.index(window.document.circuit[name].id)]


def tau(window, name):
    snapshot = window.document.snapshot()
    return snapshot.tau[snapshot.ids.index(window.document.circuit[name].id)]


def drag(canvas, start, end):
    QTest.mousePress(canvas, LEFT, NONE, start)
    for k in range(1, 6):
        QTest.mouseMove(canvas, start + (end - start) * k / 5)
    QTest.mouseRelease(canvas, LEFT, NONE, end)


def field_of(window, parameter):
    row = window.panels["inspector"].page.findChild(object, f"parameter:{parameter}")
    return row.field, row


def type_into(field, text):
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_space_plays_and_pauses_and_a_point_steps(window, qtbot):
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing)
    qtbot.waitUntil(window.commands.actions["step"].isEnabled)  # one frame later
    t = window.document.status().t
    QTest.keyClick(window.canvas, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: window.document.status().t == pytest.approx(t + 0.01))
    QTest.keyClick(window.canvas, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: window.document.status().t == 0.0)
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.document.status().t > 0.0)


@pytest.mark.parametrize("how", ["mouse", "key"])
def test_tapping_moves_the_worm(window, qtbot, how):
    qtbot.waitUntil(lambda: state(window, "AVAL") < -0.1, timeout=10_000)
    before = state(window, "AVAL")
    at = place(window, "tap")
    if how == "mouse":
        QTest.mousePress(window.canvas, LEFT, NONE, at)
    else:
        window.canvas.setFocus()
        QTest.keyPress(window.canvas, Qt.Key.Key_T)
    qtbot.waitUntil(
        lambda: window.document.snapshot().inputs[1] == 1.0 or 1.0 in window.document.snapshot().inputs
    )
    qtbot.waitUntil(lambda: state(window, "AVAL") > before + 0.2, timeout=10_000)
    if how == "mouse":
        QTest.mouseRelease(window.canvas, LEFT, NONE, at)
    else:
        QTest.keyRelease(window.canvas, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: not window.document.snapshot().inputs.any())
    assert window.document.status().playing


def test_a_neuron_is_moved_while_it_runs(window, qtbot):
    document = window.document
    neuron, t = document.circuit["DVA"], document.status().t
    start = place(window, "DVA")
    drag(window.canvas, start, start + QPoint(60, 40))
    moved = document.circuit["DVA"].position
    assert moved != neuron.position
    document.stack.undo()
    assert document.circuit["DVA"].position == neuron.position
    document.stack.redo()
    assert document.circuit["DVA"].position == moved
    qtbot.waitUntil(lambda: document.status().t > t)
    assert document.status().playing


def test_selecting_deleting_and_bringing_back(window, qtbot):
    document, canvas = window.document, window.canvas
    canvas.setFocus()
    QTest.mouseClick(canvas, LEFT, NONE, place(window, "AVAL"))
    QTest.mouseClick(canvas, LEFT, SHIFT, place(window, "AVAR"))
    pair = frozenset({document.circuit["AVAL"].id, document.circuit["AVAR"].id})
    assert document.selection == pair
    synapses, t = len(document.circuit.synapses), document.status().t
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert document.circuit.named("AVAL") is None
    assert len(document.circuit.synapses) < synapses
    qtbot.waitUntil(lambda: len(document.snapshot().ids) == 14)
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(document.circuit.synapses) == synapses
    qtbot.waitUntil(lambda: len(document.snapshot().ids) == 16)
    assert document.status().t >= t
    QTest.keyClick(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert document.circuit.named("AVAL") is None


def test_rubber_band_and_escape(window):
    canvas, document = window.canvas, window.document
    canvas.setFocus()
    corner = place(window, "ALML") - QPoint(60, 60)
    drag(canvas, corner, place(window, "AVM") + QPoint(45, 45))
    assert {document.circuit["ALML"].id, document.circuit["AVM"].id} <= document.selection
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not document.selection


def test_a_number_typed_while_it_runs(window, qtbot):
    document = window.document
    QTest.mouseClick(window.canvas, LEFT, NONE, place(window, "AVAL"))
    field, _ = field_of(window, "capacitance")
    before, t = tau(window, "AVAL"), document.status().t
    type_into(field, "5")
    assert document.circuit["AVAL"].parameters["capacitance"] == 5.0
    qtbot.waitUntil(lambda: tau(window, "AVAL") > 4 * before)
    assert document.status().playing
    document.stack.undo()
    assert document.circuit["AVAL"].parameters["capacitance"] == 0.5
    qtbot.waitUntil(lambda: tau(window, "AVAL") < 2 * before)
    qtbot.waitUntil(lambda: document.status().t > t)
    document.stack.redo()
    assert document.circuit["AVAL"].parameters["capacitance"] == 5.0


@pytest.mark.parametrize(("text", "said"), [("fast", "not a number"), ("-3", "at least"), ("5 mV", "unit")])
def test_a_bad_number_is_refused_with_a_sentence(window, text, said):
    QTest.mouseClick(window.canvas, LEFT, NONE, place(window, "AVAL"))
    field, row = field_of(window, "capacitance")
    type_into(field, text)
    assert said in row.problem.text()
    assert row.problem.isVisible()
    assert window.document.circuit["AVAL"].parameters["capacitance"] == 0.5
    assert not window.document.stack.canUndo()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0.5"


def test_a_slider_drag_is_one_step_of_undo(window):
    document = window.document
    QTest.mouseClick(window.canvas, LEFT, NONE, place(window, "AVAL"))
    _, row = field_of(window, "leak_conductance")
    middle = row.slider.rect().center()
    drag(row.slider, middle, middle + QPoint(25, 0))
    assert document.circuit["AVAL"].parameters["leak_conductance"] != 1.0
    assert document.stack.count() == 1
    document.stack.undo()
    assert document.circuit["AVAL"].parameters["leak_conductance"] == 1.0


def test_zoom_keeps_the_point_under_the_cursor(window):
    canvas = window.canvas
    at = QPointF(place(window, "AVBL"))
    under = canvas.camera.to_canvas(at)
    inverted = False
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, inverted,
    )  # fmt: skip
    zoom = canvas.camera.zoom
    QApplication.sendEvent(canvas, event)
    assert canvas.camera.zoom > zoom
    after = canvas.camera.to_canvas(at)
    assert after.x() == pytest.approx(under.x(), abs=0.5)
    assert after.y() == pytest.approx(under.y(), abs=0.5)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.camera.zoom == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.camera.zoom == pytest.approx(zoom)


def test_the_theme_changes_everywhere(window, qtbot):
    now = theme.current().name
    before = window.grab().toImage()
    window.switch_theme()
    qtbot.waitUntil(lambda: not theme.turning(), timeout=60_000)
    assert theme.current().name != now
    assert window.grab().toImage() != before
    assert not window.document.stack.canUndo()
    theme.set_theme(now)


def test_a_broken_file_leaves_what_is_open(window, qtbot, tmp_path):
    path = tmp_path / "broken.circuit.json"
    path.write_text('{"format": "circuitsim", ')
    refused, circuit = [], window.document.circuit
    window.document.refused.connect(refused.append)
    open_file(window.document, path)
    qtbot.waitUntil(lambda: bool(refused))
    assert "broken.circuit.json" in refused[0].sentence
    assert window.document.circuit is circuit


def test_saving_opening_and_a_read_only_target(window, qtbot, tmp_path):
    document = window.document
    path = tmp_path / "worm.circuit.json"
    save_file(document, path)
    qtbot.waitUntil(lambda: document.path == path)
    assert load(path) == document.circuit
    QTest.mouseClick(window.canvas, LEFT, NONE, place(window, "AVAL"))
    type_into(field_of(window, "capacitance")[0], "0.6")
    path.chmod(0o444)
    refused = []
    document.refused.connect(refused.append)
    save_file(document, path)
    qtbot.waitUntil(lambda: bool(refused))
    assert document.dirty
    assert load(path)["AVAL"].parameters["capacitance"] == 0.5


def test_exported_traces_are_those_of_the_replay(window, qtbot, tmp_path):
    document = window.document
    document.simulator.pause()
    written = []
    path = tmp_path / "traces.csv"
    export_traces(document, path, Wanted(("v", "tau")), lambda: written.append(True))
    qtbot.waitUntil(lambda: bool(written), timeout=20_000)
    table = np.genfromtxt(path, delimiter=",", names=True)
    again = replay(document.simulator.log())
    np.testing.assert_array_equal(table["v_AVAL"], again.v[:, again.neuron_names.index("AVAL")])
    np.testing.assert_array_equal(table["t"], again.t)


def test_an_exploding_run_names_neuron_and_remedy(window, qtbot):
    document = window.document
    document.push(SetSettings(Settings(solver="rk4", dt=1.0)))
    document.simulator.set_speed(None)
    qtbot.waitUntil(lambda: document.status().failure is not None, timeout=20_000)
    failure = document.status().failure
    assert document.failed_neuron() == failure.element
    qtbot.waitUntil(window.banner.isVisible)
    assert not document.status().playing
    document.stack.undo()
    qtbot.waitUntil(lambda: document.status().failure is None)


def test_the_small_window_shows_every_field_whole(window, qtbot):
    window.resize(1024, 700)
    QTest.mouseClick(window.canvas, LEFT, NONE, place(window, "AVAL"))
    qtbot.wait(50)
    inspector = window.panels["inspector"]
    for field in inspector.findChildren(QLineEdit):
        assert field.mapTo(inspector, QPoint(field.width(), 0)).x() <= inspector.width()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_title_of_the_circuit_fits_its_field(window, qtbot, size):
    window.resize(*size)
    qtbot.wait(50)
    field = window.panels["inspector"].findChild(QWidget, "text:title").field
    assert field.text() == window.document.circuit.document.title
    margins = 16  # of the field and of Qt's text line
    assert field.fontMetrics().horizontalAdvance(field.text()) + margins <= field.width()


def test_a_step_that_is_too_large_is_warned_about_by_name_before_it_hurts(window, qtbot):
    document = window.document
    document.simulator.pause()
    document.push(SetSettings(Settings(solver="rk4", dt=0.02)))
    trouble = window.status.trouble
    qtbot.waitUntil(lambda: "larger than the time constant" in trouble.text.text(), timeout=10_000)
    assert trouble.text.text().startswith("Neuron AVM: ")
    assert "dt to" in trouble.toolTip()
    assert document.status().failure is None
    document.stack.undo()
    qtbot.waitUntil(trouble.isHidden, timeout=10_000)


@pytest.mark.display
def test_on_a_real_display(window, qtbot):
    """The window appears on an X display, and a tap by the mouse moves the worm there too."""
    assert QApplication.platformName() == "xcb"
    assert window.windowHandle().isExposed()
    before = state(window, "AVAL")
    QTest.mousePress(window.canvas, LEFT, NONE, place(window, "tap"))
    qtbot.waitUntil(lambda: state(window, "AVAL") > before + 0.2, timeout=20_000)
    shot = window.screen().grabWindow(window.winId())
    QTest.mouseRelease(window.canvas, LEFT, NONE, place(window, "tap"))
    assert shot.width() >= 1024
    assert len({shot.toImage().pixel(x, 60) for x in range(0, 1000, 10)}) > 1


@pytest.mark.display
def test_keys_on_a_real_display(window, qtbot):
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing)


def test_a_saved_circuit_is_the_same_circuit(tmp_path):
    circuit = load(example("liquid").path)
    save(circuit, tmp_path / "x.circuit.json")
    assert load(tmp_path / "x.circuit.json") == circuit
