"""A number, a switch or a choice that decides how something is built, declared once for Python, command line and window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import plain_number

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers = Mapping[str, float]
SWITCH = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Size:
    """What is said before something is built.

    Attributes:
        name: Identifier in Python; the option of the command line has dashes for its underscores.
        title: Name for people.
        doc: Meaning, in one sentence.
        default: What holds where nothing is said.
        low: Least value.
        high: Greatest value.
        whole: True if only whole numbers make sense.
        choices: Names of the values 0, 1, 2, ... if it is a choice; `SWITCH` if it is a switch.
    """

    name: str
    title: str
    doc: str
    default: float
    low: float = 0.0
    high: float = 0.0
    whole: bool = True
    choices: tuple[str, ...] = ()

    @property
    def is_switch(self) -> bool:
        """Whether it is said by yes or no."""
        return self.choices == SWITCH

    def number(self, value: object) -> float:
        """What was given, as a number: a choice may be named, a switch be a truth value.

        Raises:
            InputError: If it is none, or one that makes no sense.
        """
        if isinstance(value, str) and value in self.choices:
            return float(self.choices.index(value))
        try:
            number = plain_number(value) if isinstance(value, str) else float(value)  # type: ignore[arg-type]  # what is no number is refused
        except (TypeError, ValueError, OverflowError):
            number = nan
        if not self.low <= number <= self.high or (self.whole and number != int(number)):
            said = value if isinstance(value, str) else repr(value)
            raise InputError(Issue(self.name, f"it cannot be {said or 'nothing'}", f"give {self.range}"))
        return number

    @property
    def range(self) -> str:
        """What may be given, in words."""
        if self.choices:
            return f"one of: {', '.join(self.choices)}"
        return f"a {'whole ' if self.whole else ''}number from {self.low:.10g} to {self.high:.10g}"


def whole(name: str, title: str, default: int, low: int, high: int, doc: str) -> Size:
    """Declare a whole number."""
    return Size(name, title, doc, float(default), float(low), float(high))


def part(name: str, title: str, default: float, low: float, high: float, doc: str) -> Size:
    """Declare a number that need not be whole."""
    return Size(name, title, doc, default, low, high, whole=False)


def chosen(name: str, title: str, choices: tuple[str, ...], doc: str, default: int = 0) -> Size:
    """Declare a choice."""
    return Size(name, title, doc, float(default), 0.0, len(choices) - 1.0, choices=choices)


def switch(name: str, title: str, doc: str, *, on: bool) -> Size:
    """Declare a switch."""
    return chosen(name, title, SWITCH, doc, int(on))


def numbers_of(where: str, sizes: Sequence[Size], given: Mapping[str, object]) -> dict[str, float]:
    """Every number by name: what is given, and defaults.

    Raises:
        InputError: If something is given that does not exist or makes no sense.
    """
    known = {size.name: size for size in sizes}
    for name in given:
        if name not in known:
            raise InputError(Issue(where, f"it has no {name!r}", f"use one of: {', '.join(known)}"))
    return {name: size.number(given[name]) if name in given else size.default for name, size in known.items()}
