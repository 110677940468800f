"""Blocks of the recording: rows of the same neurons and inputs, every one of them or one of each group.

A thinned block keeps one true row of a group of rows, for looking back, and the least and the greatest value
that each column took in the group, for drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.report import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from circuitsim.engine.rows import Rows
    from circuitsim.spec.bounds import Floats, Ints

    Floats32 = NDArray[np.float32]

GROUP = 8  # rows that become one
VARIABLES = ("v", "tau", "vinf", "input", "clamp", "gate")
_GREATEST = float(np.finfo(np.float32).max)


class Columns:
    """Which neurons, inputs, clamped neurons and units the columns of a row belong to; compared by identity."""

    def __init__(self, *sorts: tuple[int, ...]) -> None:
        self.sorts = sorts
        self.neurons, self.inputs, self.clamped, self.units = sorts
        n, m, held = len(self.neurons), len(self.inputs), len(self.clamped)
        self.count = 3 * n + m + held + len(self.units)
        firsts = (0, n, 2 * n, 3 * n, 3 * n + m, 3 * n + m + held)
        self.first = dict(zip(VARIABLES, firsts, strict=True))
        place = {i: k for k, i in enumerate(self.neurons)} | {i: k for k, i in enumerate(self.inputs)}
        self._places = dict.fromkeys(VARIABLES, place)
        self._places["clamp"] = {i: k for k, i in enumerate(self.clamped)}
        self._places["gate"] = {i: k for k, i in enumerate(self.units)}

    def of(self, variable: str, elements: Sequence[int]) -> tuple[Ints | slice, Ints | slice]:
        """Columns of a variable, and the places in the sequence of the elements that have one.

        Columns side by side are a slice, and so are the places if all elements have one: both are faster.
        """
        place = self._places[variable]
        known = [k for k, element in enumerate(elements) if element in place]
        first = self.first[variable]
        columns = [first + place[elements[k]] for k in known]
        places = slice(None) if len(known) == len(elements) else np.array(known, dtype=np.int64)
        if columns and columns == list(range(columns[0], columns[0] + len(columns))):
            return slice(columns[0], columns[-1] + 1), places
        return np.array(columns, dtype=np.int64), places


class Block:
    """Consecutive rows. Readers use `filled` rows, as read once; those never change.

    Attributes:
        columns: What the columns are.
        start: Time of the first row.
        t: float64[r], times.
        number: int64[r], numbers of the rows, counted over the whole run.
        values: float64[r, c], states, time constants, targets, inputs, holding currents and gates.
        below: float32[r, c], least value of the group of each row less its own; None if nothing is left out.
        above: float32[r, c], greatest value less its own.
        filled: How many rows there are.
    """

    __slots__ = ("above", "below", "columns", "filled", "number", "start", "t", "values")

    def __init__(self, columns: Columns, t: Floats, number: Ints, values: Floats, filled: int) -> None:
        self.columns = columns
        self.t, self.number, self.values = t, number, values
        self.below: Floats32 | None = None
        self.above: Floats32 | None = None
        self.start = float(t[0]) if filled else 0.0
        self.filled = filled

    @classmethod
    def empty(cls, columns: Columns, rows: int) -> Block:
        """A block with room for so many rows."""
        number = np.empty(rows, dtype=np.int64)
        return cls(columns, np.empty(rows), number, np.empty((rows, columns.count)), 0)

    @property
    def size(self) -> int:
        """How many numbers of eight bytes it takes."""
        thinned = 0 if self.below is None else self.values.size
        return self.t.size + self.number.size + self.values.size + thinned

    def take(self, rows: Rows, begin: int, number: int) -> int:
        """Copy rows from an index on, the first of them of a number; returns the index of the first without room."""
        count = min(rows.t.size - begin, self.t.size - self.filled)
        here, there = slice(self.filled, self.filled + count), slice(begin, begin + count)
        self.t[here] = rows.t[there]
        self.number[here] = np.arange(number, number + count)
        parts = (rows.v, rows.tau, rows.vinf, rows.inputs, rows.clamp, rows.gate)
        np.concatenate([part[there] for part in parts], axis=1, out=self.values[here])
        if not self.filled:
            self.start = float(self.t[0])
        self.filled += count  # last: from here on readers may look at them
        return begin + count

    def trimmed(self) -> Block:
        """The same rows without room for more."""
        if self.filled == self.t.size:
            return self
        kept = slice(self.filled)
        return Block(
            self.columns, self.t[kept].copy(), self.number[kept].copy(), self.values[kept].copy(), self.filled
        )

    def extremes(self) -> tuple[Floats, Floats]:
        """Least and greatest value of the group of each row, both float64[r, c]."""
        if self.below is None or self.above is None:
            return self.values, self.values
        return self.values + self.below, self.values + self.above

    def snapshot(self, row: int) -> Snapshot:
        """The state in a row; serials count downwards from -1, so that no live state has the same."""
        columns = self.columns
        parts = np.split(self.values[row].copy(), list(columns.first.values())[1:])
        v, tau, vinf, inputs, clamp, gate = parts
        serial = -1 - int(self.number[row])
        return Snapshot(
            float(self.t[row]), columns.neurons, v, tau, vinf, columns.inputs, inputs, serial, columns.clamped,
            clamp, columns.units, gate,
        )  # fmt: skip


def thinned(blocks: Sequence[Block]) -> Block:
    """One row of each group of rows of full blocks with the same columns: its first, and the extremes of the group."""
    whole = np.concatenate([block.values for block in blocks])
    low, high = whole, whole
    if blocks[0].below is not None:
        ends = [block.extremes() for block in blocks]
        low, high = (np.concatenate(side) for side in zip(*ends, strict=True))
    first = slice(None, None, GROUP)
    t = np.concatenate([block.t for block in blocks])[first].copy()
    number = np.concatenate([block.number for block in blocks])[first].copy()
    values = whole[first].copy()
    result = Block(blocks[0].columns, t, number, values, len(t))
    result.below = _offset(_folded(np.fmin, low), values)
    result.above = _offset(_folded(np.fmax, high), values)
    return result


def _folded(smaller: np.ufunc, rows: Floats) -> Floats:
    """The least or the greatest of each group of rows, column by column; NaN and infinity are breaks, no extremes."""
    if not np.isfinite(rows).all():
        rows = np.where(np.isfinite(rows), rows, np.nan)
    result: Floats = rows[::GROUP].copy()
    for k in range(1, GROUP):
        others = rows[k::GROUP]  # the last group may be short
        smaller(result[: len(others)], others, out=result[: len(others)])
    return result


def _offset(ends: Floats, values: Floats) -> Floats32:
    """How far ends lie from values. As a difference it keeps its sign and its zero when it is rounded."""
    with np.errstate(invalid="ignore", over="ignore"):
        away = ends - values
    return np.where(np.isfinite(away), np.clip(away, -_GREATEST, _GREATEST), 0.0).astype(np.float32)
