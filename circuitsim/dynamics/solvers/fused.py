"""The fused semi-implicit Euler step of the LTC paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.field import field
from circuitsim.spec.kind import SolverKind

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def _step(t: float, h: float, _end: float, x: Floats, _work: Floats, tables: Tables) -> None:
    if tables.fresh[0] != t:
        field(t, x, tables)
    lam, b = tables.lam, tables.b
    for i in range(lam.shape[0]):
        x[i] = (x[i] + h * b[i]) / (1.0 + h * lam[i])


SOLVER = SolverKind(
    id="fused",
    title="Fused semi-implicit Euler",
    doc="The step of the LTC paper: where every decay is positive it stays in the invariant interval at any step "
    "size, but it is of first order; rhythms drift at large steps.",
    avoid="Do not use it where the phase of a rhythm or the exact height of a state matters, unless the step "
    "is small; without a decay it is explicit Euler, and where a decay can be negative, a step of 1/|λ| or more gives "
    "wrong results that look bounded.",
    equation="x ← (x + h b)/(1 + h λ)",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, eq. 3",
    parameters=(),
    order=1,
    explicit=False,
    stages=1,
    work=0,
    step=_step,
    pole=1.0,
    reach=2.0,
)
