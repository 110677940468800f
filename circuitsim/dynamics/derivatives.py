"""The derivatives of the one right-hand side; like `field`, they know neither kinds nor solvers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def derivatives(x: Floats, tables: Tables, dx: Floats, dacc: Floats, slope: Floats) -> None:
    """Differentiate dx/dt where `field` has just been evaluated, piece by piece.

    Args:
        x: float64[N + M], states and inputs as `field` left them.
        tables: The circuit, with the pointers of its derivatives; acc holds the channels at x.
        dx: float64[N], filled with the derivative of dx/dt with respect to a neuron's own state, channels as given.
        dacc: float64[4, N], filled with that with respect to each channel.
        slope: float64[4 slots], filled with the derivatives of what each slot adds to each channel, with respect to
            its presynaptic value; four rows for each block, block after block.
    """
    dx[:] = 0.0
    dacc[:] = 0.0
    slope[:] = 0.0
    kinds = tables.neurons
    for k in range(kinds.shape[0]):
        size, first = kinds[k, 2], kinds[k, 4]
        tables.partials[kinds[k, 0]](
            tables.p[first : first + kinds[k, 3] * size], kinds[k, 1], size, x, tables.acc, dx, dacc
        )
    blocks = tables.synapses
    for k in range(blocks.shape[0]):
        chunk, chunks, rows, slots = blocks[k, 1], blocks[k, 2], blocks[k, 3], blocks[k, 4]
        slot, first = blocks[k, 5], blocks[k, 6]
        tables.slopes[blocks[k, 0]](
            0,
            chunks,
            tables.row[chunk : chunk + chunks],
            tables.off[chunk + k : chunk + k + chunks + 1],
            tables.pre[slot : slot + slots],
            tables.q[first : first + rows * slots],
            slots,
            x,
            slope[4 * slot : 4 * (slot + slots)],
        )


def jacobian(tables: Tables, dx: Floats, dacc: Floats, slope: Floats, out: Floats) -> None:
    """Put the pieces of `derivatives` together.

    Args:
        tables: The circuit.
        dx: float64[N], as filled by `derivatives`.
        dacc: float64[4, N], likewise.
        slope: float64[4 slots], likewise.
        out: float64[N, N + M], filled with the derivatives of dx/dt with respect to every state and input.
    """
    out[:] = 0.0
    for i in range(dx.shape[0]):
        out[i, i] = dx[i]
    blocks = tables.synapses
    for k in range(blocks.shape[0]):
        chunk, slots, slot = blocks[k, 1], blocks[k, 4], blocks[k, 5]
        own = slope[4 * slot : 4 * (slot + slots)]
        for c in range(blocks[k, 2]):
            for j in range(tables.off[chunk + k + c], tables.off[chunk + k + c + 1]):
                i = tables.row[chunk + c] + j % 8
                total = 0.0
                for channel in range(4):
                    total += dacc[channel, i] * own[channel * slots + j]
                out[i, tables.pre[slot + j]] += total
