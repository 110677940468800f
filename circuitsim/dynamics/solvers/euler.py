"""The explicit Euler method."""

from __future__ import annotations

from circuitsim.dynamics.solvers._runge_kutta import runge_kutta
from circuitsim.spec.kind import SolverKind

SOLVER = SolverKind(
    id="euler",
    title="Explicit Euler",
    doc="The simplest method, to compare with programs that use it; of first order, and the step must stay below "
    "the smallest time constant.",
    avoid="Do not use it but for comparison: at the same cost Runge-Kutta 4 allows a step many times as "
    "long, and a step of more than twice the smallest time constant explodes.",
    equation="x ← x + h (b − λ x)",
    reference="Euler 1768; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, I.7",
    parameters=(),
    order=1,
    explicit=True,
    stages=1,
    work=3,
    reach=2.0,
    step=runge_kutta(nodes=(0.0,), rows=((),), weights=(1.0,)),
)
