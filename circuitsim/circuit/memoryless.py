"""Neurons without memory: in which order they follow from one another, and where they go round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Input, Neuron, Synapse
from circuitsim.circuit.graph import Wiring, longest_paths, strong_groups
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.spec.issue import Issue
from circuitsim.spec.kind import MemorylessKind
from circuitsim.spec.words import a, inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element

REMEDY = "put a neuron that remembers between them, or take a synapse away"
MOST = 8  # members of a cycle that are named


def memoryless(circuit: Circuit, element: Element | None) -> bool:
    """Whether an element is a neuron whose output follows at once from what arrives."""
    return isinstance(element, Neuron) and isinstance(circuit.kinds.neurons.get(element.kind), MemorylessKind)


def remembering(circuit: Circuit) -> NDArray[np.bool_]:
    """bool[n], whether each neuron, in id order, has a state of its own."""
    return np.array([not memoryless(circuit, n) for n in circuit.neurons], dtype=np.bool_)


def levels(circuit: Circuit) -> dict[int, int]:
    """Level of every neuron without memory, by id: 0 if it hears none of its like, else one above those it hears."""
    ids = [n.id for n in circuit.neurons if memoryless(circuit, n)]
    if not ids:
        return {}
    place = {i: k for k, i in enumerate(ids)}
    acting = acting_synapses(circuit)
    edges = [(place[s.pre], place[s.post]) for s in acting if s.pre in place and s.post in place]
    table = np.array(edges, dtype=np.intp).reshape(-1, 2)
    joined = Wiring(len(ids), table[:, 0], table[:, 1], np.ones(len(edges), dtype=np.bool_))
    return dict(zip(ids, longest_paths(joined).tolist(), strict=True))


def cycle_issues(circuit: Circuit, touched: Iterable[int]) -> Iterator[Issue]:
    """Every cycle of neurons without memory that some elements may have closed: none of them could be evaluated first.

    Args:
        circuit: The circuit.
        touched: Ids of the elements; what was joined anew is among the synapses.
    """
    following = _reached(circuit, _ends(circuit, touched))
    place = {i: k for k, i in enumerate(sorted(following))}
    group = strong_groups([[place[j] for j in following[i]] for i in place])
    members: dict[int, list[int]] = {}
    for i, k in place.items():
        members.setdefault(group[k], []).append(i)
    for found in sorted(members.values()):
        if len(found) > 1 or found[0] in following[found[0]]:
            yield _issue(circuit, found)


def closes_cycle(circuit: Circuit, source: Neuron | Input, target: Neuron) -> str | None:
    """Why a line may not lead from an element to a neuron without memory, as a clause; None if it may."""
    if not (memoryless(circuit, source) and memoryless(circuit, target)):
        return None
    if source.id == target.id:
        return f"{a(inside(circuit.kinds.neuron(target.kind).title))} cannot hear itself: it has no memory"
    if source.id in _reached(circuit, {target.id}):
        return f"{source.name} already follows from {target.name} at once, and neither has a memory"
    return None


def would_close_cycle(circuit: Circuit, neuron: Neuron) -> bool:
    """Whether a neuron would follow from itself at once if it had no memory."""
    attached = [s for i in circuit.attached(neuron.id) if isinstance(s := circuit.elements[i], Synapse)]
    posts = {s.post for s in attached if s.pre == neuron.id}
    follow = _reached(circuit, {i for i in posts if memoryless(circuit, circuit.elements[i])})
    return neuron.id in posts or any(s.post == neuron.id and s.pre in follow for s in attached)


def _ends(circuit: Circuit, touched: Iterable[int]) -> set[int]:
    """Neurons without memory at which a synapse among some elements ends, coming from another one of them."""
    elements = circuit.elements
    synapses = [s for s in map(elements.get, touched) if isinstance(s, Synapse)]
    posts = {i for i in {s.post for s in synapses} if memoryless(circuit, elements.get(i))}
    return {s.post for s in synapses if s.post in posts and memoryless(circuit, elements.get(s.pre))}


def _reached(circuit: Circuit, begin: set[int]) -> dict[int, list[int]]:
    """Neurons without memory that follow at once from some of them, these included, with those they lead to."""
    result: dict[int, list[int]] = {}
    waiting = list(begin)
    while waiting:
        i = waiting.pop()
        if i not in result:
            leaving = (circuit.elements[j] for j in circuit.attached(i))
            posts = [s.post for s in leaving if isinstance(s, Synapse) and s.pre == i]
            result[i] = [j for j in posts if memoryless(circuit, circuit.elements.get(j))]
            waiting += result[i]
    return result


def _issue(circuit: Circuit, members: list[int]) -> Issue:
    names = [circuit.get(i, Neuron).name for i in members]
    if len(names) == 1:
        what = "it hears itself, but has no memory, so its output would have to be there before itself"
        remedy = "let it hear a neuron that remembers, or take the synapse away"
        return Issue(f"neuron {names[0]}", what, remedy, element=members[0])
    shown = ", ".join(names[: MOST - 1]) if len(names) > MOST else ", ".join(names[:-1])
    last = f"{len(names) - MOST + 1} more" if len(names) > MOST else names[-1]
    what = "they hear one another in a cycle and none of them has a memory, so none can be evaluated first"
    return Issue(f"neurons {shown} and {last}", what, REMEDY, element=members[0])
