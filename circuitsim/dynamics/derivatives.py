"""The derivatives of the one right-hand side; like `field`, they know neither kinds nor solvers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def derivatives(x: Floats, tables: Tables) -> None:
    """Fill tables.dx, tables.dacc and tables.slope where `field` has just been evaluated.

    Args:
        x: float64[N + M], states and inputs as `field` left them.
        tables: The circuit, made ready for derivatives; acc holds the channels at x.
    """
    dx, dacc, slope = tables.dx, tables.dacc, tables.slope
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


def jacobian(x: Floats, tables: Tables, out: Floats) -> None:
    """Fill in how every dx/dt changes with every state and input, where `field` has just been evaluated.

    Args:
        x: float64[N + M], states and inputs as `field` left them.
        tables: The circuit, made ready for derivatives; acc holds the channels at x.
        out: float64[N, N + M].
    """
    derivatives(x, tables)
    dx, dacc, slope = tables.dx, tables.dacc, tables.slope
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


def input_slopes(t: float, span: float, x: Floats, tables: Tables, out: Floats) -> None:
    """Estimate how fast the inputs change at t, from their values at three instants within a span without edges.

    Args:
        t: The instant.
        span: Time from t that the instants may take up.
        x: float64[N + M], states and inputs at t.
        tables: The circuit.
        out: float64[N + M], of which the places of the inputs are filled.
    """
    n = tables.lam.shape[0]
    inputs, d = tables.inputs, span / 16.0
    for k in range(inputs.shape[0]):
        first = inputs[k, 1]
        value, u = tables.value[inputs[k, 0]], tables.u[first : first + inputs[k, 2]]
        out[n + k] = (4.0 * value(u, t + d) - value(u, t + 2.0 * d) - 3.0 * x[n + k]) / (2.0 * d)
