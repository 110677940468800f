"""circuitsim itself with a second thread, on circuits that are large enough for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.bench import own
from circuitsim.bench._declare import STEP, Missing, Peer
from circuitsim.bench.cases import CASES
from circuitsim.engine.helper import SHARED, processors
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

SOLVER, THREADS = "rk4", 2


def _prepare(work: Workload) -> Runner:
    if processors() < THREADS:
        raise Missing("this process has one processor")
    return own.prepare(work, SOLVER, STEP, DOUBLE, THREADS)


PEER = Peer(
    id="two_threads",
    title="circuitsim, two threads",
    solver=SOLVER,
    prepare=_prepare,
    cases=tuple(name for name, case in CASES.items() if case.synapses >= SHARED),
    always=True,
)
