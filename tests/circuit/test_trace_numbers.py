"""Numbers of traces: a trace that goes frees its number, and the others keep theirs."""

from __future__ import annotations

import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, Replace, SetTraced
from circuitsim.circuit.elements import Document
from circuitsim.spec.issue import InputError


@pytest.fixture
def circuit() -> Circuit:
    """Neurons 1 to 5, of which 1, 2 and 3 are traced."""
    made = Circuit()
    for k in range(1, 6):
        made.add_neuron(f"n{k}")
    made.apply(SetTraced((1, 2, 3)))
    return made


def numbers(circuit: Circuit) -> dict[int, int]:
    return circuit.document.trace_numbers


def test_a_removed_trace_frees_its_number_for_the_next_one(circuit):
    circuit.apply(SetTraced((2, 3)))
    assert numbers(circuit) == {2: 2, 3: 3}
    circuit.apply(SetTraced((2, 3, 5, 4)))
    assert numbers(circuit) == {5: 1, 2: 2, 3: 3, 4: 4}
    assert circuit.document.traced == (5, 2, 3, 4)  # in the order of numbers
    circuit.apply(SetTraced((4,)))
    assert numbers(circuit) == {4: 4}
    circuit.apply(SetTraced(()))
    circuit.apply(SetTraced((4,)))
    assert numbers(circuit) == {4: 1}


def test_deleting_a_neuron_moves_no_other_number_and_undo_gives_it_its_own_back(circuit):
    undo = circuit.apply(Delete(frozenset({1})))
    assert numbers(circuit) == {2: 2, 3: 3}
    redo = circuit.apply(undo)
    assert numbers(circuit) == {1: 1, 2: 2, 3: 3}
    circuit.apply(redo)
    assert numbers(circuit) == {2: 2, 3: 3}


def test_the_last_trace_leaves_no_gap(circuit):
    circuit.apply(SetTraced((1, 2)))
    assert circuit.document.numbers == ()


@pytest.mark.parametrize("wrong", [(1,), (2, 2), (3, 2), (0, 1), (1, 2, 3)])
def test_numbers_that_do_not_fit_are_refused(circuit, wrong):
    with pytest.raises(InputError, match="numbers of the traces do not fit"):
        circuit.apply(Replace((Document(traced=(1, 2), numbers=wrong),), "Number"))
