"""Curves through knots, against scipy and against what they promise: no overshoot, no corner, straight ends."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from circuitsim.dynamics.splines import course, curves, extremes, rows_of, spline, spline_slope
from circuitsim.spec.curve import MOST, Knots

STEP = st.floats(1e-2, 5.0)


@st.composite
def knots(draw: st.DrawFn) -> Knots:
    steps = draw(st.lists(STEP, min_size=1, max_size=MOST - 1))
    x = np.cumsum([draw(st.floats(-3, 3)), *steps])
    levels = st.integers(-2000, 2000).map(lambda k: k / 1000) | st.sampled_from(
        [0.0, 1.0]
    )  # equal ones beside each other make flat pieces
    return Knots(tuple(x.tolist()), tuple(draw(levels) for _ in x))


def column(drawn: Knots, *, held: bool) -> np.ndarray:
    return curves(np.array(rows_of(drawn))[:, None], held=held)


def places(drawn: Knots) -> np.ndarray:
    """Between the knots, at them and outside."""
    x = np.array(drawn.x)
    inside = np.concatenate([np.linspace(a, b, 9) for a, b in pairwise(x)])
    return np.concatenate([x[0] - [5.0, 0.1], inside, x[-1] + [0.1, 5.0]])


@given(drawn=knots())
def test_it_is_the_pchip_of_scipy(drawn):
    x = np.linspace(drawn.x[0], drawn.x[-1], 200)
    expected = PchipInterpolator(drawn.x, drawn.y)(x)
    np.testing.assert_allclose(course(drawn, x, held=False), expected, rtol=1e-10, atol=1e-10)


@given(drawn=knots())
def test_a_held_curve_levels_off_at_both_ends(drawn):
    slopes = PchipInterpolator(drawn.x, drawn.y).derivative()(drawn.x)
    slopes[[0, -1]] = 0.0
    x = np.linspace(drawn.x[0], drawn.x[-1], 200)
    expected = CubicHermiteSpline(drawn.x, drawn.y, slopes)(x)
    np.testing.assert_allclose(course(drawn, x, held=True), expected, rtol=1e-10, atol=1e-10)
    far = np.array([-np.inf, drawn.x[0] - 7.0, drawn.x[-1] + 7.0, np.inf])
    ends = [drawn.y[0], drawn.y[0], drawn.y[-1], drawn.y[-1]]
    np.testing.assert_array_equal(course(drawn, far, held=True), ends)


@given(drawn=knots(), held=st.booleans())
def test_it_goes_through_its_knots_and_never_overshoots(drawn, held):
    np.testing.assert_allclose(course(drawn, np.array(drawn.x), held=held), drawn.y, rtol=0, atol=1e-12)
    for k in range(len(drawn) - 1):
        between = course(drawn, np.linspace(drawn.x[k], drawn.x[k + 1], 101)[:-1], held=held)
        low, high = sorted(drawn.y[k : k + 2])
        assert between.min() >= low - 1e-12
        assert between.max() <= high + 1e-12
        rising = np.diff(between) * (1 if drawn.y[k + 1] >= drawn.y[k] else -1)
        assert rising.min() >= -1e-12


@given(drawn=knots(), held=st.booleans())
def test_kernel_and_numpy_agree_and_the_slope_has_no_jump(drawn, held):
    table = column(drawn, held=held).ravel()
    at = places(drawn)
    np.testing.assert_allclose([spline(table, 1, 0, v) for v in at], course(drawn, at, held=held), rtol=1e-13)
    for x in drawn.x:
        before, after = (
            spline_slope(table, 1, 0, v) for v in (np.nextafter(x, -np.inf), np.nextafter(x, np.inf))
        )
        assert before == pytest.approx(after, abs=1e-9 * (1.0 + 4.0 / 1e-2))


@given(
    drawn=knots(), held=st.booleans(), ends=st.tuples(st.floats(-20, 120), st.floats(-20, 120)).map(sorted)
)
def test_extremes_are_those_of_dense_samples(drawn, held, ends):
    low, high = ends
    least, most = extremes(column(drawn, held=held), np.array([low]), np.array([high]))
    at = np.concatenate([np.linspace(low, high, 400), [x for x in drawn.x if low <= x <= high]])
    seen = course(drawn, at, held=held)
    assert least[0] == pytest.approx(seen.min(), abs=1e-9)
    assert most[0] == pytest.approx(seen.max(), abs=1e-9)


def test_where_nothing_bounds_the_place_only_a_sloping_end_is_unbounded():
    ramp = column(Knots((0.0, 1.0, 2.0), (0.0, 0.0, 3.0)), held=False)
    everywhere = np.array([-np.inf]), np.array([np.inf])
    assert [float(e[0]) for e in extremes(ramp, *everywhere)] == [0.0, np.inf]
    held = column(Knots((0.0, 1.0), (0.25, 1.0)), held=True)
    assert [float(e[0]) for e in extremes(held, *everywhere)] == [0.25, 1.0]


def test_a_line_of_two_knots_is_a_line():
    x = np.linspace(-4.0, 4.0, 50)
    np.testing.assert_allclose(
        course(Knots((-1.0, 1.0), (-2.0, 3.0)), x, held=False), 0.5 + 2.5 * x, rtol=1e-14
    )


def test_rises_of_almost_nothing_are_no_trouble():
    tiny = Knots((0.0, 1.0, 2.0, 3.0), (0.0, 1e-308, 1.0, 1.0))
    assert np.isfinite(course(tiny, np.linspace(-1.0, 4.0, 99), held=False)).all()
