"""SELL-8: synapses laid out slot by slot for chunks of eight postsynaptic neurons.

Every lane of a chunk belongs to one postsynaptic neuron; shorter lanes are padded with synapses of
zero strength, so the hot loop has neither a remainder nor a sum across lanes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.tables import LANES

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Ints, Places


WORTH = 0.9  # part of the slots that an order of the neurons must not exceed to be taken


@dataclass(frozen=True, slots=True, eq=False)
class Chunks:
    """Where the synapses of one kind stand.

    Attributes:
        row: int64[c], first neuron of each chunk; chunks without synapses are left out.
        off: int64[c + 1], first slot of each chunk, and the number of slots.
        slot: int32[s], slot of each synapse.
    """

    row: Ints
    off: Ints
    slot: Places

    @property
    def slots(self) -> int:
        """Number of slots, padding included."""
        return int(self.off[-1])


def by_degree(degree: Ints) -> Ints:
    """An order of neurons that puts those into one chunk that hear about as many others: padding is work, too.

    It is the given one if the other would not save a tenth of the slots.

    Args:
        degree: int64[n], how many synapses end at each.

    Returns:
        int64[n], indices.
    """
    order = np.argsort(-degree, kind="stable")
    given = np.arange(degree.size)
    return order if _slots(degree[order]) < WORTH * _slots(degree) else given


def _slots(degree: Ints) -> int:
    """Slots that neurons take in a given order."""
    padded = np.pad(degree, (0, -degree.size % LANES)).reshape(-1, LANES)
    return int(padded.max(axis=1).sum()) * LANES


def chunks(post: Ints, neurons: int) -> Chunks:
    """Lay out synapses; those of one neuron keep their order.

    Args:
        post: int64[s], column of each postsynaptic neuron.
        neurons: Number of columns, a multiple of eight.
    """
    heard = np.bincount(post, minlength=neurons)
    degree = heard.reshape(-1, LANES)
    used = np.flatnonzero(degree.max(axis=1))
    off = np.concatenate([[0], np.cumsum(degree[used].max(axis=1) * LANES)]).astype(np.int64)
    chunk_of = np.full(neurons // LANES, -1, dtype=np.int64)
    chunk_of[used] = np.arange(used.size)
    order = np.argsort(post, kind="stable")
    rising = post[order]
    rank = np.arange(post.size) - (np.cumsum(heard) - heard)[rising]
    slot = np.empty(post.size, dtype=np.int32)
    slot[order] = off[chunk_of[rising // LANES]] + rank * LANES + rising % LANES
    return Chunks(used.astype(np.int64) * LANES, off, slot)
