"""A value at which a run stops by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats

VARIABLES = ("v", "tau")


@dataclass(frozen=True, slots=True)
class Condition:
    """The state or the time constant of a neuron crosses a level.

    Attributes:
        neuron: Id of the neuron.
        variable: ``v`` or ``tau``.
        above: True if it is met when the value rises above the level, False when it falls below.
        level: In the circuit's unit of potential or time.
    """

    neuron: int
    variable: str
    above: bool
    level: float


@dataclass(frozen=True, slots=True)
class Met:
    """A condition that stopped a run.

    Attributes:
        condition: Which one.
        t: End of the step in which it was met.
    """

    condition: Condition
    t: float


def nothing_watched() -> Floats:
    """What kernels read when there is no condition: float64[5], see `circuitsim.dynamics.field.crossed`."""
    return np.array([-1.0, 0.0, 0.0, 0.0, 0.0])


def watched(condition: Condition, program: Program) -> Floats:
    """A condition as kernels read it, float64[5]; the value has not been looked at yet."""
    of_tau = 1.0 if condition.variable == "tau" else 0.0
    side = 1.0 if condition.above else -1.0
    return np.array([program.column(condition.neuron), of_tau, side, condition.level, 0.0])
