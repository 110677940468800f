"""A synapse that is deleted while its neuron is inspected leaves the list, also before the next frame."""

from __future__ import annotations

from circuitsim.circuit.edits import Delete
from circuitsim.circuit.elements import Synapse


def test_a_deleted_synapse_leaves_the_lists_of_its_neuron(window):
    document = window.document
    neuron = document.circuit["A"].id
    document.select({neuron})
    doomed = [
        i for i in document.circuit.attached(neuron) if isinstance(document.circuit.elements[i], Synapse)
    ]
    document.push(Delete(frozenset(doomed)))
    for _ in range(4):  # the inspector reads every few frames
        window.refresh()
    assert document.selection == {neuron}
    document.stack.undo()
    for _ in range(4):
        window.refresh()
    assert set(doomed) <= set(document.circuit.elements)
