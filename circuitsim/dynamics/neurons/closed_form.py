"""Closed-form neuron: x(t) = (x0 - A) exp(-[1/tau + f(I)] t) f(-I) + A, t from the start of the run.

f(I) = s(I + mu), where I is all that arrives (sum w x_pre + current) and s the logistic function. The paper negates the
input and says nothing of a bias; here mu is part of f, so f(-I) = s(-I + mu). Its lemma 1 needs an f that is positive,
grows and stays below 1, so there is no choice of activations.

Nothing of the past is kept: with the numbers of now, the value is what they would have led to from the start of the run
on. A number that changes while it runs, the start state among them, therefore acts at once and on all of the course.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import sigmoid, sigmoid_slope
from circuitsim.dynamics.hulls import activations
from circuitsim.dynamics.neurons import _summed
from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import MemorylessKind, Sign
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings

_G, _GE, DRIVE, CURRENT = range(4)  # rows of acc: Channel
TIME_CONSTANT, TARGET, BIAS, START = range(4)  # rows of p


def _pack(p: Floats) -> Floats:
    """Rows 1/tau, A, mu and x0."""
    return np.concatenate([1.0 / p[TIME_CONSTANT : TIME_CONSTANT + 1], p[TARGET:]])


def _output(p: Floats, lo: int, n: int, t: float, acc: Floats, x: Floats, lam: Floats, b: Floats) -> None:
    rate, target, bias, start = p[0:n], p[n : 2 * n], p[2 * n : 3 * n], p[3 * n : 4 * n]
    for i in range(n):
        drive = acc[DRIVE, lo + i] + acc[CURRENT, lo + i]
        decay = rate[i] + sigmoid(bias[i] + drive)
        x[lo + i] = (start[i] - target[i]) * math.exp(-decay * t) * sigmoid(bias[i] - drive) + target[i]
        lam[lo + i] = decay
        b[lo + i] = decay * target[i]


def _gradient(p: Floats, lo: int, n: int, t: float, acc: Floats, dx: Floats, dacc: Floats) -> None:
    rate, target, bias, start = p[0:n], p[n : 2 * n], p[2 * n : 3 * n], p[3 * n : 4 * n]
    for i in range(n):
        drive = acc[DRIVE, lo + i] + acc[CURRENT, lo + i]
        decay, gate = rate[i] + sigmoid(bias[i] + drive), sigmoid(bias[i] - drive)
        left = (start[i] - target[i]) * math.exp(-decay * t)
        dx[lo + i] = -decay * left * gate
        by_drive = -left * (t * sigmoid_slope(bias[i] + drive) * gate + sigmoid_slope(bias[i] - drive))
        dacc[DRIVE, lo + i] = by_drive
        dacc[CURRENT, lo + i] = by_drive


def _bounds(around: Surroundings) -> Bounds:
    """The exponential stays between 0 and 1 and f(-I) below its greatest value, so x stays that close to A."""
    tau, target, bias, start = around.p
    low, high = (around.drive[k] + around.current[k] for k in (0, 1))
    logistic = np.zeros(tau.size)  # code of the activation
    farthest = target + (start - target) * activations(logistic, bias - low)
    slow, fast = (1.0 / tau + activations(logistic, bias + end) for end in (low, high))
    return Bounds(np.minimum(target, farthest), np.maximum(target, farthest), 1.0 / fast, 1.0 / slow)


KIND = MemorylessKind(
    id="closed_form",
    title="Closed-form neuron",
    doc="The closed-form approximation that the CfC network grew out of, for one neuron: a function of the time since "
    "the start of the run and of what arrives now. It approximates the exact solution of an altered equation, "
    "dx/dt = −(1/τ + f) (x − A), not that of the LTC neuron: it heads for A instead of A f / (1/τ + f). It does not "
    "begin at its start state x₀ either, but at (x₀ − A) f(−I) + A. Made for comparison with the LTC neuron in the "
    "paper's form: W, μ, τ, A and x₀ stay when a neuron changes between them.",
    avoid="Do not use it where the past of the input matters: it knows the input of now alone, and after a few time "
    "constants it rests at A whatever arrives.",
    equation="x = (x₀ − A) e^(−(1/τ + f) t) f_neg + A;  D = Σ w x_pre + I,  f = σ(μ + D),  f_neg = σ(μ − D)",
    reference="Hasani et al., Nature Machine Intelligence 4 (2022) 992, arXiv 2106.13898, eq. 2 and lemma 1",
    parameters=(
        _summed.time_constant("Time constant without f: 1/τ is the rate w_τ of the paper."),
        _summed.TARGET,
        _summed.BIAS,
    ),
    accepts=_summed.ACCEPTS,
    pack=_pack,
    bounds=_bounds,
    nonlinearity=_summed.logistic,
    state="state",
    approximates="Approximates dx/dt = −(1/τ + f)(x − A), not the LTC: heads for A, and does not begin at x₀",
    output=_output,
    gradient=_gradient,
    from_start=True,
    signs=(
        Sign("x₀", "start state", Dimension.POTENTIAL),
        Sign("D", "what arrives: the summed drive and the current"),
        Sign("f_neg", "f(−D): what the nonlinearity makes of the opposite of what arrives"),
        Sign("t", "time since the start of the run", Dimension.TIME),
    ),
)  # fmt: skip
