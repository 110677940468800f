"""The whole comparison, case by case: circuitsim and all that do the same, timed turn by turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from circuitsim.bench import own
from circuitsim.bench._declare import STEP, Missing, Peer
from circuitsim.bench.measure import ROUNDS, TAKES, Pace, paces
from circuitsim.bench.workload import CASES, Workload, workload
from circuitsim.spec.registry import collect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner

END = 10.0  # s, where states are compared


@dataclass(frozen=True)
class Task:
    """What circuitsim and its peers are asked to do.

    Attributes:
        solver: Solver of circuitsim that does it.
        step: Step, s; None where each chooses its own.
        quiet: Whether there are no inputs.
    """

    solver: str
    step: float | None = STEP
    quiet: bool = False


ALWAYS = (Task("rk4"), Task("fused"))  # timed even if nobody else is there


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        case: Id of the case.
        task: What was asked for.
        id: Id of the peer; ``circuitsim`` for circuitsim.
        title: What was run.
        pace: How long it took.
        ratio: What it costs as a multiple of what circuitsim costs in the same rounds.
        error: Greatest distance of a state from the reference at time 10 s.
    """

    case: str
    task: Task
    id: str
    title: str
    pace: Pace
    ratio: float
    error: float


@dataclass(frozen=True)
class Absent:
    """A peer that was not run.

    Attributes:
        id: Its id.
        title: Its name.
        reason: Why, and what to do about it.
    """

    id: str
    title: str
    reason: str


class Told(Protocol):
    """Hears what is done next."""

    def __call__(self, words: str, /) -> None:
        """Take a few words."""


def peers() -> dict[str, Peer]:
    """All peers by id."""
    return collect("circuitsim.bench.peers", "PEER", Peer)


def bench(
    cases: Sequence[str], asked: Sequence[Peer], told: Told, takes: float = TAKES, rounds: int = ROUNDS
) -> Iterator[Row | Absent]:
    """Compare, and give each figure as soon as it is there.

    Args:
        cases: Ids of cases.
        asked: The peers to run.
        told: Called with what is done next.
        takes: Seconds of a timed run, about.
        rounds: How often each is timed.
    """
    absent: dict[str, Absent] = {}
    for case in cases:
        work = workload(CASES[case])
        there = [peer for peer in asked if case in peer.cases]
        tasks = dict.fromkeys((*ALWAYS, *map(_task, there)))
        for task in tasks:
            given = work.quiet() if task.quiet else work
            told(f"{case}: {task.solver}")
            runners: dict[str, Runner] = {"circuitsim": own.prepare(given, task.solver, task.step)}
            for peer in (peer for peer in there if _task(peer) == task):
                told(f"{case}: {peer.title}")
                try:
                    runners[peer.id] = _prepared(peer, given)
                except Missing as error:
                    absent[peer.id] = Absent(peer.id, peer.title, str(error))
            if task in ALWAYS or len(runners) > 1:
                yield from _compared(case, task, given, runners, takes, rounds)
    yield from absent.values()


def _prepared(peer: Peer, work: Workload) -> Runner:
    if not peer.installed:
        raise Missing(f"it is not installed: {peer.remedy}")
    return peer.prepare(work)


def _task(peer: Peer) -> Task:
    return Task(peer.solver, peer.step, peer.quiet)


def _compared(
    case: str, task: Task, work: Workload, runners: dict[str, Runner], takes: float, rounds: int
) -> Iterator[Row]:
    truth = reference(work)
    found = paces(runners, takes=takes, rounds=rounds)
    for name, pace in found.items():
        title = peers()[name].title if name in peers() else f"circuitsim, {task.solver}"
        error = float(np.abs(runners[name](END) - truth).max())
        yield Row(case, task, name, title, pace, pace.cost / found["circuitsim"].cost, error)


def reference(work: Workload) -> NDArray[np.float64]:
    """float64[n], the states at time 10 s by scipy's DOP853 with a tolerance of 1e-12."""
    from scipy.integrate import solve_ivp

    solved = solve_ivp(work.rates(), (0.0, END), work.start, method="DOP853", rtol=1e-12, atol=1e-14)
    result: NDArray[np.float64] = solved.y[:, -1]
    return result
