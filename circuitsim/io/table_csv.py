"""Strict reading of CSV tables: every problem is a sentence with file, line and column."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.validate import LARGEST
from circuitsim.spec.files import read_text
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the file and its fields, stripped."""

    line: int
    fields: tuple[str, ...]


class TableReader:
    """The lines of a CSV file after its header.

    Attributes:
        path: The file.
        header: Names of the columns, stripped.
        rows: The lines, all as long as the header; empty lines are left out.
    """

    def __init__(self, path: Path, separators: str = ",", *, loose: bool = False) -> None:
        """Read a file.

        Args:
            path: The file.
            separators: Signs that may separate columns; the one most often found in the header does.
            loose: Allow columns without a name and columns of the same name, for readers that ignore them.

        Raises:
            InputError: If it cannot be read or is no table.
        """
        self.path = path
        text = read_text(path)
        head = text.lstrip().partition("\n")[0]
        lines = self._lines(text, max(separators, key=head.count))
        first = next(lines, None)
        if first is None:
            raise self.wrong("it is empty", "give it a header and rows")
        self.header = first.fields
        self.rows = list(lines)
        if not loose:
            self._check_header(first.line)
        for row in self.rows:
            if len(row.fields) != len(self.header):
                problem = f"it has {_columns(len(row.fields))}, the header {len(self.header)}"
                raise self.wrong(problem, "complete or correct the line", row.line)
        if not self.rows:
            raise self.wrong("it has a header but no rows", "add rows")

    def number(self, row: Row, column: int) -> float:
        """The number in a column of a line.

        Raises:
            InputError: If there is none, or it is not finite or too large.
        """
        text = row.fields[column]
        try:
            value = plain_number(text)
        except ValueError:
            problem = f"{text!r} is not a number" if text else "the number is missing"
            raise self.wrong(problem, "give a number", row.line, self.header[column]) from None
        if not math.isfinite(value):
            problem = f"{text} is not a finite number"
            raise self.wrong(problem, "give a finite number", row.line, self.header[column])
        if abs(value) > LARGEST:
            remedy = f"give a number of at most {LARGEST:g}"
            raise self.wrong(f"{text[:40]} is too large", remedy, row.line, self.header[column])
        return value

    def wrong(self, problem: str, remedy: str, line: int = 0, column: str = "") -> InputError:
        """The error for a problem in this file, with its place."""
        where = str(self.path)
        if line:
            where += f", line {line}"
        if column:
            where += f", column {column}"
        return InputError(Issue(where, problem, remedy))

    def _lines(self, text: str, separator: str) -> Iterator[Row]:
        reader = csv.reader(text.splitlines(keepends=True), strict=True, delimiter=separator)
        try:
            for fields in reader:
                if any(field.strip() for field in fields):
                    yield Row(reader.line_num, tuple(field.strip() for field in fields))
        except csv.Error as error:
            raise self.wrong(f"this is not CSV ({error})", "correct the line", reader.line_num) from error

    def _check_header(self, line: int) -> None:
        if len(self.header) == 1 and any(sign in self.header[0] for sign in ";\t"):
            raise self.wrong("its columns are not separated by commas", "use commas", line)
        for k, name in enumerate(self.header):
            if not name:
                raise self.wrong(f"column {k + 1} has no name", "name it in the header", line)
            if name in self.header[:k]:
                raise self.wrong(f"there are two columns named {name!r}", "remove one of them", line)


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"
