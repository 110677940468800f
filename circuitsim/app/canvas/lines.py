"""The lines of a drawing as columns, so that thousands are looked through at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from circuitsim.app.canvas.paint.synapse import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from circuitsim.spec.bounds import Floats, Ints

    Bools = NDArray[np.bool_]
    Column = NDArray[Any]

SIGNS = tuple(Sign)


class Connection(NamedTuple):
    """One line of the drawing.

    Attributes:
        id: Of the synapse, or of the output; below 0 for a column of a network, see `blocks`.
        source: Id of the neuron or input where it begins.
        target: Id of the neuron, output or network where it ends.
        sign: What it does to its target.
        strength: Square root of its share of the strongest of its class, 0 to 1.
        bend: Sagitta by length, positive to the right of travel; of a self synapse its angle in degrees.
        silent: Nothing passes through it, since it or one of its ends is muted.
        cut: It is muted itself.
    """

    id: int
    source: int
    target: int
    sign: Sign
    strength: float
    bend: float
    silent: bool = False
    cut: bool = False

    @property
    def leaves(self) -> bool:
        """Whether it ends at an output."""
        return self.sign is Sign.READING and self.id > 0

    @property
    def is_loop(self) -> bool:
        """Whether it ends where it begins."""
        return self.source == self.target

    def touches(self, ids: frozenset[int]) -> bool:
        """Whether it, or one of its ends, is among some elements."""
        return self.id in ids or self.source in ids or self.target in ids


class Lines:
    """Lines as arrays in the same order; single ones become objects when somebody wants them.

    Args:
        columns: The arrays, in the order of the fields of `Connection`; empty for no line.

    Attributes:
        row: Where each of them stands, by its id.
        id: int64[n].
        source: int64[n], ids of the elements where they begin.
        target: int64[n], ids of the elements where they end.
        strength: float64[n].
        bend: float64[n].
        sign: int64[n], places in `SIGNS`.
        silent: bool[n].
        cut: bool[n].
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        none: Column = np.zeros(0, dtype=np.int64)
        self._columns = tuple(columns) or (none,) * len(Connection._fields)
        self.id: Ints = self._columns[0]
        self.source: Ints = self._columns[1]
        self.target: Ints = self._columns[2]
        self.sign: Ints = self._columns[3]
        self.strength: Floats = self._columns[4]
        self.bend: Floats = self._columns[5]
        self.silent: Bools = self._columns[6]
        self.cut: Bools = self._columns[7]
        self.row = dict(zip(self.id.tolist(), range(len(self.id)), strict=True))

    def __len__(self) -> int:
        return len(self.id)

    def __getitem__(self, row: int) -> Connection:
        values = [column[row].item() for column in self._columns]
        values[3] = SIGNS[values[3]]
        return Connection._make(values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lines) and all(map(np.array_equal, self._columns, other._columns))

    __hash__ = None  # type: ignore[assignment]

    def run_alike(self, other: Lines) -> bool:
        """Whether the same lines run between the same ends, whatever they look like."""
        mine, others = ((lines.id, lines.source, lines.target, lines.bend) for lines in (self, other))
        return self is other or all(map(np.array_equal, mine, others))

    @cached_property
    def all(self) -> list[Connection]:
        """The lines themselves."""
        columns = [column.tolist() for column in self._columns]
        columns[3] = [SIGNS[sign] for sign in columns[3]]
        return list(map(Connection._make, zip(*columns, strict=True)))

    @property
    def loop(self) -> Bools:
        """Which of them end where they begin, bool[n]."""
        result: Bools = self.source == self.target
        return result

    def touching(self, ids: Iterable[int]) -> Bools:
        """Which of them are among some elements, or begin or end at one of them, bool[n]."""
        wanted = np.fromiter(ids, dtype=np.int64)
        if not wanted.size:
            return np.zeros(len(self), dtype=np.bool_)
        return np.isin(self.id, wanted) | np.isin(self.source, wanted) | np.isin(self.target, wanted)

    def among(self, ids: Iterable[int]) -> Bools:
        """Which of them are among some elements, or begin and end at such, bool[n]."""
        wanted = np.fromiter(ids, dtype=np.int64)
        return np.isin(self.id, wanted) | np.isin(self.source, wanted) & np.isin(self.target, wanted)
