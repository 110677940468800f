"""Words for what can act on a neuron at most, and for the intervals that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Places = NDArray[np.int32]  # of which there is one for every synapse


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The most that synapses of one kind can do; None for channels they do not touch.

    Attributes:
        conductance: float64[s], largest conductance (the smallest is 0).
        reversal: float64[s], reversal potential that goes with it.
        gap: float64[s], constant conductance towards the presynaptic state.
        steady: float64[s], constant conductance towards 0; a current beside it makes that another potential.
        drive: (float64[s], float64[s]), smallest and largest summand of the drive.
        current: (float64[s], float64[s]), smallest and largest current.
        slope: float64[s], greatest |derivative| of what is added to drive or current with respect to the presynaptic
            value; None for kinds that end at no neuron without a decay.
    """

    conductance: Floats | None = None
    reversal: Floats | None = None
    gap: Floats | None = None
    steady: Floats | None = None
    drive: tuple[Floats, Floats] | None = None
    current: tuple[Floats, Floats] | None = None
    slope: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What acts on the n neurons of one kind.

    Attributes:
        p: float64[P, n], their parameters.
        start: float64[n], their states now.
        row: int64[s], neuron at which each conductance synapse ends.
        conductance: float64[s], its largest conductance.
        reversal: float64[s], its reversal potential.
        gap_row: int64[g], neuron at which each gap junction ends.
        gap_from: int64[g], neuron of the same kind at its other end.
        gap: float64[g], its conductance.
        steady: float64[n], summed constant conductance towards 0.
        drive: (float64[n], float64[n]), interval of the summed drive.
        current: (float64[n], float64[n]), interval of the summed current.
    """

    p: Floats
    start: Floats
    row: Ints
    conductance: Floats
    reversal: Floats
    gap_row: Ints
    gap_from: Ints
    gap: Floats
    steady: Floats
    drive: tuple[Floats, Floats]
    current: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Intervals that are never left; infinite ends mean that there is no bound.

    Attributes:
        state_low: float64[n], lower end of the invariant interval of the state.
        state_high: float64[n], its upper end.
        tau_low: float64[n], lower end of the band of the effective time constant.
        tau_high: float64[n], its upper end.
        decay_low: float64[n], least decay lambda; None where it cannot be negative.
        slope: float64[n], greatest derivative of f, where f alone is the rate of change or the output; None elsewhere.
    """

    state_low: Floats
    state_high: Floats
    tau_low: Floats
    tau_high: Floats
    decay_low: Floats | None = None
    slope: Floats | None = None
