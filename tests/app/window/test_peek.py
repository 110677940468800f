"""The card that appears where the mouse rests, in the running window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from circuitsim.app.canvas.sizes import NEURON
from circuitsim.app.document.quantity import steady


@pytest.fixture
def window(opened):
    """The first example, running."""
    return opened("liquid")


def place(window, neuron):
    return window.canvas.camera.to_view(QPointF(*neuron.position)).toPoint()


def rest(window, qtbot, at):
    QTest.mouseMove(window.canvas, QPoint(3, window.canvas.height() - 3))
    QTest.mouseMove(window.canvas, at)
    qtbot.waitUntil(window.canvas.peek.isVisible)
    return window.canvas.peek


def test_every_neuron_is_told_of_beside_it_and_the_card_follows_the_run(window, qtbot):
    canvas, document = window.canvas, window.document
    for neuron in document.circuit.neurons:
        peek = rest(window, qtbot, place(window, neuron))
        facts = peek.facts
        assert (facts.title, facts.kind) == (neuron.label or neuron.name, neuron.role)
        assert [r.symbol for r in facts.readings] == ["v", "v∞", "τ"]
        assert "τ" in facts.remark
        assert len(facts.readings[0].course) > 2
        reach = NEURON * canvas.camera.zoom
        middle = canvas.camera.to_view(QPointF(*neuron.position))
        assert not QRectF(peek.geometry()).intersects(
            QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
        )
        assert canvas.rect().contains(peek.geometry())
        assert canvas.hasFocus()
    before = facts.readings
    window.document.hand(document.circuit.inputs[0].id, 1.0)
    qtbot.waitUntil(lambda: peek.facts.readings[0].course[-1] != before[0].course[-1])
    assert peek.facts.lines


def test_a_synapse_tells_its_strength_current_and_reversal_potential(window, qtbot):
    canvas, circuit = window.canvas, window.document.circuit
    neurons = {n.id for n in circuit.neurons}
    synapse = next(s for s in circuit.synapses if s.pre in neurons and s.kind == "chemical")
    at = canvas.scene.curves(canvas.camera.zoom)[synapse.id].at(0.5) + canvas.camera.origin
    peek = rest(window, qtbot, at.toPoint())
    assert [r.symbol for r in peek.facts.readings] == ["g", "acts", "I"]
    assert "reversal potential" in peek.facts.remark
    assert "→" in peek.facts.title
    assert not peek.geometry().contains(at.toPoint())


def test_it_goes_on_press_on_leaving_and_when_its_element_is_deleted(window, qtbot):
    canvas, document = window.canvas, window.document
    neuron = document.circuit.neurons[0]
    peek = rest(window, qtbot, place(window, neuron))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(window, neuron))
    assert not peek.isVisible()
    QTest.mouseRelease(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(window, neuron)
    )
    rest(window, qtbot, place(window, document.circuit.neurons[1]))
    QTest.mouseMove(canvas, QPoint(3, canvas.height() - 3))
    assert not peek.isVisible()
    rest(window, qtbot, place(window, neuron))
    document.select({neuron.id})
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not peek.isVisible())
    document.stack.undo()


def test_it_tells_of_the_instant_looked_at_while_paused(window, qtbot):
    document = window.document
    qtbot.waitUntil(
        lambda: document.status().t > 0.3
    )  # the present has become another than the past looked at
    document.simulator.pause()
    qtbot.waitUntil(lambda: not document.status().playing)
    neuron = document.circuit.neurons[0]
    document.look_at(0.1)
    peek = rest(window, qtbot, place(window, neuron))
    snapshot = document.simulator.recording.at(0.1)
    past = steady(float(snapshot.v[snapshot.ids.index(neuron.id)]))
    assert peek.facts.readings[0].value == past
    document.look_at(None)
    qtbot.waitUntil(lambda: peek.facts.readings[0].value != past)
