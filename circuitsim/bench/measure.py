"""Times of several ways to compute one case, taken turn by turn so that a busy moment hits all of them."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from circuitsim.bench._declare import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        lasts: Seconds of the circuit by which the long run of a round is longer than the short one.
    """

    costs: tuple[float, ...]
    begin: float
    lasts: float

    @property
    def cost(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.costs)

    @property
    def spread(self) -> float:
        """Half the distance between the quickest and the slowest round, as a part of the median."""
        return (max(self.costs) - min(self.costs)) / 2 / self.cost


def paces(
    runners: Mapping[str, Runner], *, takes: float = TAKES, rounds: int = ROUNDS
) -> tuple[dict[str, Pace], dict[str, Missing]]:
    """Time runners by name, and tell who fell on the way, and why.

    A run of one unit and a long one differ by what the circuit's time costs; what is done once a run, as making
    arrays of a circuit, cancels out and is told apart.

    Args:
        runners: What to time; who raises Missing is not called again.
        takes: Seconds of a long run, about.
        rounds: How often each is timed.
    """
    going = {name: _Timed(run) for name, run in runners.items()}
    fallen: dict[str, Missing] = {}
    turns: list[Callable[[_Timed], None]] = [partial(_Timed.settle, takes=takes), *[_Timed.round] * rounds]
    for turn in turns:
        for name, timed in list(going.items()):
            try:
                turn(timed)
            except Missing as error:
                fallen[name] = error
                del going[name]
    return {name: timed.pace for name, timed in going.items()}, fallen


@dataclass
class _Timed:
    """A runner and its times so far.

    Attributes:
        run: The runner.
        units: By how many units its long run is longer than the short one.
        costs: Seconds for a second of the circuit, one figure a round.
        begins: Seconds that a run takes besides.
    """

    run: Runner
    units: int = 1
    costs: list[float] = field(default_factory=list)
    begins: list[float] = field(default_factory=list)

    def settle(self, takes: float) -> None:
        """Find a long run that takes about so many seconds more; the first call only warms up."""
        self._seconds(1)
        short, units = self._seconds(1), 1
        while (more := self._seconds(1 + units) - short) < takes / TELLING and units < MOST:
            units *= GROWTH
        self.units = max(1, min(MOST, round(units * takes / max(more, 1e-9))))

    def round(self) -> None:
        """Time it once more."""
        short, long = self._seconds(1), self._seconds(1 + self.units)
        cost = max(long - short, 1e-9) / (self.units * UNIT)
        self.costs.append(cost)
        self.begins.append(max(0.0, short - cost * UNIT))

    @property
    def pace(self) -> Pace:
        """What its rounds say."""
        return Pace(tuple(self.costs), statistics.median(self.begins), self.units * UNIT)

    def _seconds(self, units: int) -> float:
        begun = time.perf_counter()
        self.run(units * UNIT)
        return time.perf_counter() - begun
