"""circuitsim itself, through the door that everybody uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.api import simulate
from circuitsim.bench.workload import circuit_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

KEPT = 10  # every tenth step is recorded
TOLERANCE = 1e-6  # of solvers that choose their steps


def prepare(work: Workload, solver: str, step: float | None) -> Runner:
    """Runs of a case by a solver, recorded at every tenth step.

    Args:
        work: The case.
        solver: Id of the solver.
        step: Its step, s; None for a solver that chooses its own, whose rows are as far apart.
    """
    from circuitsim.bench._declare import STEP

    circuit = circuit_of(work)
    tolerance = TOLERANCE if step is None else None
    dt = STEP if step is None else step

    def run(duration: float) -> NDArray[np.float64]:
        trace = simulate(
            circuit, duration=duration, dt=dt, solver=solver, every=KEPT * dt, tolerance=tolerance
        )
        end: NDArray[np.float64] = trace.samples.v[-1]
        return end

    return run
