"""How two threads share the work of a large circuit: what is left is counted down, and who counts takes a piece.

Each of them has a half of its own and takes from the other's when that is done, so that it finds most of its numbers in
its own cache. These are the plain forms, right for one thread. In compiled kernels `atomics.py` takes their place. Each
piece is computed whole by one thread, in the same order as ever, so that no bit depends on who helped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Ints

# Places in the counts, a cache line apart: pieces that nobody has taken, of the half of who advances and of that of who
# helps, each with the number of its first piece and of its pieces behind it; pieces that are done; what they are pieces
# of; whether each half is gone through from its end; whether somebody helps; whether helpers are to go home; and the slots
# from which on a block is shared out.
MINE, THEIRS, DONE, TASK, BACK, HELPED, HOME, LEAST = range(0, 64, 8)
FIRST, MANY = 1, 2  # behind the count of a half
COUNTS = 64
# what is shared out besides blocks of synapses, which go by their numbers: channels, and neurons
CLEAR, RATES = -1, -2
PIECE = 64  # chunks of synapses that are taken at once
SPAN = 1024  # columns of neurons that are


def counts(least: int) -> Ints:
    """Counts of somebody who is not helped, for blocks of so many slots and more."""
    result = np.zeros(COUNTS, dtype=np.int64)
    result[LEAST] = least
    return result


def look(counts: Ints, k: int) -> int:
    """What a count is now, and with it all that was written before it was put there."""
    number: int = counts[k]
    return number


def put(counts: Ints, k: int, number: int) -> None:
    """Set a count, behind all that was written before."""
    counts[k] = number


def count(counts: Ints, k: int, by: int) -> int:
    """Add to a count; what it was before."""
    before: int = counts[k]
    counts[k] = before + by
    return before


def rest(waited: int) -> int:
    """Wait a moment, and after many of them let others have the processor; returns how often it has waited."""
    return waited + 1
