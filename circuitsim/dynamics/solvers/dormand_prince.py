"""The Dormand-Prince pair of orders 5 and 4."""

from __future__ import annotations

from circuitsim.dynamics.adaptive import PARTS, adaptive, vectors
from circuitsim.dynamics.solvers._runge_kutta import slopes
from circuitsim.spec.kind import Sign, SolverKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

FINEST = 1e-14  # a smaller tolerance is below rounding
_LAST = (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84)

SOLVER = SolverKind(
    id="dormand_prince",
    title="Dormand-Prince 5(4)",
    doc="Chooses its own steps, so that the error of each stays below the tolerance; dt is only the time between rows. "
    f"None is longer than 1/{PARTS:g} of the shortest wave of an input. The method for a reference, and for circuits that rest for long.",
    avoid="Do not use it for stiff circuits, whose time constants are far apart, or where a fixed number of "
    "steps a second must be kept.",
    equation="x ← x + h (35/384 k₁ + 500/1113 k₃ + 125/192 k₄ − 2187/6784 k₅ + 11/84 k₆),  |e| ≤ θ (1 + |x|)",
    reference="Dormand and Prince 1980; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.5",
    parameters=(
        number(
            "tolerance", "tolerance", "θ", Dimension.NONE, (1e-6, 1e-12, 1e-3), (1e-6, 1e-12, 1e-3),
            "Error of a step that is allowed, per unit and per part of the state.", low=FINEST, high=1.0, log=True,
        ),
    ),
    order=5,
    explicit=False,
    adaptive=True,
    stages=6,
    work=vectors(7),
    step=adaptive(
        nodes=(0.0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0),
        rows=(
            (),
            (1 / 5,),
            (3 / 40, 9 / 40),
            (44 / 45, -56 / 15, 32 / 9),
            (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
            (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
            _LAST,
        ),
        errors=(71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40),
        bend=(
            -12715105075 / 11282082432,
            0.0,
            87487479700 / 32700410799,
            -10690763975 / 1880347072,
            701980252875 / 199316789632,
            -1453857185 / 822651844,
            69997945 / 29380423,
        ),
        order=5,
    ),
    signs=(*slopes(6), Sign("e", "error of a step, estimated by the method of order 4")),
)  # fmt: skip
