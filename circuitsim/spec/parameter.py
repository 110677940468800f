"""A number declared once, read by kernel, file, inspector, validation, docs and sweeps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from circuitsim.spec.unit import Dimension


@dataclass(frozen=True, slots=True)
class Range:
    """Default and slider ends of a parameter in one unit system."""

    default: float
    slider_low: float
    slider_high: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a neuron, synapse, stimulus or solver.

    Attributes:
        name: Identifier in files and in Python (``leak_conductance``).
        title: Name for people (``leak conductance``).
        symbol: Sign in equations (``gₗ``).
        dimension: What it measures; the circuit's unit system gives the unit.
        liquid: Default and slider ends in the liquid unit system.
        physiological: The same in the physiological system.
        low: Smallest value that makes sense at all.
        high: Largest value that makes sense at all.
        doc: Meaning, in one sentence.
        log: True if sliders and sweeps move by factors rather than by differences.
        choices: Names of the values 0, 1, 2, ... if it is a choice; files hold the name.
        signs: What each choice makes of the symbol in equations; empty if the symbol stays.
        absent: What a file means that does not name it; None if files must name it.
        whole: True if it counts something.
    """

    name: str
    title: str
    symbol: str
    dimension: Dimension
    liquid: Range
    physiological: Range
    low: float
    high: float
    doc: str
    log: bool = False
    choices: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    absent: float | None = None
    whole: bool = False

    def range(self, unit_system: str) -> Range:
        """Default and slider ends in a unit system."""
        return self.physiological if unit_system == "physiological" else self.liquid

    def check(self, value: float) -> str | None:
        """Say what is wrong with a value, as a clause, or return None if it is fine."""
        if not math.isfinite(value):
            return f"{self.title} must be a finite number, not {value}"
        if self.choices:
            if value != int(value) or not 0 <= value < len(self.choices):
                return f"{self.title} must be one of {', '.join(self.choices)}"
            return None
        if self.whole and value != math.floor(value):
            return f"{self.title} must be a whole number, not {value:g}"
        if value < self.low:
            return f"{self.title} must be at least {self.low:g}, not {value:g}"
        if value > self.high:
            return f"{self.title} must be at most {self.high:g}, not {value:g}"
        return None


def number(
    name: str,
    title: str,
    symbol: str,
    dimension: Dimension,
    liquid: tuple[float, float, float],
    physiological: tuple[float, float, float],
    doc: str,
    *,
    low: float = -1e9,
    high: float = 1e9,
    log: bool = False,
    absent: float | None = None,
    whole: bool = False,
) -> Parameter:
    """Declare a number; each tuple is (default, slider low, slider high)."""
    return Parameter(
        name,
        title,
        symbol,
        dimension,
        Range(*liquid),
        Range(*physiological),
        low,
        high,
        doc,
        log,
        absent=absent,
        whole=whole,
    )


def choice(
    name: str,
    title: str,
    symbol: str,
    choices: tuple[str, ...],
    doc: str,
    signs: tuple[str, ...] = (),
    *,
    absent: str | None = None,
) -> Parameter:
    """Declare a choice among names; the first is the default, kernels see its index."""
    last = float(len(choices) - 1)
    both = Range(0.0, 0.0, last)
    meant = None if absent is None else float(choices.index(absent))
    return Parameter(
        name,
        title,
        symbol,
        Dimension.NONE,
        both,
        both,
        0.0,
        last,
        doc,
        choices=choices,
        signs=signs,
        absent=meant,
    )
