"""Rows of an edge list, merged to one weight per connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from circuitsim.io.table_csv import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from circuitsim.io.table_csv import Row

    Pair = tuple[str, str]

SEPARATORS = ",\t;"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "pre", "from"),
    "target": ("target", "post", "to"),
    "weight": ("weight", "synapses", "contacts"),
    "type": ("type", "kind"),
}
_TYPES: Mapping[str, str] = {
    "chemical": "chemical", "chem": "chemical",
    "electrical": "electrical", "elec": "electrical", "gap": "electrical", "gap junction": "electrical",
    "directed": "directed", "directed electrical": "directed", "electrical directed": "directed",
    "directed gap": "directed", "directed gap junction": "directed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edges:
    """What an edge list says.

    Attributes:
        cells: Names in the order in which they appear.
        chemical: Weight by source and target.
        gaps: Weight by the two ends, in the order in which they appear first.
        directed: Weight of directed gap junctions by source and target.
        report: Sentences about what was merged or left out.
    """

    cells: tuple[str, ...]
    chemical: Mapping[Pair, float]
    gaps: Mapping[Pair, float]
    directed: Mapping[Pair, float]
    report: tuple[str, ...]


@dataclass
class _Found:
    chemical: dict[Pair, float] = field(default_factory=dict)
    electrical: dict[Pair, float] = field(default_factory=dict)
    directed: dict[Pair, float] = field(default_factory=dict)
    repeated: list[Pair] = field(default_factory=list)
    weightless: int = 0

    def add(self, kind: str, pair: Pair, weight: float) -> None:
        """File a row; rows of the same connection add up."""
        if weight == 0:
            self.weightless += 1
            return
        tables = {"chemical": self.chemical, "electrical": self.electrical, "directed": self.directed}
        table = tables[kind]
        if pair in table:
            self.repeated.append(pair)
        table[pair] = table.get(pair, 0.0) + weight


def read_edges(path: Path) -> Edges:
    """Read an edge list.

    Columns source, target, weight and type are needed, in any order and case (pre, post, synapses and the like
    mean the same); other columns are ignored. Columns are separated by commas, tabs or semicolons. Rows of the same
    source, target and type add up; rows with weight 0 are left out.

    Raises:
        InputError: If it cannot be read, lacks a column or has a row that makes no sense.
    """
    table = TableReader(path, SEPARATORS, loose=True)
    columns = find_columns(table, COLUMNS, COLUMNS)
    found = _Found()
    cells: dict[str, None] = {}
    for row in table.rows:
        pair = (_cell(table, row, columns["source"]), _cell(table, row, columns["target"]))
        kind = _type(table, row, columns["type"])
        cells.update(dict.fromkeys(pair))
        found.add(kind, pair, _weight(table, row, columns["weight"]))
    gaps, report = _merged(found.electrical)
    directed = {(a, b): weight for (a, b), weight in found.directed.items() if a != b}
    if own := len(found.directed) - len(directed):
        report.append(f"{counted(own, 'directed gap junction')} of a cell with itself left out.")
    if found.repeated:
        example = "{} to {}".format(*found.repeated[0])
        told = counted(len(found.repeated), "row repeats", "rows repeat")
        report.insert(0, f"{told} an earlier one ({example}); the weights were added.")
    if found.weightless:
        report.insert(0, f"{counted(found.weightless, 'row')} with weight 0 left out.")
    return Edges(tuple(cells), found.chemical, gaps, directed, tuple(report))


def find_columns(
    table: TableReader, known: Mapping[str, tuple[str, ...]], needed: Iterable[str]
) -> dict[str, int]:
    """Places of columns by their meaning, whatever the case of the header.

    Raises:
        InputError: If a needed column is missing or a meaning has two columns.
    """
    header = [name.lower() for name in table.header]
    columns: dict[str, int] = {}
    for meaning, names in known.items():
        places = [k for k, name in enumerate(header) if name in names]
        if len(places) > 1:
            both = " and ".join(table.header[k] for k in places[:2])
            raise table.wrong(f"the columns {both} both mean the {meaning}", "remove one of them", line=1)
        columns.update(dict.fromkeys([meaning] if places else [], places[0] if places else 0))
    missing = [meaning for meaning in needed if meaning not in columns]
    if missing:
        there = ", ".join(name for name in table.header if name) or "none"
        problem = f"there is no column {' and no column '.join(missing)} (there are: {there})"
        raise table.wrong(problem, f"name the columns {','.join(known)}", line=1)
    return columns


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: ``1 row``, ``3 rows``."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def _cell(table: TableReader, row: Row, column: int) -> str:
    name = row.fields[column]
    if not name:
        raise table.wrong("the name of a cell is missing", "give it", row.line, table.header[column])
    return name


def _type(table: TableReader, row: Row, column: int) -> str:
    text = row.fields[column]
    kind = _TYPES.get(text.lower().replace("_", " "))
    if kind is None:
        problem = f"there is no type {text!r}" if text else "the type is missing"
        raise table.wrong(problem, "use chemical, electrical or directed", row.line, table.header[column])
    return kind


def _weight(table: TableReader, row: Row, column: int) -> float:
    weight = table.number(row, column)
    if weight < 0:
        problem = f"the weight {row.fields[column]} is negative"
        remedy = "give the number of contacts, and signs in a table of signs"
        raise table.wrong(problem, remedy, row.line, table.header[column])
    return weight


def _merged(electrical: Mapping[Pair, float]) -> tuple[dict[Pair, float], list[str]]:
    """One weight per gap junction: the mean of both directions, or the one that is given."""
    gaps: dict[Pair, float] = {}
    unequal: list[str] = []
    alone = own = 0
    for (a, b), weight in electrical.items():
        back = electrical.get((b, a))
        if a == b:
            own += 1
        elif back is None:
            alone += 1
            gaps[a, b] = weight
        elif (b, a) not in gaps:
            gaps[a, b] = (weight + back) / 2
            unequal += [f"{a} and {b}: {weight:g} and {back:g}"] if weight != back else []
    report = []
    if unequal:
        shown = "; ".join(unequal[:3]) + ("; ..." if len(unequal) > 3 else "")
        what = counted(len(unequal), "gap junction is", "gap junctions are")
        report.append(f"{what} not the same in both directions and got the mean ({shown}).")
    if alone and alone < len(gaps):
        told = counted(alone, "gap junction is", "gap junctions are")
        report.append(f"{told} given in one direction only and taken to be the same in the other.")
    if own:
        report.append(f"{counted(own, 'gap junction')} of a cell with itself left out.")
    return gaps, report
