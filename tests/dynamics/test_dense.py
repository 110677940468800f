"""The linear solver of the kernels against numpy."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.dynamics.dense import factor, solve


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 12), seed=st.integers(0, 10**6), filled=st.floats(0.1, 1.0), beyond=st.integers(0, 3))
def test_it_solves_what_numpy_solves(n, seed, filled, beyond):
    """Sparse or full, with zeros on the diagonal: rows have to be exchanged then."""
    r = np.random.default_rng(seed)
    a = r.normal(size=(n, n + beyond)) * (r.random((n, n + beyond)) < filled)
    a[np.arange(n), r.permutation(n)] += 3.0 * r.choice([-1.0, 1.0], n)
    if np.linalg.cond(a[:, :n]) > 1e6:
        return
    x, tail = r.normal(size=n), a[:, n:].copy()
    v, pivots = np.r_[a[:, :n] @ x, np.full(beyond, 7.0)], np.zeros(n)
    factor(a, n, pivots)
    solve(a, n, pivots, v)
    np.testing.assert_allclose(v[:n], x, rtol=1e-7, atol=1e-7)
    assert (v[n:] == 7.0).all()
    assert (a[:, n:] == tail).all()
