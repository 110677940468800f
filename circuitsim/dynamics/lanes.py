"""What eight lanes do with the slots of a chunk: the inner loops of synapse kinds.

These are the plain forms. They say what is meant, they run where nothing is compiled, and the vector forms of
`vectors.py`, which take their place in compiled kernels, are tested against them. A lane is a postsynaptic neuron; its
slots are added in their order, one by one, in either form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import sigmoid
from circuitsim.dynamics.tables import LANES

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Places


def add_gated(
    begin: int, end: int, pre: Places, slope: Floats, shift: Floats, g: Floats, ge: Floats, x: Floats,
    sum_g: Floats, sum_ge: Floats, at: int,
) -> None:  # fmt: skip
    """Add g s and ge s of slots from begin to end, with s the logistic function of slope x[pre] - shift.

    Args:
        begin: First slot, of lane 0.
        end: Behind the last slot.
        pre: int32[L], where each slot reads x.
        slope: float64[L].
        shift: float64[L].
        g: float64[L].
        ge: float64[L].
        x: float64[...].
        sum_g: float64[...], to which g s is added, lane after lane from `at` on.
        sum_ge: float64[...], to which ge s is added.
        at: Place of lane 0.
    """
    for k in range(begin, end, LANES):
        for lane in range(LANES):
            j = k + lane
            s = sigmoid(slope[j] * x[pre[j]] - shift[j])
            sum_g[at + lane] += g[j] * s
            sum_ge[at + lane] += ge[j] * s


def add_single(
    begin: int,
    end: int,
    pre: Places,
    q: Floats,
    length: int,
    x: Floats,
    sum_g: Floats,
    sum_ge: Floats,
    at: int,
) -> None:
    """What `add_gated` does, in single precision; the sum over these slots is added to the lanes in double.

    Args:
        begin: First slot, of lane 0.
        end: Behind the last slot.
        pre: int32[L], where each slot reads x.
        q: float64[2 L], whose bytes are float32[4 L]: rows slope, shift, g and ge.
        length: L, slots of the whole block.
        x: float64[...].
        sum_g: float64[...].
        sum_ge: float64[...].
        at: Place of lane 0.
    """
    rows = q.view(np.float32)
    slope, shift = rows[0:length], rows[length : 2 * length]
    g, ge = rows[2 * length : 3 * length], rows[3 * length : 4 * length]
    for lane in range(LANES):
        total_g = total_ge = np.float32(0.0)
        for j in range(begin + lane, end, LANES):
            s = np.float32(sigmoid(slope[j] * np.float32(x[pre[j]]) - shift[j]))
            total_g += g[j] * s
            total_ge += ge[j] * s
        sum_g[at + lane] += total_g
        sum_ge[at + lane] += total_ge


def add_weighted(begin: int, end: int, pre: Places, w: Floats, x: Floats, total: Floats, at: int) -> None:
    """Add w x[pre] of slots from begin to end to the lanes of a total; what each is, `add_gated` says."""
    for k in range(begin, end, LANES):
        for lane in range(LANES):
            total[at + lane] += w[k + lane] * x[pre[k + lane]]


def open_gates(gates: int, pre: Places, slope: Floats, shift: Floats, x: Floats, to: Floats) -> None:
    """Write the logistic function of slope x[pre] - shift for each gate; their number is a multiple of eight."""
    for k in range(gates):
        to[k] = sigmoid(slope[k] * x[pre[k]] - shift[k])


def add_shared(
    begin: int,
    end: int,
    gate: Places,
    g: Floats,
    ge: Floats,
    s: Floats,
    sum_g: Floats,
    sum_ge: Floats,
    at: int,
) -> None:
    """Add g s[gate] and ge s[gate] of slots from begin to end; what each is, `add_gated` says."""
    for k in range(begin, end, LANES):
        for lane in range(LANES):
            j = k + lane
            sum_g[at + lane] += g[j] * s[gate[j]]
            sum_ge[at + lane] += ge[j] * s[gate[j]]
