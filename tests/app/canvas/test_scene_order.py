"""The scene is asked by listeners that hear of a change before it does: they get what is there now."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from circuitsim.api import load
from circuitsim.app.canvas.extent import Extent
from circuitsim.app.canvas.scene import Scene
from circuitsim.circuit.edits import Delete, SetParameter
from circuitsim.spec.paths import resource

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]


@pytest.fixture
def circuit():
    return load(resource("examples", "tap-withdrawal.circuit.json"))


def asked_first(circuit, ask):
    """A scene of which somebody asks something at every change before it is told; what was answered last."""
    answers = []
    circuit.changed.connect(lambda _changed: answers.append(ask(made[0])))
    told = []
    made = [Scene(circuit, lambda: told.append(True))]
    return made[0], answers, told


def test_a_deleted_neuron_is_gone_for_those_who_ask_first(circuit):
    def ask(scene):
        scene.hit(QPointF(0.0, 0.0), 1.0)
        return set(scene.curves(1.0).ids), set(scene.sides()), Extent(scene).whole(1.0)

    scene, answers, told = asked_first(circuit, ask)
    scene.curves(1.0)
    revision = scene.revision
    gone = circuit.neurons[0]
    edit = circuit.apply(Delete((gone.id,)))
    lines, sides, _ = answers[-1]
    assert lines == {line.id for line in scene.connections}
    assert gone.id not in sides
    assert scene.revision > revision
    assert told
    circuit.apply(edit)
    assert gone.id in answers[-1][1]
    assert answers[-1][0] == {line.id for line in scene.connections} > lines


def test_a_number_that_changes_a_line_is_drawn_though_somebody_asked_first(circuit):
    synapse = next(s for s in circuit.synapses if s.parameters.get("reversal_potential", 0.0) > -70.0)
    scene, answers, _ = asked_first(circuit, lambda scene: {c.id: c for c in scene.connections})
    before, revision = {c.id: c for c in scene.connections}, scene.revision
    circuit.apply(SetParameter((synapse.id,), "reversal_potential", -90.0))
    assert before[synapse.id] != answers[-1][synapse.id]
    assert scene.revision > revision
