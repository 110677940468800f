"""Automatic layout: readable, on the grid, without overlaps, always the same, and quick."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from random_circuits import circuits

from circuitsim.circuit.build import new_input, new_neuron, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Move
from circuitsim.circuit.elements import Neuron, Role
from circuitsim.circuit.layout import GRID, ROW, arrange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.circuit.elements import Point


def wired(names: dict[str, Role], edges: Iterable[tuple[str, str]], kind: str = "chemical") -> Circuit:
    c = Circuit()
    c.apply(Add(tuple(new_neuron(c, name, role=role) for name, role in names.items())))
    c.apply(Add(tuple(new_synapse(c, c[a].id, c[b].id, kind) for a, b in edges)))
    return c


def tangle(cells: int, edges: int, roles: tuple[Role, ...]) -> Circuit:
    """A random circuit of a given size."""
    rng = np.random.default_rng(7)
    c = Circuit()
    neurons = [new_neuron(c, f"N{k}", role=roles[rng.integers(len(roles))]) for k in range(cells)]
    pattern = new_synapse(c, neurons[0].id, neurons[1].id)
    ends = rng.integers(cells, size=(edges, 2))
    synapses = [replace(pattern, id=c.new_id(), pre=neurons[a].id, post=neurons[b].id) for a, b in ends]
    c.apply(Add((*neurons, *synapses)))
    return c


def check_places(circuit: Circuit, places: dict[int, Point]) -> None:
    assert set(places) == {
        e.id for e in (*circuit.neurons, *circuit.inputs, *circuit.cells, *circuit.outputs)
    }
    buckets: dict[tuple[int, int], list[Point]] = {}
    for x, y in places.values():
        assert x % GRID == 0
        assert y % GRID == 0
        buckets.setdefault((int(x // ROW), int(y // ROW)), []).append((x, y))
    for (a, b), members in buckets.items():
        near = [p for dx in (-1, 0, 1) for dy in (-1, 0, 1) for p in buckets.get((a + dx, b + dy), [])]
        for p in members:
            assert sum(math.dist(p, q) < ROW for q in near) == 1  # itself


@settings(max_examples=40, deadline=None)
@given(circuits(most=30))
def test_nothing_overlaps_and_everything_is_on_the_grid(circuit: Circuit) -> None:
    places = arrange(circuit)
    check_places(circuit, places)
    assert arrange(circuit.copy()) == places
    inverse = circuit.apply(Move(places))
    circuit.apply(inverse)


def test_roles_make_layers_from_left_to_right() -> None:
    names = {f"{role[0]}{k}": role for role in reversed(Role) for k in range(8)}
    c = wired(names, [("s0", "m0"), ("m0", "s0"), ("c3", "i3")])
    places = arrange(c)
    x = {role: [places[n.id][0] for n in c.neurons if n.role == role] for role in Role}
    for left, right in zip(list(Role), list(Role)[1:], strict=False):
        assert max(x[left]) < min(x[right])


def test_a_chain_without_roles_runs_from_left_to_right() -> None:
    names = dict.fromkeys("DACB", Role.INTER)
    c = wired(names, [("A", "B"), ("B", "C"), ("C", "D"), ("A", "D")])
    places = arrange(c)
    xs = [places[c[name].id][0] for name in "ABCD"]
    assert xs == sorted(xs)
    assert len(set(xs)) == 4


def test_a_loop_in_a_chain_shares_a_layer() -> None:
    c = wired(dict.fromkeys("ABCD", Role.INTER), [("A", "B"), ("B", "C"), ("C", "B"), ("C", "D")])
    places = arrange(c)
    x = {name: places[c[name].id][0] for name in "ABCD"}
    assert x["A"] < min(x["B"], x["C"])
    assert max(x["B"], x["C"]) < x["D"]
    assert abs(x["B"] - x["C"]) <= 2 * GRID


def test_a_recurrent_circuit_becomes_a_cloud_with_neighbours_close() -> None:
    size = 24
    names = {f"N{k}": Role.INTER for k in range(size)}
    c = wired(names, [(f"N{k}", f"N{(k + 1) % size}") for k in range(size)])
    places = arrange(c)
    check_places(c, places)
    at = [places[n.id] for n in c.neurons]
    joined = [math.dist(at[k], at[(k + 1) % size]) for k in range(size)]
    others = [math.dist(p, q) for p, q in combinations(at, 2)]
    assert sum(joined) / len(joined) < 0.6 * sum(others) / len(others)
    assert len({x for x, _ in at}) > 2
    assert len({y for _, y in at}) > 2


def test_order_within_layers_avoids_crossings() -> None:
    names = {f"S{k}": Role.SENSORY for k in range(6)} | {f"M{k}": Role.MOTOR for k in range(6)}
    edges = [(f"S{k}", f"M{(k * 5 + 2) % 6}") for k in range(6)]
    c = wired(names, edges)
    places = arrange(c)
    heights = sorted((places[c[a].id][1], places[c[b].id][1]) for a, b in edges)
    assert [b for _, b in heights] == sorted(b for _, b in heights)


def test_mirrored_pairs_stand_next_to_each_other() -> None:
    stems = ("ALM", "PLM", "PVD", "AVA", "AVB", "AVD", "PVC")
    sensory = {"ALM", "PLM", "PVD"}
    names = {s + side: Role.SENSORY if s in sensory else Role.COMMAND for side in "LR" for s in stems} | {
        "AVM": Role.SENSORY,
        "R": Role.SENSORY,
    }
    rng = np.random.default_rng(3)
    cells = sorted(names)
    c = wired(names, [(cells[a], cells[b]) for a, b in rng.integers(len(cells), size=(60, 2)) if a != b])
    places = arrange(c)
    for stem in stems:
        assert math.dist(places[c[stem + "L"].id], places[c[stem + "R"].id]) < 2 * ROW


def test_inputs_stand_left_and_outputs_right_near_what_they_touch() -> None:
    names = {f"S{k}": Role.SENSORY for k in range(5)} | {"M": Role.MOTOR}
    c = wired(names, [("S0", "M"), ("S4", "M")])
    ins = [new_input(c, name) for name in ("low", "high", "idle")]
    c.apply(Add((*ins, new_output(c, "y", c["M"].id))))
    heights = sorted((arrange(c)[c[f"S{k}"].id][1], f"S{k}") for k in range(5))
    c.apply(Add((new_synapse(c, c["low"].id, c[heights[-1][1]].id, "current"),)))
    c.apply(Add((new_synapse(c, c["high"].id, c[heights[0][1]].id, "current"),)))
    places = arrange(c)
    check_places(c, places)
    neurons = [places[n.id][0] for n in c.neurons]
    assert all(places[i.id][0] < min(neurons) for i in c.inputs)
    assert places[c["y"].id][0] > max(neurons)
    assert places[c["high"].id][1] < places[c["low"].id][1]


@pytest.mark.parametrize("cells", [0, 1, 2])
def test_the_smallest_circuits(cells: int) -> None:
    c = Circuit()
    c.apply(Add(tuple(new_neuron(c, f"N{k}") for k in range(cells))))
    check_places(c, arrange(c))
    assert all(isinstance(e, Neuron) for e in c.neurons)


@pytest.mark.parametrize(
    ("cells", "edges", "roles"),
    [
        (302, 5000, tuple(Role)),
        (302, 5000, (Role.INTER,)),
        (10_000, 50_000, tuple(Role)),
        (10_000, 50_000, (Role.INTER,)),
    ],
)
@pytest.mark.slow
def test_large_circuits_are_laid_out(cells: int, edges: int, roles: tuple[Role, ...]) -> None:
    c = tangle(cells, edges, roles)
    places = arrange(c)
    check_places(c, places)
    width = max(x for x, _ in places.values())
    height = max(y for _, y in places.values())
    assert 0.5 < width / height < 4.0
