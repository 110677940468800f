"""Many elements are altered together as each is alone."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given, settings
from random_circuits import circuits

from circuitsim.circuit.elements import Synapse, Tunable
from circuitsim.circuit.many import replaced, with_parameters


@given(circuits(24), st.data())
@settings(max_examples=40)
def test_together_as_alone(circuit, data):
    some = [e for e in circuit.elements.values() if isinstance(e, Tunable)]
    numbers = [{"a": data.draw(st.floats(-1.0, 1.0))} for _ in some]
    assert with_parameters(some, numbers) == [
        replace(e, parameters=p) for e, p in zip(some, numbers, strict=True)
    ]
    neurons = circuit.neurons
    starts = [float(k) for k in range(len(neurons))]
    made = replaced(neurons, start=starts, muted=[True] * len(neurons))
    assert made == [replace(n, start=s, muted=True) for n, s in zip(neurons, starts, strict=True)]
    assert [hash(n.name) for n in made] == [hash(n.name) for n in neurons]


def test_none_of_them():
    assert replaced([], id=[]) == []
    synapse = Synapse(id=3, kind="chemical", pre=1, post=2, parameters={})
    assert replaced([synapse], id=[4]) == [replace(synapse, id=4)]
