"""The example circuits that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.paths import resources

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".circuit.json"


@dataclass(frozen=True, slots=True)
class Example:
    """An example circuit.

    Attributes:
        id: Its name on the command line.
        title: Its name for people.
        path: Its file.
    """

    id: str
    title: str
    path: Path


class _Titled(msgspec.Struct):
    """The only field of a circuit file that a list of examples needs."""

    title: str = ""


def examples() -> tuple[Example, ...]:
    """Every example, sorted by id."""
    found = sorted((resources() / "examples").glob(f"*{_SUFFIX}"))
    return tuple(Example(p.name.removesuffix(_SUFFIX), _title(p), p) for p in found)


def example(name: str) -> Example:
    """The example of an id.

    Raises:
        InputError: If there is none.
    """
    known = {e.id: e for e in examples()}
    if name not in known:
        raise InputError(Issue("", f"there is no example {name!r}", f"use one of: {', '.join(known)}"))
    return known[name]


def _title(path: Path) -> str:
    title = msgspec.json.decode(path.read_bytes(), type=_Titled).title
    return " ".join(title.split()) or path.name.removesuffix(_SUFFIX)
