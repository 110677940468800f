"""The invariant intervals against an oracle that tries every subset of the synapses of every neuron."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.circuit import Circuit
from circuitsim.engine.bands import bands

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVEL = st.floats(-2.0, 2.0)
CONDUCTANCE = st.floats(0.0, 3.0)


@st.composite
def circuits(draw: st.DrawFn) -> Circuit:
    """Conductance neurons with chemical synapses, gap junctions and injected currents."""
    circuit = Circuit()
    names = [f"n{k}" for k in range(draw(st.integers(2, 4)))]
    cell = st.sampled_from(names)
    for name in names:
        circuit.add_neuron(
            name, leak_conductance=draw(st.floats(0.2, 2.0)), leak_potential=draw(LEVEL), start=draw(LEVEL)
        )
    circuit.add_input("u", "step", before=draw(LEVEL), after=draw(LEVEL))
    for pre, post in draw(st.lists(st.tuples(cell, cell), max_size=8)):
        circuit.connect(pre, post, conductance=draw(CONDUCTANCE), reversal_potential=draw(LEVEL))
    for pre, post in draw(st.lists(st.tuples(cell, cell).filter(lambda p: p[0] != p[1]), max_size=3)):
        kind = draw(st.sampled_from(["electrical", "electrical_directed"]))
        circuit.connect(pre, post, kind, conductance=draw(CONDUCTANCE))
    for post in draw(st.lists(cell, max_size=3)):
        circuit.connect("u", post, "current", gain=draw(LEVEL))
    for post in draw(st.lists(cell, max_size=2)):
        circuit.connect("u", post, "clamp", series_conductance=draw(CONDUCTANCE))
    return circuit


def subsets(items: list[tuple[float, float]]) -> Iterable[tuple[tuple[float, float], ...]]:
    """Every choice of some of the items."""
    return chain.from_iterable(combinations(items, k) for k in range(len(items) + 1))


def oracle(circuit: Circuit, sign: float) -> np.ndarray:
    """Upper ends (sign 1) or lower ends (sign -1) by plain iteration of the definition, float64[n]."""
    step = circuit["u"].parameters
    ends = {n.id: 1e3 for n in circuit.neurons}
    for _ in range(20_000):
        before = dict(ends)
        for n in circuit.neurons:
            leak, potential = n.parameters["leak_conductance"], sign * n.parameters["leak_potential"]
            top, bottom, opening = leak * potential, leak, []
            for s in circuit.synapses:
                p = s.parameters
                directed = s.kind == "electrical_directed" and s.post == n.id
                if directed or (s.kind == "electrical" and n.id in (s.pre, s.post)):
                    other = s.pre if s.post == n.id else s.post
                    top, bottom = top + p["conductance"] * before[other], bottom + p["conductance"]
                elif s.kind == "chemical" and s.post == n.id:
                    opening.append((p["conductance"], sign * p["reversal_potential"]))
                elif s.kind == "clamp" and s.post == n.id:
                    g = p["series_conductance"]
                    top, bottom = top + g * max(sign * step["before"], sign * step["after"]), bottom + g
                elif s.kind == "current" and s.post == n.id:
                    top += max(sign * p["gain"] * step["before"], sign * p["gain"] * step["after"])
            best = max(
                (top + sum(g * e for g, e in chosen)) / (bottom + sum(g for g, _ in chosen))
                for chosen in subsets(opening)
            )
            ends[n.id] = max(sign * n.start, best)
        if max(abs(ends[i] - before[i]) for i in ends) < 1e-12:
            break
    return sign * np.array([ends[n.id] for n in circuit.neurons])


@given(circuit=circuits())
@settings(max_examples=40, deadline=None)
def test_intervals_are_those_of_the_definition(circuit: Circuit) -> None:
    found = bands(circuit)
    np.testing.assert_allclose(found.state_high, oracle(circuit, 1.0), atol=1e-8)
    np.testing.assert_allclose(found.state_low, oracle(circuit, -1.0), atol=1e-8)
