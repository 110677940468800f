"""The step that every embedded explicit Runge-Kutta pair takes: it chooses its own steps and is read in between.

The loop asks for the states at an instant. Steps of the method's own are taken until one reaches that instant, and
the states come from the polynomial of that step; what a caller asks for has no say in where steps begin and end.
So the last step is kept in `work` between calls, and its last slopes are the first of the next. The edge of an
input ends a step, and whoever changes the circuit makes it begin anew. No step is so long that a crest of an input
fits between two of its stages: a steep synapse may act there and nowhere else, and no estimate would tell.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.dynamics.field import field
from circuitsim.dynamics.functions import copy, next_down, next_up
from circuitsim.dynamics.memory import (
    BEGIN,
    CULPRIT,
    EDGE,
    END,
    ERROR,
    FORMER,
    FRESH,
    SIZE,
    STALLED,
    TAKEN,
    TOLERANCE,
    WAVE,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats

SAFETY, BETA = 0.9, 0.04  # of the controller: Hairer and Wanner, Solving ODEs II, IV.2
LEAST, MOST = 0.1, 5.0  # a step divided by these is the longest and the shortest next one
PARTS = 20.0  # the shortest wave of an input divided by this is the longest step
FLOOR = 3.6e-15  # a step below this part of the time has stalled
TINY = 1e-300  # no step is shorter
PATIENCE = 100_000  # steps from one row to the next after which it has stalled, too
FIRST, LAST, BENT, SLOPES = 1, 2, 3, 4  # vectors of work: states at both ends, bend, slopes; one more behind


def vectors(stages: int) -> int:
    """Vectors of work that a pair of so many stages needs."""
    return SLOPES + stages + 1


def adaptive(
    nodes: Sequence[float],
    rows: Sequence[Sequence[float]],
    errors: Sequence[float],
    bend: Sequence[float],
    order: int,
) -> Callable[[float, float, float, Floats, Floats, Tables], None]:
    """Kernel STEP of an embedded pair whose last stage is the first of its next step.

    Args:
        nodes: c, when each stage looks at the right-hand side, in parts of the step.
        rows: a, one row a stage; the last one gives the states at the end.
        errors: e, how much of each slope makes the difference of the two methods.
        bend: d, how much of each slope bends the cubic polynomial between both ends to the fourth order.
        order: Order of the method that goes on; the other one's is lower by one.
    """
    stages = len(nodes)
    table: Any = np.array([[*row, *[0.0] * (stages - len(row))] for row in (*rows, errors, bend)])
    when: Any = np.array(nodes, dtype=np.float64)

    def step(t: float, _h: float, end: float, x: Floats, work: Floats, tables: Tables) -> None:
        memory, target = work[0], next_up(end)
        if memory[FRESH] == 1.0:
            begin(t, x, work, order, tables)
        for _ in range(PATIENCE):
            if memory[END] >= target or memory[STALLED] != 0.0:
                break
            take(when, table, order, work, tables)
        if memory[END] < target:
            memory[STALLED] = 1.0
        n = tables.lam.shape[0]
        if memory[STALLED] != 0.0:
            x[int(memory[CULPRIT])] = np.nan
        elif target >= memory[END]:
            copy(work[LAST, :n], x)
            if target >= memory[EDGE]:
                memory[FRESH] = 1.0  # what drives it jumps here
        else:
            between(target, x, work, n)

    return step


def slope(t: float, x: Floats, to: Floats, tables: Tables) -> None:
    """Write dx/dt."""
    field(t, x, tables)
    lam, b = tables.lam, tables.b
    for i in range(lam.shape[0]):
        to[i] = b[i] - lam[i] * x[i]


def begin(t: float, x: Floats, work: Floats, order: int, tables: Tables) -> None:
    """Begin at a time and states; the length of the first step is that of Hairer, Solving ODEs I, II.4."""
    memory, here, there = work[0], work[SLOPES + stages_of(work) - 1], work[SLOPES]
    n, width, tolerance = tables.lam.shape[0], x.shape[0], memory[TOLERANCE]
    last, trial = work[LAST, :width], work[FIRST, :width]
    copy(x, last)
    slope(t, last, here, tables)
    size = speed = 0.0
    for i in range(n):
        scale = tolerance * (1.0 + abs(last[i]))
        size, speed = max(size, abs(last[i]) / scale), max(speed, abs(here[i]) / scale)
    h = 1e-6 if min(size, speed) < 1e-5 else 0.01 * size / speed
    h = min(h, memory[EDGE] - t)
    for i in range(n):
        trial[i] = last[i] + h * here[i]
    slope(next_down(t + h), trial, there, tables)
    turn = 0.0
    for i in range(n):
        turn = max(turn, abs(there[i] - here[i]) / (tolerance * (1.0 + abs(last[i]))) / h)
    most = max(speed, turn)
    longest = max(1e-6, 1e-3 * h) if most <= 1e-15 else (0.01 / most) ** (1.0 / order)
    memory[SIZE], memory[FORMER] = min(100.0 * h, longest), 1e-4
    memory[BEGIN] = memory[END] = t
    memory[FRESH] = memory[STALLED] = 0.0


def stages_of(work: Floats) -> int:
    """Number of stages."""
    stages: int = work.shape[0] - SLOPES - 1
    return stages


def take(when: Floats, table: Floats, order: int, work: Floats, tables: Tables) -> None:
    """Take one step from the end of the last one on, as long as its error is tolerated; or find that it stalls."""
    memory, n = work[0], tables.lam.shape[0]
    stages, tolerance, t = when.shape[0], memory[TOLERANCE], memory[END]
    first, last = work[FIRST], work[LAST]
    copy(last[:n], first)
    copy(work[SLOPES + stages - 1, :n], work[SLOPES])
    slowed = False
    while True:
        h = min(memory[SIZE], memory[WAVE] / PARTS)
        cut = t + 1.01 * h >= memory[EDGE]
        end = memory[EDGE] if cut else t + h
        h = end - t
        if not h > max(FLOOR * abs(t), TINY):
            memory[STALLED], memory[CULPRIT] = 1.0, worst(table[stages], h, work, tolerance, n)[1]
            return
        attempt(t, h, next_down(end), when, table, work, tables)
        error, culprit = worst(table[stages], h, work, tolerance, n)
        raised = error ** (1.0 / order - 0.75 * BETA) if error < 1e300 else 1e300
        if error <= 1.0:
            break
        memory[SIZE], slowed = h / min(MOST, raised / SAFETY), True
    ahead = h / max(LEAST, min(MOST, raised / memory[FORMER] ** BETA / SAFETY))
    memory[FORMER] = max(error, 1e-4)
    memory[SIZE] = min(h, ahead) if slowed else ahead
    memory[BEGIN], memory[END] = t, end
    memory[TAKEN] += 1.0
    memory[CULPRIT] = culprit
    bow, bend = work[BENT], table[stages + 1]
    bow[:n] = 0.0
    for stage in range(stages):
        for i in range(n):
            bow[i] += h * bend[stage] * work[SLOPES + stage, i]
    account(h, table[stages], work, tables)


def attempt(
    t: float, h: float, end: float, when: Floats, table: Floats, work: Floats, tables: Tables
) -> None:
    """Fill in the slopes of a step from the second on, and the states at its end."""
    n, stages = tables.lam.shape[0], when.shape[0]
    width = tables.acc.shape[1] + 2 * tables.inputs.shape[0]
    first, y = work[FIRST], work[SLOPES + stages, :width]
    for stage in range(1, stages):
        copy(first[:n], y)
        for before in range(stage):
            if table[stage, before] != 0.0:
                ahead, known = h * table[stage, before], work[SLOPES + before]
                for i in range(n):
                    y[i] += ahead * known[i]
        slope(end if when[stage] == 1.0 else t + when[stage] * h, y, work[SLOPES + stage], tables)
    copy(y[:n], work[LAST])


def worst(errors: Floats, h: float, work: Floats, tolerance: float, n: int) -> tuple[float, int]:
    """The largest error of a state in parts of what is tolerated, and which; what is not a number is infinite."""
    most, culprit = 0.0, 0
    for i in range(n):
        total = 0.0
        for stage in range(errors.shape[0]):
            total += errors[stage] * work[SLOPES + stage, i]
        size = max(abs(work[FIRST, i]), abs(work[LAST, i]))
        error = abs(h * total) / (tolerance * (1.0 + size))
        if not error <= 1e300:
            return np.inf, i
        if error > most:
            most, culprit = error, i
    return most, culprit


def account(h: float, errors: Floats, work: Floats, tables: Tables) -> None:
    """Keep the largest error so far: that of a step, as often as the neuron remembers steps."""
    memory, lam = work[0], tables.lam
    for i in range(lam.shape[0]):
        total = 0.0
        for stage in range(errors.shape[0]):
            total += errors[stage] * work[SLOPES + stage, i]
        forgets = -math.expm1(-h * lam[i])
        steps = memory[TAKEN] if forgets * memory[TAKEN] <= 1.0 else 1.0 / forgets
        memory[ERROR] = max(memory[ERROR], abs(h * total) * steps)


def between(t: float, x: Floats, work: Floats, n: int) -> None:
    """States within the last step: its cubic polynomial and the bend, Hairer, Solving ODEs I, II.6."""
    memory = work[0]
    stages = stages_of(work)
    h = memory[END] - memory[BEGIN]
    part = (t - memory[BEGIN]) / h
    rest = 1.0 - part
    for i in range(n):
        before = work[FIRST, i]
        rise = work[LAST, i] - before
        left = h * work[SLOPES, i] - rise
        right = rise - h * work[SLOPES + stages - 1, i] - left
        x[i] = before + part * (rise + rest * (left + part * (right + rest * work[BENT, i])))
