"""The derivatives of the one right-hand side; like `field`, they know neither kinds nor solvers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics import calls

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def derivatives(t: float, x: Floats, tables: Tables) -> None:
    """Fill tables.dx, tables.dacc and tables.slope where `field` has just been evaluated.

    Args:
        t: The instant.
        x: float64[C + 2M], as `field` left it.
        tables: The circuit, made ready for derivatives; acc holds the channels at x.
    """
    dx, dacc, slope = tables.dx, tables.dacc, tables.slope
    dx[:] = 0.0
    dacc[:] = 0.0
    slope[:] = 0.0
    kinds, instant = tables.neurons, tables.memoryless
    for k in range(kinds.shape[0]):
        size, first = kinds[k, 2], kinds[k, 4]
        p = tables.p[first : first + kinds[k, 3] * size]
        calls.partials(tables.partials, kinds[k, 0], p, kinds[k, 1], size, x, tables.acc, dx, dacc)
    for k in range(instant.shape[0]):
        size, first = instant[k, 2], instant[k, 4]
        p = tables.p[first : first + instant[k, 3] * size]
        calls.gradient(tables.gradient, instant[k, 0], p, instant[k, 1], size, t, tables.acc, dx, dacc)
    blocks = tables.synapses
    for k in range(blocks.shape[0]):
        chunk, chunks, numbers, slots = blocks[k, 1], blocks[k, 2], blocks[k, 3], blocks[k, 4]
        slot, first, gates = blocks[k, 5], blocks[k, 6], blocks[k, 7]
        calls.slopes(
            tables.slopes,
            blocks[k, 0],
            0,
            chunks,
            tables.row[chunk : chunk + chunks],
            tables.off[chunk + k : chunk + k + chunks + 1],
            tables.pre[slot : slot + slots + gates],
            tables.q[first : first + numbers],
            slots,
            x,
            slope[4 * slot : 4 * (slot + slots)],
        )


def jacobian(t: float, x: Floats, tables: Tables, out: Floats) -> None:
    """Fill in how every dx/dt changes with every state and input, where `field` has just been evaluated.

    Blocks are taken from the last to the first, so that all that hears a neuron without memory is done before what
    that neuron hears: its column is complete then, and is handed on by the chain rule. What stays in that column is
    how dx/dt would change with anything that were added to the output of the neuron. Columns of inputs are about
    what they send.

    Args:
        t: The instant.
        x: float64[C + 2M], as `field` left it.
        tables: The circuit, made ready for derivatives; acc holds the channels at x.
        out: float64[N, C + 2M], whose last M columns are zero.
    """
    derivatives(t, x, tables)
    dx, dacc, slope, n = tables.dx, tables.dacc, tables.slope, tables.lam.shape[0]
    out[:] = 0.0
    for i in range(n):
        out[i, i] = dx[i]
    blocks = tables.synapses
    for k in range(blocks.shape[0] - 1, -1, -1):
        chunk, slots, slot = blocks[k, 1], blocks[k, 4], blocks[k, 5]
        own = slope[4 * slot : 4 * (slot + slots)]
        for c in range(blocks[k, 2]):
            for j in range(tables.off[chunk + k + c], tables.off[chunk + k + c + 1]):
                i, source = tables.row[chunk + c] + j % 8, tables.pre[slot + j]
                if blocks[k, 7] > 0:
                    source = tables.pre[slot + slots + source]
                total = 0.0
                for channel in range(4):
                    total += dacc[channel, i] * own[channel * slots + j]
                if i < n:
                    out[i, source] += total
                elif total != 0.0:
                    for state in range(n):
                        out[state, source] += out[state, i] * total


def slopes_in_time(t: float, span: float, x: Floats, tables: Tables, out: Floats) -> None:
    """How fast that which has no state changes at t by itself, whatever the states do.

    That of the inputs is estimated from their values at three instants within a span without edges; that of neurons
    without memory is the derivative of their equation by time.

    Args:
        t: The instant.
        span: Time from t that the instants may take up.
        x: float64[C + 2M], states and inputs at t.
        tables: The circuit, whose derivatives have just been taken.
        out: float64[C + 2M], filled from behind the states on; what inputs send and their own values.
    """
    n = tables.acc.shape[1]
    for i in range(tables.lam.shape[0], n):
        out[i] = tables.dx[i]
    inputs, d = tables.inputs, span / 16.0
    many = inputs.shape[0]
    for k in range(many):
        if inputs[k, 3] >= 0:
            soon = later = tables.held[k, 2]  # until the end of the span
        else:
            kind, u = inputs[k, 0], tables.u[inputs[k, 1] : inputs[k, 1] + inputs[k, 2]]
            soon = calls.value(tables.value, kind, u, t + d)
            later = calls.value(tables.value, kind, u, t + 2.0 * d)
        out[n + many + k] = (4.0 * soon - later - 3.0 * x[n + many + k]) / (2.0 * d)
        out[n + k] = tables.sent[k, 0] * out[n + many + k]
