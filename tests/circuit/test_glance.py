"""What passes at a glance is legal, and nearly everything legal passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_circuits import random_circuit
from hypothesis import given
from hypothesis import strategies as st

from circuitsim.api import load
from circuitsim.circuit import validate
from circuitsim.circuit.elements import Knots
from circuitsim.circuit.glance import Glance
from circuitsim.io.examples import examples
from circuitsim.spec.catalogue import kinds

CIRCUIT = random_circuit(3, curves=True)
NUMBERS = st.one_of(st.floats(), st.sampled_from([0.0, -1.0, 1e9, 1.0000001e9]))


@given(data=st.data())
def test_what_passes_has_no_problem(data):
    synapse = data.draw(st.sampled_from(CIRCUIT.synapses))
    ends = st.sampled_from([*sorted(CIRCUIT.elements), 10**6])
    changes = {
        "kind": st.sampled_from([*kinds().synapses, "none"]),
        "pre": ends,
        "post": ends,
        "id": st.integers(-1, 50),
        "knots": st.sampled_from([None, Knots((0.0, 1.0), (0.0, 1.0))]),
        "parameters": st.dictionaries(st.sampled_from([*synapse.parameters, "none"]), NUMBERS).map(
            lambda some: synapse.parameters | some
        ),
    }
    chosen = data.draw(st.sets(st.sampled_from(sorted(changes)), min_size=1, max_size=2))
    changed = replace(synapse, **{name: data.draw(changes[name], label=name) for name in sorted(chosen)})
    i = data.draw(st.sampled_from([synapse.id, changed.id]))
    passes = Glance(CIRCUIT.elements, CIRCUIT.kinds).passes(i, changed)
    assert not (passes and list(validate._check(CIRCUIT, i, changed)))


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.id)
def test_synapses_without_curves_pass(example):
    circuit = load(example.path)
    passes = Glance(circuit.elements, circuit.kinds).passes
    plain = [s for s in circuit.synapses if s.knots is None]
    assert all(passes(s.id, s) for s in plain)
