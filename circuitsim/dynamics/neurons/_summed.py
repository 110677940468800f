"""Parameters of the neurons whose drive is summed before f: they stay when a neuron changes between these kinds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.spec.nonlinearity import Nonlinearity
from circuitsim.spec.parameter import Parameter, choice, number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping


def time_constant(doc: str) -> Parameter:
    """The time constant; kinds differ in what it means."""
    return number(
        "time_constant", "time constant", "τ", Dimension.TIME,
        (1.0, 0.01, 10.0), (50.0, 1.0, 1000.0), doc, low=1e-9, log=True,
    )  # fmt: skip


TARGET = number(
    "target",
    "target",
    "A",
    Dimension.POTENTIAL,
    (1.0, -2.0, 2.0),
    (1.0, -2.0, 2.0),
    "State that f pulls towards.",
)
BIAS = number(
    "bias", "bias", "μ", Dimension.NONE, (0.0, -3.0, 3.0), (0.0, -3.0, 3.0), "Drive that is always there."
)
ACTIVATION = choice(
    "activation",
    "activation",
    "act",
    ("sigmoid", "tanh", "relu", "hard_tanh"),
    "The nonlinearity f.",
    signs=("sigmoid", "tanh", "relu", "hardtanh"),
)
ACCEPTS = frozenset({"weight", "spline_drive", "current"})
SHAPES = (  # of each activation, as a function of its argument
    Nonlinearity("sigmoid", (), 0.0, 1.0),
    Nonlinearity("tanh", (), -1.0, 1.0),
    Nonlinearity("relu", (0.0,), 0.0, math.inf),
    Nonlinearity("hard tanh", (-1.0, 1.0), -1.0, 1.0),
)


def nonlinearity(parameters: Mapping[str, float]) -> Nonlinearity:
    """What f = act(sum + mu) is as a function of the sum of drive and current."""
    shape = SHAPES[int(parameters["activation"])]
    kinks = tuple(kink - parameters["bias"] for kink in shape.kinks)
    return Nonlinearity(shape.name, kinks, shape.low, shape.high)


def logistic(_parameters: Mapping[str, float]) -> Nonlinearity:
    """What f is where there is no choice of activations."""
    return SHAPES[0]
