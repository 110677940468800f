"""The classical Runge-Kutta method of order 4."""

from __future__ import annotations

from circuitsim.dynamics.solvers._runge_kutta import runge_kutta, slopes
from circuitsim.spec.kind import SolverKind

SOLVER = SolverKind(
    id="rk4",
    title="Runge-Kutta 4",
    doc="Accurate and cheap for smooth circuits; the step must stay below about 2.7 of the smallest time "
    "constant, and well below it for accuracy.",
    avoid="Do not use it for stiff circuits, whose smallest time constant forces a step far below what the "
    "others need.",
    equation="x ← x + h/6 (k₁ + 2 k₂ + 2 k₃ + k₄);  k₁ = f(t, x),  k₂ = f(t + h/2, x + h/2 k₁),  "
    "k₃ = f(t + h/2, x + h/2 k₂),  k₄ = f(t + h, x + h k₃)",
    reference="Kutta 1901; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.1",
    parameters=(),
    order=4,
    explicit=True,
    stages=4,
    work=6,
    reach=2.785,
    step=runge_kutta(
        nodes=(0.0, 0.5, 0.5, 1.0),
        rows=((), (0.5,), (0.0, 0.5), (0.0, 0.0, 1.0)),
        weights=(1 / 6, 1 / 3, 1 / 3, 1 / 6),
    ),
    signs=slopes(4),
)
