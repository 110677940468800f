"""The one right-hand side, and the loop over steps; both know neither kinds nor solvers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics import calls
from circuitsim.dynamics.functions import copy
from circuitsim.dynamics.noise import sample_at
from circuitsim.dynamics.turns import CLEAR, HELPED, LEAST, RATES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def field(t: float, x: Floats, tables: Tables) -> None:
    """What `evaluate` does, for solvers: its code is there once, for them all."""
    calls.field(tables.field, 0, t, x, tables)


def evaluate(t: float, x: Floats, tables: Tables) -> None:
    """Fill tables.lam and tables.b with dx/dt = b - lam x at time t, and x with all that has no state of its own.

    These are the inputs at t and the neurons without memory, which are evaluated level by level: each after all
    that it hears.
    """
    acc, large = tables.acc, len(tables.share) > 0
    if large:
        calls.share(tables.share, 0, CLEAR, x, tables)
    else:
        acc[:] = 0.0
    feed(t, x, tables)
    blocks, instant, stages = tables.synapses, tables.memoryless, tables.stages
    for stage in range(stages.shape[0]):
        if large and tables.turns[HELPED]:
            copy(x, tables.seen)
        for k in range(stages[stage, 0], stages[stage, 1]):
            if blocks[k, 4] < tables.turns[LEAST] or blocks[k, 7] > 0:  # gates are opened once, by one
                accumulated(k, 0, blocks[k, 2], x, tables)
            else:
                calls.share(tables.share, 0, k, x, tables)
        for k in range(stages[stage, 2], stages[stage, 3]):
            size, first = instant[k, 2], instant[k, 4]
            p = tables.p[first : first + instant[k, 3] * size]
            calls.output(
                tables.output, instant[k, 0], p, instant[k, 1], size, t, acc, x, tables.all_lam, tables.all_b
            )
    if large:
        calls.share(tables.share, 0, RATES, x, tables)
    else:
        for k in range(tables.neurons.shape[0]):
            rated(k, x, tables)


def feed(t: float, x: Floats, tables: Tables) -> None:
    """Fill x with the values of the inputs and what they send at time t."""
    neurons = tables.acc.shape[1]
    inputs, u, sent, held = tables.inputs, tables.u, tables.sent, tables.held
    many = inputs.shape[0]
    for k in range(many):
        first, clock, own = inputs[k, 1], inputs[k, 3], neurons + many + k
        if clock >= 0 and held[k, 0] <= t < held[k, 1]:
            x[own] = held[k, 2]  # a random value is drawn once for as long as it is held
        else:
            x[own] = calls.value(tables.value, inputs[k, 0], u[first : first + inputs[k, 2]], t)
            if clock >= 0:
                sample = sample_at(t, u[first + clock])
                held[k, 0], held[k, 1] = sample * u[first + clock], (sample + 1.0) * u[first + clock]
                held[k, 2] = x[own]
        x[neurons + k] = sent[k, 0] * x[own] + sent[k, 1]


def rated(k: int, x: Floats, tables: Tables) -> None:
    """Fill tables.lam and tables.b for a block of neurons that remember, whose channels are complete."""
    kinds = tables.neurons
    low, size, first, count = kinds[k, 1], kinds[k, 2], kinds[k, 4], kinds[k, 5]
    p = tables.p[first : first + kinds[k, 3] * size]
    calls.rates(tables.rates, kinds[k, 0], p, low, size, x, tables.acc, tables.lam, tables.b)
    # padding rests, whatever it is a copy of
    for i in range(low + count, low + size):
        tables.lam[i] = tables.b[i] = 0.0


def accumulated(k: int, begin: int, end: int, x: Floats, tables: Tables) -> None:
    """Let some chunks of a block of synapses add to the channels."""
    blocks = tables.synapses
    chunk, chunks, numbers, slots = blocks[k, 1], blocks[k, 2], blocks[k, 3], blocks[k, 4]
    slot, first, gates = blocks[k, 5], blocks[k, 6], blocks[k, 7]
    calls.accumulate(
        tables.accumulate,
        blocks[k, 0],
        begin,
        end,
        tables.row[chunk : chunk + chunks],
        tables.off[chunk + k : chunk + k + chunks + 1],
        tables.pre[slot : slot + slots + gates],
        tables.q[first : first + numbers],
        slots,
        x,
        tables.acc,
    )


def advance(
    method: Sequence[Callable[[float, float, float, Floats, Floats, Tables], None]],
    times: Floats,
    spans: Floats,
    ends: Floats,
    k0: int,
    every: int,
    limit: float,
    x: Floats,
    work: Floats,
    tables: Tables,
    column: int,
    watch: Floats,
    out_t: Floats,
    out_x: Floats,
    out_lam: Floats,
    out_b: Floats,
) -> tuple[int, int, int]:
    """Take steps and sample the states after every so many of them.

    Args:
        method: Kernel STEP, alone in a table.
        times: float64[s + 1], where steps begin and end.
        spans, ends: float64[s] each, their lengths, and the last instants before they end.
        k0: Number of the first instant.
        every: Sample at instants whose number is divisible by this; 0 samples nothing.
        limit: A state beyond this has exploded.
        x: float64[C + 2M], states, outputs of neurons without memory, and inputs; changed in place.
        work: float64[w, C + 2M].
        tables: The circuit.
        column: Where a value stands at which to stop; below 0 nothing is watched.
        watch: float64[4], what it is and its level, as `crossed` reads it.
        out_t: float64[r], times of the samples.
        out_x, out_lam, out_b: float64[r, C + 2M], and float64[r, C] of both others.

    Returns:
        Steps taken, samples written, and the neuron that exploded (-1: none, -2: the watched value crossed).
    """
    rows, steps, fresh = 0, spans.shape[0], math.nan
    for i in range(steps):
        after = times[i + 1]
        tables.fresh[0] = fresh
        calls.step(method, 0, times[i], spans[i], ends[i], x, work, tables)
        tables.fresh[0] = fresh = math.nan
        culprit = exploded(x, tables.lam.shape[0], limit)
        if culprit >= 0:
            return i + 1, rows, culprit
        sampled = every > 0 and (k0 + i + 1) % every == 0
        if sampled or (column >= 0 and (watch[0] > 0.0 or column >= tables.lam.shape[0])):
            field(after, x, tables)
            fresh = after
        if sampled:
            out_t[rows] = after
            copy(x, out_x[rows])
            copy(tables.all_lam, out_lam[rows])
            copy(tables.all_b, out_b[rows])
            rows += 1
        if column >= 0 and crossed(column, watch, x, tables.all_lam):
            return i + 1, rows, -2
    return steps, rows, -1


def crossed(column: int, watch: Floats, x: Floats, lam: Floats) -> bool:
    """Whether a watched value has just come to the far side of its level; it remembers on which side it is.

    Args:
        column: Where the value stands.
        watch: float64[4]: 1 for the time constant and 0 for the state, 1 if the far side is above and -1 if it is
            below, the level, and 1 if the value was on the far side when it was last looked at.
        x: float64[C + 2M], states, outputs of neurons without memory, and inputs.
        lam: float64[C], decay at these states.
    """
    value = 1.0 / lam[column] if watch[0] > 0.0 else x[column]
    beyond = watch[1] * (value - watch[2]) > 0.0
    new = bool(beyond and watch[3] == 0.0)
    watch[3] = 1.0 if beyond else 0.0
    return new


def exploded(x: Floats, n: int, limit: float) -> int:
    """The first of n states that is not finite, else the largest beyond the limit, else -1."""
    wrong = 0
    for i in range(n):
        wrong += 0 if abs(x[i]) <= limit else 1  # no branch, so that it takes eight at a time
    if wrong == 0:
        return -1
    worst, culprit = limit, -1
    for i in range(n):
        size = abs(x[i])
        if not size <= 1e300:
            return i
        if size > worst:
            worst, culprit = size, i
    return culprit
