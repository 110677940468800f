"""How fast a trace relaxes: an exponential fitted to a stretch of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

POINTS = 400  # a stretch is thinned to so many
LEAST = 8  # points below which nothing is fitted
RATES = np.geomspace(0.02, 400.0, 90)  # stretch over time constant, where the search begins
SLOWEST = 0.1  # of the same: a slower relaxation cannot be told from a straight line
TOLERANCE = 0.02  # RMS residual over the height of the stretch up to which it is called exponential
ROUNDS = 16  # of weighting down what lies far off, at most
SETTLED = 1e-5  # a round that changes the time constant by a smaller share is the last one
CUT = 6.0  # median residuals beyond which a point is left out
FLAT = 1e-9  # of the values: a stretch that varies less has no time constant
GOLDEN = 0.6180339887498949
HALVINGS = 30


@dataclass(frozen=True)
class Fit:
    """The exponential closest to a stretch.

    Attributes:
        tau: Its time constant, in the unit of the times.
        residual: Root of the mean squared distance, as a share of the height of the stretch.
    """

    tau: float
    residual: float

    @property
    def good(self) -> bool:
        """Whether the stretch may be called exponential."""
        return self.residual <= TOLERANCE and np.isfinite(self.tau)


def fit_exponential(times: Floats, values: Floats) -> Fit | None:
    """Fit ``a + b exp(-t / tau)`` to float64[k] values at float64[k] times; None if there is too little to fit.

    For a given time constant the best a and b are known, so only one number is searched. Points that
    lie far off, for instance where the stretch begins before the relaxation does, weigh less.
    """
    finite = np.isfinite(values)
    times, values = times[finite], values[finite]
    if times.size < LEAST:
        return None
    picked = np.unique(np.linspace(0, times.size - 1, POINTS).astype(int))
    length = float(times[-1] - times[0])
    x, y = (times[picked] - times[0]) / max(length, 1e-300), values[picked]
    height = float(np.ptp(y))
    if height <= FLAT * max(1e-9, float(np.abs(y).max())) or length <= 0.0:
        return None
    y = (y - y[0]) / height
    weights, rate = np.ones_like(y), np.inf
    for _ in range(ROUNDS):
        before, rate = rate, _best_rate(x, y, weights)
        if abs(rate - before) < SETTLED * rate:
            break
        off = np.abs(_residuals(rate, x, y, weights))
        middle = float(np.median(off))
        if middle < 1e-9:
            break
        weights = np.clip(1.0 - (off / (CUT * middle)) ** 2, 0.0, 1.0) ** 2
    residual = float(np.sqrt(np.mean(_residuals(rate, x, y, weights) ** 2)))
    return Fit(length / rate if rate > SLOWEST else np.inf, residual)


def _best_rate(x: Floats, y: Floats, weights: Floats) -> float:
    """The rate of least error: the best of a grid, then a golden section around it."""
    errors = _errors(RATES, x, y, weights)
    best = int(np.argmin(errors))
    low = float(np.log(RATES[max(0, best - 1)]))
    high = float(np.log(RATES[min(RATES.size - 1, best + 1)]))
    for _ in range(HALVINGS):
        ends = np.array([high - GOLDEN * (high - low), low + GOLDEN * (high - low)])
        left, right = _errors(np.exp(ends), x, y, weights)
        low, high = (low, float(ends[1])) if left < right else (float(ends[0]), high)
    return float(np.exp((low + high) / 2))


def _errors(rates: Floats, x: Floats, y: Floats, weights: Floats) -> Floats:
    """Weighted squared error of the best exponential for float64[r] rates."""
    shapes = np.exp(-np.outer(rates, x))
    total = weights.sum()
    shapes = shapes - (shapes @ weights / total)[:, None]
    centred = y - (y @ weights) / total
    common = shapes @ (weights * centred)
    own = np.maximum((shapes**2) @ weights, 1e-300)
    result: Floats = (weights * centred**2).sum() - common**2 / own
    return result


def _residuals(rate: float, x: Floats, y: Floats, weights: Floats) -> Floats:
    shape = np.exp(-rate * x)
    total = weights.sum()
    mean_shape, mean_y = (shape @ weights) / total, (y @ weights) / total
    centred = shape - mean_shape
    slope = (weights * centred) @ (y - mean_y) / max(float((weights * centred) @ centred), 1e-300)
    result: Floats = y - mean_y - slope * centred
    return result
