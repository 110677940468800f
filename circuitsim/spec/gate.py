"""What synapses that begin at one place may have in common, so that it is computed once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Gate:
    """A function of the presynaptic value that synapses may share, and the kernels of those that do.

    These kernels take what `dynamics/signatures.py` says, and give the same bits as those of the kind.

    Attributes:
        rows: How many of the rows that `pack` makes say what the gate is; they come first.
        accumulate: Kernel ACCUMULATE.
        slopes: Kernel SLOPES.
    """

    rows: int
    accumulate: Callable[..., Any]
    slopes: Callable[..., Any]
