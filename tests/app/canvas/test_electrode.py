"""An electrode is put on a neuron by a key: it holds it where it is, and its current is on the scope; undo takes it off."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from circuitsim.app import theme
from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.canvas.looks import Scales, neuron_looks
from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_neuron
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.wiring import Effect


def two_cells() -> Circuit:
    circuit = Circuit("two", "physiological")
    circuit.add_neuron("A", position=(0.0, 0.0))
    circuit.add_neuron("B", position=(320.0, 0.0), start=-50.0)
    circuit.add_neuron("P", "ct_rnn", position=(320.0, 200.0))
    circuit.connect("A", "B")
    return circuit


@pytest.fixture
def window(opened):
    made = opened(two_cells())
    made.document.simulator.pause()
    return made


def held(window):
    """Whether B is clamped, and the variables of the lanes."""
    circuit = window.document.circuit
    kinds = [s.kind for s in circuit.synapses]
    return kinds.count("clamp"), [lane.variable for lane in circuit.document.lanes]


def test_e_clamps_the_selected_neuron_where_it_is(window, qtbot):
    document = window.document
    document.select({document.circuit["B"].id})
    before = held(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    assert held(window) == (1, [*before[1], "clamp"])
    command = document.circuit["command"]
    assert document.selection == {command.id}
    snapshot = document.snapshot()
    v = snapshot.v[snapshot.ids.index(document.circuit["B"].id)]
    assert command.parameters["value"] == pytest.approx(v, rel=5e-3)
    assert document.circuit["B"].id in document.traced
    document.stack.undo()
    assert held(window) == before
    document.stack.redo()
    assert held(window) == (1, [*before[1], "clamp"])
    document.play()
    qtbot.waitUntil(lambda: document.snapshot().clamped_ids == (document.circuit["B"].id,), timeout=120_000)
    document.hand(command.id, 20.0)
    qtbot.waitUntil(lambda: abs(document.snapshot().clamp[0]) > 10.0)

    def near_the_command():
        now = document.snapshot()
        return now.v[now.ids.index(document.circuit["B"].id)] > 10.0

    qtbot.waitUntil(near_the_command)
    _, flow = document.simulator.recording.read("clamp", document.circuit["B"].id, 0.0, 1e9)
    assert np.nanmax(flow) > 10.0


def test_a_neuron_without_membrane_is_refused_in_a_sentence(window):
    document, told = window.document, []
    document.refused.connect(told.append)
    document.select({document.circuit["P"].id})
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    assert held(window)[0] == 0
    assert [issue.problem for issue in told] == ["a CT-RNN neuron has no membrane to clamp"]


def test_without_a_neuron_the_tool_is_taken_in_hand(window):
    window.document.select(())
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    assert window.document.tools.armed == Tool(Family.SYNAPSE, Effect.CLAMP)


def test_a_clamped_neuron_and_its_wire_are_told_apart(window):
    document = window.document
    document.select({document.circuit["B"].id})
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    circuit = document.circuit
    assert sign_of(circuit, circuit.synapses[-1]) is Sign.CLAMP
    looks = neuron_looks(circuit, None, Scales(None), frozenset(), None, theme.current())
    assert [looks[n.id].clamped for n in circuit.neurons] == [False, True, False]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("radius", [6.0, 16.0, 48.0])
def test_the_stops_are_seen_from_12_px_on(name, radius):
    theme.set_theme(name)
    t = theme.current()
    pictures = []
    for clamped in (False, True):
        image = QImage(128, 128, QImage.Format.Format_RGB32)
        image.fill(t.canvas)
        p = QPainter(image)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_neuron(p, 64.0, 64.0, radius, NeuronLook(level=0.5, clamped=clamped), t)
        p.end()
        pictures.append(image)
    different = sum(
        pictures[0].pixel(x, y) != pictures[1].pixel(x, y) for x in range(128) for y in range(128)
    )
    assert different >= radius
    theme.set_theme("light")
