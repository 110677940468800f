"""What a neuron makes of all that arrives at it together: where that bends sharply, and where it ends."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nonlinearity:
    """A continuous function f of the summed drive and current.

    Attributes:
        name: What it is called inside a sentence.
        kinks: Sums at which the slope of the equation jumps, rising; none if it is smooth.
        low: Least value.
        high: Greatest value.
    """

    name: str
    kinks: tuple[float, ...] = ()
    low: float = -math.inf
    high: float = math.inf

    @property
    def bounded(self) -> bool:
        """Whether it stays between two numbers whatever arrives."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def nearest(self, arriving: float) -> float:
        """How far a sum is from the nearest kink; infinite if there is none."""
        return min((abs(arriving - kink) for kink in self.kinks), default=math.inf)
