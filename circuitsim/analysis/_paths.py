"""The synapses by which one element acts on another at once: those between the two, and those through neurons without memory."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from circuitsim.circuit.lesions import acting_synapses, silent
from circuitsim.circuit.memoryless import levels

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit

    Ids = dict[int, None]  # in the order in which they were found
    Paths = dict[tuple[int, int], tuple[int, ...]]

MOST = 200_000  # synapses on ways that are followed; wide layers without memory have more, and then only direct ones are told


def paths(circuit: Circuit) -> Paths:
    """Ids of the synapses by which one element acts on another, by the ids of both.

    Those between the two come first, then those through neurons without memory; silent ones are last.
    """
    found: dict[tuple[int, int], Ids] = defaultdict(dict)
    between = sorted(circuit.synapses, key=lambda s: silent(circuit, s))
    for synapse in between:
        found[synapse.pre, synapse.post][synapse.id] = None
        if circuit.kinds.synapses[synapse.kind].mutual:
            found[synapse.post, synapse.pre][synapse.id] = None
    for ends, ids in _through(circuit).items():
        found[ends] |= ids
    return {ends: tuple(ids) for ends, ids in found.items()}


def _through(circuit: Circuit) -> dict[tuple[int, int], Ids]:
    """What acts through neurons without memory, level by level."""
    level = levels(circuit)
    if not level:
        return {}
    into: dict[int, dict[int, Ids]] = defaultdict(
        dict
    )  # what each of them follows from, and by which synapses
    found: dict[tuple[int, int], Ids] = defaultdict(dict)
    count, last = 0, max(level.values()) + 1
    for synapse in sorted(acting_synapses(circuit), key=lambda s: level.get(s.post, last)):
        begins = into[synapse.pre] if synapse.pre in level else {synapse.pre: {}}
        count += sum(map(len, begins.values())) + 1
        if count > MOST:
            return {}
        for begin, before in begins.items():
            if synapse.post in level:
                into[synapse.post].setdefault(begin, {}).update({**before, synapse.id: None})
            elif synapse.pre in level:
                found[begin, synapse.post].update({**before, synapse.id: None})
    return found
