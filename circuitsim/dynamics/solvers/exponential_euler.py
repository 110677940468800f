"""The exponential Euler method: exact while decay and target stand still."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics.field import field
from circuitsim.spec.kind import Sign, SolverKind

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def _step(t: float, h: float, _end: float, x: Floats, _work: Floats, tables: Tables) -> None:
    if tables.fresh[0] != t:
        field(t, x, tables)
    lam, b = tables.lam, tables.b
    for i in range(lam.shape[0]):
        z = -h * lam[i]
        part = math.expm1(z) / z if z != 0.0 else 1.0  # (e^z - 1) / z, which tends to 1
        x[i] += h * part * (b[i] - lam[i] * x[i])


SOLVER = SolverKind(
    id="exponential_euler",
    title="Exponential Euler",
    doc="Exact for a neuron whose time constant and target stand still, and where every decay is positive it stays "
    "in the invariant interval at any step size; where they move, it is of first order.",
    avoid="Do not use it where neurons drive each other quickly and digits matter: it is of first order there; without a "
    "decay it is explicit Euler.",
    equation="x ← x∞ + (x − x∞) e^(−λ h),  x∞ = b/λ",
    reference="Hochbruck and Ostermann, Acta Numerica 19 (2010), section 2",
    parameters=(),
    order=1,
    explicit=False,
    stages=1,
    work=0,
    step=_step,
    reach=2.0,
    signs=(Sign("x∞", "where each state is heading"),),
)
