"""The derivatives that every kind declares are those of its own equation.

Each kernel is differentiated twice: by the complex step, exact to rounding, and by differences of real numbers,
which share nothing with it.
"""

from __future__ import annotations

import numpy as np
import pytest
from complex_step import H, Step, let_kernels_take_steps
from drawn_knots import with_knots
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import ContinuousKind, MemorylessKind
from circuitsim.spec.unit import UNIT_SYSTEMS

CONTINUOUS, MEMORYLESS = (
    pytest.mark.parametrize(
        "kind", [k for k in kinds().neurons.values() if isinstance(k, of)], ids=lambda k: k.id
    )
    for of in (ContinuousKind, MemorylessKind)
)
SYNAPSES = pytest.mark.parametrize("kind", kinds().synapses.values(), ids=lambda k: k.id)
DRAWN = given(seed=st.integers(0, 2**32 - 1), system=st.sampled_from(sorted(UNIT_SYSTEMS)))
N, LO, WIDTH = 8, 8, 24  # neurons of a block that begins behind another
D = 1e-7  # part of its size by which a number is changed for a difference


@pytest.fixture(scope="module", autouse=True)
def _steps():
    with pytest.MonkeyPatch.context() as patch:
        let_kernels_take_steps(patch)
        yield


def parameters(kind, r, system, count):
    """Random numbers between the slider ends, random choices, random knots, and start states; float64[P, count]."""
    rows = []
    for q in kind.parameters:
        shown = q.range(system)
        if q.choices:
            rows.append(r.integers(len(q.choices), size=count).astype(float))
        elif q.log:
            rows.append(np.exp(r.uniform(np.log(shown.slider_low), np.log(shown.slider_high), count)))
        else:
            rows.append(r.uniform(shown.slider_low, shown.slider_high, count))
    if getattr(kind, "from_start", False):
        rows.append(states(r, system, count))
    return with_knots(kind, r, system, np.array(rows).reshape(len(rows), count))


def states(r, system, size):
    return r.uniform(-90.0, 40.0, size) if system == "physiological" else r.uniform(-1.5, 1.5, size)


def right_hand_side(kind, p, x, acc):
    """Find b - lam x of the neurons of a block, with whatever numbers x and acc hold."""
    lam, b = np.zeros(WIDTH, x.dtype), np.zeros(WIDTH, x.dtype)
    kind.rates(p, LO, N, x, acc, lam, b)
    own = slice(LO, LO + N)
    return b[own] - lam[own] * x[own]


def differentiated(function, values, at):
    """Derivative of every result with respect to values[at], by the complex step."""
    stepped = np.array([Step(v) for v in values.ravel()], dtype=object).reshape(values.shape)
    stepped[at] = stepped[at] + Step(1j * H)
    return np.array([value.slope if isinstance(value, Step) else 0.0 for value in function(stepped).ravel()])


def assert_close_to_differences(found, function, values, at):
    """Compare with differences to both sides; where these two differ there is a kink, and either may be right."""
    d = D * max(1.0, abs(values[at]))
    there = [values.copy(), values.copy(), values.copy()]
    there[0][at] -= d
    there[2][at] += d
    low, middle, high = (function(v).ravel() for v in there)
    left, right = (middle - low) / d, (high - middle) / d
    scale = 1e-13 * np.abs(middle) / d + 1e-3 * (1.0 + np.abs(found))
    smooth = np.abs(left - right) <= scale
    assert (np.abs(found - (left + right) / 2) <= scale)[smooth].all()


def outputs(kind, p, t, acc):
    """Find the outputs of the neurons of a block, with whatever numbers t and acc hold."""
    x = np.zeros(WIDTH, object)
    kind.output(p, LO, N, t, acc, x, np.zeros(WIDTH, object), np.zeros(WIDTH, object))
    return x[LO : LO + N]


@CONTINUOUS
@DRAWN
@settings(max_examples=40, deadline=None)
def test_partials_of_a_neuron(kind, seed, system):
    r = np.random.default_rng(seed)
    p = kind.pack(parameters(kind, r, system, N)).ravel()
    x, acc = states(r, system, WIDTH), r.normal(0.0, 1.5, (4, WIDTH))
    acc[0] = np.abs(acc[0])
    dx, dacc = np.zeros(WIDTH), np.zeros((4, WIDTH))
    kind.partials(p, LO, N, x, acc, dx, dacc)

    def by_state(values):
        return right_hand_side(kind, p, values, acc.astype(values.dtype))

    def by_channel(values):
        return right_hand_side(kind, p, x.astype(values.dtype), values)

    for i in range(N):
        alone = np.arange(N) == i
        for function, at, values, found in (
            (by_state, LO + i, x, dx[LO + i]),
            *((by_channel, (k, LO + i), acc, dacc[k, LO + i]) for k in range(4)),
        ):
            expected = np.where(alone, found, 0.0)
            exact = differentiated(function, values, at)
            np.testing.assert_allclose(expected, exact, rtol=1e-12, atol=1e-13)
            assert_close_to_differences(expected, function, values, at)
    outside = np.r_[:LO, LO + N : WIDTH]
    assert not dx[outside].any()
    assert not dacc[:, outside].any()


@MEMORYLESS
@DRAWN
@settings(max_examples=40, deadline=None)
def test_gradient_of_a_neuron_without_memory(kind, seed, system):
    r = np.random.default_rng(seed)
    p = kind.pack(parameters(kind, r, system, N)).ravel()
    acc, t = r.normal(0.0, 1.5, (4, WIDTH)), np.array([r.uniform(0.0, 3.0)])
    dx, dacc = np.zeros(WIDTH), np.zeros((4, WIDTH))
    kind.gradient(p, LO, N, t[0], acc, dx, dacc)

    def by_time(values):
        return outputs(kind, p, values[0], acc)

    def by_channel(values):
        return outputs(kind, p, t[0], values)

    cases = [(by_time, (0,), t, dx[LO : LO + N])]
    for i in range(N):
        alone = np.arange(N) == i
        cases += [(by_channel, (k, LO + i), acc, np.where(alone, dacc[k, LO + i], 0.0)) for k in range(4)]
    for function, at, values, expected in cases:
        exact = differentiated(function, values, at)
        np.testing.assert_allclose(expected, exact, rtol=1e-12, atol=1e-13)
        assert_close_to_differences(expected, lambda v, f=function: f(v).astype(float), values, at)
    outside = np.r_[:LO, LO + N : WIDTH]
    assert not dx[outside].any()
    assert not dacc[:, outside].any()


@SYNAPSES
@DRAWN
@settings(max_examples=40, deadline=None)
def test_slopes_of_a_synapse(kind, seed, system):
    """Two chunks of one and two slots a lane; every slot has a presynaptic value of its own."""
    r = np.random.default_rng(seed)
    row, off = np.array([0, 16]), np.array([0, 8, 24])
    length = 24
    pre = r.permutation(length)
    q = kind.pack(parameters(kind, r, system, length)).ravel()
    x = states(r, system, length)
    out = np.zeros(4 * length)
    for chunk in range(2):
        kind.slopes(chunk, chunk + 1, row, off, pre, q, length, x, out)

    def added(values):
        acc = np.zeros((4, WIDTH), values.dtype)
        kind.accumulate(0, 2, row, off, pre, q, length, values, acc)
        return acc

    post = np.r_[0:8, 16:24, 16:24]
    for slot in range(length):
        expected = np.zeros((4, WIDTH))
        expected[:, post[slot]] = out.reshape(4, length)[:, slot]
        exact = differentiated(added, x, pre[slot])
        np.testing.assert_allclose(expected.ravel(), exact, rtol=1e-12, atol=1e-13)
        assert_close_to_differences(expected.ravel(), added, x, pre[slot])


@SYNAPSES
def test_padding_has_no_slope(kind):
    rows = kind.pack(parameters(kind, np.random.default_rng(0), "liquid", 1)).shape[0]
    out, slots = np.zeros(32), np.zeros(8, dtype=np.int64)
    kind.slopes(0, 1, np.array([0]), np.array([0, 8]), slots, np.zeros(rows * 8), 8, np.ones(9), out)
    assert not out.any()
