"""What the views read: sampled rows of the live run, one writer and many readers.

The writer appends to the last block and publishes the new length after the rows are written; a
reader takes the tuple of blocks and their lengths as they are. So no one ever waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.report import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.engine.session import Rows
    from circuitsim.spec.bounds import Floats

ROWS = 4096  # in a block
MOST_NUMBERS = 16_000_000  # 128 MB; older blocks are given up beyond it
VARIABLES = ("v", "tau", "vinf", "input")


class _Block:
    """Rows of a fixed set of neurons and inputs."""

    def __init__(self, neurons: tuple[int, ...], inputs: tuple[int, ...], number: int) -> None:
        n, m = len(neurons), len(inputs)
        self.number = number  # blocks are counted over the whole run, given up or not
        self.neurons, self.inputs = neurons, inputs
        self.place = {i: k for k, i in enumerate(neurons)} | {i: k for k, i in enumerate(inputs)}
        self.t = np.empty(ROWS)
        self.values = {
            "v": np.empty((ROWS, n)),
            "tau": np.empty((ROWS, n)),
            "vinf": np.empty((ROWS, n)),
            "input": np.empty((ROWS, m)),
        }
        self.filled = 0

    @property
    def numbers(self) -> int:
        return ROWS * (1 + 3 * len(self.neurons) + len(self.inputs))

    def snapshot(self, row: int) -> Snapshot:
        """The state in a row; serials count downwards from -1, so that no live state has the same."""
        v, tau, vinf, inputs = (self.values[name][row] for name in VARIABLES)
        serial = -1 - self.number * ROWS - row
        return Snapshot(float(self.t[row]), self.neurons, v, tau, vinf, self.inputs, inputs, serial)

    def columns(self, variable: str, elements: Sequence[int], begin: int, end: int) -> Floats:
        """Values of elements in some rows, float64[n, k]; NaN for an element that did not exist."""
        whole = self.values[variable]
        result = np.full((len(elements), end - begin), np.nan)
        for k, element in enumerate(elements):
            column = self.place.get(element)
            if column is not None:
                result[k] = whole[begin:end, column]
        return result

    def take(self, rows: Rows, begin: int) -> int:
        """Copy rows from an index on; returns the index of the first one that found no room."""
        count = min(rows.t.size - begin, ROWS - self.filled)
        here, there = slice(self.filled, self.filled + count), slice(begin, begin + count)
        self.t[here] = rows.t[there]
        self.values["v"][here] = rows.v[there]
        self.values["tau"][here] = rows.tau[there]
        self.values["vinf"][here] = rows.vinf[there]
        self.values["input"][here] = rows.inputs[there]
        self.filled += count
        return begin + count


class Recording:
    """Sampled rows of the live run, bounded in size; the oldest are given up first."""

    def __init__(self) -> None:
        self._blocks: tuple[_Block, ...] = ()

    def clear(self) -> None:
        """Forget everything (writer only)."""
        self._blocks = ()

    def append(self, rows: Rows, neurons: tuple[int, ...], inputs: tuple[int, ...]) -> None:
        """Add rows whose columns are these neurons and inputs (writer only)."""
        begin = 0
        while begin < rows.t.size:
            last = self._blocks[-1] if self._blocks else None
            if last is None or last.filled == ROWS or (last.neurons, last.inputs) != (neurons, inputs):
                last = _Block(neurons, inputs, last.number + 1 if last else 0)
                self._blocks = (*self._blocks, last)
                self._shrink()
            begin = last.take(rows, begin)

    def _shrink(self) -> None:
        blocks = self._blocks
        while len(blocks) > 2 and sum(b.numbers for b in blocks) > MOST_NUMBERS:
            blocks = blocks[1:]
        self._blocks = blocks

    def span(self) -> tuple[float, float]:
        """First and last recorded time; (0, 0) if there is nothing."""
        blocks = [b for b in self._blocks if b.filled]
        if not blocks:
            return 0.0, 0.0
        return float(blocks[0].t[0]), float(blocks[-1].t[blocks[-1].filled - 1])

    def at(self, t: float) -> Snapshot | None:
        """The last recorded state at or before a time, the oldest one for earlier times; None if there is none."""
        found = None
        for block in self._blocks:
            filled = block.filled
            if not filled or (found is not None and block.t[0] > t):
                break
            found = block, max(0, int(np.searchsorted(block.t[:filled], t, side="right")) - 1)
        return None if found is None else found[0].snapshot(found[1])

    def before(self, t: float) -> float | None:
        """The last recorded time before a time; None if there is none."""
        for block in reversed(self._blocks):
            k = int(np.searchsorted(block.t[: block.filled], t, side="left"))
            if k:
                return float(block.t[k - 1])
        return None

    def after(self, t: float) -> float | None:
        """The first recorded time after a time; None if there is none."""
        for block in self._blocks:
            k = int(np.searchsorted(block.t[: block.filled], t, side="right"))
            if k < block.filled:
                return float(block.t[k])
        return None

    def read(self, variable: str, element: int, t0: float, t1: float) -> tuple[Floats, Floats]:
        """Times and values of a neuron's or input's variable.

        Args:
            variable: ``v``, ``tau``, ``vinf`` or ``input``.
            element: Id of the neuron or input.
            t0: From here on; one row before it is included, so that a line reaches the edge.
            t1: Up to here; one row after it is included.

        Returns:
            float64[k] times and float64[k] values; NaN marks a stretch in which it did not exist.
        """
        times, values = self.table(variable, (element,), t0, t1)
        return times, values[0]

    def table(self, variable: str, elements: Sequence[int], t0: float, t1: float) -> tuple[Floats, Floats]:
        """Times and values of a variable of several neurons or inputs, read at once.

        Args:
            variable: ``v``, ``tau``, ``vinf`` or ``input``.
            elements: Ids of the neurons or inputs.
            t0: From here on; one row before it is included, so that a line reaches the edge.
            t1: Up to here; one row after it is included.

        Returns:
            float64[k] times and float64[n, k] values; NaN marks a stretch in which one did not exist.
        """
        times: list[Floats] = []
        values: list[Floats] = []
        for block in self._blocks:
            filled = block.filled
            t = block.t[:filled]
            if not filled or t[-1] < t0 or t[0] > t1:
                continue
            begin = max(0, int(np.searchsorted(t, t0)) - 1)
            end = min(filled, int(np.searchsorted(t, t1, side="right")) + 1)
            times.append(t[begin:end])
            values.append(block.columns(variable, elements, begin, end))
        if not times:
            return np.empty(0), np.empty((len(elements), 0))
        return np.concatenate(times), np.concatenate(values, axis=1)
