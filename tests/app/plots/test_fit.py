"""The fitted exponential: right where there is one, and honest where there is none."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from circuitsim.app.plots.fit import fit_exponential


@given(
    st.floats(1e-3, 1e3), st.floats(-100.0, 100.0), st.floats(0.01, 50.0), st.sampled_from((-1.0, 1.0)),
    st.floats(0.3, 12.0), st.integers(30, 3000),
)  # fmt: skip
def test_a_relaxation_gives_its_time_constant(tau, rest, way, sign, lengths, count):
    t = 5.0 + np.linspace(0.0, lengths * tau, count)
    fit = fit_exponential(t, rest + sign * way * np.exp(-(t - t[0]) / tau))
    assert fit is not None
    assert fit.good
    assert fit.tau == pytest.approx(tau, rel=1e-3)
    assert fit.residual < 1e-4


def test_noise_does_not_move_it_far():
    rng = np.random.default_rng(3)
    t = np.linspace(0.0, 4.0, 500)
    fit = fit_exponential(t, np.exp(-t / 0.8) + 0.01 * rng.standard_normal(500))
    assert fit is not None
    assert fit.good
    assert fit.tau == pytest.approx(0.8, rel=0.03)
    assert fit.residual == pytest.approx(0.01, rel=0.3)


@pytest.mark.parametrize("share", [0.005, 0.01, 0.02, 0.03, 0.05, 0.08])
@pytest.mark.parametrize("lengths", [2.0, 3.5, 5.0])
def test_what_comes_before_the_relaxation_weighs_nothing(share, lengths):
    t = np.linspace(0.0, lengths, 800)
    y = np.exp(-np.maximum(0.0, t - share * lengths))
    fit = fit_exponential(t, y)
    assert fit is not None
    assert fit.tau == pytest.approx(1.0, rel=1e-3) or not fit.good


@pytest.mark.parametrize(
    "shape",
    [lambda t: np.sin(3 * t), lambda t: t, lambda t: np.where(t < 2, 0.0, 1.0), lambda t: (t - 2) ** 2],
    ids=["sine", "line", "step", "parabola"],
)
def test_what_is_no_exponential_is_not_called_one(shape):
    t = np.linspace(0.0, 4.0, 400)
    fit = fit_exponential(t, shape(t))
    assert fit is not None
    assert not fit.good


def test_nothing_is_fitted_to_nothing():
    t = np.linspace(0.0, 1.0, 50)
    assert fit_exponential(t, np.full(50, 0.3)) is None
    assert fit_exponential(t[:5], t[:5]) is None
    assert fit_exponential(t, np.full(50, np.nan)) is None


def test_breaks_are_left_out():
    t = np.linspace(0.0, 3.0, 300)
    y = np.exp(-t / 0.5)
    y[100:110] = np.nan
    fit = fit_exponential(t, y)
    assert fit is not None
    assert fit.tau == pytest.approx(0.5, rel=1e-3)
