"""Rodas3, a Rosenbrock method of order 3: one Jacobian and one LU decomposition a step, no iteration.

With K in units of the state and W = 2/h - J, where J is the Jacobian and T the derivative by time at t:
W K1 = f(t, x) + h/2 T, W K2 = f(t, x) + 4/h K1 + 3h/2 T, W K3 = f(t + h, x + 2 K1) + (K1 - K2)/h,
W K4 = f(t + h, x + 2 K1 + K3) + (K1 - K2 - 8/3 K3)/h; then x + 2 K1 + K3 + K4 is the new state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.adaptive import slope
from circuitsim.dynamics.dense import factor, solve
from circuitsim.dynamics.derivatives import jacobian, slopes_in_time
from circuitsim.dynamics.functions import copy
from circuitsim.spec.kind import Sign, SolverKind

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats

VECTORS = 7  # rows of work before those of the matrix
THIRDS = 8.0 / 3.0


def _step(t: float, h: float, end: float, x: Floats, work: Floats, tables: Tables) -> None:
    y, k1, k2, k3 = work[0], work[1], work[2], work[3]
    k4, change, pivots, w = work[4], work[5], work[6], work[VECTORS:]
    n = tables.lam.shape[0]
    copy(x, y)
    slope(t, y, k1, tables)  # not `field`, which would stand in line at each place
    jacobian(t, y, tables, w)
    slopes_in_time(t, end - t, y, tables, change)
    for i in range(n):
        by_time = 0.0
        for k in range(n, y.shape[0]):
            by_time += w[i, k] * change[k]
        k2[i] = k1[i] + 1.5 * h * by_time
        k1[i] += 0.5 * h * by_time
        for j in range(n):
            w[i, j] = -w[i, j]
        w[i, i] += 2.0 / h
    factor(w, n, pivots)
    solve(w, n, pivots, k1)
    for i in range(n):
        k2[i] += 4.0 / h * k1[i]
        y[i] = x[i] + 2.0 * k1[i]
    solve(w, n, pivots, k2)
    slope(end, y, k3, tables)
    for i in range(n):
        k3[i] += (k1[i] - k2[i]) / h
    solve(w, n, pivots, k3)
    for i in range(n):
        y[i] += k3[i]
    slope(end, y, k4, tables)
    for i in range(n):
        k4[i] += (k1[i] - k2[i] - THIRDS * k3[i]) / h
    solve(w, n, pivots, k4)
    for i in range(n):
        x[i] = y[i] + k4[i]


SOLVER = SolverKind(
    id="rosenbrock",
    title="Rosenbrock 3 (Rodas3)",
    doc="For stiff circuits, whose time constants lie far apart: L-stable, so that the step need not follow the "
    "fastest neuron, and of order 3. Each step solves a linear system of all neurons.",
    avoid="Do not use it for more than 256 neurons: each step solves a linear system of all of them; take fused. Nor "
    "with large steps for neurons without a decay: where f saturates, its derivative tells nothing of the rest.",
    equation="(2/h − J) Kᵢ = f(t + αᵢ h, x + Σ aᵢⱼ Kⱼ) + Σ cᵢⱼ Kⱼ/h + γᵢ h ∂f/∂t;  x ← x + 2 K₁ + K₃ + K₄",
    reference="Sandu et al., Atmospheric Environment 31 (1997) 3459 (Rodas3); Hairer and Wanner, Solving Ordinary "
    "Differential Equations II, IV.7",
    parameters=(),
    order=3,
    explicit=False,
    stages=3,
    work=VECTORS,
    step=_step,
    jacobian=True,
    pole=2.0,
    reach=3.0,
    most=256,
    signs=(
        Sign("J", "Jacobian of f"),
        Sign("Kᵢ", "change of the states in stage i"),
        Sign("Kⱼ", "that of a stage before it"),
        *(Sign(f"K{k}", f"that of stage {i}") for i, k in ((1, "₁"), (3, "₃"), (4, "₄"))),
        *(Sign(s, "coefficient of the method") for s in ("αᵢ", "aᵢⱼ", "cᵢⱼ", "γᵢ")),
    ),
)
