"""The classical Runge-Kutta method of order 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.field import field
from circuitsim.spec.kind import SolverKind

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def _step(t: float, h: float, end: float, x: Floats, work: Floats, tables: Tables) -> None:
    lam, b = tables.lam, tables.b
    n = lam.shape[0]
    y, total = work[0], work[1]
    y[:] = x
    total[:n] = 0.0
    for stage in range(4):
        time = t if stage == 0 else (end if stage == 3 else t + 0.5 * h)
        field(time, y, tables)
        weight = 1.0 if stage in (0, 3) else 2.0
        ahead = 0.5 * h if stage < 2 else h
        for i in range(n):
            slope = b[i] - lam[i] * y[i]
            total[i] += weight * slope
            y[i] = x[i] + ahead * slope
    for i in range(n):
        x[i] += h / 6.0 * total[i]


SOLVER = SolverKind(
    id="rk4",
    title="Runge-Kutta 4",
    doc="Accurate and cheap for smooth circuits; the step must stay below about 2.7 of the smallest time "
    "constant, and well below it for accuracy.",
    equation="x ← x + h/6 (k₁ + 2 k₂ + 2 k₃ + k₄)",
    reference="Kutta 1901; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.1",
    parameters=(),
    order=4,
    explicit=True,
    stages=4,
    work=2,
    step=_step,
)
