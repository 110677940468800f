"""The one shape of each kind of kernel, as numba types; importing this imports numba.

=============  =========================================  ==============================================
name           arguments                                  meaning
=============  =========================================  ==============================================
RATES          p, lo, n, x, acc, lam, b                   neuron kind: dx/dt = b - lam x
PARTIALS       p, lo, n, x, acc, dx, dacc                 neuron kind: derivatives of dx/dt with respect to
                                                          its own state (dx) and to its channels (dacc)
OUTPUT         p, lo, n, t, acc, x, lam, b                neuron kind without memory: write its output into x at
                                                          time t of the run, and what it shows as lam and b
GRADIENT       p, lo, n, t, acc, dx, dacc                 neuron kind without memory: derivatives of its output
                                                          with respect to time (dx) and to its channels (dacc)
ACCUMULATE     c0, c1, row, off, pre, q, L, x, acc        synapse kind: add chunks c0 to c1 to the channels
SLOPES         c0, c1, row, off, pre, q, L, x, out        synapse kind: derivatives of what chunks c0 to c1
                                                          add, with respect to the presynaptic value
VALUE          p, t -> float64                            stimulus kind: value at a time
SHARE          k, x, tables                               a block of synapses, with the help of other threads
ASSIST         tables                                     what these others do
STEP           t, h, end, x, work, tables                 solver: from t to t + h; inputs are evaluated at
                                                          `end` (just before t + h) at the latest
CELL           p, dims, u, elapsed, h, c, out, work       network with memory: one call, from states h to
                                                          out[0], gates to out[1], memory c in place
=============  =========================================  ==============================================

p holds rows one after the other (p[0:n] is the first); q likewise with L slots a row; x holds the
states, behind them the outputs of neurons without memory, what the inputs send and then their own values.

Kernels of synapses that share gates find more there. With G gates, a multiple of eight, pre holds the gate of each
slot, and behind that the places where the gates read x; q holds the rows of the gates, G numbers each, G numbers of
room for what they come to, and the other rows.

dx is float64[C] and dacc is float64[4, C], like acc; dx takes the channels as given, so what a neuron's own synapses
add is not in it. out is float64[4 L]: row k (out[k * L : (k + 1) * L]) belongs to channel k. Both dacc and out are
zero before the call, so that a kernel names only the channels that it reads or adds to. Where a function has a kink,
the derivative is that of either side.
"""

from __future__ import annotations

import numpy as np
from numba import from_dtype, types

from circuitsim.dynamics.ledger import Ledger
from circuitsim.dynamics.tables import FIELDS, SORTS

_F, _I = types.float64, types.int64
ARRAYS = {k: types.Array(from_dtype(np.dtype(sort.dtype)), sort.dimensions, "C") for k, sort in SORTS.items()}
_F1, _F2, _I1, _N1 = (ARRAYS[k] for k in "vmwp")

RATES = types.void(_F1, _I, _I, _F1, _F2, _F1, _F1)
PARTIALS = types.void(_F1, _I, _I, _F1, _F2, _F1, _F2)
OUTPUT = types.void(_F1, _I, _I, _F, _F2, _F1, _F1, _F1)
GRADIENT = types.void(_F1, _I, _I, _F, _F2, _F1, _F2)
ACCUMULATE = types.void(_I, _I, _I1, _I1, _N1, _F1, _I, _F1, _F2)
SLOPES = types.void(_I, _I, _I1, _I1, _N1, _F1, _I, _F1, _F1)
VALUE = _F(_F1, _F)
CELL = types.void(_F1, _I1, _F1, _F, _F1, _F1, _F2, _F1)


ADDRESSES, PLACE = _I1, _I  # of kernels, and which of them
TABLES = Ledger({name: ARRAYS[letter] for name, letter in FIELDS.items()})

STEP = types.void(_F, _F, _F, _F1, _F2, TABLES)
FIELD = types.void(_F, _F1, TABLES)
SHARE = types.void(_I, _F1, TABLES)
ASSIST = types.void(TABLES)
DERIVATIVES = types.void(_F, _F1, TABLES)
ADVANCE = types.UniTuple(_I, 3)(
    ADDRESSES, _F1, _F1, _F1, _I, _I, _F, _F1, _F2, TABLES, _I, _F1, _F1, _F2, _F2, _F2
)
