"""A value at which a run stops by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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


class Watched(NamedTuple):
    """A condition as kernels read it.

    Attributes:
        column: Where its value stands; below 0 nothing is watched.
        numbers: float64[4], see `circuitsim.dynamics.field.crossed`, which writes the last one.
    """

    column: int
    numbers: Floats


def nothing_watched() -> Watched:
    """What kernels read when there is no condition."""
    return Watched(-1, np.zeros(4))


def watched(condition: Condition | None, program: Program) -> Watched:
    """A condition, or none, as kernels read it; the value has not been looked at yet."""
    if condition is None:
        return nothing_watched()
    of_tau = 1.0 if condition.variable == "tau" else 0.0
    side = 1.0 if condition.above else -1.0
    return Watched(program.column(condition.neuron), np.array([of_tau, side, condition.level, 0.0]))
