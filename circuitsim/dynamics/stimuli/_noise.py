"""Parameters of the random stimuli."""

from __future__ import annotations

from circuitsim.spec.parameter import Parameter, number
from circuitsim.spec.unit import Dimension

MEAN = number("mean", "mean", "u₀", Dimension.NONE, (0.0, -2.0, 2.0), (0.0, -2.0, 2.0), "Mean value.")


def deviation(doc: str) -> Parameter:
    """The standard deviation."""
    return number(
        "deviation", "standard deviation", "σ", Dimension.NONE, (0.5, 0.0, 2.0), (0.5, 0.0, 2.0), doc, low=0.0
    )


def hold(usual: float) -> Parameter:
    """How long a value is held; the usual one in ms where time is counted in them."""
    return number(
        "hold", "hold", "Δ", Dimension.TIME, (0.1, 0.01, 2.0), (usual, 1.0, 200.0),
        "How long a value is held; each begin ends a step of the solver.", low=1e-6, log=True,
    )  # fmt: skip
