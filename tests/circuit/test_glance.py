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
PLAIN = [s.id for s in CIRCUIT.synapses if s.knots is None]
NUMBERS = st.one_of(st.floats(), st.sampled_from([0.0, -1.0, 1e9, 1.0000001e9, 10**400, None, "1"]))


@st.composite
def changed(draw):
    """The id of a synapse of the circuit, and that synapse after one or two things have become something else."""
    synapse = draw(st.sampled_from(CIRCUIT.synapses))
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
    chosen = draw(st.sets(st.sampled_from(sorted(changes)), min_size=1, max_size=2))
    return synapse.id, replace(synapse, **{name: draw(changes[name], label=name) for name in sorted(chosen)})


def legal(i, synapse):
    """Whether nothing is wrong with a synapse under an id; what is no number at all cannot even be asked."""
    try:
        return not list(validate._check(CIRCUIT, i, synapse))
    except TypeError:
        return False


@given(changed())
def test_what_passes_has_no_problem_and_what_does_not_leaves_others_alone(change):
    i, synapse = change
    elements = {**CIRCUIT.elements, i: synapse}
    passed = Glance(elements, CIRCUIT.kinds).plain(elements)
    assert i not in passed or legal(i, synapse)
    assert passed - {i} == set(PLAIN) - {i}


@given(changed())
def test_an_id_must_be_its_own_and_above_0(change):
    _, synapse = change
    elements = {**CIRCUIT.elements, synapse.id: synapse}
    passed = synapse.id in Glance(elements, CIRCUIT.kinds).plain([synapse.id])
    assert not passed or legal(synapse.id, synapse)


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.id)
def test_synapses_without_curves_pass(example):
    circuit = load(example.path)
    plain = {s.id for s in circuit.synapses if s.knots is None}
    assert Glance(circuit.elements, circuit.kinds).plain(circuit.elements) == plain
