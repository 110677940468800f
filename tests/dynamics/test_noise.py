"""Random stimuli: the generator against published answers, the processes against their statistics."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from circuitsim.dynamics import build
from circuitsim.dynamics.noise import key, next_sample, philox, sample_at, uniforms
from circuitsim.spec.catalogue import kinds

WORDS = st.integers(0, 2**32 - 1)
K = kinds().stimuli


@pytest.mark.parametrize(
    ("counter", "halves", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((2**32 - 1,) * 4, (2**32 - 1,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(counter, halves, answer):
    """Known answers of the authors' library Random123 for philox4x32 with 10 rounds."""
    assert philox(*counter, *halves) == answer


def independent_philox(counter, halves):
    """The generator from its description, with a table of the round keys and unsigned words of numpy."""
    x = np.array(counter, dtype=np.uint64)
    weyl = np.array([0x9E3779B9, 0xBB67AE85], dtype=np.uint64)
    keys = (np.array(halves, dtype=np.uint64) + np.outer(np.arange(10, dtype=np.uint64), weyl)) % np.uint64(
        2**32
    )
    for left, right in keys:
        product = np.array([0xD2511F53, 0xCD9E8D57], dtype=np.uint64) * x[[0, 2]]
        high, low = np.divmod(product, np.uint64(2**32))
        x = np.array([high[1] ^ x[1] ^ left, low[1], high[0] ^ x[3] ^ right, low[0]])
    return tuple(int(word) for word in x)


@given(counter=st.tuples(*[WORDS] * 4), halves=st.tuples(*[WORDS] * 2))
def test_philox_agrees_with_another_way_to_compute_it(counter, halves):
    assert philox(*counter, *halves) == independent_philox(counter, halves)


def test_philox_has_the_same_bits_when_it_is_compiled():
    """Products wrap in machine words and do not in Python."""
    compiled = build.kernel(K["white_noise"].value, "VALUE")
    for seed in (0, 1, 2**32 - 1, 2**63 - 1):
        for element in (1, 2**32 + 5, 2**52):
            p = np.array([0.0, 1.0, 0.5, 1.0, *key(seed, element)])
            for t in (0.0, 0.5, 1e9):
                assert compiled(p, t) == K["white_noise"].value(p, t)


@given(st.integers(0, 2**63 - 1), st.integers(1, 2**53), st.integers(0, 2**62), st.integers(0, 255))
def test_uniform_numbers_can_be_put_into_a_logarithm(seed, element, index, level):
    for number in uniforms(np.array(key(seed, element)), index, level):
        assert 0.0 < number <= 1.0


def test_seed_input_sample_and_level_each_give_other_numbers():
    points = [
        (s, e, k, v) for s in (0, 1, 2**32) for e in (1, 2, 2**32) for k in (0, 1, 2**32) for v in (0, 1)
    ]
    assert len({uniforms(np.array(key(s, e)), k, v) for s, e, k, v in points}) == len(points)


@given(hold=st.floats(1e-6, 100.0), start=st.floats(0.0, 1e6))
def test_samples_begin_exactly_at_the_edges(hold, start):
    edge = next_sample(start, hold)
    assert edge > start
    assert sample_at(edge, hold) == sample_at(start, hold) + 1
    assert sample_at(math.nextafter(edge, -math.inf), hold) == sample_at(start, hold)


def course(kind, numbers, seed, count, first=0, element=3):
    """Samples of a stimulus, one for each tick of its clock."""
    p = np.array([*numbers, *key(seed, element)])
    hold = p[[q.name for q in kind.parameters].index(kind.clock)]
    compiled = build.kernel(kind.value, "VALUE")
    return np.array([compiled(p, (k + 0.5) * hold) for k in range(first, first + count)])


def within(value, expected, error, sigmas=4.5):
    """Whether an estimate lies within its confidence bounds; one in 150 000 does not by chance, and seeds are fixed."""
    return abs(value - expected) < sigmas * error


@pytest.mark.parametrize("shape", [0.0, 1.0], ids=["normal", "uniform"])
def test_white_noise_has_its_mean_variance_and_no_memory(shape):
    n, mean, deviation = 40_000, 0.3, 0.7
    x = course(K["white_noise"], [mean, deviation, 0.1, shape], 5, n)
    z = (x - mean) / deviation
    kurtosis = 3.0 if shape == 0.0 else 1.8
    assert within(z.mean(), 0.0, 1 / math.sqrt(n))
    assert within(z.var(), 1.0, math.sqrt((kurtosis - 1) / n))
    law = stats.norm() if shape == 0.0 else stats.uniform(-math.sqrt(3), 2 * math.sqrt(3))
    assert stats.kstest(z, law.cdf).pvalue > 1e-4
    for lag in (1, 2, 3, 10, 100):
        assert within((z[lag:] * z[:-lag]).mean(), 0.0, 1 / math.sqrt(n))
    others = [course(K["white_noise"], [mean, deviation, 0.1, shape], 5, n, element=4),
              course(K["white_noise"], [mean, deviation, 0.1, shape], 6, n)]  # fmt: skip
    for other in others:
        assert within((z * (other - mean) / deviation).mean(), 0.0, 1 / math.sqrt(n))


@pytest.mark.parametrize("time_constant", [0.002, 0.1, 1.0, 30.0])
@pytest.mark.parametrize("first", [0, 10**12])
def test_ornstein_uhlenbeck_noise_obeys_its_exact_recursion(time_constant, first):
    """x(k+1) = a x(k) + sqrt(1 - a^2) xi with a = exp(-hold / tau): what is left of it is white and normal."""
    n, hold = 20_000, 0.1
    z = (course(K["ornstein_uhlenbeck"], [0.2, 0.5, time_constant, hold], 8, n, first) - 0.2) / 0.5
    a = math.exp(-hold / time_constant)
    xi = (z[1:] - a * z[:-1]) / math.sqrt(1 - a * a)
    assert within(xi.mean(), 0.0, 1 / math.sqrt(n))
    assert within(xi.var(), 1.0, math.sqrt(2 / n))
    assert stats.kstest(xi, "norm").pvalue > 1e-4
    for lag in (1, 2, 3, 4, 8, 64, 512):
        assert within((xi[lag:] * xi[:-lag]).mean(), 0.0, 1 / math.sqrt(n))
        assert within((xi[lag:] * z[1:-lag]).mean(), 0.0, 4 / math.sqrt(n))  # nor does it know the past


@pytest.mark.parametrize("index", [0, 5, 511, 512, 10**9])
def test_ornstein_uhlenbeck_noise_is_stationary_over_seeds(index):
    """Mean, variance and covariance at given lags, over many seeds; no sample is special, early or late."""
    n, hold, tau = 4000, 0.1, 1.0
    compiled = build.kernel(K["ornstein_uhlenbeck"].value, "VALUE")
    lags = (1, 3, 10, 40)
    rows = np.array([
        [compiled(np.array([0.0, 1.0, tau, hold, *key(seed, 1)]), (index + lag + 0.5) * hold) for lag in (0, *lags)]
        for seed in range(n)
    ])  # fmt: skip
    assert within(rows[:, 0].mean(), 0.0, 1 / math.sqrt(n))
    assert within(rows[:, 0].var(), 1.0, math.sqrt(2 / n))
    for column, lag in enumerate(lags, start=1):
        rho = math.exp(-lag * hold / tau)
        assert within((rows[:, 0] * rows[:, column]).mean(), rho, math.sqrt((1 + rho * rho) / n))


def test_only_a_bounded_shape_declares_bounds():
    assert K["white_noise"].interval(np.array([1.0, 2.0, 0.1, 0.0])) == (-math.inf, math.inf)
    low, high = K["white_noise"].interval(np.array([1.0, 2.0, 0.1, 1.0]))
    assert (low, high) == pytest.approx((1 - 2 * math.sqrt(3), 1 + 2 * math.sqrt(3)))
    assert K["white_noise"].interval(np.array([1.0, 0.0, 0.1, 0.0])) == (1.0, 1.0)
    assert K["ornstein_uhlenbeck"].interval(np.array([1.0, 2.0, 1.0, 0.1])) == (-math.inf, math.inf)
    assert K["ornstein_uhlenbeck"].interval(np.array([1.0, 0.0, 1.0, 0.1])) == (1.0, 1.0)
