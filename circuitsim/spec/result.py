"""What an analysis finds: numbers for programs, and sentences, tables, matrices and curves for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.spec.bounds import Floats, Ints

NOTHING = -1  # the id of no element


class Level(StrEnum):
    """How much a finding matters."""

    NOTE = "note"  # what is so
    GOOD = "good"  # a condition that holds
    WARNING = "warning"  # what limits the claim
    ALARM = "alarm"  # what is wrong with the circuit or the run


class Style(StrEnum):
    """How a course is drawn."""

    LINE = "line"
    DASHED = "dashed"
    DOTS = "dots"


class Ink(StrEnum):
    """What a course stands for; the theme knows its colour."""

    MAIN = "main"
    OTHER = "other"
    THIRD = "third"
    FOURTH = "fourth"
    ERROR = "error"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about the circuit.

    Attributes:
        text: The sentence.
        level: How much it matters.
        elements: Ids of the elements that it is about; they light up.
    """

    text: str
    level: Level = Level.NOTE
    elements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval and the part of it that a run visits; infinite ends mean that there is none.

    Attributes:
        low: Lower end.
        high: Upper end.
        seen_low: Least value of the run; NaN if there is none.
        seen_high: Greatest value of the run.
        now: Present value; NaN if there is none.
    """

    low: float
    high: float
    seen_low: float
    seen_high: float
    now: float


Value = str | float | Interval


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        title: Its name.
        unit: Unit of its numbers.
        doc: What it says, in one sentence.
        log: True if its intervals are drawn on a logarithmic axis.
    """

    title: str
    unit: str = ""
    doc: str = ""
    log: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values.

    Attributes:
        title: What it lists.
        columns: Its columns.
        rows: One value for every column.
        elements: Ids of what each row is about; `NOTHING` if it is about none.
        links: Ids of what single cells name besides, by row and column.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    elements: tuple[int, ...]
    links: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Numbers by two lists of names, coloured by sign and size.

    Attributes:
        title: Its name.
        doc: What a cell says, in one sentence.
        values: float64[r, c].
        rows: Names of the rows.
        columns: Names of the columns.
        elements: int64[r, c], ids of what each cell is about; `NOTHING` where it is about none.
        unit: Unit of its numbers.
        links: Ids of what single cells are about besides, by row and column.
        remark: Why there is nothing to see in it, in a sentence; empty where there is something.
    """

    title: str
    doc: str
    values: Floats
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    elements: Ints
    unit: str = ""
    links: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    remark: str = ""

    def about(self, i: int, k: int) -> tuple[int, ...]:
        """Ids of all that a cell is about, the first one first."""
        element = int(self.elements[i, k])
        return (() if element == NOTHING else (element,)) + self.links.get((i, k), ())


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One line of a diagram.

    Attributes:
        name: What it is.
        x: float64[k].
        y: float64[k]; NaN interrupts it.
        ink: What it stands for.
        style: How it is drawn.
        element: Id of the element whose it is; `NOTHING` if it is none's.
    """

    name: str
    x: Floats
    y: Floats
    ink: Ink = Ink.MAIN
    style: Style = Style.LINE
    element: int = NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A shaded stretch between two lines of a diagram.

    Attributes:
        name: What it is.
        x: float64[k].
        low: float64[k].
        high: float64[k].
        ink: What it belongs to.
    """

    name: str
    x: Floats
    low: Floats
    high: Floats
    ink: Ink = Ink.QUIET


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """Lines over a common axis.

    Attributes:
        title: What it shows.
        doc: How to read it, in one sentence.
        x_title: Name of the horizontal axis.
        y_title: Name of the vertical axis.
        courses: Its lines.
        bands: Shaded stretches behind them.
        x_unit: Unit of the horizontal axis.
        y_unit: Unit of the vertical axis.
        log_x: True if the horizontal axis is logarithmic.
        log_y: True if the vertical axis is logarithmic.
        view: What of the vertical axis is seen first; None for all of it.
    """

    title: str
    doc: str
    x_title: str
    y_title: str
    courses: tuple[Course, ...]
    bands: tuple[Band, ...] = ()
    x_unit: str = ""
    y_unit: str = ""
    log_x: bool = False
    log_y: bool = False
    view: tuple[float, float] | None = None


Piece = Table | Matrix | Diagram


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What an analysis found.

    Attributes:
        findings: Sentences, the most important first.
        pieces: What is shown.
        values: The numbers by name: arrays, numbers, names. Each analysis says which.
    """

    findings: tuple[Finding, ...]
    pieces: tuple[Piece, ...]
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """One of the numbers, by name.

        Raises:
            KeyError: If there is none of that name.
        """
        return self.values[name]
