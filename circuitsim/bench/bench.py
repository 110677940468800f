"""The whole comparison, case by case: circuitsim and all that do the same, timed turn by turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from circuitsim.bench import own
from circuitsim.bench._declare import STEP, Missing, Peer
from circuitsim.bench.attempt import attempt
from circuitsim.bench.cases import CASES
from circuitsim.bench.measure import ROUNDS, TAKES, Pace, paces
from circuitsim.bench.truth import END, Truth
from circuitsim.bench.workload import workload
from circuitsim.spec.registry import collect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

OWN = "circuitsim"  # id and title of what everybody is compared with


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
    """A peer that gave no figure in a case.

    Attributes:
        case: Id of the case.
        id: Its id.
        title: Its name.
        reason: Why.
        remedy: Commands that mend it; may be empty.
    """

    case: str
    id: str
    title: str
    reason: str
    remedy: str = ""


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
    """Compare, and give each figure as soon as it is there; who fails is absent, and the others go on.

    Args:
        cases: Ids of cases; each is taken once.
        asked: The peers to run.
        told: Called with what is done next.
        takes: Seconds of a timed run, about.
        rounds: How often each is timed.
    """
    for case in dict.fromkeys(cases):
        told(case)
        work = workload(CASES[case])
        known = {peer.id: peer for peer in asked if case in peer.cases}
        truth = Truth(work)
        for task in dict.fromkeys((*ALWAYS, *map(_task, known.values()))):
            given = work.quiet() if task.quiet else work
            runners: dict[str, Runner] = {OWN: own.prepare(given, task.solver, task.step)}
            for peer in (peer for peer in known.values() if _task(peer) == task):
                told(f"{case}: {peer.title}")
                try:
                    runners[peer.id] = attempt("when it is made ready", _prepared, peer, given)
                except Missing as error:
                    yield _absent(case, peer, error)
            if task in ALWAYS or len(runners) > 1:
                told(f"{case}: {task.solver}, exactly")
                truth.states(quiet=task.quiet)
                told(f"{case}: {task.solver}")
                yield from _compared(case, task, truth, runners, known, takes, rounds)


def _prepared(peer: Peer, work: Workload) -> Runner:
    if not peer.installed:
        raise Missing("it is not installed", peer.remedy())
    run = peer.prepare(work)
    return lambda duration: attempt("while it runs", run, duration)


def _task(peer: Peer) -> Task:
    return Task(peer.solver, peer.step, peer.quiet)


def _absent(case: str, peer: Peer, error: Missing) -> Absent:
    return Absent(case, peer.id, peer.title, error.reason, error.remedy)


def _compared(
    case: str, task: Task, truth: Truth, runners: dict[str, Runner], known: dict[str, Peer], takes: float,
    rounds: int,
) -> Iterator[Row | Absent]:  # fmt: skip
    found, fallen = paces(runners, takes=takes, rounds=rounds)
    for name, pace in found.items():
        try:
            error = truth.distance(runners[name](END), quiet=task.quiet)
        except Missing as late:
            fallen[name] = late
        else:
            title = known[name].title if name in known else OWN
            yield Row(case, task, name, title, pace, pace.cost / found[OWN].cost, error)
    for name, missing in fallen.items():
        yield _absent(case, known[name], missing)
