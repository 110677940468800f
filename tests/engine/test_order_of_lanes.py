"""Neurons that hear about as many others share a chunk, which takes fewer slots and changes no bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import circuitsim as cs
from circuitsim.engine import compile as compiling
from circuitsim.engine.sell import by_degree, chunks

N = 90


def uneven():
    """A circuit in which a few neurons hear very many others."""
    r = np.random.default_rng(4)
    degree = np.minimum((r.pareto(1.2, N) * 3.0).astype(np.int64) + 1, N)
    post = np.repeat(np.arange(N), degree)
    size = post.size
    circuit = cs.Columns()
    circuit.add_neurons(N, capacitance=r.uniform(0.3, 0.6, N), start=r.uniform(-0.5, 0.5, N))
    circuit.connect(
        r.integers(0, N, size), post, conductance=r.uniform(0.05, 1.0, size), slope=r.uniform(3.0, 8.0, size),
        reversal_potential=r.choice([-1.0, 1.0], size),
    )  # fmt: skip
    return circuit


@pytest.mark.parametrize("solver", ["rk4", "fused", "dormand_prince"])
def test_order_changes_no_bit(solver, monkeypatch):
    sorted_ = uneven().simulate(1.0, 0.05, solver)
    few = uneven().program().tables.pre.size
    monkeypatch.setattr(compiling, "by_degree", lambda degree: np.arange(degree.size))
    given_ = uneven().simulate(1.0, 0.05, solver)
    assert few < 0.8 * uneven().program().tables.pre.size
    for name in (f"n{k}" for k in range(N)):
        np.testing.assert_array_equal(sorted_[name].v, given_[name].v)
        np.testing.assert_array_equal(sorted_[name].tau, given_[name].tau)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_order_is_one_and_never_needs_more(degrees):
    degree = np.array(degrees)
    order = by_degree(degree)
    assert sorted(order.tolist()) == list(range(degree.size))
    width = degree.size + -degree.size % 8
    place = np.empty(degree.size, dtype=np.int64)
    place[order] = np.arange(degree.size)
    post = np.repeat(np.arange(degree.size), degree)
    assert chunks(place[post], width).slots <= chunks(post, width).slots
