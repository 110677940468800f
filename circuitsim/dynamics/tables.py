"""What every kernel reads: the compiled circuit as plain arrays and function pointers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints

LANES = 8  # postsynaptic neurons in a chunk; one SIMD lane each


class Tables(NamedTuple):
    """A circuit for kernels; N is the number of neurons padded to whole chunks, M that of inputs.

    Attributes:
        rates: Function pointers of the neuron kinds in use.
        accumulate: Function pointers of the synapse kinds in use.
        value: Function pointers of the stimulus kinds in use.
        partials: Function pointers of the derivatives of the neuron kinds in use; empty if nobody asks for them.
        slopes: The same of the synapse kinds.
        neurons: int64[b, 5]: function, first neuron, neurons, rows, first number in p.
        synapses: int64[b, 7]: function, first chunk, chunks, rows, slots, first slot, first in q.
        inputs: int64[M, 3]: function, first number in u, numbers.
        p: float64[...], packed rows of the neuron blocks.
        row: int64[chunks], first neuron of each chunk.
        off: int64[chunks + b], first slot of each chunk within its block, and the end.
        pre: int64[slots], index of the presynaptic state or input.
        q: float64[...], packed rows of the synapse blocks, slot-major.
        u: float64[...], numbers of the inputs.
        acc: float64[4, N], the channels, written by synapses and read by neurons.
        lam: float64[N], decay: dx/dt = b - lam x.
        b: float64[N].
        dx: float64[N], derivative of dx/dt with respect to a neuron's own state, channels as given; this and what
            follows is empty if nobody asks for derivatives.
        dacc: float64[4, N], that with respect to each channel.
        slope: float64[4 slots], derivatives of what each slot adds to each channel, with respect to its presynaptic
            value; four rows for each block, block after block.
    """

    rates: Any
    accumulate: Any
    value: Any
    partials: Any
    slopes: Any
    neurons: Ints
    synapses: Ints
    inputs: Ints
    p: Floats
    row: Ints
    off: Ints
    pre: Ints
    q: Floats
    u: Floats
    acc: Floats
    lam: Floats
    b: Floats
    dx: Floats
    dacc: Floats
    slope: Floats
