"""Static neuron: y = act(sum w x_pre + I + mu), at once and without memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import activation, activation_slope
from circuitsim.dynamics.hulls import nonlinearity, steepest
from circuitsim.dynamics.neurons import _summed
from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import MemorylessKind, Sign

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings

_G, _GE, DRIVE, CURRENT = range(4)  # rows of acc: Channel
BIAS, ACTIVATION = range(2)  # rows of p


def _pack(p: Floats) -> Floats:
    return p


def _output(p: Floats, lo: int, n: int, _t: float, acc: Floats, x: Floats, _lam: Floats, _b: Floats) -> None:
    bias, code = p[0:n], p[n : 2 * n]
    for i in range(n):
        x[lo + i] = activation(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])


def _gradient(p: Floats, lo: int, n: int, _t: float, acc: Floats, _dx: Floats, dacc: Floats) -> None:
    bias, code = p[0:n], p[n : 2 * n]
    for i in range(n):
        slope = activation_slope(code[i], acc[DRIVE, lo + i] + acc[CURRENT, lo + i] + bias[i])
        dacc[DRIVE, lo + i] = slope
        dacc[CURRENT, lo + i] = slope


def _bounds(around: Surroundings) -> Bounds:
    """The output is f of what arrives now, so it stays where f does, wherever it was; it takes no time."""
    bias, code = around.p
    low, high = nonlinearity(around, bias, code)
    at_once = np.zeros(bias.size)
    return Bounds(low, high, at_once, at_once, slope=steepest(code))


KIND = MemorylessKind(
    id="static",
    title="Static neuron",
    doc="A unit of a feed-forward network: its output is f of the summed drive at this very instant. Made for "
    "comparison with the LTC neuron in the paper's form: W and μ stay when a neuron changes between them. Neurons of "
    "this kind may hear one another, but not in a cycle.",
    avoid="Do not use it for anything that must remember: it has no state of its own.",
    equation="y = act(Σ w x_pre + I + μ)",
    signs=(Sign("y", "output"),),
    reference="Rumelhart, Hinton and Williams, Nature 323 (1986) 533, eqs. 1 and 2",
    parameters=(
        _summed.BIAS,
        _summed.ACTIVATION,
    ),
    accepts=_summed.ACCEPTS,
    pack=_pack,
    bounds=_bounds,
    nonlinearity=_summed.nonlinearity,
    state="output",
    output=_output,
    gradient=_gradient,
)  # fmt: skip
