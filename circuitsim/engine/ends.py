"""Where the steps of a run end: on a grid that edges cut, or where a discrete cell is called.

Both are found from the time and from what is drawn alone, so that neither slices nor replay change a bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

import numpy as np

from circuitsim.engine.instants import SPACINGS

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats

SAME = 1e-9  # an instant closer than this part of dt to a grid point replaces it
MOST = 1 << 16  # steps in one stretch


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Steps that follow each other.

    Attributes:
        times: float64[s + 1], where they begin and end.
        spans: float64[s], their lengths.
        counted: Whether their ends are counted, so that every so many of them are sampled.
    """

    times: Floats
    spans: Floats
    counted: bool = True

    @property
    def tiny(self) -> bool:
        """Whether it is a single step that rounding would swallow."""
        return self.spans.size == 1 and bool(self.spans[0] <= SPACINGS * math.ulp(float(self.times[-1])))


class Ends(Protocol):
    """What a session asks for.

    Attributes:
        origin: Where it begins to count.
        k: How many ends there have been since.
    """

    origin: float
    k: int

    def edge(self, program: Program, t: float) -> float:
        """The first instant after t that inputs do not let a step straddle; inf if there is none."""

    def next(self, program: Program, t: float) -> float:
        """Where the step ends that begins at t."""

    def stretch(self, t: float, stop: float, most: int) -> Stretch:
        """At least one step and at most so many from t on, none beyond a stop after t."""


class Grid:
    """Ends at origin + k dt, and at edges of inputs, from which it goes on to the grid.

    Attributes:
        origin: Time of grid point 0.
        k: The last grid point.
    """

    def __init__(self, origin: float, dt: float, k: int = 0) -> None:
        self.origin, self.k, self._dt = origin, k, dt

    def _at(self, k: int) -> float:
        return self.origin + k * self._dt

    def edge(self, program: Program, t: float) -> float:
        """The first instant after t that inputs do not let a step straddle; inf if there is none."""
        return program.next_edge(t)

    def next(self, program: Program, t: float) -> float:
        """Where a whole step ends that begins at t, or the edge in it."""
        return min(t + self._dt, program.next_edge(t))

    def stretch(self, t: float, stop: float, most: int) -> Stretch:
        """Steps of the grid; off it, or just before a stop, a single one."""
        count = self._whole_steps(t, stop, most)
        if count:
            times: Floats = self.origin + np.arange(self.k, self.k + count + 1, dtype=np.float64) * self._dt
            return Stretch(times, np.full(count, self._dt))
        grid = self._at(self.k + 1)
        end = stop if stop <= grid + SAME * self._dt else grid
        counted = abs(end - grid) <= SAME * self._dt
        return Stretch(np.array([t, end]), np.array([end - t]), counted)

    def _whole_steps(self, t: float, stop: float, most: int) -> int:
        """Number of grid steps that can be taken at once: none of them may touch the stop by rounding."""
        if t != self._at(self.k):
            return 0
        count = most
        if math.isfinite(stop):
            count = min(most, max(0, int((stop - self.origin) / self._dt) - self.k + 1))
        while count > 0 and self._at(self.k + count) > stop:
            count -= 1
        end = self._at(self.k + count)
        if count > 0 and end != stop and stop - end <= SAME * self._dt:
            count -= 1
        return count


class Calls:
    """Ends at the rows of tables, and every dt before the first and after the last of them.

    Where rows come at uneven times, nothing says how long the interval of the last one is. There the end of a run that
    has one ends it, however long it is.

    Attributes:
        origin: Where it begins to count.
        k: How many calls there have been since.
    """

    def __init__(
        self, circuit: Circuit, origin: float, dt: float, k: int = 0, end: float | None = None
    ) -> None:
        self.origin, self.k, self._dt = origin, k, dt
        rows = sample_times(circuit, circuit.inputs)
        if end is not None and rows.size > 1 and not even(rows) and end > rows[-1]:
            rows = np.append(rows, end)
        self._rows = rows

    def edge(self, _program: Program, _t: float) -> float:
        """No edge of an input ends a call, since it holds what it read at its beginning."""
        return math.inf

    def next(self, _program: Program, t: float) -> float:
        """Where the call ends that begins at t."""
        return float(self._after(t, 1)[0])

    def stretch(self, t: float, stop: float, most: int) -> Stretch:
        """Calls; the last one ends at the stop if that comes first."""
        ends = self._after(t, most)
        before = ends < stop - SAME * self._dt
        if not before.all():
            ends = np.append(ends[before], stop)
        times = np.concatenate([[t], ends])
        return Stretch(times, elapsed(times, self._dt))

    def _after(self, t: float, most: int) -> Floats:
        """So many ends after t."""
        rows = self._rows
        if not rows.size:
            return self._every(self.origin, t, most)
        first = self._every(self.origin, t, most) if t < rows[0] else rows[:0]
        first = first[first < rows[0] - SAME * self._dt]
        begin = int(np.searchsorted(rows, t, side="right"))
        last = max(float(rows[-1]), self.origin)
        ends = np.concatenate([first, rows[begin : begin + most]])[:most]
        if ends.size < most:
            ends = np.concatenate([ends, self._every(last, max(t, last), most - ends.size)])
        return ends

    def _every(self, origin: float, t: float, most: int) -> Floats:
        """So many of the points origin + k dt that come after t."""
        begin = max(0, math.floor((t - origin) / self._dt) - 1)
        points: Floats = origin + np.arange(begin, begin + most + 4, dtype=np.float64) * self._dt
        return points[points > t + SAME * self._dt][:most]


def elapsed(times: Floats, usual: float) -> Floats:
    """Time from each instant to the next, float64[s]: exactly the usual one where it is that one but for rounding.

    Any other is the difference of the two as they are written, which is rounded once: 0.1 between 1000000.1 and
    1000000.2, whose binary neighbours differ by something else.

    Args:
        times: float64[s + 1], rising.
        usual: The length that most intervals have.
    """
    found: Floats = np.diff(times)
    usually = np.abs(found - usual) <= 4.0 * np.spacing(np.maximum(np.abs(times[1:]), usual))
    found[usually] = usual
    for k in np.flatnonzero(~usually).tolist():
        found[k] = Decimal(repr(float(times[k + 1]))) - Decimal(repr(float(times[k])))
    return found


def sample_times(circuit: Circuit, sources: tuple[Input, ...]) -> Floats:
    """Rising times of the rows of the tables that inputs follow; of those a rounding apart the later one."""
    kinds = circuit.kinds.stimuli
    tables = [source.table for source in sources if kinds[source.stimulus].table]
    parts = [np.array(table.times) for table in tables if table is not None]
    found: Floats = np.unique(np.concatenate(parts)) if parts else np.zeros(0)
    apart = np.diff(found) > SPACINGS * np.spacing(np.abs(found[1:]))
    return found[np.append(apart, True)] if found.size else found


def spacing(circuit: Circuit, solver: str, dt: float) -> float:
    """Time between two ends of steps of a solver, the mean where it calls a cell at the rows of tables."""
    rows = sample_times(circuit, circuit.inputs) if circuit.kinds.solvers[solver].calls else np.zeros(0)
    return float(rows[-1] - rows[0]) / (rows.size - 1) if rows.size > 1 else dt


def even(rows: Floats) -> float:
    """The time from each row to the next if it is always the same but for rounding, else 0.

    Args:
        rows: float64[r], rising.
    """
    if rows.size < 2:
        return 0.0
    first = float(elapsed(rows[:2], 0.0)[0])
    return first if bool((elapsed(rows, first) == first).all()) else 0.0


def last_end(rows: Floats, usual: float) -> float:
    """Where the interval of the last row ends, if it is as long as the one before it; 0 without rows after time 0.

    Args:
        rows: float64[r], rising.
        usual: The length of an interval that has none before it.
    """
    if not rows.size or rows[-1] < 0.0:
        return 0.0
    span = elapsed(rows[-2:], usual)[0] if rows.size > 1 else usual
    return float(Decimal(repr(float(rows[-1]))) + Decimal(repr(float(span))))
