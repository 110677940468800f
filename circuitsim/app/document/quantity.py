"""Numbers as people read and write them: four digits, a true minus, units with prefixes."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.parameter import Parameter
    from circuitsim.spec.unit import UnitSystem

DIGITS = 4
_NUMBER = re.compile(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*\Z")
_PREFIXES = {
    "": 1.0,
    "p": 1e-12,
    "n": 1e-9,
    "u": 1e-6,
    "µ": 1e-6,
    "μ": 1e-6,
    "m": 1e-3,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
}
_SYMBOLS = {
    Dimension.TIME: "s",
    Dimension.POTENTIAL: "V",
    Dimension.CONDUCTANCE: "S",
    Dimension.CAPACITANCE: "F",
    Dimension.CURRENT: "A",
    Dimension.FREQUENCY: "Hz",
}


def number(value: float, digits: int = DIGITS) -> str:
    """A number with at most so many significant digits and a true minus sign."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.{digits}g}".replace("-", "−")


def steady(value: float) -> str:
    """A number that keeps its width while it changes: for live read-outs."""
    size = abs(value)
    if not math.isfinite(value) or size >= 1e5 or 0 < size < 1e-4:
        return number(value, 3)
    places = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:.{places}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def duration(value: float, system: UnitSystem) -> tuple[str, str]:
    """A time in the circuit's unit as number and unit: below one second in ms."""
    seconds = value * system.si[Dimension.TIME]
    if not math.isfinite(seconds):
        return number(value), system.unit(Dimension.TIME)
    if 0 < abs(seconds) < 1e-3:
        return number(seconds * 1e6, 3), "µs"
    if abs(seconds) < 1.0:
        return number(seconds * 1e3, 3), "ms"
    return number(seconds, 3), "s"


def clock(t: float, system: UnitSystem) -> str:
    """Model time in the circuit's unit, with as many places as a clock needs."""
    return f"{t:.3f}" if system.si[Dimension.TIME] == 1.0 else f"{t:.1f}"


def parse(text: str, dimension: Dimension, system: UnitSystem) -> float:
    """Read a number with an optional unit (``20``, ``20 ms``, ``−0.4``, ``0,4``).

    Raises:
        ValueError: With a clause for people if it is no number or the unit does not fit.
    """
    plain = text.replace("−", "-").replace(",", ".").replace("\u00a0", " ")
    found = _NUMBER.match(plain)
    if found is None:
        raise ValueError(f"{text.strip()!r} is not a number" if text.strip() else "there is no number")
    value, unit = float(found[1]), found[2]
    own = system.unit(dimension)
    if unit in ("", own):
        return value
    if dimension in _SYMBOLS and own:
        symbol = "s" if own == "s" else _SYMBOLS[dimension]
        if unit.endswith(symbol) and unit.removesuffix(symbol) in _PREFIXES:
            return value * _PREFIXES[unit.removesuffix(symbol)] / system.si[dimension]
    wanted = f"use {own}" if own else "this number has no unit"
    raise ValueError(f"the unit {unit!r} does not fit here, {wanted}")


def read(text: str, parameter: Parameter, system: UnitSystem) -> float:
    """Read a value of a parameter.

    Raises:
        ValueError: With a clause for people if it cannot be read or is not allowed.
    """
    value = parse(text, parameter.dimension, system)
    problem = parameter.check(value)
    if problem:
        raise ValueError(problem)
    return value


def to_fraction(value: float, parameter: Parameter, unit_system: str) -> float:
    """Where a value stands on the slider of a parameter, from 0 to 1."""
    low, high = parameter.range(unit_system).slider_low, parameter.range(unit_system).slider_high
    if parameter.log and low > 0:
        if value <= 0:
            return 0.0
        place = math.log(value / low) / math.log(high / low)
    else:
        place = (value - low) / (high - low) if high > low else 0.0
    return min(1.0, max(0.0, place))


def from_fraction(fraction: float, parameter: Parameter, unit_system: str) -> float:
    """The value at a place of the slider, rounded to what a person would type."""
    low, high = parameter.range(unit_system).slider_low, parameter.range(unit_system).slider_high
    if parameter.log and low > 0:
        value = low * (high / low) ** fraction
        return float(f"{value:.3g}")
    value = low + (high - low) * fraction
    step = 10.0 ** math.floor(math.log10((high - low) / 200)) if high > low else 1.0
    return float(f"{round(value / step) * step:.10g}")
