"""How many digits the sums of synapses are computed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.spec.bounds import Floats

DOUBLE, SINGLE = "double", "single"
PRECISIONS = {DOUBLE: "double", SINGLE: "single (± 1e-6)"}  # what they are called
HINT = (
    "Single computes chemical synapses with 24 bits. It pays from a few hundred synapses on, and puts states off by "
    "about a millionth of the range of potentials; where a rhythm runs for long, its phase drifts too, and that adds up. "
    "Everything else stays double."
)
FINEST = 1e-8  # tolerance that single precision can keep; below it steps become so short that rounding makes their error
ROUNDING = 2.0**-24  # of a float32, of itself


@dataclass(frozen=True, slots=True)
class Single:
    """The kernels of a kind of synapses in single precision.

    They take what `dynamics/signatures.py` says, but for q, whose bytes are the rows that `pack` makes as float32.

    Attributes:
        rows: How many rows that is.
        accumulate: Kernel ACCUMULATE.
        slopes: Kernel SLOPES.
        error: numpy, (float32[R, L], float) -> float: packed rows and the largest state; how far rounding may put a
            neuron off.
    """

    rows: int
    accumulate: Callable[..., Any]
    slopes: Callable[..., Any]
    error: Callable[[Floats, float], float]
