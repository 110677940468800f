"""Synapses in single precision: the vector form against the plain one and against extended precision."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.dynamics import build
from circuitsim.dynamics.lanewise import DOUBLE, SINGLE
from circuitsim.dynamics.tables import LANES
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.precision import ROUNDING

SINGLES = [k for k in kinds().synapses.values() if k.single is not None]
CHEMICAL = kinds().synapses["chemical"]


def packed(kind, p):
    """Rows as float32, and their bytes as kernels take them."""
    rows = kind.pack(p).astype(np.float32)
    return rows, rows.ravel().view(np.float64)


def opened(z):
    """What the compiled kernel makes of the logistic function: one synapse of conductance 1 for each argument."""
    width = -(-z.size // LANES) * LANES
    x, acc = np.zeros(width), np.zeros((4, width))
    x[: z.size] = z
    off = np.arange(width // LANES + 1) * LANES
    q = np.stack([np.ones(width), np.zeros(width), np.ones(width), np.ones(width)]).astype(np.float32)
    build.kernel(CHEMICAL.single.accumulate, "ACCUMULATE")(
        0, off.size - 1, off[:-1].copy(), off, np.arange(width, dtype=np.int32), q.ravel().view(np.float64), width,
        x, acc,
    )  # fmt: skip
    np.testing.assert_array_equal(acc[0], acc[1])
    return acc[0, : z.size]


@pytest.mark.parametrize("form", [DOUBLE, SINGLE], ids=lambda f: f.name)
def test_the_ratio_is_the_power_of_two(form):
    """To a fifth of what rounding makes of it."""
    f = np.linspace(-0.5, 0.5, 20_001).astype(np.longdouble)
    odd = np.polyval(np.array(form.odd, np.longdouble), f * f) * f
    even = np.polyval(np.array([1.0, *form.even], np.longdouble), f * f)
    error = np.abs((even + odd) / (even - odd) / np.exp2(f) - 1)
    assert error.max() < 2.0 ** -(form.mantissa + 1) / 5


def test_logistic_function_is_exact_to_rounding():
    """An absolute error below two roundings, and a relative one that only the argument, which is rounded, makes."""
    z = np.concatenate([np.linspace(-40.0, 40.0, 100_001), np.linspace(-79.0, 79.0, 20_001)])
    z = z.astype(np.float32).astype(np.float64)
    exact = 1 / (1 + np.exp(-z.astype(np.longdouble)))
    error = np.abs(opened(z) - exact)
    assert error.max() < 2 * ROUNDING
    assert (error / exact / (5 + np.abs(z))).max() < ROUNDING


def test_logistic_function_far_out():
    z = np.array([-np.inf, -1e300, -200.0, 0.0, 200.0, 1e300, np.inf, np.nan])
    found = opened(z)
    assert (found[:3] < 1e-34).all()
    assert (found[:3] >= 0.0).all()
    assert found[3] == 0.5
    assert (found[4:7] == 1.0).all()
    assert np.isnan(found[7])


SHAPES = {
    "seed": st.integers(0, 2**32 - 1),
    "depths": st.lists(st.integers(1, 9) | st.integers(30, 70), min_size=1, max_size=5),
    "system": st.sampled_from(["liquid", "physiological"]),
}


def drawn(kind, seed, depths, system):
    """Chunks of any depth, gaps between them, sums that hold something already, some slots empty."""
    r = np.random.default_rng(seed)
    row = (np.cumsum(r.integers(1, 3, len(depths))) - 1) * LANES
    off = np.concatenate([[0], np.cumsum(depths)]) * LANES
    length, width = int(off[-1]), int(row[-1]) + LANES
    ranges = [q.range(system) for q in kind.parameters]
    p = np.stack([r.uniform(a.slider_low, a.slider_high, length) for a in ranges])
    p[0] *= r.random(length) < 0.8
    x = r.normal(0.0, 1.0 if system == "liquid" else 80.0, width + 5)
    pre = r.integers(0, x.size, length).astype(np.int32)
    return row, off, pre, p, x, r.normal(0.0, 1.0, (4, width))


def sums(row, off, size, terms):
    """Sum of terms longdouble[L] over the slots of each lane, longdouble[C]."""
    found = np.zeros(size, np.longdouble)
    for c in range(row.size):
        found[row[c] : row[c] + LANES] += terms[off[c] : off[c + 1]].reshape(-1, LANES).sum(axis=0)
    return found


@pytest.mark.parametrize("kind", SINGLES, ids=lambda k: k.id)
@given(**SHAPES)
@settings(max_examples=40, deadline=None)
def test_sums_are_within_the_bound_of_extended_precision_in_either_form(kind, seed, depths, system):
    """Slope x - shift is rounded four times, the function, its product and each addition once or twice."""
    row, off, pre, p, x, before = drawn(kind, seed, depths, system)
    _, q = packed(kind, p)
    plain, fast = before.copy(), before.copy()
    given_ = (0, row.size, row, off, pre, q, pre.size, x)
    kind.single.accumulate(*given_, plain)
    build.kernel(kind.single.accumulate, "ACCUMULATE")(*given_, fast)
    g, slope, midpoint, reversal = p.astype(np.longdouble)
    a = slope * x[pre].astype(np.longdouble)
    z = a - slope * midpoint
    s = 1 / (1 + np.exp(-z))
    of_z = (2 * np.abs(a) + np.abs(slope * midpoint) + np.abs(z)) * ROUNDING
    worst = np.minimum(1.0, s * (1 - s) * of_z * np.exp(of_z) + 2 * ROUNDING)
    for channel, weight in ((0, g), (1, g * reversal)):
        exact = before[channel] + sums(row, off, before.shape[1], weight * s)
        size = sums(row, off, before.shape[1], np.abs(weight) * s)
        bound = sums(row, off, before.shape[1], np.abs(weight) * worst) + 35 * ROUNDING * size + 1e-14
        for found in (plain, fast):
            assert (np.abs(found[channel] - exact) <= bound).all()
    np.testing.assert_array_equal(fast[2:], before[2:])


@pytest.mark.parametrize("kind", SINGLES, ids=lambda k: k.id)
@given(**SHAPES)
@settings(max_examples=20, deadline=None)
def test_slopes_are_those_of_double_precision(kind, seed, depths, system):
    """To the rounding of the numbers."""
    row, off, pre, p, x, _ = drawn(kind, seed, depths, system)
    rows, q = packed(kind, p)
    single, double = np.zeros(4 * pre.size), np.zeros(4 * pre.size)
    build.kernel(kind.single.slopes, "SLOPES")(0, row.size, row, off, pre, q, pre.size, x, single)
    exact = rows.astype(np.float64).ravel()
    build.kernel(kind.slopes, "SLOPES")(0, row.size, row, off, pre, exact, pre.size, x, double)
    np.testing.assert_allclose(single, double, rtol=1e-12, atol=1e-300)
