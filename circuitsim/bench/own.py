"""circuitsim itself, through the door that everybody uses."""

from __future__ import annotations

import math
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.api.columns import Columns
from circuitsim.bench._declare import STEP
from circuitsim.bench.workload import OMEGA
from circuitsim.engine.helper import THREADS
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from circuitsim.api.trace import Trace
    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

KEPT = 10  # every tenth step is recorded
TOLERANCE = 1e-6  # of peers that choose their steps: of |v|, and a thousandth of it besides
OWN = (
    TOLERANCE / 3
)  # of 1 + |v|, which comes to the same where a state is a half, and to smaller errors than theirs


def prepare(
    work: Workload, solver: str, step: float | None, precision: str = DOUBLE, threads: int = 1
) -> Runner:
    """Runs of a case by a solver, recorded at every tenth step.

    Args:
        work: The case.
        solver: Id of the solver.
        step: Its step, s; None for a solver that chooses its own, whose rows are as far apart as usual.
        precision: Of the synapses.
        threads: How many may share the work.
    """
    columns, every = columns_of(work), KEPT * (step or STEP)
    tolerance = OWN if step is None else None

    def run(duration: float) -> NDArray[np.float64]:
        with _told(threads):
            trace = columns.simulate(
                duration, step or STEP, solver, every=every, tolerance=tolerance, precision=precision
            )
        return _end(trace)

    return run


@contextmanager
def _told(threads: int) -> Iterator[None]:
    """Tell runs how many threads they may have, as everybody can."""
    before = os.environ.get(THREADS)
    os.environ[THREADS] = str(threads)
    try:
        yield
    finally:
        del os.environ[THREADS]
        if before is not None:
            os.environ[THREADS] = before


def _end(trace: Trace) -> NDArray[np.float64]:
    end: NDArray[np.float64] = trace.samples.v[-1]
    return end


def columns_of(work: Workload) -> Columns:
    """The same as arrays, which are ready to run sooner than a drawing."""
    columns = Columns()
    cells = columns.add_neurons(
        work.case.neurons, start=work.start, capacitance=work.capacitance, leak_conductance=work.leak,
        leak_potential=work.leak_potential,
    )  # fmt: skip
    columns.connect(
        work.pre, work.post, conductance=work.conductance, slope=work.slope, midpoint=work.midpoint,
        reversal_potential=work.reversal,
    )  # fmt: skip
    for name, phase, gain in (("sine", 0.0, work.sine), ("cosine", 0.25, work.cosine)):
        columns.add_input(name, "sine", frequency=OMEGA / math.tau, phase=phase)
        columns.connect(name, np.arange(len(cells)), "current", gain=gain)
    return columns
