"""Neural ODE: dx/dt = f, f = act(sum w x_pre + I + mu); nothing decays, so there is no time constant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import activation, activation_slope
from circuitsim.dynamics.hulls import nonlinearity, steepest
from circuitsim.dynamics.neurons import _summed
from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import ContinuousKind

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings

_G, _GE, DRIVE, CURRENT = range(4)  # rows of acc: Channel
BIAS, ACTIVATION = range(2)  # rows of p


def _pack(p: Floats) -> Floats:
    return p


def _rates(p: Floats, lo: int, n: int, _x: Floats, acc: Floats, lam: Floats, b: Floats) -> None:
    bias, code = p[0:n], p[n : 2 * n]
    for i in range(n):
        lam[lo + i] = 0.0
        b[lo + i] = activation(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])


def _partials(p: Floats, lo: int, n: int, _x: Floats, acc: Floats, dx: Floats, dacc: Floats) -> None:
    bias, code = p[0:n], p[n : 2 * n]
    for i in range(n):
        slope = activation_slope(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])
        dx[lo + i] = 0.0
        dacc[DRIVE, lo + i] = slope
        dacc[CURRENT, lo + i] = slope


def _bounds(around: Surroundings) -> Bounds:
    """The state is its start plus the integral of f: it never falls where f >= 0 and never rises where f <= 0.

    Nothing else holds it, since nothing decays; so the time constant is infinite.
    """
    bias, code = around.p
    low, high = nonlinearity(around, bias, code)
    forever = np.full(bias.size, np.inf)
    return Bounds(
        np.where(low >= 0.0, around.start, -np.inf),
        np.where(high <= 0.0, around.start, np.inf),
        forever,
        forever,
        slope=steepest(code),
    )


KIND = ContinuousKind(
    id="neural_ode",
    title="Neural ODE neuron",
    doc="f of the summed drive is the rate of change itself: the state integrates and never forgets, and there is "
    "neither a time constant nor a state it is heading for. Made for comparison with the LTC neuron in the paper's "
    "form: W and μ stay when a neuron changes between them.",
    avoid="Do not use sigmoid or relu where the state must come back: it can only rise.",
    equation="dx/dt = f,  f = act(Σ w x_pre + I + μ)",
    reference="Chen et al., NeurIPS 2018, arXiv 1806.07366; as compared in Hasani et al., AAAI 2021, "
    "arXiv 2006.04439",
    parameters=(
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
