"""The call of a CfC network as a kernel: memory, layers, backbone, heads.

Matrices lie with the numbers of one source side by side (the transpose of their place in files), so that the inner
loop runs over targets: it needs no reordering of sums to use the width of the processor, and bits stay the same
wherever an array lies.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.dynamics.functions import copy, sigmoid

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints

INPUTS, UNITS, WIDTH, MIXED, MODE, ACTIVATION_CODE, CANDIDATES_CODE, LAYERS, FIRST = range(
    9
)  # places in dims
PER_LAYER = 3  # from FIRST on for each layer: units, backbone layers, backbone units
DEFAULT, NO_GATE, PURE = range(3)  # values of MODE
HEADS = 4  # dense maps of a layer: ff1, ff2, time_a, time_b


def squash(code: int, z: float) -> float:
    """The activation of the backbone: 0 lecun_tanh, 1 tanh, 2 relu, 3 silu, 4 gelu (with the error function)."""
    if code == 0:
        return 1.7159 * math.tanh(0.666 * z)
    if code == 1:
        return math.tanh(z)
    if code == 2:
        return max(z, 0.0)
    if code == 3:
        return z * sigmoid(z)
    return 0.5 * z * (1.0 + math.erf(z / math.sqrt(2.0)))


def dense(p: Floats, at: int, x: Floats, n: int, out: Floats, m: int) -> int:
    """Write m values, bias plus the weighted n values before; returns where in p the next map begins."""
    for i in range(m):
        out[i] = p[at + n * m + i]
    for j in range(n):
        value, row = x[j], p[at + j * m : at + (j + 1) * m]
        for i in range(m):
            out[i] += row[i] * value
    return at + (n + 1) * m


def remember(
    p: Floats, at: int, u: Floats, n: int, h: Floats, c: Floats, units: int, z: Floats, y: Floats
) -> int:
    """Let the memory of the LSTM kind take a step: h and c become what the layers find (ncps, lstm.py)."""
    for j in range(n):
        z[j] = u[j]
    for j in range(units):
        z[n + j] = h[j]
    at = dense(p, at, z, n + units, y, 4 * units)
    for i in range(units):
        kept = sigmoid(y[2 * units + i] + 1.0)
        c[i] = c[i] * kept + math.tanh(y[i]) * sigmoid(y[units + i])
        h[i] = math.tanh(c[i]) * sigmoid(y[3 * units + i])
    return at


def combine(
    mode: int, linear: int, elapsed: float, y: Floats, p: Floats, at: int, size: int, h: Floats, gate: Floats
) -> int:
    """Make new states and gates of what the heads of a layer say; returns where in p the next layer begins.

    With linear = 1 the candidates are what the heads say, else its hyperbolic tangent.
    """
    if mode == PURE:
        for i in range(size):
            w_tau, target = p[at + i], p[at + size + i]
            gate[i] = math.exp(-elapsed * (abs(w_tau) + abs(y[i])))
            h[i] = -target * gate[i] * y[i] + target
        return at + 2 * size
    for i in range(size):
        g, q = y[i], y[size + i]
        if linear == 0:
            g, q = math.tanh(g), math.tanh(q)
        r = sigmoid(y[2 * size + i] * elapsed + y[3 * size + i])
        gate[i] = r
        h[i] = g + r * q if mode == NO_GATE else g * (1.0 - r) + r * q
    return at


def advance(
    p: Floats, dims: Ints, u: Floats, elapsed: float, h: Floats, c: Floats, out: Floats, work: Floats
) -> None:
    """One call: from states h to out[0]; the gates go to out[1], the memory c is changed in place.

    Args:
        p: float64[...], the maps in the order in which they are used.
        dims: int64[...], sizes and choices.
        u: float64[m], values that are read.
        elapsed: Time since the last call.
        h: float64[n], states.
        c: float64[n], memory of a network with mixed memory.
        out: float64[2, n], new states and gates.
        work: float64[...], as `_declare` measures it.
    """
    units, width, mode, code = dims[UNITS], dims[WIDTH], dims[MODE], dims[ACTIVATION_CODE]
    z, y = work[0:width], work[width : 2 * width]
    before = work[2 * width : 2 * width + units]
    copy(h, before)
    n, at = dims[INPUTS], 0
    if dims[MIXED] == 1:
        at = remember(p, at, u, n, before, c, units, z, y)
    for j in range(n):
        z[j] = u[j]
    first = 0
    for k in range(dims[LAYERS]):
        place = FIRST + PER_LAYER * k
        size, backbone = dims[place], dims[place + 2]
        for j in range(size):
            z[n + j] = before[first + j]
        n += size
        for _ in range(dims[place + 1]):
            at = dense(p, at, z, n, y, backbone)
            for i in range(backbone):
                z[i] = squash(code, y[i])
            n = backbone
        at = dense(p, at, z, n, y, size if mode == PURE else HEADS * size)
        new, gate = out[0, first : first + size], out[1, first : first + size]
        at = combine(mode, dims[CANDIDATES_CODE], elapsed, y, p, at, size, new, gate)
        for i in range(size):
            z[i] = new[i]
        n = size
        first += size
