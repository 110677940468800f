"""The cell of conductance LTC networks in ncps: one step is one call, made of semi-implicit substeps (unfolds).

As `LTCCell` of ncps 1.0.1 (torch) computes it: what comes from inputs is that of the beginning of the call, every
substep starts from the states of the one before, and epsilon stands in the denominator alone. Divided by the
capacitance c, its v <- (c/h v + b c)/(c/h + lambda c + epsilon) is what stands below. A neuron without a capacitance
takes no epsilon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.field import field
from circuitsim.spec.kind import Sign, SolverKind
from circuitsim.spec.model import Model
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats

UNFOLDS, EPSILON = range(2)  # where its numbers stand in the first vector of its work


def _step(t: float, h: float, _end: float, x: Floats, work: Floats, tables: Tables) -> None:
    unfolds, epsilon = int(work[0, UNFOLDS]), work[0, EPSILON]
    part = h / unfolds
    lam, b, elastance = tables.lam, tables.b, tables.elastance
    for unfold in range(unfolds):
        if unfold > 0 or tables.fresh[0] != t:
            field(t, x, tables)
        for i in range(lam.shape[0]):
            x[i] = (x[i] + part * b[i]) / (1.0 + part * (lam[i] + epsilon * elastance[i]))


SOLVER = SolverKind(
    id="ncps",
    title="ncps LTC cell",
    doc="What the LTC cell of ncps computes, to rounding: a step is one call, which holds the inputs as they were when it "
    "began. Calls end where rows of tables begin, and every step where there are none; each is sampled when it ends.",
    avoid="Do not use it to learn what the differential equation does: with few unfolds its states are off by some "
    "percent, which a trained network has learned to live with.",
    equation="xₖ₊₁ = (xₖ + h/L b(t, xₖ))/(1 + h/L (λ(t, xₖ) + ε/c)) for k < L",
    reference="ncps 1.0.1, ncps/torch/ltc_cell.py; Hasani et al., AAAI 2021, arXiv 2006.04439, algorithm 1",
    parameters=(
        number(
            "unfolds", "unfolds", "L", Dimension.NONE, (6.0, 1.0, 48.0), (6.0, 1.0, 48.0),
            "Substeps of a call; a network gives what it was trained to give with those it was trained with.",
            low=1.0, high=1e6, log=True, whole=True,
        ),
        number(
            "epsilon", "epsilon", "ε", Dimension.CONDUCTANCE, (1e-8, 0.0, 1e-6), (1e-8, 0.0, 1e-6),
            "Conductance that is added where a call divides; ncps guards itself against 0 with it.",
            low=0.0,
        ),
    ),
    order=1,
    explicit=False,
    stages=1,
    work=1,
    step=_step,
    pole=1.0,
    reach=2.0,
    parts="unfolds",
    calls=True,
    dt=1.0,
    model=Model("ncps", frozenset({"ltc"}), frozenset({"chemical"})),
    signs=(
        Sign("xₖ", "states after k substeps; those of the call before at k = 0"),
        Sign("xₖ₊₁", "states after one more"),
        Sign("k", "number of the substep, from 0"),
        Sign("c", "capacitance of a neuron; where there is none, ε/c is 0", Dimension.CAPACITANCE),
    ),
)  # fmt: skip
