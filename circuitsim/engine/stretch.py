"""A stretch of the recording, taken at once: what is read from it belongs to the same rows, though the run goes on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.engine.block import Block
    from circuitsim.spec.bounds import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A variable of several neurons or inputs over time, with what lies between the rows that are left.

    Attributes:
        t: float64[k], times of the rows.
        values: float64[n, k], NaN in a stretch in which an element did not exist.
        low: float64[n, k], least value from a row up to the next one; None if no row is left out.
        high: float64[n, k], greatest value.
    """

    t: Floats
    values: Floats
    low: Floats | None
    high: Floats | None


class Stretch:
    """Rows of several blocks, one after the other.

    Attributes:
        t: float64[k], their times.
    """

    def __init__(self, parts: Sequence[tuple[Block, slice]]) -> None:
        """Take blocks, oldest first, and which rows of each."""
        self._parts = parts
        self.t = np.concatenate([block.t[rows] for block, rows in parts]) if parts else np.empty(0)
        self._thin = any(block.below is not None for block, _ in parts)

    def part(self, t0: float, t1: float) -> Stretch:
        """Its rows between two instants, with one before and one after them."""
        begin = max(0, int(self.t.searchsorted(t0)) - 1)
        end = int(self.t.searchsorted(t1, side="right")) + 1
        parts, done = [], 0
        for block, rows in self._parts:
            first, last = max(rows.start, rows.start + begin - done), min(rows.stop, rows.start + end - done)
            if first < last:
                parts.append((block, slice(first, last)))
            done += rows.stop - rows.start
        return Stretch(parts)

    def course(self, variable: str, elements: Sequence[int]) -> Course:
        """A variable of several neurons or inputs.

        Args:
            variable: ``v``, ``tau``, ``vinf``, ``input``, ``clamp`` or ``gate``.
            elements: Ids of the neurons or inputs.
        """
        size = self.t.size, len(elements)  # as blocks hold it, so that no row is taken apart
        values = np.empty(size)
        low, high = (np.empty(size), np.empty(size)) if self._thin else (None, None)
        done = 0
        for of, parts in groupby(self._parts, key=lambda part: part[0].columns):
            columns, known = of.of(variable, elements)
            blocks = [(block, rows, block.values[rows][:, columns]) for block, rows in parts]
            here = slice(done, done + sum(len(own) for _, _, own in blocks))
            done = here.stop
            _put(values[here], known, [own for _, _, own in blocks])
            if low is not None and high is not None:
                ends = [_ends(block, rows, columns, own) for block, rows, own in blocks]
                _put(low[here], known, [end for end, _ in ends])
                _put(high[here], known, [end for _, end in ends])
        if low is None or high is None:
            return Course(self.t, values.T, None, None)
        return Course(self.t, values.T, low.T, high.T)


def _ends(block: Block, rows: slice, columns: Ints | slice, own: Floats) -> tuple[Floats, Floats]:
    """Least and greatest value of the groups of some rows, in some columns, whose own values are known."""
    if block.below is None or block.above is None:
        return own, own
    return own + block.below[rows][:, columns], own + block.above[rows][:, columns]


def _put(rows: Floats, known: Ints | slice, found: Sequence[Floats]) -> None:
    """Write what is found of some columns, piece after piece, into float64[k, n] rows; NaN into the others."""
    if isinstance(known, slice):
        np.concatenate(found, out=rows)
        return
    rows[:] = np.nan
    rows[:, known] = np.concatenate(found)
