"""Continuous-time recurrent network: dx/dt = -x/tau + f, f = act(sum w x_pre + I + mu); tau is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import activation, activation_slope
from circuitsim.dynamics.hulls import nonlinearity
from circuitsim.dynamics.neurons import _summed
from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import ContinuousKind

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings

_G, _GE, DRIVE, CURRENT = range(4)  # rows of acc: Channel
TIME_CONSTANT, BIAS, ACTIVATION = range(3)  # rows of p


def _pack(p: Floats) -> Floats:
    """Rows 1/tau, mu and activation."""
    return np.concatenate([1.0 / p[TIME_CONSTANT : TIME_CONSTANT + 1], p[BIAS:]])


def _rates(p: Floats, lo: int, n: int, _x: Floats, acc: Floats, lam: Floats, b: Floats) -> None:
    rate, bias, code = p[0:n], p[n : 2 * n], p[2 * n : 3 * n]
    for i in range(n):
        lam[lo + i] = rate[i]
        b[lo + i] = activation(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])


def _partials(p: Floats, lo: int, n: int, _x: Floats, acc: Floats, dx: Floats, dacc: Floats) -> None:
    rate, bias, code = p[0:n], p[n : 2 * n], p[2 * n : 3 * n]
    for i in range(n):
        slope = activation_slope(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])
        dx[lo + i] = -rate[i]
        dacc[DRIVE, lo + i] = slope
        dacc[CURRENT, lo + i] = slope


def _bounds(around: Surroundings) -> Bounds:
    """While f stays in [p, q], dx/dt = (tau f - x) / tau points inwards at both ends of [tau p, tau q].

    So that interval, widened by the start state, is never left (Nagumo's theorem on invariant sets).
    """
    tau, bias, code = around.p
    low, high = nonlinearity(around, bias, code)
    return Bounds(np.minimum(tau * low, around.start), np.maximum(tau * high, around.start), tau, tau)


KIND = ContinuousKind(
    id="ct_rnn",
    title="CT-RNN neuron",
    doc="A unit of a continuous-time recurrent network: f of the summed drive is added, and the time constant is "
    "fixed. Made for comparison with the LTC neuron in the paper's form: W, μ and τ stay when a neuron changes "
    "between them.",
    avoid="Do not use it where the time constant should follow the input.",
    equation="dx/dt = −x/τ + f,  f = act(Σ w x_pre + I + μ)",
    reference="Funahashi and Nakamura, Neural Networks 6 (1993) 801; as compared in Hasani et al., AAAI 2021, "
    "arXiv 2006.04439",
    parameters=(
        _summed.time_constant("Time constant, whatever the drive."),
        _summed.BIAS,
        _summed.ACTIVATION,
    ),
    accepts=_summed.ACCEPTS,
    pack=_pack,
    rates=_rates,
    partials=_partials,
    bounds=_bounds,
    nonlinearity=_summed.nonlinearity,
    state="state",
)  # fmt: skip
