"""Chemical synapse: conductance g s(slope (v_pre - midpoint)) towards its reversal potential."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.functions import sigmoid_slope
from circuitsim.dynamics.lanes import add_gated, add_shared, add_single, open_gates
from circuitsim.dynamics.tables import LANES
from circuitsim.spec.bounds import Reach
from circuitsim.spec.gate import Gate
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.parameter import number
from circuitsim.spec.precision import ROUNDING, Single
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints, Places

G, GE = 0, 1  # rows of acc: Channel
PIECE = 32 * LANES  # slots whose sum is of single precision; sums of these are of double
CONDUCTANCE, SLOPE, MIDPOINT, REVERSAL_POTENTIAL = range(4)  # rows of p


def _pack(p: Floats) -> Floats:
    """Rows slope, slope * midpoint, g and g E: the sum over synapses then holds no v_post."""
    g, slope, midpoint, reversal = p
    return np.stack([slope, slope * midpoint, g, g * reversal])


def _accumulate(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, acc: Floats
) -> None:
    slope, shift = q[0:length], q[length : 2 * length]
    g, ge = q[2 * length : 3 * length], q[3 * length : 4 * length]
    sum_g, sum_ge = acc[G], acc[GE]
    for c in range(c0, c1):
        add_gated(off[c], off[c + 1], pre, slope, shift, g, ge, x, sum_g, sum_ge, row[c])


def _slopes(
    c0: int, c1: int, _row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, out: Floats
) -> None:
    slope, shift = q[0:length], q[length : 2 * length]
    g, ge = q[2 * length : 3 * length], q[3 * length : 4 * length]
    for j in range(off[c0], off[c1]):
        steepness = slope[j] * sigmoid_slope(slope[j] * x[pre[j]] - shift[j])
        out[G * length + j] = g[j] * steepness
        out[GE * length + j] = ge[j] * steepness


def _accumulate_single(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, acc: Floats
) -> None:
    sum_g, sum_ge = acc[G], acc[GE]
    for c in range(c0, c1):
        for begin in range(off[c], off[c + 1], PIECE):
            add_single(begin, min(begin + PIECE, off[c + 1]), pre, q, length, x, sum_g, sum_ge, row[c])


def _slopes_single(
    c0: int, c1: int, _row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, out: Floats
) -> None:
    rows = q.view(np.float32)
    slope, shift = rows[0:length], rows[length : 2 * length]
    g, ge = rows[2 * length : 3 * length], rows[3 * length : 4 * length]
    for j in range(off[c0], off[c1]):
        steepness = slope[j] * sigmoid_slope(slope[j] * x[pre[j]] - shift[j])
        out[G * length + j] = g[j] * steepness
        out[GE * length + j] = ge[j] * steepness


def _error_single(rows: Floats, largest: float) -> float:
    """Rounding of slope x, shift and the sum; where a synapse shares a neuron with others, a quarter of it gets through."""
    _, shift, g, ge = rows
    away = np.divide(ge, g, out=np.zeros_like(g), where=g > 0.0)
    return float(np.max((2.0 + 0.25 * np.abs(shift)) * (np.abs(away) + largest), initial=0.0)) * ROUNDING


def _accumulate_shared(
    c0: int, c1: int, row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, acc: Floats
) -> None:
    gates = pre.shape[0] - length
    slope, shift, s = q[0:gates], q[gates : 2 * gates], q[2 * gates : 3 * gates]
    g, ge = q[3 * gates : 3 * gates + length], q[3 * gates + length :]
    open_gates(gates, pre[length:], slope, shift, x, s)
    sum_g, sum_ge = acc[G], acc[GE]
    for c in range(c0, c1):
        add_shared(off[c], off[c + 1], pre, g, ge, s, sum_g, sum_ge, row[c])


def _slopes_shared(
    c0: int, c1: int, _row: Ints, off: Ints, pre: Places, q: Floats, length: int, x: Floats, out: Floats
) -> None:
    gates = pre.shape[0] - length
    source, slope, shift = pre[length:], q[0:gates], q[gates : 2 * gates]
    g, ge = q[3 * gates : 3 * gates + length], q[3 * gates + length :]
    for j in range(off[c0], off[c1]):
        k = pre[j]
        steepness = slope[k] * sigmoid_slope(slope[k] * x[source[k]] - shift[k])
        out[G * length + j] = g[j] * steepness
        out[GE * length + j] = ge[j] * steepness


def _acting(p: Floats, x_pre: Floats) -> Floats:
    z = np.clip(p[SLOPE] * (x_pre - p[MIDPOINT]), -700.0, 700.0)
    opened: Floats = p[CONDUCTANCE] / (1.0 + np.exp(-z))
    return opened


def _current(p: Floats, x_pre: Floats, x_post: Floats) -> Floats:
    flow: Floats = _acting(p, x_pre) * (p[REVERSAL_POTENTIAL] - x_post)
    return flow


def _reach(p: Floats, _low: Floats, _high: Floats) -> Reach:
    return Reach(conductance=p[CONDUCTANCE], reversal=p[REVERSAL_POTENTIAL])


KIND = SynapseKind(
    id="chemical",
    title="Chemical synapse",
    doc="Opens a conductance towards its reversal potential as the presynaptic potential rises; excitatory "
    "if that potential lies above the membrane potential, inhibitory if below.",
    avoid="Do not use it where transmission takes time or wears out: it opens at once and always as far as "
    "the presynaptic potential says.",
    equation="I = g σ(s (v_pre − m)) (E − v_post)",
    reference="Lechner et al., Nature Machine Intelligence 2 (2020) 642; Hasani et al., arXiv 1811.00321",
    parameters=(
        number(
            "conductance", "conductance", "g", Dimension.CONDUCTANCE,
            (1.0, 0.01, 10.0), (1.0, 0.01, 20.0),
            "Conductance when fully open.", low=0.0, log=True,
        ),
        number(
            "slope", "slope", "s", Dimension.SLOPE, (6.0, 0.5, 20.0), (0.2, 0.02, 1.0),
            "Steepness of the opening around the midpoint.",
        ),
        number(
            "midpoint", "midpoint", "m", Dimension.POTENTIAL, (0.3, -1.0, 1.0), (-40.0, -80.0, 20.0),
            "Presynaptic potential at which it is half open.",
        ),
        number(
            "reversal_potential", "reversal potential", "E", Dimension.POTENTIAL,
            (1.0, -1.0, 1.0), (0.0, -100.0, 60.0),
            "Potential it pulls the membrane towards.",
        ),
    ),
    sources=frozenset({"neuron", "input"}),
    mutual=False,
    strength="conductance",
    pack=_pack,
    accumulate=_accumulate,
    slopes=_slopes,
    current=_current,
    acting=_acting,
    reach=_reach,
    sign="reversal_potential",
    gate=Gate(rows=2, accumulate=_accumulate_shared, slopes=_slopes_shared),
    single=Single(rows=4, accumulate=_accumulate_single, slopes=_slopes_single, error=_error_single),
)  # fmt: skip
