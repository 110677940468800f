"""A synapse that is deleted while its neuron is inspected leaves the lists of the neuron at once."""

from __future__ import annotations

from circuitsim.app.panels._connections import ConnectionList
from circuitsim.circuit.edits import Delete
from circuitsim.circuit.elements import Synapse


def listed(window):
    lists = window.panels["inspector"].page.findChildren(ConnectionList)
    return {i for each in lists for i in each.ids}


def test_a_deleted_synapse_leaves_the_lists_of_its_neuron(window):
    document = window.document
    neuron = document.circuit["A"].id
    document.select({neuron})
    attached = document.circuit.attached(neuron)
    synapses = {i for i in attached if isinstance(document.circuit.elements[i], Synapse)}
    assert listed(window) == synapses
    doomed = min(synapses)
    document.push(Delete(frozenset({doomed})))
    assert listed(window) == synapses - {doomed}
    document.stack.undo()
    assert listed(window) == synapses
