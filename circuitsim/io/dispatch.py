"""Find the format of a file by the end of its name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from circuitsim.io.format import CircuitFormat, TraceFormat
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.registry import collect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

F = TypeVar("F", CircuitFormat, TraceFormat)


@cache
def circuit_formats() -> Mapping[str, CircuitFormat]:
    """Formats that hold a circuit, by id."""
    return collect("circuitsim.io.circuits", "FORMAT", CircuitFormat)


@cache
def trace_formats() -> Mapping[str, TraceFormat]:
    """Formats that hold traces, by id."""
    return collect("circuitsim.io.traces", "FORMAT", TraceFormat)


def reader(path: Path) -> CircuitFormat:
    """The format that reads a circuit from a file of this name.

    Raises:
        InputError: If there is none.
    """
    return _of(path, _endings(written=False), "a circuit can be read from a file ending in")


def is_foreign(path: Path) -> bool:
    """Whether a file of this name is read with options, so that what is changed cannot be saved in it."""
    forms = [
        f
        for s, f in sorted(_endings(written=False), key=lambda e: -len(e[0]))
        if path.name.lower().endswith(s)
    ]
    return bool(forms and forms[0].options)


def writer(path: Path) -> CircuitFormat:
    """The format that writes a circuit to a file of this name.

    Raises:
        InputError: If there is none.
    """
    return _of(path, _endings(written=True), "a circuit can be written to a file ending in")


def trace_writer(path: Path) -> TraceFormat:
    """The format that writes traces to a file of this name.

    Raises:
        InputError: If there is none.
    """
    suffixes = [(s, f) for f in trace_formats().values() for s in f.suffixes]
    return _of(path, suffixes, "traces can be written to a file ending in")


def _endings(*, written: bool) -> list[tuple[str, CircuitFormat]]:
    """Ends of names of files with circuits, each with its format."""
    forms = circuit_formats().values()
    return [(s, f) for f in forms for s in (f.endings if written else f.suffixes)]


def _of(path: Path, endings: Sequence[tuple[str, F]], can: str) -> F:
    """The format with the longest suffix that fits."""
    name = path.name.lower()
    fitting = [(len(s), f) for s, f in endings if name.endswith(s)]
    if not fitting:
        known = " or ".join(s for s, _ in endings)
        if path.is_dir():
            raise InputError(Issue(str(path), "it is a folder, not a file", "name a file in it"))
        problem = f"its name ends in {path.suffix}" if path.suffix else "its name has no ending"
        raise InputError(Issue(str(path), problem, f"{can} {known}"))
    return max(fitting, key=lambda pair: pair[0])[1]
