"""What every kernel reads: the compiled circuit as plain arrays."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.spec.bounds import Floats, Ints, Places

LANES = 8  # postsynaptic neurons in a chunk; one SIMD lane each


class Sort(NamedTuple):
    """What arrays a kernel takes in one place.

    Attributes:
        dtype: Of its items.
        dimensions: How many.
        code: How numpy writes that dtype on this machine.
        size: Of an item, in bytes.
    """

    dtype: str
    dimensions: int
    code: str
    size: int


def _sort(dtype: str, dimensions: int) -> Sort:
    known = np.dtype(dtype)
    return Sort(dtype, dimensions, known.str, known.itemsize)


SORTS = {
    "v": _sort("float64", 1),
    "m": _sort("float64", 2),
    "w": _sort("int64", 1),
    "n": _sort("int64", 2),
    "p": _sort("int32", 1),
}  # by the letters of `code_store.Code`


class _Arrays(NamedTuple):
    """A circuit for kernels.

    N is the number of neurons that remember, C that of all neurons, both padded to whole chunks, M that of inputs.
    The vector that kernels share is float64[C + 2M]: states, outputs of neurons without memory, what inputs send, and
    behind that the values of the inputs themselves, which nothing but the recording reads.

    Attributes:
        rates: int64[...], addresses of the kernels of neurons that remember; where nothing is compiled a list of functions.
        output: The same of neurons without memory.
        accumulate: The same of synapses.
        value: The same of the stimulus kinds in use.
        partials: The same of the derivatives of `rates`; empty if nobody asks for derivatives.
        gradient: The same of `output`.
        slopes: The same of `accumulate`.
        share: The same of what does the work in pieces; empty where no block of synapses is large enough for that.
        field: The same of the right-hand side.
        neurons: int64[b, 6]: function, first neuron, neurons, rows, first number in p, neurons without padding.
        memoryless: int64[b, 6]: the same of neurons without memory, level by level.
        synapses: int64[b, 8]: function, first chunk, chunks, numbers in q, slots, first slot, first in q, gates that
            they share (0: none); those that end at neurons without memory first, level by level.
        stages: int64[s, 4]: for each level, and then for the neurons that remember, the first block of synapses that
            ends there and the one behind the last, and the same of the neurons without memory.
        inputs: int64[M, 4]: function, first number in u, numbers, which of them is its clock (-1: none).
        p: float64[...], packed rows of the neuron blocks.
        row: int64[chunks], first neuron of each chunk.
        off: int64[chunks + b], first slot of each chunk within its block, and the end.
        pre: int32[slots + gates], index of the presynaptic state or input; where gates are shared that of the gate
            within its block, and behind the slots of the block those of the presynaptic states or inputs of its gates.
        q: float64[...], packed rows of the synapse blocks, slot-major.
        u: float64[...], numbers of the inputs.
        sent: float64[M, 2], gain and offset of what each input sends.
        held: float64[M, 3], of an input with a clock: from when its last value holds, until when, and the value.
        acc: float64[4, C], the channels, written by synapses and read by neurons.
        lam: float64[N], decay: dx/dt = b - lam x.
        b: float64[N].
        elastance: float64[N], one over the capacitance of a neuron; 0 where it has none.
        all_lam: float64[C], lam and behind it what neurons without memory show as their decay.
        all_b: float64[C], the same of b.
        turns: int64[turns.COUNTS], what threads that share the work tell each other.
        seen: float64[C + 2M], the vector of the evaluation as a second thread reads it.
        fresh: float64[1], the instant for whose states a sample has just had the right-hand side evaluated, so that a
            step that begins there need not; NaN if none.
        dx: float64[C], derivative of dx/dt with respect to a neuron's own state, channels as given; where there is no
            state that of the output by time. This and what follows is empty if nobody asks for derivatives.
        dacc: float64[4, C], derivative of dx/dt, or of the output, with respect to each channel.
        slope: float64[4 (slots + gates)], derivatives of what each slot adds to each channel, with respect to its
            presynaptic value; four rows of slots for each block.
    """

    rates: Any
    output: Any
    accumulate: Any
    value: Any
    partials: Any
    gradient: Any
    slopes: Any
    share: Any
    field: Any
    neurons: Ints
    memoryless: Ints
    synapses: Ints
    stages: Ints
    inputs: Ints
    p: Floats
    row: Ints
    off: Ints
    pre: Places
    q: Floats
    u: Floats
    sent: Floats
    held: Floats
    acc: Floats
    lam: Floats
    b: Floats
    elastance: Floats
    all_lam: Floats
    all_b: Floats
    turns: Ints
    seen: Floats
    fresh: Floats
    dx: Floats
    dacc: Floats
    slope: Floats


FIELDS = dict(zip(_Arrays._fields, "wwwwwwwwwnnnnnvwwpvvmmmvvvvvwvvvmv", strict=True))  # their letters


class Tables(_Arrays):
    """A circuit for kernels, and its place in memory."""

    @cached_property
    def block(self) -> Ints:
        """int64[...], what compiled kernels read of it: for each array in turn what they know of it."""
        words = []
        for (name, letter), array in zip(FIELDS.items(), self, strict=True):
            words += words_of(array, SORTS[letter], name)
        return np.array(words, dtype=np.int64)

    def __getstate__(self) -> None:
        """A copy keeps nothing besides its arrays: they are elsewhere, so it has a block of its own."""


def words_of(array: NDArray[Any], sort: Sort, name: str) -> list[int]:
    """What kernels know of an array: number and size of its items, address, shape and strides.

    Raises:
        TypeError: If it is not what the kernel was compiled for, which would take its bytes for something else.
    """
    known = array.__array_interface__  # dear, but all that is asked for is in it
    shape, size = known["shape"], sort.size
    if known["typestr"] != sort.code or known["strides"] is not None or len(shape) != sort.dimensions:
        gaps = ", with gaps" if known["strides"] is not None else ""
        raise TypeError(
            f"{name} of a kernel must be {sort.dtype} in {counted(sort.dimensions, 'dimension')}, item after item, "
            f"and is {array.dtype} in {counted(len(shape), 'dimension')}{gaps}"
        )
    place: int = known["data"][0]
    if sort.dimensions == 1:
        return [shape[0], size, place, shape[0], size]
    rows, columns = shape
    return [rows * columns, size, place, rows, columns, columns * size, size]


def place_of(array: NDArray[Any]) -> int:
    """The address of the first item of an array."""
    place: int = array.__array_interface__["data"][0]
    return place
