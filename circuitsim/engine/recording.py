"""What the views read: sampled rows of the live run, one writer and many readers.

The newest rows are all there. Older ones are thinned to one of eight, those before them to one of sixty-four, and so
on, so that memory stays as it is while hours remain to be seen. Thinned rows are true ones, and the extremes of what
was left out stay (`block`).

The writer appends to the last block and publishes its new length after the rows are written. It replaces the tuple of
blocks as a whole, and no block in it is ever changed but for that length: a reader that takes the tuple sees each
stretch of time once, and no one ever waits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.block import GROUP, Block, Columns, thinned
from circuitsim.engine.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.engine.report import Snapshot
    from circuitsim.engine.rows import Rows
    from circuitsim.engine.stretch import Course
    from circuitsim.spec.bounds import Floats

BUDGET = 4_000_000  # numbers of eight bytes, 32 MB; large circuits need more for the least rows of a block
TIERS = 5  # one of 1, 8, 64, 512 and 4096 rows
FULL = 64  # blocks that keep every row
THIN = 12  # blocks of each tier that is thinned; they cost twice
AT_ONCE = 600_000  # numbers that are thinned at once, so that no command waits for it longer than for a slice
LEAST, MOST = 16, 512  # rows of a block; 64 blocks of 512 last 80 s at the usual 400 rows a second


def rows_of_block(columns: int) -> int:
    """How many rows a block has room for, so that all tiers together keep the budget."""
    blocks = FULL + 1 + (TIERS - 1) * 2 * (THIN + 1)
    fitting = BUDGET // (blocks * (columns + 2)) // GROUP * GROUP
    return min(max(fitting, LEAST), MOST)


class Recording:
    """Sampled rows of the live run, bounded in size: the older, the fewer.

    Attributes:
        edition: Changes when everything was forgotten; within one, what is recorded of an instant stays.
    """

    def __init__(self) -> None:
        self.edition = 0
        self._blocks: tuple[Block, ...] = ()  # what readers see: oldest first
        self._tiers: list[list[Block]] = [
            [] for _ in range(TIERS)
        ]  # the writer's own: all rows, one of 8, ...
        self._count = 0  # of rows so far

    # the writer ---------------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget everything (writer only)."""
        self._blocks = ()
        self._tiers = [[] for _ in range(TIERS)]
        self._count = 0
        self.edition += 1  # last: who sees it must not see old rows any more

    def append(
        self,
        rows: Rows,
        neurons: tuple[int, ...],
        inputs: tuple[int, ...],
        clamped: tuple[int, ...] = (),
        units: tuple[int, ...] = (),
    ) -> None:
        """Add rows whose columns are these neurons, inputs, clamped neurons and units (writer only)."""
        sorts = (neurons, inputs, clamped, units)
        begin, newest = 0, self._tiers[0]
        while begin < rows.t.size:
            last = newest[-1] if newest else None
            same = last is not None and last.columns.sorts == sorts
            if last is not None and same and last.filled < last.t.size:
                taken = last.take(rows, begin, self._count)
            else:
                columns = last.columns if last is not None and same else Columns(*sorts)
                block = Block.empty(columns, rows_of_block(columns.count))
                taken = block.take(rows, begin, self._count)
                self._add(block)
            self._count += taken - begin
            begin = taken

    def _add(self, block: Block) -> None:
        """Begin a block; older ones make room."""
        newest = self._tiers[0]
        if newest:
            newest[-1] = newest[-1].trimmed()
        newest.append(block)
        largest = max(b.columns.count for b in chain(*self._tiers))
        unit = rows_of_block(largest) * (largest + 2)
        for k, tier in enumerate(self._tiers):
            room = unit * (2 * THIN if k else FULL)
            while len(tier) > 1 and sum(b.size for b in tier) > room:
                self._thin(k)
        self._blocks = tuple(chain(*reversed(self._tiers)))

    def _thin(self, k: int) -> None:
        """Let the oldest blocks of a tier become one of the next; those of the last are given up."""
        tier = self._tiers[k]
        if k == TIERS - 1:
            del tier[0]
            return
        columns = tier[0].columns
        alike = next((i for i, block in enumerate(tier) if block.columns is not columns), len(tier))
        count = _portion(tier[: min(alike, len(tier) - 1)])  # the newest may still be filled
        self._tiers[k + 1].append(thinned(tier[:count]))
        del tier[:count]

    # readers ------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many numbers of eight bytes it takes."""
        return sum(block.size for block in self._blocks)

    def span(self) -> tuple[float, float]:
        """First and last recorded time; (0, 0) if there is nothing."""
        blocks = self._blocks
        if not blocks:
            return 0.0, 0.0
        return blocks[0].start, float(blocks[-1].t[blocks[-1].filled - 1])

    def at(self, t: float) -> Snapshot | None:
        """The last recorded state at or before a time, the oldest one for earlier times; None if there is none."""
        blocks = self._blocks
        if not blocks:
            return None
        block = blocks[max(0, bisect_right(blocks, t, key=_start) - 1)]
        return block.snapshot(max(0, int(np.searchsorted(block.t[: block.filled], t, side="right")) - 1))

    def before(self, t: float) -> float | None:
        """The last recorded time before a time; None if there is none."""
        blocks = self._blocks
        k = bisect_left(blocks, t, key=_start)
        if k == 0:
            return None
        block = blocks[k - 1]  # its first row is one, at least
        return float(block.t[int(np.searchsorted(block.t[: block.filled], t, side="left")) - 1])

    def after(self, t: float) -> float | None:
        """The first recorded time after a time; None if there is none."""
        blocks = self._blocks
        for block in blocks[max(0, bisect_right(blocks, t, key=_start) - 1) :]:
            filled = block.filled
            k = int(np.searchsorted(block.t[:filled], t, side="right"))
            if k < filled:
                return float(block.t[k])
        return None

    def earlier(self, t: float, rows: int) -> float:
        """The time of the row that is about so many rows before a time; that of the first one if there are fewer."""
        blocks, left = self._blocks, rows
        for block in reversed(blocks[: bisect_right(blocks, t, key=_start)]):
            left -= block.filled
            if left <= 0:
                return block.start
        return blocks[0].start if blocks else 0.0

    def read(self, variable: str, element: int, t0: float, t1: float) -> tuple[Floats, Floats]:
        """Times and values of a neuron's or input's variable.

        Args:
            variable: ``v``, ``tau``, ``vinf``, ``input``, ``clamp`` or ``gate``.
            element: Id of the neuron or input.
            t0: From here on; one row before it is included, so that a line reaches the edge.
            t1: Up to here; one row after it is included.

        Returns:
            float64[k] times and float64[k] values; NaN marks a stretch in which it did not exist.
        """
        course = self.course(variable, (element,), t0, t1)
        return course.t, course.values[0]

    def course(self, variable: str, elements: Sequence[int], t0: float, t1: float) -> Course:
        """A variable of several neurons or inputs, read at once.

        Args:
            variable: ``v``, ``tau``, ``vinf``, ``input``, ``clamp`` or ``gate``.
            elements: Ids of the neurons or inputs.
            t0: From here on; one row before it is included, so that a line reaches the edge.
            t1: Up to here; one row after it is included.
        """
        return self.stretch(t0, t1).course(variable, elements)

    def stretch(self, t0: float, t1: float) -> Stretch:
        """All rows of a stretch of time as they are now, with one row before and one after it."""
        blocks, parts = self._blocks, []
        first = max(0, bisect_left(blocks, t0, key=_start) - 1)
        last = bisect_right(blocks, t1, key=_start)  # the first block that begins after it
        for k, block in enumerate(blocks[first : last + 1], first):
            begin, end = 0, block.filled
            if k == first:
                begin = max(0, int(np.searchsorted(block.t[:end], t0)) - 1)
            if k >= last - 1:
                end = min(end, int(np.searchsorted(block.t[:end], t1, side="right")) + 1)
            parts.append((block, slice(begin, end)))
            if block.t[end - 1] > t1:
                break
        return Stretch(parts)


def _portion(blocks: Sequence[Block]) -> int:
    """How many of some blocks are thinned at once: up to a group, few where they are large, and whole groups of rows."""
    most = max(GROUP, AT_ONCE // blocks[0].columns.count)
    rows = whole = count = 0
    for block in blocks[:GROUP]:
        rows += block.filled
        if count and rows > most:
            break
        count += 1
        if rows % GROUP == 0:
            whole = count
    return whole or count


def _start(block: Block) -> float:
    return block.start
