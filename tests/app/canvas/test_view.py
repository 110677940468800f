"""Camera, hits, names, and what the view repaints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.app.canvas.camera import LEAST, MOST, Camera
from circuitsim.app.canvas.connections import Connections, loop_angles
from circuitsim.app.canvas.looks import Scales
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, Move, SetParameter
from circuitsim.engine.bands import Bands
from circuitsim.engine.report import Snapshot

pytestmark = pytest.mark.gui


def table_of(scales):
    """What looks need of a circuit of one neuron with the id 1."""
    circuit = Circuit()
    assert circuit.add_neuron("A").id == 1
    return scales.table(circuit)


def level(scales, v):
    """Where the potential of the neuron with the id 1 stands between its bounds."""
    return table_of(scales).levels(np.array([True]), np.array([v]))[0]


def sweep(scales, tau):
    """Where its time constant stands between its own bounds."""
    return table_of(scales).sweeps(np.array([True]), np.array([tau]))[0]


def wheel(view, at, notches=1, pixels=None, phase=Qt.ScrollPhase.NoScrollPhase):
    place = QPointF(at)
    event = QWheelEvent(
        place, view.mapToGlobal(place), pixels or QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, phase, False,  # noqa: FBT003  (Qt takes it by position)
    )  # fmt: skip
    QApplication.sendEvent(view, event)


# camera -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("notches", [1, -1, 7, -9, 100, -100])
def test_the_wheel_zooms_at_the_cursor(canvas, notches):
    at = QPoint(313, 171)
    before = canvas.camera.to_canvas(QPointF(at))
    wheel(canvas, at, notches)
    assert (canvas.camera.to_canvas(QPointF(at)) - before).manhattanLength() < 1e-6
    assert (canvas.camera.zoom > 1) == (notches > 0)
    assert LEAST <= canvas.camera.zoom <= MOST


def test_two_fingers_pan(canvas):
    wheel(canvas, QPoint(300, 300), pixels=QPoint(12, -30), phase=Qt.ScrollPhase.ScrollUpdate)
    assert canvas.camera == Camera(1.0, 12.0, -30.0)


def test_keys_fit_and_show_at_full_size(canvas):
    QTest.keyClick(canvas, Qt.Key.Key_F)
    seen = QRectF(canvas.rect())
    for element in canvas.scene.placed():
        box = canvas.scene.box(element)
        assert seen.contains(canvas.camera.to_view(box.topLeft()))
        assert seen.contains(canvas.camera.to_view(box.bottomRight()))
    canvas.look(Camera(0.5, 0.0, 0.0))
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.camera.zoom == 1.0


def test_a_fitted_circuit_stays_fitted_when_the_view_grows(canvas):
    canvas.fit()
    small = canvas.camera.zoom
    canvas.resize(500, 400)
    assert canvas.camera.zoom < small


def test_the_chip_zooms(canvas):
    QTest.mouseClick(canvas.chip.larger, Qt.MouseButton.LeftButton)
    assert canvas.camera.zoom == pytest.approx(1.25)
    assert canvas.chip.percent.text() == "125 %"
    QTest.mouseClick(canvas.chip.smaller, Qt.MouseButton.LeftButton)
    assert canvas.camera.zoom == pytest.approx(1.0)
    QTest.mouseClick(canvas.chip.all, Qt.MouseButton.LeftButton)
    assert canvas.camera != Camera(1.0, 0.0, 0.0)


def test_an_empty_circuit_can_be_fitted(canvas, document):
    document.push(Delete(frozenset(e.id for e in canvas.scene.placed())))
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.camera == Camera(1.0, 400.0, 300.0)


@pytest.mark.parametrize("used", [False, True])
def test_space_is_passed_on_unless_it_was_used_to_pan(canvas, used):
    def send(kind):
        event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
        canvas.event(event)
        return event.isAccepted()

    assert not send(QEvent.Type.KeyPress)
    if used:
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 300))
        QTest.mouseRelease(
            canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(350, 300)
        )
    assert send(QEvent.Type.KeyRelease) == used
    assert not canvas.space_held


# hits and lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [0.25, 1.0, 3.0])
def test_hits(canvas, document, zoom):
    scene, circuit = canvas.scene, document.circuit
    a = circuit["A"]
    assert scene.hit(QPointF(*a.position), zoom) == a.id
    assert scene.hit(QPointF(a.position[0] + 31.0, a.position[1]), zoom) == a.id
    assert scene.hit(QPointF(120.0, 330.0), zoom) is None
    for name in ("tap", "drive", "y0"):
        assert scene.hit(QPointF(*circuit[name].position), zoom) == circuit[name].id
    note = circuit.notes[0]
    assert scene.hit(QPointF(note.position[0] + 5, note.position[1] + 5), zoom) == note.id
    for synapse in circuit.synapses:
        middle = scene.curves(zoom)[synapse.id].at(0.45) / zoom
        assert scene.hit(middle, zoom) == synapse.id


def test_lines_of_a_pair_part(canvas, document):
    there, back = (canvas.scene.curves(1.0)[s.id] for s in document.circuit.synapses[:2])
    gap = there.at(0.5) - back.at(0.5)
    assert abs(gap.y()) > 20


def test_lines_follow_a_moved_neuron(canvas, document):
    synapse = document.circuit.synapses[0]
    before = canvas.scene.curves(1.0)[synapse.id]
    document.push(Move({document.circuit["B"].id: (352.0, 400.0)}))
    after = canvas.scene.curves(1.0)[synapse.id]
    assert after.d[1] > before.d[1] + 100
    document.stack.undo()
    assert canvas.scene.curves(1.0)[synapse.id] == before


def test_sign_follows_the_reversal_potential(canvas, document):
    synapse = document.circuit.synapses[0]
    first = {line.id: line for line in canvas.scene.connections}[synapse.id]
    document.push(SetParameter((synapse.id,), "reversal_potential", -1.0))
    second = {line.id: line for line in canvas.scene.connections}[synapse.id]
    assert (first.sign, second.sign) == ("excitatory", "inhibitory")


def test_a_line_keeps_clear_of_a_neuron_between_its_ends(canvas, document):
    from circuitsim.circuit.build import new_neuron
    from circuitsim.circuit.edits import Add

    # in the middle of the bow from A to B
    synapse = document.circuit.synapses[0]
    x, y = canvas.scene.curves(1.0)[synapse.id].at(0.5).toTuple()
    document.push(Add((new_neuron(document.circuit, "C", position=(x, y)),)))
    assert canvas.scene.curves(1.0)[synapse.id].distance(x, y) > 32.0


# what is shown ----------------------------------------------------------------------------------


def snapshot(document, serial, v=0.0, tau=0.5):
    circuit = document.circuit
    n, m = len(circuit.neurons), len(circuit.inputs)
    return Snapshot(
        0.01 * serial, tuple(x.id for x in circuit.neurons), np.full(n, v), np.full(n, tau), np.full(n, 0.5),
        tuple(x.id for x in circuit.inputs), np.zeros(m), serial,
    )  # fmt: skip


def test_a_frame_is_painted_only_for_a_new_state(canvas, document, monkeypatch):
    painted = []
    monkeypatch.setattr(canvas, "update", lambda *_region: painted.append(1))
    shown = snapshot(document, 1)
    monkeypatch.setattr(document, "snapshot", lambda: shown)
    canvas.refresh()
    assert painted == [1]
    canvas.refresh()
    assert painted == [1]
    shown = snapshot(document, 2, v=0.4)
    canvas.refresh()
    assert painted == [1, 1]


def test_the_picture_follows_state_failure_and_theme(canvas, document, monkeypatch):
    state = {"snapshot": snapshot(document, 1), "failed": None}
    monkeypatch.setattr(document, "snapshot", lambda: state["snapshot"])
    monkeypatch.setattr(document, "failed_neuron", lambda: state["failed"])

    def picture():
        canvas.refresh()
        return canvas.grab().toImage()

    first = picture()
    assert picture() == first
    state["snapshot"] = snapshot(document, 2, v=0.6)
    second = picture()
    state["snapshot"] = snapshot(document, 3, v=0.6, tau=0.2)
    third = picture()
    state["failed"] = document.circuit["A"].id
    fourth = picture()
    theme.set_theme("dark")
    fifth = picture()
    pictures = [first, second, third, fourth, fifth]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[i + 1 :])


def test_a_replaced_circuit_is_shown(canvas, document):
    from circuitsim.circuit.circuit import Circuit

    old = document.circuit
    document.replace(Circuit(), None)
    assert canvas.scene.circuit is document.circuit
    assert not list(canvas.scene.placed())
    canvas.grab()
    assert old is not document.circuit


def test_a_paused_run_has_still_dots(canvas, document, monkeypatch):
    shown = snapshot(document, 1, v=0.9)
    monkeypatch.setattr(document, "snapshot", lambda: shown)
    canvas.refresh()
    shown = replace(shown, serial=2)
    canvas.refresh()
    canvas.grab()
    shown = replace(shown, serial=3)
    canvas.refresh()
    first = canvas.grab().toImage()
    canvas.refresh()
    assert canvas.grab().toImage() == first


def test_hints_say_what_the_mouse_would_do(canvas, document, place, qtbot):
    with qtbot.waitSignal(document.hint_changed) as said:
        QTest.mouseMove(canvas, place("tap"))
    assert "hold to press tap, or hold T" in said.args[0]
    with qtbot.waitSignal(document.hint_changed) as said:
        QTest.mouseMove(canvas, place("A"))
    assert "move" in said.args[0]


# scales -----------------------------------------------------------------------------------------


def bands(state, tau):
    columns = [np.array([end]) for end in (*state, *tau, 1.0 / tau[1] if tau[1] else np.inf, 0.0)]
    return Bands((1,), *columns)


def test_level_and_sweep_stand_between_the_bounds():
    scales = Scales(bands((-1.0, 1.0), (0.1, 10.0)))
    assert level(scales, 0.0) == pytest.approx(0.5)
    assert level(scales, 5.0) == 1.0
    assert sweep(scales, 1.0) == pytest.approx(0.5)
    assert (table_of(scales).open_top[0], table_of(scales).endless[0], table_of(scales).fixed[0]) == (
        False,
        False,
        False,
    )


@pytest.mark.parametrize("state", [(-np.inf, np.inf), (0.0, np.inf), (-np.inf, 0.0)])
def test_without_a_bound_the_level_still_rises(state):
    scales = Scales(bands(state, (0.1, np.inf)))
    levels = [level(scales, v) for v in (-3.0, -1.0, 0.0, 1.0, 3.0)]
    assert levels == sorted(levels)
    assert all(0 <= level <= 1 for level in levels)
    sweeps = [sweep(scales, tau) for tau in (0.1, 0.2, 1.0, 50.0)]
    assert sweeps == sorted(sweeps)
    assert all(0 <= sweep < 1 for sweep in sweeps)
    assert table_of(scales).open_top[0]
    assert table_of(scales).endless[0]


def test_neurons_that_the_run_does_not_know_yet_stand_between_others_by_their_own_numbers():
    assert level(Scales(None), 0.0) == pytest.approx(0.5)
    assert 0.5 < level(Scales(None), 1.0) < level(Scales(None), 3.0) < 1.0
    assert 0.0 < sweep(Scales(None), 1.0) < sweep(Scales(None), 50.0) < 1.0


def test_a_band_without_width_is_fixed():
    scales = Scales(bands((0.0, 1.0), (0.5, 0.5)))
    assert table_of(scales).fixed[0]
    assert sweep(scales, 0.5) == 1.0


def test_what_follows_at_once_has_no_ring_and_is_not_unstable():
    scales = Scales(bands((0.0, 1.0), (0.0, 0.0)))
    table = table_of(scales)
    assert (table.instant[0], table.fixed[0], table.timeless[0]) == (True, False, True)


def test_a_self_synapse_keeps_clear_of_the_way_to_a_neighbour():
    circuit = Circuit()
    hub = circuit.add_neuron("hub")
    there = circuit.add_neuron("there", position=(-173.0, -100.0))  # at 150 degrees, where loops usually are
    circuit.connect("hub", "hub")
    usual = next(c for c in Connections().of(circuit).all if c.is_loop)
    circuit.connect("there", "hub")
    moved = next(c for c in Connections().of(circuit).all if c.is_loop)
    assert (usual.bend, moved.bend) == (150.0, 30.0)
    assert loop_angles(circuit, hub.id, {there.id})[-1] == 150.0
