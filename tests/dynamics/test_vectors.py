"""The vector forms of the inner loops against the plain ones, against numpy, and what takes their place."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.dynamics import build, vectors
from circuitsim.dynamics.tables import LANES
from circuitsim.spec.catalogue import kinds

CHEMICAL = kinds().synapses["chemical"]
SUMMED = [k for k in kinds().synapses.values() if k.curve is None]


def compiled(kind):
    return build.kernel(kind.accumulate, "ACCUMULATE")


def opened(z):
    """What the compiled kernel makes of the logistic function: one synapse of conductance 1 for each argument."""
    rounds = -(-z.size // LANES)
    x = np.zeros(rounds * LANES)
    x[: z.size] = z
    acc = np.zeros((4, x.size))
    row, off = np.arange(rounds) * LANES, np.arange(rounds + 1) * LANES
    q = np.stack([np.ones(x.size), np.zeros(x.size), np.ones(x.size), np.ones(x.size)]).ravel()
    compiled(CHEMICAL)(0, rounds, row, off, np.arange(x.size, dtype=np.int32), q, x.size, x, acc)
    np.testing.assert_array_equal(acc[0], acc[1])
    return acc[0, : z.size]


def test_this_machine_takes_the_vector_form():
    assert vectors.usable()


def test_logistic_function_is_exact_to_rounding():
    """A relative error below 2e-15 wherever the function is not 0 to 300 digits, and an absolute one below 3e-16."""
    z = np.concatenate([np.linspace(-40.0, 40.0, 100_001), np.linspace(-690.0, 690.0, 20_001)])
    exact = 1 / (1 + np.exp(-z.astype(np.longdouble)))
    error = np.abs(opened(z) - exact)
    assert error.max() < 3e-16
    assert (error / exact).max() < 1e-13  # the argument itself is rounded: its last place is worth that much
    near = np.abs(z) < 40.0
    assert (error / exact)[near].max() < 1e-14


def test_logistic_function_far_out():
    z = np.array([-np.inf, -1e300, -800.0, 0.0, 800.0, 1e300, np.inf, np.nan])
    found = opened(z)
    assert (found[:3] < 1e-290).all()
    assert (found[:3] >= 0.0).all()
    assert found[3] == 0.5
    assert (found[4:7] == 1.0).all()
    assert np.isnan(found[7])


@pytest.mark.parametrize("kind", SUMMED, ids=lambda k: k.id)
@given(
    seed=st.integers(0, 2**32 - 1),
    depths=st.lists(st.integers(1, 9), min_size=1, max_size=6),
    system=st.sampled_from(["liquid", "physiological"]),
)
@settings(max_examples=40, deadline=None)
def test_sums_are_those_of_the_plain_form(kind, seed, depths, system):
    """Chunks of any depth, gaps between them, sums that hold something already, some slots empty."""
    r = np.random.default_rng(seed)
    row = (np.cumsum(r.integers(1, 3, len(depths))) - 1) * LANES
    off = np.concatenate([[0], np.cumsum(depths)]) * LANES
    length, width = int(off[-1]), int(row[-1]) + LANES
    ranges = [q.range(system) for q in kind.parameters]
    p = np.stack([r.uniform(a.slider_low, a.slider_high, length) for a in ranges])
    q = kind.pack(p) * (r.random(length) < 0.8)
    scale = 1.0 if system == "liquid" else 80.0
    x = r.normal(0.0, scale, width + 5)
    pre = r.integers(0, x.size, length).astype(np.int32)
    plain = r.normal(0.0, 1.0, (4, width))
    fast = plain.copy()
    kind.accumulate(0, len(depths), row, off, pre, q.ravel(), length, x, plain)
    compiled(kind)(0, len(depths), row, off, pre, q.ravel(), length, x, fast)
    size = 1.0 + np.abs(q).max() * max(depths) * (1.0 + np.abs(x).max())
    np.testing.assert_allclose(fast, plain, rtol=0.0, atol=1e-15 * size)


def test_right_hand_side_of_the_reference_workload():
    """Within 1e-14 of extended precision on 302 neurons that hear 16 others each."""
    r = np.random.default_rng(12345 + 302)
    n, depth = 304, 16
    rows, off = np.arange(0, n, LANES), np.arange(n // LANES + 1) * LANES * depth
    length = int(off[-1])
    p = np.stack(
        [
            r.uniform(0.001, 1.0, length),
            r.uniform(3.0, 8.0, length),
            r.uniform(0.3, 0.8, length),
            r.choice([-1.0, 1.0], length),
        ]
    )
    x, pre, acc = r.uniform(-0.5, 0.5, n), r.integers(0, n, length).astype(np.int32), np.zeros((4, n))
    compiled(CHEMICAL)(0, rows.size, rows, off, pre, CHEMICAL.pack(p).ravel(), length, x, acc)
    g, slope, midpoint, reversal = p.astype(np.longdouble)
    s = g / (1 + np.exp(-slope * (x[pre] - midpoint)))
    lanes = np.arange(length) % LANES + np.arange(length) // (LANES * depth) * LANES
    for channel, terms in ((0, s), (1, s * reversal)):
        exact = np.zeros(n, np.longdouble)
        np.add.at(exact, lanes, terms)
        assert np.abs(acc[channel] - exact).max() < 1e-14


REFUSED = """
import numpy as np
from llvmlite import binding
def refuse(text):
    raise RuntimeError("this LLVM knows no such vector")
whole, binding.parse_assembly = binding.parse_assembly, refuse
from circuitsim.dynamics import build, compiler, vectors
from circuitsim.spec.catalogue import kinds
assert not vectors.usable()
compiler._register()
binding.parse_assembly = whole
kind = kinds().synapses["chemical"]
q = kind.pack(np.array([[2.0] * 8, [3.0] * 8, [0.5] * 8, [-1.0] * 8])).ravel()
acc = np.zeros((4, 8))
build.kernel(kind.accumulate, "ACCUMULATE")(
    0, 1, np.array([0]), np.array([0, 8]), np.arange(8, dtype=np.int32), q, 8, np.arange(8.0), acc
)
print(*acc[0])
"""


def test_plain_form_where_the_vector_form_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path))
    out = subprocess.run([sys.executable, "-c", REFUSED], check=True, capture_output=True, text=True).stdout
    expected = 2.0 / (1.0 + np.exp(-3.0 * (np.arange(8.0) - 0.5)))
    np.testing.assert_allclose([float(word) for word in out.split()], expected, rtol=1e-15)
