"""Tables of input, start states and single stimuli from CSV files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Neuron, Table
from circuitsim.io.table_csv import TableReader
from circuitsim.spec.words import a, listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Named

_HEAD = 4096  # bytes
_FIRST = re.compile(r'"?t"?\s*[,;\t]')


def read_inputs(path: Path, circuit: Circuit) -> dict[str, Table]:
    """Values of inputs over time: a column ``t`` and one column per input name.

    Raises:
        InputError: If the file cannot be read, is no such table or names what is no input.
    """
    table = TableReader(path)
    _expect_time(table)
    if len(table.header) < 2:
        remedy = "add one column per input, named like it"
        raise table.wrong("it has no column besides t", remedy, line=1)
    known = {i.name: i for i in circuit.inputs}
    for name in table.header[1:]:
        if name not in known:
            raise table.wrong(*_stranger(circuit, name, "input", sorted(known)), line=1)
    times = _times(table)
    return {
        name: Table(times, tuple(table.number(row, k) for row in table.rows))
        for k, name in enumerate(table.header[1:], 1)
    }


def read_table(path: Path, name: str = "") -> Table:
    """The times and values of one stimulus: a column ``t`` and one other.

    Args:
        path: The file.
        name: Of the input; among several columns its own is taken (``tap``, or ``input_tap`` as in traces).

    Raises:
        InputError: If the file cannot be read or is no such table.
    """
    table = TableReader(path)
    _expect_time(table)
    column = 1
    if len(table.header) != 2:
        own = [k for k, title in enumerate(table.header) if name and title in (name, f"input_{name}")]
        if len(own) != 1:
            problem = f"it has {len(table.header)} columns instead of t and one other"
            remedy = f"keep two columns or name one of them {name}" if name else "keep two columns"
            raise table.wrong(problem, remedy, line=1)
        column = own[0]
    return Table(_times(table), tuple(table.number(row, column) for row in table.rows))


def read_tables(path: Path, names: Iterable[str]) -> dict[str, Table]:
    """The times and values of several stimuli: a column ``t`` and those that are named like inputs, as in traces too.

    Args:
        path: The file.
        names: Of the inputs; what is named like none of them is left out.

    Raises:
        InputError: If the file cannot be read, is no such table or has a column for none of them.
    """
    table = TableReader(path)
    _expect_time(table)
    columns = {title.removeprefix("input_"): k for k, title in enumerate(table.header) if k}
    columns |= {title: k for k, title in enumerate(table.header) if k}
    found = {name: columns[name] for name in names if name in columns}
    if not found:
        problem = "none of its columns is named like an input"
        raise table.wrong(problem, "name them like the inputs, or drop it on an input", line=1)
    times = _times(table)
    return {
        name: Table(times, tuple(table.number(row, k) for row in table.rows)) for name, k in found.items()
    }


def is_table(path: Path) -> bool:
    """Whether a file begins like a table of times and values; only its beginning is read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    first = head.decode("utf-8-sig", "replace").lstrip().partition("\n")[0]
    return _FIRST.match(first) is not None


def read_initial(path: Path, circuit: Circuit) -> dict[str, float]:
    """Start states by the name of the neuron: columns ``neuron`` and ``value``.

    Raises:
        InputError: If the file cannot be read, is no such table or names what is no neuron.
    """
    table = TableReader(path)
    if table.header != ("neuron", "value"):
        problem = f"its columns are {', '.join(table.header)}"
        raise table.wrong(problem, "name them neuron and value", line=1)
    known = sorted(n.name for n in circuit.neurons)
    lines: dict[str, int] = {}
    for row in table.rows:
        name = row.fields[0]
        if not isinstance(circuit.named(name), Neuron):
            raise table.wrong(*_stranger(circuit, name, "neuron", known), row.line, "neuron")
        if name in lines:
            problem = f"{name} already stands in line {lines[name]}"
            raise table.wrong(problem, "remove one of the two", row.line, "neuron")
        lines[name] = row.line
    return {row.fields[0]: table.number(row, 1) for row in table.rows}


def _expect_time(table: TableReader) -> None:
    if table.header[0] != "t":
        problem = f"the first column is named {table.header[0]!r}"
        raise table.wrong(problem, "let the first column be the time, named t", line=1)


def _times(table: TableReader) -> tuple[float, ...]:
    """The first column, which must increase."""
    times: list[float] = []
    for row in table.rows:
        time = table.number(row, 0)
        if times and time <= times[-1]:
            problem = f"the time {time:.15g} does not come after {times[-1]:.15g} in the row before"
            raise table.wrong(problem, "sort the rows by time and remove doubles", row.line, "t")
        times.append(time)
    return tuple(times)


def _stranger(circuit: Circuit, name: str, wanted: str, known: list[str]) -> tuple[str, str]:
    """Problem and remedy for a name that is not that of an input (or neuron)."""
    found: Named | None = circuit.named(name)
    if found is not None:
        held = type(found).__name__.lower()
        problem = f"{name} is the name of {a(held)}, not of {a(wanted)}"
    else:
        problem = f"the circuit has no {wanted} named {name!r}"
    return problem, f"use {listed(known)}" if known else f"add one, the circuit has no {wanted}s"
