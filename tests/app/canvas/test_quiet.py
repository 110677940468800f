"""A slider paints the still picture anew only if something in it looks different."""

from __future__ import annotations

import pytest

from circuitsim.circuit.edits import Rename, SetParameter, SetPins, SetStart
from circuitsim.circuit.elements import Pin


def edits(circuit):
    a, drive = circuit["A"].id, circuit["drive"].id
    first, second = (s.id for s in circuit.synapses[:2])
    return {
        "leak": (SetParameter((a,), "leak_conductance", 2.0), False),
        "start": (SetStart({a: 0.3}), False),
        "slope": (SetParameter((first,), "slope", 9.0), False),
        "value": (SetParameter((drive,), "value", 0.5), False),
        "pins": (SetPins((Pin(a, "capacitance"),)), False),
        "strength": (SetParameter((first,), "conductance", 0.2), True),
        "sign": (SetParameter((second,), "reversal_potential", 1.0), True),
        "sign by rest": (SetParameter((a,), "leak_potential", -2.0), True),
        "name": (Rename(a, "first"), True),
    }


@pytest.mark.parametrize(
    "name", ["leak", "start", "slope", "value", "pins", "strength", "sign", "sign by rest", "name"]
)
def test_only_what_is_seen_to_change_is_painted_anew(canvas, document, name):
    assert canvas.scene.connections
    edit, seen = edits(document.circuit)[name]
    before = canvas.scene.revision
    assert document.push(edit)
    assert (canvas.scene.revision != before) is seen
    again = canvas.scene.revision
    document.stack.undo()
    assert (canvas.scene.revision != again) is seen
