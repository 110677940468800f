"""A stretch of the recording, taken at once: what is read from it belongs to the same rows, though the run goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.engine.block import Block
    from circuitsim.spec.bounds import Floats


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

    def course(self, variable: str, elements: Sequence[int]) -> Course:
        """A variable of several neurons or inputs.

        Args:
            variable: ``v``, ``tau``, ``vinf``, ``input``, ``clamp`` or ``gate``.
            elements: Ids of the neurons or inputs.
        """
        values = np.full((len(elements), self.t.size), np.nan)
        low, high = (values.copy(), values.copy()) if self._thin else (None, None)
        done, of = 0, None
        for block, rows in self._parts:
            if block.columns is not of:
                of = block.columns
                columns, known = of.of(variable, elements)
            here = slice(done, done + rows.stop - rows.start)
            done = here.stop
            own = block.values[rows].take(columns, axis=1).T
            values[known, here] = own
            for ends, away in ((low, block.below), (high, block.above)):
                if ends is not None:
                    ends[known, here] = own if away is None else own + away[rows].take(columns, axis=1).T
        return Course(self.t, values, low, high)
