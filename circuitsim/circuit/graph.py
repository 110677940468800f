"""The wiring as arrays: who is joined to whom, and in which order signals pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Role
from circuitsim.circuit.lesions import silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron

    Indices = NDArray[np.intp]

_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class Wiring:
    """Synapses between different neurons, by index into a list of neurons.

    Attributes:
        size: Number of neurons.
        pre: intp[n_edges], where an edge begins.
        post: intp[n_edges], where it ends.
        directed: bool[n_edges], False for gap junctions.
    """

    size: int
    pre: Indices
    post: Indices
    directed: NDArray[np.bool_]


def wiring(circuit: Circuit) -> Wiring:
    """The wiring among all neurons of a circuit, in id order."""
    index = {neuron.id: k for k, neuron in enumerate(circuit.neurons)}
    kinds = circuit.kinds.synapses
    edges = [
        (index[s.pre], index[s.post], not kinds[s.kind].mutual)
        for s in circuit.synapses
        if s.pre in index and s.pre != s.post
    ]
    table = np.array(edges, dtype=np.intp).reshape(-1, 3)
    return Wiring(len(index), table[:, 0], table[:, 1], table[:, 2].astype(np.bool_))


def clamped(circuit: Circuit) -> tuple[Neuron, ...]:
    """The neurons that an electrode clamps, in id order."""
    electrodes = {kind.id for kind in circuit.kinds.synapses.values() if kind.clamp}
    held = {s.post for s in circuit.synapses if s.kind in electrodes and not silent(circuit, s)}
    return tuple(n for n in circuit.neurons if n.id in held) if held else ()


def ranks(neurons: Sequence[Neuron], joined: Wiring) -> Indices | None:
    """Layer of every neuron from stimulus to action, 0 first.

    Roles decide where they differ; elsewhere the longest path through the wiring, in which neurons that reach
    each other count as one.

    Returns:
        intp[n_neurons], or None if neither says anything.
    """
    by_role = _dense(np.array([_ROLES.index(n.role) for n in neurons], dtype=np.intp))
    if by_role.max(initial=0) > 0:
        return by_role
    by_path = _dense(longest_paths(joined))
    largest = np.bincount(by_path, minlength=1).max()
    return by_path if by_path.max(initial=0) > 0 and largest <= 0.8 * len(neurons) else None


def _dense(ranks: Indices) -> Indices:
    """The same order with consecutive numbers from 0."""
    return np.unique(ranks, return_inverse=True)[1].astype(np.intp)


def longest_paths(joined: Wiring) -> Indices:
    """Longest path that leads to each neuron, in steps between groups that reach each other."""
    following: list[list[int]] = [[] for _ in range(joined.size)]
    for a, b in zip(joined.pre[joined.directed], joined.post[joined.directed], strict=True):
        following[a].append(int(b))
    group = strong_groups(following)
    # Groups are numbered against the direction of signals, so the last number comes first.
    depth = [0] * (max(group, default=-1) + 1)
    for k in sorted(range(joined.size), key=lambda k: -group[k]):
        for after in following[k]:
            if group[after] != group[k]:
                depth[group[after]] = max(depth[group[after]], depth[group[k]] + 1)
    return np.array([depth[g] for g in group], dtype=np.intp)


def strong_groups(following: list[list[int]]) -> list[int]:
    """Number of the strongly connected group of every node (Tarjan's algorithm without recursion)."""
    size = len(following)
    found, low, group = [-1] * size, [0] * size, [-1] * size
    open_nodes: list[int] = []
    count = groups = 0
    for root in range(size):
        if found[root] >= 0:
            continue
        path = [(root, iter(following[root]))]
        while path:
            node, rest = path[-1]
            if found[node] < 0:
                found[node] = low[node] = count
                count += 1
                open_nodes.append(node)
            ahead = next((n for n in rest if found[n] < 0 or group[n] < 0), None)
            if ahead is not None and found[ahead] < 0:
                path.append((ahead, iter(following[ahead])))
            elif ahead is not None:
                low[node] = min(low[node], found[ahead])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == found[node]:
                    while group[node] < 0:
                        group[open_nodes.pop()] = groups
                    groups += 1
    return group
