"""A function of one number, drawn by knots: declared once, read by kernel, file, inspector, validation and docs."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.spec.unit import Dimension

LEAST, MOST = 2, 32  # knots of a curve
APART = 1e-6  # least distance of two knots, so that no slope between them is beyond reckoning
LARGEST = 1e9  # no coordinate of a knot is larger


@dataclass(frozen=True, slots=True)
class Knots:
    """Points through which a curve goes.

    Attributes:
        x: Strictly increasing.
        y: One for each x.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.x)

    def moved(self, k: int, x: float, y: float) -> Knots:
        """The same knots with knot k elsewhere; it keeps its place among them."""
        return Knots((*self.x[:k], x, *self.x[k + 1 :]), (*self.y[:k], y, *self.y[k + 1 :]))

    def with_one(self, x: float, y: float) -> tuple[Knots, int]:
        """The knots with another one among them, and which of them that is."""
        k = bisect_right(self.x, x)
        return Knots((*self.x[:k], x, *self.x[k:]), (*self.y[:k], y, *self.y[k:])), k

    def without(self, k: int) -> Knots:
        """The knots without knot k."""
        return Knots((*self.x[:k], *self.x[k + 1 :]), (*self.y[:k], *self.y[k + 1 :]))


@dataclass(frozen=True, slots=True)
class Curve:
    """The one curve of a synapse kind; `dynamics/splines.py` says how it runs between the knots.

    Attributes:
        title: Name for people.
        symbol: Sign in equations.
        across: What x measures; the circuit's unit system gives the unit.
        up: What y measures.
        liquid: Default in the liquid unit system.
        physiological: The same in the physiological system.
        low: Smallest y that makes sense at all.
        high: Largest y that makes sense at all.
        held: True if it levels off at both ends and keeps their values outside; else it goes on in straight lines.
        doc: Meaning, in one sentence.
    """

    title: str
    symbol: str
    across: Dimension
    up: Dimension
    liquid: Knots
    physiological: Knots
    low: float
    high: float
    held: bool
    doc: str

    def default(self, unit_system: str) -> Knots:
        """Knots that a new synapse has in a unit system."""
        return self.physiological if unit_system == "physiological" else self.liquid

    def check(self, knots: Knots) -> str | None:
        """Say what is wrong with knots, as a clause, or return None if they are fine."""
        x, y = knots.x, knots.y
        if len(x) != len(y):
            return f"{self.title} has {len(x)} x for {len(y)} y: every knot needs both"
        if not LEAST <= len(x) <= MOST:
            return f"{self.title} must have {LEAST} to {MOST} knots, not {len(x)}"
        for value in (*x, *y):
            if not math.isfinite(value) or abs(value) > LARGEST:
                return (
                    f"the knots of {self.title} must be finite numbers of at most {LARGEST:g}, not {value:g}"
                )
        for a, b in pairwise(x):
            if b - a < APART:
                how = "are too close" if b > a else "are in the wrong order" if b < a else "are the same"
                return (
                    f"the knots of {self.title} must stand at increasing x, at least {APART:g} apart: "
                    f"{a:.9g} and {b:.9g} {how}"
                )
        for value in y:
            if not self.low <= value <= self.high:
                return f"{self.title} must stay between {self.low:g} and {self.high:g}, not be {value:g}"
        return None
