"""The lines of a drawing as columns, so that thousands are looked through at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from circuitsim.app.canvas.connections import Connection

    Bools = NDArray[np.bool_]


class Lines:
    """Lines, and what they are as arrays in the same order.

    Attributes:
        all: The lines themselves.
        row: Where each of them stands, by its id.
        id: int64[n].
        source: int64[n], ids of the elements where they begin.
        target: int64[n], ids of the elements where they end.
        strength: float64[n].
        bend: float64[n].
    """

    def __init__(self, lines: list[Connection]) -> None:
        self.all = lines
        ids, source, target, _, strength, bend, *_ = zip(*lines, strict=True) if lines else [()] * 6
        self.id, self.source, self.target = (np.array(c, dtype=np.int64) for c in (ids, source, target))
        self.strength, self.bend = (np.array(c, dtype=np.float64) for c in (strength, bend))
        self.row = dict(zip(self.id.tolist(), range(len(lines)), strict=True))

    @property
    def loop(self) -> Bools:
        """Which of them end where they begin, bool[n]."""
        result: Bools = self.source == self.target
        return result

    def touching(self, ids: Iterable[int]) -> Bools:
        """Which of them are among some elements, or begin or end at one of them, bool[n]."""
        wanted = np.fromiter(ids, dtype=np.int64)
        if not wanted.size:
            return np.zeros(len(self.all), dtype=np.bool_)
        return np.isin(self.id, wanted) | np.isin(self.source, wanted) | np.isin(self.target, wanted)

    def among(self, ids: Iterable[int]) -> Bools:
        """Which of them are among some elements, or begin and end at such, bool[n]."""
        wanted = np.fromiter(ids, dtype=np.int64)
        return np.isin(self.id, wanted) | np.isin(self.source, wanted) & np.isin(self.target, wanted)
