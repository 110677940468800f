"""Intervals of the nonlinearity f = act(drive + current + mu) of neurons with a summed drive, in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings


def activations(code: Floats, z: Floats) -> Floats:
    """`circuitsim.dynamics.functions.activation` of float64[n] codes and arguments, infinite ones included."""
    sigmoid = 1.0 / (1.0 + np.exp(-np.clip(z, -700.0, 700.0)))
    each = [sigmoid, np.tanh(z), np.maximum(z, 0.0), np.clip(z, -1.0, 1.0)]
    return np.choose(code.astype(np.int64), each)


def steepest(code: Floats) -> Floats:
    """Greatest derivative of each activation, float64[n]: a quarter for the sigmoid, 1 for the others."""
    return np.where(code == 0.0, 0.25, 1.0)


def nonlinearity(around: Surroundings, bias: Floats, code: Floats) -> tuple[Floats, Floats]:
    """Least and greatest f, float64[n] each: every activation grows with its argument, so the ends give the ends."""
    low, high = (around.drive[k] + around.current[k] + bias for k in (0, 1))
    return activations(code, low), activations(code, high)
