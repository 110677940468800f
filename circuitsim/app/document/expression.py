"""Arithmetic with units as people type it: ``2*pi/3``, ``1/0.3``, ``50 ms``, ``10 ms * 7 nS``, ``2*tau``.

A recursive descent over numbers, units, names, functions, brackets and operators; nothing that is typed is ever
executed. Units are carried along, so that what does not fit is noticed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Lookup = Callable[[str], "Quantity | None"]

LONGEST = 200  # characters
DEEPEST = 25  # brackets and signs inside each other
Powers = tuple[float, float, float]
PURE: Powers = (0.0, 0.0, 0.0)

_PREFIXES = {
    "": 1.0, "p": 1e-12, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "μ": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9,
}  # fmt: skip
_BASES: dict[str, tuple[float, Powers]] = {  # size in SI, powers of second, volt and siemens
    "s": (1.0, (1.0, 0.0, 0.0)),
    "V": (1.0, (0.0, 1.0, 0.0)),
    "S": (1.0, (0.0, 0.0, 1.0)),
    "F": (1.0, (1.0, 0.0, 1.0)),
    "A": (1.0, (0.0, 1.0, 1.0)),
    "Hz": (1.0, (-1.0, 0.0, 0.0)),
    "Ohm": (1.0, (0.0, 0.0, -1.0)),
    "Ω": (1.0, (0.0, 0.0, -1.0)),
}
_CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}
_FUNCTIONS: dict[str, tuple[Callable[..., float], int]] = {
    "sqrt": (math.sqrt, 1), "exp": (math.exp, 1), "ln": (math.log, 1), "log": (math.log, 1),
    "log10": (math.log10, 1), "sin": (math.sin, 1), "cos": (math.cos, 1), "tanh": (math.tanh, 1),
    "abs": (abs, 1), "min": (min, 2), "max": (max, 2),
}  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)?|%)"
    r"|(?P<sign>\*\*|[-+*/^(),]))"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in SI units.

    Attributes:
        value: The number.
        powers: Powers of second, volt and siemens in its unit.
    """

    value: float
    powers: Powers = PURE

    def times(self, other: Quantity, power: float = 1.0) -> Quantity:
        """The product with a power of another quantity."""
        seconds, volts, siemens = (a + power * b for a, b in zip(self.powers, other.powers, strict=True))
        return Quantity(self.value * other.value**power, (seconds, volts, siemens))


def unit(word: str) -> Quantity | None:
    """One of a unit such as ``ms`` or ``nS``, or None if there is no such unit."""
    if word == "%":
        return Quantity(0.01)
    for symbol, (size, powers) in _BASES.items():
        if word.endswith(symbol) and word.removesuffix(symbol) in _PREFIXES:
            return Quantity(size * _PREFIXES[word.removesuffix(symbol)], powers)
    return None


def evaluate(
    text: str,
    lookup: Lookup = lambda _name: None,
    own: Quantity = Quantity(1.0),
) -> Quantity:
    """Work out an expression.

    Args:
        text: What was typed.
        lookup: Gives the value of a name such as ``tau`` or ``liquid.capacitance``; None if it knows none.
        own: Unit of a number without unit that is added to one with a unit.

    Raises:
        ValueError: With a clause for people if it makes no sense.
    """
    plain = text.translate({0x2212: "-", 0x00D7: "*", 0x00B7: "*", 0x00F7: "/", 0x00A0: " ", 0x202F: " "})
    if not plain.strip():
        raise ValueError("there is no number")
    if len(plain) > LONGEST:
        raise ValueError(f"the expression has more than {LONGEST} characters")
    try:
        result = _Reader(_tokens(plain), lookup, own).whole()
    except ZeroDivisionError:
        raise ValueError("this divides by zero") from None
    except OverflowError:
        raise ValueError("this number is too large") from None
    if not math.isfinite(result.value):
        raise ValueError(f"{text.strip()!r} has no value")
    return result


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of every token; a comma between digits is a decimal point, except within brackets."""
    if "(" not in text:
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"{text[at:].strip()[:12]!r} is not a number")
        kind = match.lastgroup or ""
        found.append((kind, match[kind]))
        at = match.end()
    return found


class _Reader:
    """Reads tokens from left to right; each method reads what its name says."""

    def __init__(self, tokens: list[tuple[str, str]], lookup: Lookup, own: Quantity) -> None:
        self._tokens, self._lookup, self._own = tokens, lookup, own
        self._at = self._depth = 0

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _take(self, *signs: str) -> str:
        """The sign that comes next if it is one of these, else an empty text."""
        kind, text = self._next()
        if kind == "sign" and text in signs:
            self._at += 1
            return text
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise ValueError(f"{sign!r} is missing" if not self._next()[1] else self._surprise())

    def _surprise(self) -> str:
        return f"{self._next()[1]!r} does not fit there"

    def whole(self) -> Quantity:
        result = self.sum()
        if self._next()[0]:
            raise ValueError(self._surprise())
        return result

    def sum(self) -> Quantity:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("there are too many brackets in each other")
        result = self.product()
        while sign := self._take("+", "-"):
            result, other = self._alike(result, self.product())
            result = Quantity(result.value + (other.value if sign == "+" else -other.value), result.powers)
        self._depth -= 1
        return result

    def _alike(self, a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
        """Two quantities of the same unit; a number without one gets the unit of the field if that helps."""
        if a.powers == b.powers:
            return a, b
        if a.powers == PURE and b.powers == self._own.powers:
            a = a.times(self._own)
        elif b.powers == PURE and a.powers == self._own.powers:
            b = b.times(self._own)
        if a.powers != b.powers:
            raise ValueError("only numbers of the same unit can be added")
        return a, b

    def product(self) -> Quantity:
        result = self.signed()
        while sign := self._take("*", "/"):
            result = result.times(self.signed(), 1.0 if sign == "*" else -1.0)
        return result

    def signed(self) -> Quantity:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        found = self.power()
        return Quantity(-found.value, found.powers) if negative else found

    def power(self) -> Quantity:
        base = self.with_unit()
        if not self._take("^", "**"):
            return base
        exponent = self.signed()
        if exponent.powers != PURE:
            raise ValueError("an exponent has no unit")
        if base.value < 0 and exponent.value % 1:
            raise ValueError("a negative number has no broken power")
        return Quantity(1.0).times(base, exponent.value)

    def with_unit(self) -> Quantity:
        found = self.atom()
        kind, word = self._next()
        if kind != "name":
            return found
        factor = unit(word)
        if factor is None:
            raise ValueError(f"the unit {word!r} is not known")
        self._at += 1
        return found.times(factor)

    def atom(self) -> Quantity:
        kind, text = self._next()
        if kind == "number":
            self._at += 1
            return Quantity(float(text))
        if kind == "name":
            self._at += 1
            return self._named(text)
        if self._take("("):
            inside = self.sum()
            self._expect(")")
            return inside
        raise ValueError(self._surprise() if text else "the end is missing")

    def _named(self, name: str) -> Quantity:
        if name in _FUNCTIONS and self._take("("):
            return self._call(name)
        known = self._lookup(name) or unit(name)
        if known is not None:
            return known
        if name not in _CONSTANTS:
            raise ValueError(f"{name!r} is not a number or a name that is known here")
        return Quantity(_CONSTANTS[name])

    def _call(self, name: str) -> Quantity:
        function, count = _FUNCTIONS[name]
        given = [self.sum()]
        while self._take(","):
            given.append(self.sum())
        self._expect(")")
        if len(given) != count:
            raise ValueError(f"{name} takes {count} number{'s' * (count > 1)}")
        powers = given[0].powers
        keeps = name in ("abs", "min", "max")
        if any(g.powers != (powers if keeps else PURE) for g in given):
            raise ValueError(f"the units within {name} do not fit")
        try:
            return Quantity(function(*(g.value for g in given)), powers)
        except ValueError:
            raise ValueError(f"{name} has no value there") from None
