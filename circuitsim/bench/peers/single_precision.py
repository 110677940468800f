"""circuitsim itself in single precision, whose error stands beside what it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.bench import own
from circuitsim.bench._declare import STEP, Peer
from circuitsim.spec.precision import SINGLE

if TYPE_CHECKING:
    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

SOLVER = "rk4"


def _prepare(work: Workload) -> Runner:
    return own.prepare(work, SOLVER, STEP, SINGLE)


PEER = Peer(
    id="single_precision",
    title="circuitsim, single precision",
    solver=SOLVER,
    prepare=_prepare,
    always=True,
)
