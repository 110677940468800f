"""Functions shared by kernels and their numpy twins; plain Python that numba can compile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

TINIEST = 5e-324  # the least number above 0


def copy(numbers: Floats, to: Floats) -> None:
    """Write numbers to the begin of another vector; compiled, a slice on the left would ask for memory to do that."""
    for i in range(numbers.shape[0]):
        to[i] = numbers[i]


def add(factor: float, numbers: Floats, to: Floats) -> None:
    """Add numbers times a factor to the begin of a vector."""
    for i in range(numbers.shape[0]):
        to[i] += factor * numbers[i]


def next_up(x: float) -> float:
    """The next larger number, as `math.nextafter` has it, which compiled code would have to look for."""
    bits = np.float64(x).view(np.int64)
    if x == 0.0:
        return TINIEST
    result: float = np.int64(bits + 1 if x > 0.0 else bits - 1).view(np.float64)
    return result if x < np.inf else x


def next_down(x: float) -> float:
    """The next smaller number."""
    return -next_up(-x)


def sigmoid(z: float) -> float:
    """The logistic function 1 / (1 + exp(-z)), without overflow for any z."""
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def sigmoid_slope(z: float) -> float:
    """The derivative of the logistic function; s (1 - s) would lose its digits where s comes close to 1."""
    e = math.exp(-abs(z))
    return e / ((1.0 + e) * (1.0 + e))


def activation(code: float, z: float) -> float:
    """The activation of the paper's form: 0 sigmoid, 1 tanh, 2 relu, 3 hard tanh."""
    if code == 0.0:
        return sigmoid(z)
    if code == 1.0:
        return math.tanh(z)
    if code == 2.0:
        return max(z, 0.0)
    return min(1.0, max(-1.0, z))


def activation_slope(code: float, z: float) -> float:
    """The derivative of `activation`; at the kinks of relu and hard tanh it is that of the flat side."""
    if code == 0.0:
        return sigmoid_slope(z)
    if code == 1.0:
        return 4.0 * sigmoid_slope(2.0 * z)
    if code == 2.0:
        return 1.0 if z > 0.0 else 0.0
    return 1.0 if -1.0 < z < 1.0 else 0.0
