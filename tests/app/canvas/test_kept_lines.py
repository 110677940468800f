"""Lines that are kept from edit to edit are those that a canvas draws that never saw another state of the circuit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_circuits import an_edit, circuits

from circuitsim.app.canvas.connections import BEND, BEND_OF_INPUT, BEND_STEP, Connections, sign_of
from circuitsim.app.canvas.scene import Scene
from circuitsim.circuit.edits import SetMuted, SetParameter
from circuitsim.circuit.edits.alter import Move

pytestmark = pytest.mark.usefixtures("qapp")


@given(st.data())
@settings(max_examples=40)
def test_lines_are_the_same_however_the_circuit_came_to_be(data):
    circuit = data.draw(circuits())
    kept = Connections()
    scene = Scene(circuit, lambda: None)
    for _ in range(data.draw(st.integers(1, 4))):
        undo = circuit.apply(an_edit(data.draw, circuit))
        for _ in range(2):
            assert kept.of(circuit) == Connections().of(circuit)
            assert kept.of(circuit).all == [kept.of(circuit)[row] for row in range(len(kept.of(circuit)))]
            fresh = Scene(circuit, lambda: None)
            assert scene.connections == fresh.connections
            np.testing.assert_array_equal(scene.curves(0.7).points, fresh.curves(0.7).points)
            assert scene.sides() == fresh.sides()
            undo = circuit.apply(undo)


@given(st.data())
@settings(max_examples=25)
def test_lines_that_were_lifted_come_back(data):
    """Whatever was moved about, put back or dropped: lines run as in a scene that only knows the outcome."""
    circuit = data.draw(circuits(24))
    scene = Scene(circuit, lambda: None)
    ids = [e.id for e in scene.placed()]
    places = st.tuples(st.floats(-500, 500), st.floats(-500, 500))
    for _ in range(data.draw(st.integers(1, 3))):
        some = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
        shift = {i: data.draw(places) for i in some}
        scene.curves(1.0)
        scene.preview(shift)
        lifted = scene.curves(1.0).points.copy()
        if data.draw(st.booleans()):
            circuit.apply(Move(shift))
            scene.preview({})
            touched = scene.rows_touching(frozenset(shift))
            there = touched[~scene.lines.loop[touched]]  # a loop turns away from its neighbours at the drop
            np.testing.assert_array_equal(lifted[there], scene.curves(1.0).points[there])
        scene.preview({})
        np.testing.assert_array_equal(
            scene.curves(1.0).points, Scene(circuit, lambda: None).curves(1.0).points
        )


@given(circuits(24))
@settings(max_examples=60)
def test_lines_are_what_is_said_of_each_synapse_alone(circuit):
    lines, inputs = {line.id: line for line in Connections().of(circuit).all}, {i.id for i in circuit.inputs}
    strongest, beside = {}, {}
    for s in circuit.synapses:
        kind = circuit.kinds.synapses[s.kind]
        strength = kind.parameter(kind.strength)
        group = strength and strength.dimension, s.pre in inputs
        size = abs(s.parameters[kind.strength]) if strength else 1.0
        strongest.setdefault(group, []).append((s.id, size))
        beside.setdefault((s.pre, s.post), []).append(s)
    for same in beside.values():
        for k, s in enumerate(same):
            line, junction = lines[s.id], circuit.kinds.synapses[s.kind].junction
            ends = [circuit.elements[s.pre], circuit.elements[s.post]]
            assert (line.source, line.target, line.sign) == (s.pre, s.post, sign_of(circuit, s))
            assert line.cut is s.muted
            assert line.silent is (s.muted or any(getattr(e, "muted", False) for e in ends))
            if not line.is_loop:
                bend = (BEND_OF_INPUT if s.pre in inputs else BEND[line.sign]) + k * BEND_STEP
                other_side = junction and s.pre not in inputs and k > 0
                assert line.bend == pytest.approx(-bend if other_side else bend)
    for sizes in strongest.values():
        most = max(size for _, size in sizes)
        for i, size in sizes:
            assert lines[i].strength == pytest.approx((size / most) ** 0.5 if most > 0 else 0.0)


def test_an_edit_changes_only_its_own_lines(document):
    circuit, kept = document.circuit, Connections()
    before = {line.id: line for line in kept.of(circuit).all}
    assert kept.of(circuit) is kept.of(circuit)
    weak = circuit.synapses[0]
    circuit.apply(SetParameter((weak.id,), "conductance", 0.5 * weak.parameters["conductance"]))
    after = {line.id: line for line in kept.of(circuit).all}
    assert after[weak.id].strength < before[weak.id].strength
    synapses = {s.id for s in circuit.synapses}
    assert all(after[i] == before[i] for i in synapses - {weak.id})
    a = circuit["A"]
    circuit.apply(SetMuted((a.id,), muted=True))
    lesioned = {line.id: line for line in kept.of(circuit).all}
    assert all(
        line.silent is line.touches(frozenset({a.id})) for i, line in lesioned.items() if i in synapses
    )
