"""Declared equations can be set, explain themselves, and say what the kernels compute."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_knots import knots_of
from equation_value import worth
from hypothesis import given
from hypothesis import strategies as st

from circuitsim.dynamics.signs import unexplained
from circuitsim.dynamics.splines import course, rows_of
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import Channel, ContinuousKind, MemorylessKind
from circuitsim.spec.notation import Relation, equations, name, names

K = kinds()
ALL = [
    *K.neurons.values(),
    *K.synapses.values(),
    *K.stimuli.values(),
    *K.solvers.values(),
    *K.cells.values(),
    *(form for kind in K.cells.values() for form in kind.forms),
    *K.units.values(),
]
MANY = pytest.mark.parametrize("kind", ALL, ids=lambda k: f"{type(k).__name__}-{k.id}")


@MANY
def test_equation_is_in_the_notation_and_explains_itself(kind):
    assert unexplained(kind) == []


@MANY
def test_every_number_stands_in_the_equation(kind):
    there = names(equations(kind.equation))
    missing = [p.name for p in kind.parameters if not p.choices and name(p.symbol) not in there]
    left_out = {"state"} if getattr(kind, "by_hand", "") == "state" else set()
    assert set(missing) <= left_out


@MANY
def test_symbols_of_a_kind_are_told_apart(kind):
    symbols = [p.symbol for p in kind.parameters]
    assert len(set(symbols)) == len(symbols)


@MANY
def test_signs_of_choices_can_be_put_in(kind):
    for parameter in kind.parameters:
        assert len(parameter.signs) in (0, len(parameter.choices))
        for sign in parameter.signs:
            equations(sign)


def sides(kind):
    """Right-hand sides by what stands on the left; of a function the function's name."""
    found = {}
    for clause in equations(kind.equation):
        if isinstance(clause.body, Relation) and clause.body.signs[0] in "=←":
            left, right = clause.body.sides[:2]
            found[getattr(left, "head", left)] = right
    return found


def drawn(kind, data):
    """Random numbers for the parameters, by symbol; of a choice what it makes of the symbol."""
    values = [
        data.draw(st.floats(max(p.low, p.liquid.slider_low), min(p.high, p.liquid.slider_high)))
        if not p.choices
        else float(data.draw(st.integers(0, len(p.choices) - 1)))
        for p in kind.parameters
    ]
    known = {name(p.symbol): v for p, v in zip(kind.parameters, values, strict=True) if not p.choices}
    chosen = {p.symbol: p.signs[int(v)] for p, v in zip(kind.parameters, values, strict=True) if p.signs}
    return np.array(values), known, chosen


STIMULI = [k for k in K.stimuli.values() if not (k.table or k.clock or k.id == "button")]


@pytest.mark.parametrize("kind", STIMULI, ids=lambda k: k.id)
@given(data=st.data(), t=st.floats(0.0, 30.0))
def test_stimulus_follows_its_equation(kind, data, t):
    p, known, _ = drawn(kind, data)
    known |= {name("t"): t}
    if name("j") in names(equations(kind.equation)):
        known[name("j")] = max(0.0, math.floor((t - known[name("t₀")]) / known[name("P")]))
    for left, right in sides(kind).items():
        if left not in (name("u"), name("t")):
            known[left] = worth(right, known)
    said = worth(sides(kind)[name("u")], known)
    edges = [kind.next_edge(p, t - 1e-6), t + 1e-6]
    if edges[0] > edges[1]:  # beside a jump rounding decides on which side an instant is
        assert said == pytest.approx(kind.value(p, t), abs=1e-9)


@pytest.mark.parametrize("kind", K.synapses.values(), ids=lambda k: k.id)
@given(data=st.data(), pre=st.floats(-2, 2), post=st.floats(-2, 2))
def test_synapse_follows_its_equation(kind, data, pre, post):
    p, known, _ = drawn(kind, data)
    known |= {name("v_pre"): pre, name("x_pre"): pre, name("u"): pre, name("v_post"): post}
    if kind.curve is not None:
        knots = knots_of(kind, np.random.default_rng(data.draw(st.integers(0, 2**32 - 1))))
        p = np.concatenate([p, rows_of(knots)])
        known[name("φ")] = lambda v: course(knots, np.array([v]), held=kind.curve.held)[0]
    right = next(iter(sides(kind).values()))
    flow = kind.current(p[:, None], np.array([pre]), np.array([post]))[0]
    assert worth(right, known) == pytest.approx(flow, abs=1e-9)


CHANNEL = {Channel.DRIVE: "weight", Channel.CURRENT: "current"}


CONTINUOUS, MEMORYLESS = (
    [k for k in K.neurons.values() if isinstance(k, of)] for of in (ContinuousKind, MemorylessKind)
)


@pytest.mark.parametrize("kind", CONTINUOUS, ids=lambda k: k.id)
@given(data=st.data(), x=st.floats(-2, 2), current=st.floats(-2, 2))
def test_neuron_follows_its_equation(kind, data, x, current):
    """With injected current alone; every sum over synapses is 0."""
    p, known, chosen = drawn(kind, data)
    known |= {name("x"): x, name("v"): x, name("I"): current, "Σ": 0.0}
    known |= {name(symbol): sign for symbol, sign in chosen.items()}
    acc = np.zeros((4, 1))
    acc[Channel.CURRENT] = current
    lam, b = np.zeros(1), np.zeros(1)
    kind.rates(np.ravel(kind.pack(p[:, None])), 0, 1, np.array([x]), acc, lam, b)
    given_ = sides(kind)
    if name("f") in given_:
        known[name("f")] = worth(given_[name("f")], known)
    if name("d") in known:
        known[name("d")] = abs(known[name("f")]) if known[name("d")] == "|f|" else known[name("f")]
    left, right = next(iter(given_.items()))
    inverse = known[name("c")] if name("c") in names(left) else 1.0
    assert worth(right, known) / inverse == pytest.approx(b[0] - lam[0] * x, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("kind", MEMORYLESS, ids=lambda k: k.id)
@given(data=st.data(), start=st.floats(-2, 2), current=st.floats(-2, 2), t=st.floats(0, 5))
def test_neuron_without_memory_follows_its_equation(kind, data, start, current, t):
    """With injected current alone, as above."""
    p, known, chosen = drawn(kind, data)
    known |= {name("I"): current, name("x₀"): start, name("t"): t, "Σ": 0.0}
    known |= {name(symbol): sign for symbol, sign in chosen.items()}
    acc, x = np.zeros((4, 1)), np.zeros(1)
    acc[Channel.CURRENT] = current
    rows = np.append(p, start) if kind.from_start else p
    kind.output(np.ravel(kind.pack(rows[:, None])), 0, 1, t, acc, x, np.zeros(1), np.zeros(1))
    (left, right), *others = sides(kind).items()
    for name_, side in others:
        known[name_] = worth(side, known)
    assert left in (name("x"), name("y"))
    assert worth(right, known) == pytest.approx(x[0], rel=1e-9, abs=1e-9)
