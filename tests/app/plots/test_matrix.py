"""A matrix that is larger than its place on the screen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from circuitsim.app.plots.results.matrix import pooled


@given(
    seed=st.integers(0, 10**6),
    shape=st.tuples(*[st.integers(1, 40)] * 2),
    room=st.tuples(*[st.integers(1, 50)] * 2),
)
def test_no_number_gets_lost_where_several_share_a_cell(seed, shape, room):
    r = np.random.default_rng(seed)
    values = r.normal(size=shape) * (r.uniform(size=shape) < 0.1)
    found = pooled(values, *room)
    assert found.shape == tuple(map(min, shape, room))
    at = np.unravel_index(int(np.abs(values).argmax()), shape)
    place = tuple(k * few // many for k, few, many in zip(at, found.shape, shape, strict=True))
    assert found[place] == values[at]
    assert set(np.unique(found)) <= set(np.unique(values))
