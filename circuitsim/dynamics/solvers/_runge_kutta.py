"""The step that every explicit Runge-Kutta method takes: a method is its Butcher table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.dynamics.field import field
from circuitsim.dynamics.functions import add, copy
from circuitsim.spec.kind import Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def slopes(stages: int) -> tuple[Sign, ...]:
    """What the signs k₁, k₂ and so on of an equation stand for."""
    return tuple(Sign(f"k{chr(0x2080 + i)}", f"slope of stage {i}") for i in range(1, stages + 1))


def runge_kutta(
    nodes: Sequence[float], rows: Sequence[Sequence[float]], weights: Sequence[float]
) -> Callable[[float, float, float, Floats, Floats, Tables], None]:
    """Kernel STEP of a Butcher table; it needs a vector of work for each stage and two more.

    Args:
        nodes: c, when each stage looks at the right-hand side, in parts of the step.
        rows: a, one row a stage: how much of the slopes before leads to its states.
        weights: b, how much of each slope makes the step.
    """
    stages = len(nodes)
    table: Any = np.array([[*row, *[0.0] * (stages - len(row))] for row in (*rows, weights)])
    when: Any = np.array(nodes, dtype=np.float64)

    def step(t: float, h: float, end: float, x: Floats, work: Floats, tables: Tables) -> None:
        lam, b = tables.lam, tables.b
        n = lam.shape[0]
        y, after = work[0], work[1 + stages]
        copy(x[:n], after)
        for stage in range(stages):
            copy(x[:n], y)
            for before in range(stage):
                if table[stage, before] != 0.0:
                    add(h * table[stage, before], work[1 + before, :n], y)
            if stage > 0 or tables.fresh[0] != t:
                field(end if when[stage] == 1.0 else t + when[stage] * h, y, tables)
            slope = work[1 + stage]
            for i in range(n):
                slope[i] = b[i] - lam[i] * y[i]
            if table[stages, stage] != 0.0:
                add(h * table[stages, stage], slope[:n], after)
        copy(after[:n], x)

    return step
