"""A circuit given as arrays gives what the same circuit of elements gives, and says what is wrong with its arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import circuitsim as cs

DT, DURATION = 0.02, 1.0


def numbers(seed, cells, units):
    """Columns of a mixed circuit: conductance neurons first, then neurons of a summed drive."""
    r = np.random.default_rng(seed)
    n, s = cells + units, 4 * cells
    return {
        "ltc": {
            "capacitance": r.uniform(0.3, 0.6, cells), "leak_conductance": r.uniform(0.1, 1.0, cells),
            "leak_potential": r.uniform(-0.3, 0.3, cells),
        },
        "ltc_paper": {"time_constant": r.uniform(0.3, 0.9, units), "target": r.normal(size=units)},
        "start": r.uniform(-0.5, 0.5, n),
        "chemical": {
            "conductance": r.uniform(0.05, 1.5, s), "slope": r.uniform(-4.0, 8.0, s),
            "midpoint": r.uniform(-0.5, 0.8, s), "reversal_potential": r.choice([-1.0, 1.0], s),
        },
        "ends": (r.integers(0, n, s), r.integers(0, cells, s)),
        "gap": (np.arange(cells - 1), np.arange(1, cells), r.uniform(0.05, 0.8, cells - 1)),
        "weight": (r.integers(0, n, 2 * units), r.integers(cells, n, 2 * units), r.normal(size=2 * units)),
        "gain": r.normal(0.0, 0.5, n),
    }  # fmt: skip


def of_columns(d, cells, units):
    c = cs.Columns()
    assert c.add_neurons(cells, start=d["start"][:cells], **d["ltc"]) == range(cells)
    assert c.add_neurons(units, "ltc_paper", start=d["start"][cells:], **d["ltc_paper"]) == range(
        cells, cells + units
    )
    c.add_input("wave", "sine", frequency=0.4)
    c.connect(*d["ends"], **d["chemical"])
    c.connect("wave", np.arange(cells + units), "current", gain=d["gain"])
    c.connect(*d["gap"][:2], "electrical", conductance=d["gap"][2])
    c.connect(*d["weight"][:2], "weight", weight=d["weight"][2])
    return c


def of_elements(d, cells, units):
    c = cs.Circuit()
    for k in range(cells + units):
        kind, at = ("ltc", k) if k < cells else ("ltc_paper", k - cells)
        own = {name: column[at] for name, column in d[kind].items()}
        c.add_neuron(f"n{k}", kind, start=d["start"][k], **own)
    c.add_input("wave", "sine", frequency=0.4)

    def connect(pre, post, kind, **columns):
        for k, (a, b) in enumerate(zip(pre, post, strict=True)):
            c.connect(a, f"n{b}", kind, **{name: column[k] for name, column in columns.items()})

    def names(ends):
        return [f"n{k}" for k in ends]

    connect(names(d["ends"][0]), d["ends"][1], "chemical", **d["chemical"])
    connect(["wave"] * (cells + units), range(cells + units), "current", gain=d["gain"])
    connect(names(d["gap"][0]), d["gap"][1], "electrical", conductance=d["gap"][2])
    connect(names(d["weight"][0]), d["weight"][1], "weight", weight=d["weight"][2])
    return c


@given(
    st.integers(0, 2**32 - 1),
    st.integers(2, 12),
    st.integers(1, 12),
    st.sampled_from(["rk4", "fused", "rosenbrock"]),
)
@settings(max_examples=8, deadline=None)
def test_it_is_the_circuit_of_the_same_numbers(seed, cells, units, solver):
    """To the last bit: the synapses of a neuron are summed in the same order."""
    d = numbers(seed, cells, units)
    found = of_columns(d, cells, units).simulate(DURATION, DT, solver, every=5 * DT)
    expected = cs.simulate(of_elements(d, cells, units), DURATION, DT, solver, every=5 * DT)
    np.testing.assert_array_equal(found.t, expected.t)
    for k in range(cells + units):
        np.testing.assert_array_equal(found[f"n{k}"].v, expected[f"n{k}"].v)
        np.testing.assert_array_equal(found[f"n{k}"].tau, expected[f"n{k}"].tau)


def test_a_program_is_small():
    """At most 64 bytes for each synapse, numbers of the neurons included."""
    n = 4000
    r = np.random.default_rng(0)
    c = cs.Columns()
    c.add_neurons(n)
    c.connect(r.integers(0, n, 16 * n), np.repeat(np.arange(n), 16), slope=r.uniform(3.0, 8.0, 16 * n))
    program = c.program()
    arrays = [a for a in program.tables if isinstance(a, np.ndarray)]
    arrays += [a for block in program.synapse_blocks for a in (block.ids, block.slot)]
    assert sum(a.nbytes for a in arrays) / (16 * n) < 64.0


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda c: c.add_neurons(2, "static"), "there is no kind 'static' with a state of its own"),
        (lambda c: c.add_neurons(2, capacitance=[1.0, 2.0, 3.0]), "neither a number nor a list of 2 numbers"),
        (lambda c: c.add_neurons(2, capacitance=[1.0, -2.0]), "capacitance must be at least 1e-12, not -2"),
        (lambda c: c.add_neurons(2, capacitance=np.nan), "capacitance must be a finite number"),
        (lambda c: c.add_neurons(2, start=[0.0, np.inf]), "start state"),
        (lambda c: c.add_neurons(2, mass=1.0), "has no parameter 'mass'"),
        (lambda c: c.add_neurons(-1), "-1"),
        (lambda c: c.connect([0], [4]), "one of them has an end at n4; there are the neurons n0 to n3"),
        (lambda c: c.connect([-1], [0]), "one of them has an end at n-1"),
        (lambda c: c.connect([0.5], [0]), "no list of whole numbers"),
        (lambda c: c.connect([0, 1], [2]), "2 begin and 1 end"),
        (lambda c: c.connect([0], [1], "spline_drive"), "there is no kind 'spline_drive' that arrays can make"),
        (lambda c: c.connect([0], [1], "weight"), "cannot receive a weight"),
        (lambda c: c.connect([1], [1], "electrical"), "joins a neuron to itself"),
        (lambda c: c.connect("nobody", [1], "current"), "'nobody'"),
        (lambda c: c.simulate(1.0, 0.1, "rosenbrok"), "there is none called 'rosenbrok'"),
        (lambda c: c.simulate(-1.0, 0.1), "the duration"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong(do, said):
    c = cs.Columns()
    c.add_neurons(4)
    with pytest.raises(cs.InputError, match=said.replace("(", r"\(")):
        do(c)


def test_it_says_which_neuron_explodes():
    c = cs.Columns()
    c.add_neurons(3, capacitance=[1.0, 1e-3, 1.0])
    c.add_input("step")
    c.connect("step", [0, 1, 2], "current")
    with pytest.raises(cs.RunError, match="neuron n1: the state exploded"):
        c.simulate(10.0, 0.5)


def test_no_neurons_are_no_mistake():
    c = cs.Columns()
    c.add_neurons(0)
    c.connect(np.zeros(0, int), np.zeros(0, int))
    assert c.simulate(1.0, 0.5).t.size == 3


def test_a_tolerance_is_that_of_the_solver_that_has_one():
    columns = cs.Columns()
    columns.add_neurons(3, start=[0.1, 0.2, 0.3])
    columns.connect([0, 1], [1, 2], conductance=2.0)
    columns.add_input("u", "sine", frequency=1.0)
    columns.connect("u", [0], "current")
    truth, near, far = (
        columns.simulate(2.0, 0.05, "dormand_prince", tolerance=t).samples for t in (1e-13, 1e-9, 1e-3)
    )
    assert 10.0 * np.abs(near.v - truth.v).max() < np.abs(far.v - truth.v).max()
    assert near.stamp.tolerance == 1e-9
    with pytest.raises(cs.InputError, match="whatever their error"):
        columns.simulate(2.0, 0.05, "rk4", tolerance=1e-6)
