"""A table that says which chemical synapses excite and which inhibit, and the roles of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Role
from circuitsim.io.edge_table import COLUMNS, SEPARATORS, find_columns
from circuitsim.io.table_csv import TableReader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from circuitsim.io.table_csv import Row

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": (*COLUMNS["source"], "neuron", "cell"),
    "target": COLUMNS["target"],
    "sign": ("sign",),
    "role": ("role",),
}
_SIGNS: Mapping[str, int] = {
    "excitatory": 1, "exc": 1, "+": 1, "+1": 1, "1": 1, "1.0": 1, "+1.0": 1,
    "inhibitory": -1, "inh": -1, "-": -1, "-1": -1, "-1.0": -1, "−": -1, "−1": -1,
}  # fmt: skip


@dataclass
class Signs:
    """Signs by source and target; an empty name stands for every cell.

    Attributes:
        signs: +1 or -1 by source and target.
        roles: Role by cell.
    """

    signs: dict[tuple[str, str], int] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)

    def of(self, source: str, target: str) -> int | None:
        """The sign of a synapse: of the pair, else of its source, else of its target, else None."""
        for key in ((source, target), (source, ""), ("", target)):
            if key in self.signs:
                return self.signs[key]
        return None

    @property
    def names(self) -> set[str]:
        """Every cell that it names."""
        return {name for pair in self.signs for name in pair if name} | set(self.roles)


def read_signs(path: Path) -> Signs:
    """Read a table of signs.

    Columns: ``neuron,sign`` gives all synapses that a neuron makes one sign, ``source,target,sign`` that of one
    connection; both may stand in one table, with an empty target or source for all. A column ``role`` may stand
    beside the neuron, and where it does, the sign may be empty.

    Raises:
        InputError: If it cannot be read, has an unknown sign or role, or contradicts itself.
    """
    table = TableReader(path, SEPARATORS, loose=True)
    needed = ("source",) if "role" in map(str.lower, table.header) else ("source", "sign")
    columns = find_columns(table, _COLUMNS, needed)
    result = Signs()
    lines: dict[object, int] = {}
    for row in table.rows:
        source, target, sign, role = (
            row.fields[columns[c]] if c in columns else "" for c in ("source", "target", "sign", "role")
        )
        if not source and not target:
            raise table.wrong("no cell is named", "name a neuron, a source or a target", row.line)
        if not sign and not role:
            raise table.wrong("the sign is missing", "use excitatory or inhibitory", row.line)
        if sign:
            value = _sign(table, row, columns["sign"])
            _once(
                table, row, lines, (source, target), result.signs.setdefault((source, target), value) == value
            )
        if role:
            _role(table, row, columns["role"], target)
            _once(
                table, row, lines, source, result.roles.setdefault(source, Role(role.lower())) == role.lower()
            )
    return result


def _sign(table: TableReader, row: Row, column: int) -> int:
    text = row.fields[column]
    if text.lower() not in _SIGNS:
        raise table.wrong(
            f"{text!r} is not a sign",
            "use excitatory or inhibitory, or +1 or -1",
            row.line,
            table.header[column],
        )
    return _SIGNS[text.lower()]


def _role(table: TableReader, row: Row, column: int, target: str) -> None:
    text = row.fields[column]
    if text.lower() not in list(Role):
        raise table.wrong(
            f"there is no role {text!r}", f"use one of: {', '.join(Role)}", row.line, table.header[column]
        )
    if target:
        raise table.wrong(
            "a connection has no role", "leave the target empty", row.line, table.header[column]
        )


def _once(table: TableReader, row: Row, lines: dict[object, int], key: object, agrees: bool) -> None:
    """Remember the line that says something, and refuse a later one that says the opposite."""
    first = lines.setdefault(key, row.line)
    if not agrees:
        raise table.wrong(f"this contradicts line {first}", "remove one of the two", row.line)
