"""LTC in the paper's form: dx/dt = -x/tau + f (A - x), f = act(sum w x_pre + I + mu).

Trap: tau > 0 and bounded states hold only for f >= 0. With tanh or hard tanh 1/tau + f can be
negative; then the neuron is drawn unstable. The decay |f| of the authors' code avoids it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import activation, activation_slope
from circuitsim.dynamics.neurons import _summed
from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import ContinuousKind, Sign
from circuitsim.spec.nonlinearity import Nonlinearity
from circuitsim.spec.parameter import choice
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.spec.bounds import Floats, Surroundings

_G, _GE, DRIVE, CURRENT = range(4)  # rows of acc: Channel
TIME_CONSTANT, TARGET, BIAS, ACTIVATION, DECAY = range(5)  # rows of p
SIGMOID, TANH, RELU, HARD_TANH = range(4)  # values of ACTIVATION
SIGNED, ABSOLUTE = range(2)  # values of DECAY


def _pack(p: Floats) -> Floats:
    """Rows 1/tau, A, mu, activation and decay."""
    return np.concatenate([1.0 / p[TIME_CONSTANT : TIME_CONSTANT + 1], p[TARGET:]])


def _rates(p: Floats, lo: int, n: int, _x: Floats, acc: Floats, lam: Floats, b: Floats) -> None:
    rate, target, bias = p[0:n], p[n : 2 * n], p[2 * n : 3 * n]
    code, decay = p[3 * n : 4 * n], p[4 * n : 5 * n]
    for i in range(n):
        f = activation(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])
        b[lo + i] = f * target[i]
        lam[lo + i] = rate[i] + (abs(f) if decay[i] == ABSOLUTE else f)


def _partials(p: Floats, lo: int, n: int, x: Floats, acc: Floats, dx: Floats, dacc: Floats) -> None:
    rate, target, bias = p[0:n], p[n : 2 * n], p[2 * n : 3 * n]
    code, decay = p[3 * n : 4 * n], p[4 * n : 5 * n]
    for i in range(n):
        z = acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i]
        f = activation(code[i], z)
        side = -1.0 if decay[i] == ABSOLUTE and f < 0.0 else 1.0  # |f| = side f
        dx[lo + i] = -(rate[i] + side * f)
        by_drive = activation_slope(code[i], z) * (target[i] - side * x[lo + i])
        dacc[DRIVE, lo + i] = by_drive
        dacc[CURRENT, lo + i] = by_drive


def _bounds(around: Surroundings) -> Bounds:
    tau, target, bias, code, decay = around.p
    two_signed = (code == TANH) | (code == HARD_TANH)
    signed = two_signed & (decay == SIGNED)
    drive_high = np.maximum(around.drive[1] + around.current[1] + bias, 0.0)
    f_max = np.where(code == RELU, drive_high, 1.0)
    # The equation alone would hold a state between 0 and A whatever f is. But where f has no bound, tau falls to 0,
    # and no step of an explicit solver is small enough to stay there.
    stable = (~signed | (tau < 1.0)) & np.isfinite(f_max)
    with np.errstate(divide="ignore", invalid="ignore"):
        tau_low = 1.0 / (1.0 / tau + f_max)
        end = target * f_max * tau_low
        if_negative = np.where(signed, -target * tau / (1.0 - tau), -end)
        tau_high = np.where(signed, tau / (1.0 - tau), tau)
    other = np.where(two_signed, if_negative, 0.0)
    return Bounds(
        np.where(stable, np.minimum(np.minimum(end, other), around.start), -np.inf),
        np.where(stable, np.maximum(np.maximum(end, other), around.start), np.inf),
        tau_low,
        np.where(signed & (tau >= 1.0), np.inf, tau_high),
        decay_low=np.where(signed, 1.0 / tau - 1.0, 1.0 / tau),
    )


def _nonlinearity(parameters: Mapping[str, float]) -> Nonlinearity:
    """f; where |f| is the decay, that has a kink where f changes its sign."""
    shape = _summed.nonlinearity(parameters)
    if parameters["decay"] == SIGNED or shape.low == 0.0:
        return shape
    kinks = tuple(sorted((*shape.kinks, -parameters["bias"])))
    return Nonlinearity(f"{shape.name} with the decay |f|", kinks, shape.low, shape.high)


KIND = ContinuousKind(
    id="ltc_paper",
    title="LTC neuron, paper's form",
    doc="The neuron of the LTC paper: one nonlinearity f of the summed drive pulls the state towards A and "
    "shortens the time constant.",
    avoid="Do not use tanh or hard tanh with the signed decay and tau of 1 or more: 1/tau + f can become "
    "negative, and the state grows without bound.",
    equation="dx/dt = −(1/τ + d) x + f A,  f = act(Σ w x_pre + I + μ);  τ_sys = τ / (1 + τ d)",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, eq. 1, algorithm 1, theorems 1 and 2; the decay |f| "
    "after the authors' published code",
    parameters=(
        _summed.time_constant("Intrinsic time constant, without any drive."),
        _summed.TARGET,
        _summed.BIAS,
        _summed.ACTIVATION,
        choice(
            "decay", "decay", "d", ("signed", "absolute"),
            "Whether f or |f| adds to the decay; |f| (as in the authors' code) keeps tau positive for tanh.",
            signs=("f", "|f|"),
        ),
    ),
    accepts=_summed.ACCEPTS,
    pack=_pack,
    rates=_rates,
    partials=_partials,
    bounds=_bounds,
    nonlinearity=_nonlinearity,
    state="state",
    signs=(Sign("τ_sys", "time constant of the system", Dimension.TIME),),
)  # fmt: skip
