"""Functions shared by kernels and their numpy twins; plain Python that numba can compile."""

from __future__ import annotations

import math


def sigmoid(z: float) -> float:
    """The logistic function 1 / (1 + exp(-z)), without overflow for any z."""
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def activation(code: float, z: float) -> float:
    """The activation of the paper's form: 0 sigmoid, 1 tanh, 2 relu, 3 hard tanh."""
    if code == 0.0:
        return sigmoid(z)
    if code == 1.0:
        return math.tanh(z)
    if code == 2.0:
        return max(z, 0.0)
    return min(1.0, max(-1.0, z))
