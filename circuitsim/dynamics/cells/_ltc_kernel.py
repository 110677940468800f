"""The call of an LTC network with mixed memory as a kernel: the memory, then the unfolds of the membranes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.cells._kernel import remember
from circuitsim.dynamics.functions import copy, sigmoid

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints

INPUTS, UNITS, MIXED, UNFOLDS = range(4)  # places in dims
PER_UNIT = 3  # numbers of a unit: capacitance, leak conductance, and that times the leak potential
PER_SYNAPSE = 4  # numbers of a synapse: conductance, slope, midpoint, reversal potential


def opened(p: Floats, at: int, x: Floats, n: int, units: int, acc: Floats) -> int:
    """Add what n sources open in all units to acc: conductances, then these times reversal potentials.

    Returns where in p the next numbers begin.
    """
    size = n * units
    for j in range(n):
        for i in range(units):
            k = at + j * units + i
            if p[k] != 0.0:
                g = p[k] * sigmoid(p[k + size] * (x[j] - p[k + 2 * size]))
                acc[i] += g
                acc[units + i] += g * p[k + 3 * size]
    return at + PER_SYNAPSE * size


def advance(
    p: Floats, dims: Ints, u: Floats, elapsed: float, h: Floats, c: Floats, out: Floats, work: Floats
) -> None:
    """One call: from states h to out[0]; what the last unfold kept of them goes to out[1].

    Args:
        p: float64[...], epsilon, the memory, the units, the map of the inputs, synapses from inputs, those among units.
        dims: int64[4], sizes and the number of unfolds.
        u: float64[m], values that are read.
        elapsed: Time since the last call; nothing moves in no time.
        h: float64[n], states.
        c: float64[n], memory.
        out: float64[2, n], new states, and the parts of the old ones in them.
        work: float64[...], as the declaration measures it.
    """
    m, n = dims[INPUTS], dims[UNITS]
    x, outer, acc = work[0:m], work[m : m + 2 * n], work[m + 2 * n : m + 4 * n]
    v, rest = out[0], work[m + 4 * n :]
    copy(h, v)
    epsilon, at = p[0], 1
    if dims[MIXED] == 1:
        at = remember(p, at, u, m, v, c, n, rest[0 : m + n], rest[m + n : m + 5 * n])
    unit = at
    at += PER_UNIT * n
    for k in range(m):
        x[k] = p[at + k] * u[k] + p[at + m + k]
    outer[:] = 0.0
    at = opened(p, at + 2 * m, x, m, n, outer)
    rate = dims[UNFOLDS] / elapsed if elapsed > 0.0 else 0.0
    for _ in range(dims[UNFOLDS] if elapsed > 0.0 else 0):
        copy(outer, acc)
        opened(p, at, v, n, n, acc)
        for i in range(n):
            kept, leak = p[unit + i] * rate, p[unit + n + i]
            total = kept + leak + acc[i] + epsilon
            v[i] = (kept * v[i] + p[unit + 2 * n + i] + acc[n + i]) / total
            out[1, i] = kept / total
