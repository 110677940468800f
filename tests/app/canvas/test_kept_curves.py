"""Lines are laid anew only after edits that may lead them elsewhere, and then as in a drawing that is opened."""

from __future__ import annotations

import numpy as np
import pytest

from circuitsim.api import load
from circuitsim.app.canvas.scene import Scene
from circuitsim.circuit.build import new_synapse
from circuitsim.circuit.edits import Add, Delete, Move, SetMuted, SetParameter
from circuitsim.spec.paths import resource

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

ZOOM = 0.7


@pytest.fixture
def scene():
    return Scene(load(resource("examples", "tap-withdrawal.circuit.json")), lambda: None)


def chemical(circuit):
    return [s for s in circuit.synapses if s.kind == "chemical"]


EDITS = {
    "a conductance": lambda c: SetParameter((chemical(c)[0].id,), "conductance", 0.123),
    "all conductances": lambda c: SetParameter(tuple(s.id for s in chemical(c)), "conductance", 0.123),
    "all signs": lambda c: SetParameter(tuple(s.id for s in chemical(c)), "reversal_potential", -90.0),
    "a leak": lambda c: SetParameter(tuple(n.id for n in c.neurons), "leak_potential", 5.0),
    "a place": lambda c: Move({c["AVAL"].id: (250.0, 310.0)}),
    "a neuron less": lambda c: Delete(frozenset({c["AVAL"].id})),
    "a synapse less": lambda c: Delete(frozenset({c.synapses[3].id})),
    "a synapse more": lambda c: Add((new_synapse(c, c["AVAL"].id, c["AVM"].id),)),
    "a lesion": lambda c: SetMuted((c["AVAL"].id,), True),  # noqa: FBT003
}
STAY = {"a conductance", "all conductances"}


def assert_as_opened(scene):
    fresh = Scene(scene.circuit, lambda: None)
    try:
        np.testing.assert_array_equal(scene.curves(ZOOM).points, fresh.curves(ZOOM).points)
        np.testing.assert_array_equal(scene.usual_points(), fresh.usual_points())
        assert scene.curves(ZOOM).ids == fresh.curves(ZOOM).ids
        assert scene.sides() == fresh.sides()
    finally:
        fresh.close()


@pytest.mark.parametrize("asked_first", [False, True])
@pytest.mark.parametrize("name", EDITS)
def test_lines_run_as_in_a_drawing_that_is_opened(scene, name, asked_first):
    """Also where somebody asks for them who hears of the edit before the drawing does."""
    circuit = scene.circuit
    before, usual = scene.curves(ZOOM), scene.usual_points()
    if asked_first:
        scene.close()
        circuit.changed.connect(lambda _: scene.curves(ZOOM))
        circuit.changed.connect(scene._on_changed)
    undo = circuit.apply(EDITS[name](circuit))
    assert_as_opened(scene)
    if not asked_first:
        assert (scene.curves(ZOOM) is before and scene.usual_points() is usual) == (name in STAY)
    circuit.apply(undo)
    assert_as_opened(scene)


def test_lines_that_kept_clear_of_what_was_moved_come_back_too(scene):
    """All curves were laid while it was elsewhere, as by zooming in the midst of a drag."""
    neuron = scene.circuit["AVAL"]
    scene.sides()
    for x in range(100, 900, 40):
        scene.preview({neuron.id: (float(x), 300.0)})
        scene.curves(0.5)
        scene.curves(ZOOM)
        scene.circuit.apply(SetParameter((chemical(scene.circuit)[0].id,), "reversal_potential", float(x)))
        scene.sides()
        scene.preview({})
        assert_as_opened(scene)


def test_what_is_moved_about_is_followed_and_comes_back(scene):
    neuron = scene.circuit["AVAL"]
    rest, usual = scene.curves(ZOOM).points.copy(), scene.usual_points()
    scene.preview({neuron.id: (300.0, 300.0)})
    assert not np.array_equal(scene.curves(ZOOM).points, rest)
    assert not np.array_equal(scene.usual_points(), usual)
    scene.preview({})
    np.testing.assert_array_equal(scene.curves(ZOOM).points, rest)
    assert scene.usual_points() is usual


def test_sides_of_names_are_looked_for_once_in_a_drag(scene, monkeypatch):
    """Also if lines were laid anew in its midst; every name of every frame asks."""
    look, looked = scene._free_sides, []
    monkeypatch.setattr(scene, "_free_sides", lambda: looked.append(0) or look())
    neuron = scene.circuit["AVAL"]
    scene.preview({neuron.id: (300.0, 300.0)})
    for x in (310.0, 320.0, 330.0):
        scene.preview({neuron.id: (x, 300.0)})
        scene.sides()
    assert len(looked) == 1
    scene.preview({})
    assert_as_opened(scene)
    assert len(looked) == 2
