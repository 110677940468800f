"""Parameters of the neurons whose drive is summed before f: they stay when a neuron changes between these kinds."""

from __future__ import annotations

from circuitsim.spec.parameter import Parameter, choice, number
from circuitsim.spec.unit import Dimension


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
