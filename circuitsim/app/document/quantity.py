"""Numbers as people read and write them: four digits, a true minus, units with prefixes."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.document.expression import PURE, Quantity, evaluate, unit
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.document.expression import Lookup
    from circuitsim.spec.parameter import Parameter, Range
    from circuitsim.spec.unit import UnitSystem

DIGITS = 4
MINUS = re.compile(r"(?<!\w)-(?=\d)|(?<=\de)-(?=\d)")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?\Z")
_LAST_WORD = re.compile(r"(.*[\d)\s])([^\W\d]\w*)\s*\Z", re.DOTALL)
EXACT = 14  # significant digits kept of a number that was converted
_short_times = True


def set_times(*, short: bool) -> None:
    """Show times below a second in ms or µs from now on, or all of them in the circuit's unit."""
    global _short_times
    _short_times = short


def number(value: float, digits: int = DIGITS) -> str:
    """A number with at most so many significant digits and a true minus sign."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.{digits}g}".replace("-", "−")


def typeset(text: str) -> str:
    """A text whose numbers have true minus signs."""
    return MINUS.sub("−", text)


def span(low: float, high: float) -> str:
    """Several values as the range they take, with few digits."""
    return f"{number(low, 2)}…{number(high, 2)}"


def steady(value: float) -> str:
    """A number that keeps its width while it changes: for live read-outs."""
    size = abs(value)
    if not math.isfinite(value) or size >= 1e5 or 0 < size < 1e-4:
        return number(value, 3)
    places = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:.{places}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def duration(value: float, system: UnitSystem) -> tuple[str, str]:
    """A time in the circuit's unit as number and unit: below one second in ms, unless `set_times` says otherwise."""
    seconds = value * system.si[Dimension.TIME]
    if not math.isfinite(seconds) or not _short_times:
        return number(value), system.unit(Dimension.TIME)
    if 0 < abs(seconds) < 1e-3:
        return number(seconds * 1e6, 3), "µs"
    if abs(seconds) < 1.0:
        return number(seconds * 1e3, 3), "ms"
    return number(seconds, 3), "s"


def clock(t: float, system: UnitSystem) -> str:
    """Model time in the circuit's unit, with as many places as a clock needs."""
    return f"{t:.3f}" if system.si[Dimension.TIME] == 1.0 else f"{t:.1f}"


def parse(text: str, dimension: Dimension, system: UnitSystem, lookup: Lookup = lambda _name: None) -> float:
    """Read a number or an expression, with units or without (``20``, ``50 ms``, ``2*pi/3``, ``−0,4``).

    Args:
        text: What was typed.
        dimension: What the number measures.
        system: The units of the circuit; a number without unit is in the one of them.
        lookup: Gives the value of names, see `expression.evaluate`.

    Raises:
        ValueError: With a clause for people if it is no number or the unit does not fit.
    """
    own = system.unit(dimension)
    plain = text.replace("−", "-").strip()
    bare = plain.removesuffix(own).rstrip()
    if _PLAIN.match(bare):  # no detour over SI, which would cost the last digit
        value = float(bare.replace(",", "."))
        if math.isinf(value):
            raise ValueError("this number is too large")
        return value
    if own.startswith("1/") and plain.endswith(own):
        plain = f"{bare} /{own[2:]}"
    target = evaluate(own) if own else Quantity(1.0)
    found = evaluate(plain, lookup, target)
    if found.powers not in (target.powers, PURE):
        found = _as_last_unit(plain, lookup, target) or found
    if found.powers == PURE:
        return found.value
    if found.powers != target.powers:
        wanted = f"use {own}" if own else "this number has no unit"
        raise ValueError(f"the unit of {text.strip()!r} does not fit here, {wanted}")
    return float(f"{found.value / target.value:.{EXACT}g}")


def _as_last_unit(text: str, lookup: Lookup, target: Quantity) -> Quantity | None:
    """``1/3 ms`` read as a third of a millisecond, if a unit at the end would fit the whole."""
    split = _LAST_WORD.match(text)
    last = unit(split[2]) if split is not None else None
    if split is None or last is None or last.powers != target.powers:
        return None
    rest = evaluate(split[1], lookup, target)
    return rest.times(last) if rest.powers == PURE else None


def quantity(value: float, dimension: Dimension, system: UnitSystem) -> Quantity:
    """A number of the circuit as an expression takes it."""
    own = system.unit(dimension)
    return Quantity(value).times(evaluate(own)) if own else Quantity(value)


def changed(
    values: Sequence[float], sign: str, rest: str, parameter: Parameter, system: UnitSystem
) -> list[float] | None:
    """What `read` makes of ``x * (1.1)`` for many x at once; None if it would refuse one, or if not only x differs.

    Args:
        values: One x for each.
        sign: ``*``, ``/``, ``+`` or ``-``.
        rest: What was typed behind it.
        parameter: What is changed.
        system: Units of the circuit.
    """
    own, names = system.unit(parameter.dimension), list[str]()
    target = evaluate(own) if own else Quantity(1.0)
    try:
        by = evaluate(
            f"1 * ({rest})", names.append, target
        )  # which knows no name, and notes that one was asked for
        factor = by.value ** (1.0 if sign == "*" else -1.0) if sign in "*/" else 1.0
    except (ValueError, ArithmeticError):
        return None
    found = np.array(values) * target.value
    if names or by.powers not in (PURE, PURE if sign in "*/" else target.powers):
        return None
    with np.errstate(all="ignore"):
        if sign in "*/":
            found = found * factor
        else:
            by = by if by.powers == target.powers else by.times(target)
            found = found + by.value if sign == "+" else found - by.value
        found = found if target.powers == PURE else found / target.value
    result = found.tolist()
    if target.powers != PURE:
        result = [float(f"{value:.{EXACT}g}") for value in result]
    return None if any(parameter.check(value) for value in result) else result


def sentence(error: ValueError) -> str:
    """The clause of an error as a sentence of its own, for below a field."""
    clause = str(error)
    return f"{clause[:1].upper()}{clause[1:]}."


def time_above_zero(text: str, system: UnitSystem) -> float:
    """Read a length of time.

    Raises:
        ValueError: With a clause for people if it cannot be read or is no length.
    """
    value = parse(text, Dimension.TIME, system)
    if value <= 0:
        raise ValueError("use a time above 0")
    return value


def read(text: str, parameter: Parameter, system: UnitSystem, lookup: Lookup = lambda _name: None) -> float:
    """Read a value of a parameter.

    Raises:
        ValueError: With a clause for people if it cannot be read or is not allowed.
    """
    value = parse(text, parameter.dimension, system, lookup)
    problem = parameter.check(value)
    if problem:
        raise ValueError(problem)
    return value


def to_fraction(value: float, ends: Range, log: bool) -> float:
    """Where a value stands on a slider, from 0 to 1."""
    low, high = ends.slider_low, ends.slider_high
    if log and low > 0:
        if value <= 0:
            return 0.0
        place = math.log(value / low) / math.log(high / low)
    else:
        place = (value - low) / (high - low) if high > low else 0.0
    return min(1.0, max(0.0, place))


def from_fraction(fraction: float, ends: Range, log: bool) -> float:
    """The value at a place of a slider, rounded to what a person would type."""
    low, high = ends.slider_low, ends.slider_high
    if log and low > 0:
        value = low * (high / low) ** fraction
        return float(f"{value:.3g}")
    value = low + (high - low) * fraction
    step = 10.0 ** math.floor(math.log10((high - low) / 200)) if high > low else 1.0
    return float(f"{round(value / step) * step:.10g}")


def round_step(value: float, direction: int, ends: Range, *, log: bool, coarse: bool = False) -> float:
    """The next value when somebody steps up (1) or down (-1).

    A logarithmic one walks through 1, 2, 5, 10 or, coarsely, by a factor of ten; another one goes by about a
    hundredth of its slider, or a tenth.
    """
    if not log:
        step = _near_125((ends.slider_high - ends.slider_low) / 100) * (10 if coarse else 1)
        return float(f"{value + direction * step:.10g}")
    if value <= 0:
        return ends.slider_low if direction > 0 else 0.0
    if coarse:
        return float(f"{value * 10.0**direction:.10g}")
    exponent = math.floor(math.log10(value))
    steps = [float(f"{m}e{exponent + k}") for k in (-1, 0, 1) for m in (1, 2, 5)]
    if direction > 0:
        return min(s for s in steps if s > value * (1 + 1e-9))
    return max(s for s in steps if s < value * (1 - 1e-9))


def _near_125(size: float) -> float:
    """The largest of 1, 2, 5, 10 … that is not above a size."""
    if size <= 0:
        return 1.0
    exponent = math.floor(math.log10(size) + 1e-9)
    return max(
        float(f"{m}e{exponent}") for m in (1, 2, 5) if m == 1 or m * 10.0**exponent <= size * (1 + 1e-9)
    )
