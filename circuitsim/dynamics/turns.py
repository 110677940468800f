"""How two threads share the chunks of a block of synapses: what is left is counted down, and who counts takes a piece.

These are the plain forms, right for one thread. In compiled kernels `atomics.py` takes their place. Each piece is
computed whole by one thread, in the same order as ever, so that no bit depends on who helped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Ints

# Places in the counts, a cache line apart: pieces nobody has taken, pieces that are done, the block they are of,
# whether helpers are to go home, and the slots from which on a block is shared out.
LEFT, DONE, BLOCK, HOME, LEAST = range(0, 40, 8)
COUNTS = 40
PIECE = 64  # chunks that are taken at once
ALONE = 2**62  # slots that no block has


def alone() -> Ints:
    """Counts of somebody who shares nothing."""
    counts = np.zeros(COUNTS, dtype=np.int64)
    counts[LEAST] = ALONE
    return counts


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
