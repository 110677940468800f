"""The shape of a verb of the command line, and the types of its arguments."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.spec.words import plain_number

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing the command line can do.

    Attributes:
        id: The word that is typed.
        doc: What it does, in one line.
        declare: Adds its arguments to a parser.
        run: Does it; returns the exit status, raises InputError or RunError.
        hidden: True if the overview leaves it out.
    """

    id: str
    doc: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
    hidden: bool = False


def finite(text: str) -> float:
    """A finite number."""
    try:
        value = plain_number(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a number") from None
    if not math.isfinite(value):
        raise ArgumentTypeError(f"{text} is not a finite number")
    return value


def positive(text: str) -> float:
    """A finite number above 0."""
    value = finite(text)
    if value <= 0:
        raise ArgumentTypeError(f"{text} is not above 0")
    return value


def counted(text: str) -> int:
    """A whole number above 0."""
    try:
        value = int(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a whole number") from None
    if value <= 0:
        raise ArgumentTypeError(f"{text} is not above 0")
    return value


def named(text: str) -> str:
    """A name of a file, which is not empty."""
    if not text:
        raise ArgumentTypeError("a name of a file is missing")
    return text


def seed(text: str) -> int:
    """A whole number from 0 to 2^63 - 1."""
    try:
        value = int(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a whole number") from None
    if not 0 <= value < 2**63:
        raise ArgumentTypeError(f"{text} is not between 0 and 2^63 - 1")
    return value
