"""Which synapses share a gate: those that begin at one place and have its numbers in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.tables import LANES

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints

PAYS = 2  # synapses for each gate from which on sharing is faster
LEAST = 128  # synapses below which what it saves is not worth one more kernel to be compiled
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, with bits all over: 2^64 over the golden ratio


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """Gates that synapses share.

    Attributes:
        pre: int64[g], where each reads; padded to whole chunks.
        rows: float64[r, g], its numbers.
        of: int64[s], gate of each synapse.
        users: int64[g], how many synapses each has.
    """

    pre: Ints
    rows: Floats
    of: Ints
    users: Ints


def shared(pre: Ints, rows: Floats) -> Gates | None:
    """Gates of synapses, or None where too few have one in common.

    Args:
        pre: int64[s], where each reads.
        rows: float64[r, s], the numbers of its gate.
    """
    if pre.size < LEAST:
        return None
    keys = pre.astype(np.uint64)
    for row in np.ascontiguousarray(rows).view(np.uint64):
        keys = (keys ^ (keys >> np.uint64(32))) * _MIX + row
    rising = np.sort(keys)
    if PAYS * (1 + np.count_nonzero(np.diff(rising))) > pre.size:
        return None
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    own, numbers = pre[first], rows[:, first]
    if (own[of] != pre).any() or (numbers[:, of] != rows).any():
        return None  # two gates have one key
    padding = -first.size % LANES
    return Gates(
        np.pad(own, (0, padding), mode="edge"),
        np.pad(numbers, ((0, 0), (0, padding)), mode="edge"),
        of,
        np.bincount(of, minlength=first.size + padding),
    )
