"""Times of several ways to compute one case, taken turn by turn so that a busy moment hits all of them."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.bench._declare import Runner

ROUNDS = 5
TAKES = 1.0  # s that the long run of a round takes, about
UNIT = 0.5  # s of the circuit; runs last whole numbers of it
MOST = 2**20  # units that a run lasts at most
GROWTH = 4  # times a trial run is made longer until it tells something
TELLING = 4  # a trial run that takes this part of the time tells enough


@dataclass(frozen=True)
class Pace:
    """How long a simulator takes.

    Attributes:
        costs: Seconds for a second of the circuit, one figure a round, without what every run takes to begin.
        begin: Seconds that a run takes besides.
    """

    costs: tuple[float, ...]
    begin: float

    @property
    def cost(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.costs)

    @property
    def spread(self) -> float:
        """Half the distance between the quickest and the slowest round, as a part of the median."""
        return (max(self.costs) - min(self.costs)) / 2 / self.cost


def paces(runners: Mapping[str, Runner], *, takes: float = TAKES, rounds: int = ROUNDS) -> dict[str, Pace]:
    """Time runners by name.

    A run of one unit and a long one differ by what the circuit's time costs; what is done once a run, as making
    arrays of a circuit, cancels out and is told apart.

    Args:
        runners: What to time.
        takes: Seconds of a long run, about.
        rounds: How often each is timed.
    """
    lengths = {name: _length(run, takes) for name, run in runners.items()}
    costs: dict[str, list[float]] = {name: [] for name in runners}
    begins: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, run in runners.items():
            short, long = _seconds(run, 1), _seconds(run, 1 + lengths[name])
            cost = max(long - short, 1e-9) / (lengths[name] * UNIT)
            costs[name].append(cost)
            begins[name].append(max(0.0, short - cost * UNIT))
    return {name: Pace(tuple(costs[name]), statistics.median(begins[name])) for name in runners}


def _length(run: Runner, takes: float) -> int:
    """Units of a run that takes about so many seconds more than a run of one; the first call only warms up."""
    _seconds(run, 1)
    short, units = _seconds(run, 1), 1
    while (more := _seconds(run, 1 + units) - short) < takes / TELLING and units < MOST:
        units *= GROWTH
    return max(1, min(MOST, round(units * takes / max(more, 1e-9))))


def _seconds(run: Runner, units: int) -> float:
    begun = time.perf_counter()
    run(units * UNIT)
    return time.perf_counter() - begun
