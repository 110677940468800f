"""scipy's Dormand-Prince pair on a right-hand side in plain numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.bench._declare import Peer
from circuitsim.bench.own import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload


def prepare(work: Workload) -> Runner:
    """Runs with the tolerance that circuitsim has; the absolute one is a thousandth."""
    from scipy.integrate import solve_ivp

    rates = work.rates()

    def run(duration: float) -> NDArray[np.float64]:
        solved = solve_ivp(
            rates, (0.0, duration), work.start, method="RK45", rtol=TOLERANCE, atol=TOLERANCE * 1e-3
        )
        result: NDArray[np.float64] = solved.y[:, -1]
        return result

    return run


PEER = Peer(
    id="scipy_rk45",
    title="scipy solve_ivp RK45, numpy",
    solver="dormand_prince",
    prepare=prepare,
    cases=("N19", "N64d", "N302", "N10k"),
    step=None,
    always=True,
)
