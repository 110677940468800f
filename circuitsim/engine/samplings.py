"""Where a kernel writes samples, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.rows import Rows

if TYPE_CHECKING:
    from circuitsim.engine.clamps import Clamps
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats

    Sampled = tuple[Floats, Floats, Floats, Floats]  # times, vectors of the kernels, decays and drives

BLOCK = (
    1 << 17
)  # numbers that are sampled in one call of the kernel: what it writes is still near when it is read


class Samplings:
    """Memory for the samples of one call after the other."""

    def __init__(self) -> None:
        self._memory: Floats = np.empty(0)

    def buffers(self, rows: int, program: Program) -> Sampled:
        """Room for so many samples, the same at every call: what is there has been read before the next one."""
        n, width = program.width, program.start.size
        ends = np.cumsum([rows, rows * width, rows * n, rows * n])
        if self._memory.size < ends[-1]:
            self._memory = np.empty(ends[-1])
        t, x, lam, b = np.split(self._memory[: ends[-1]], ends[:-1])
        return t, x.reshape(rows, width), lam.reshape(rows, n), b.reshape(rows, n)


def most(program: Program, every: int) -> int:
    """How many steps one call of the kernel should take at most, when it samples after every so many."""
    return max(1, BLOCK // (1 + program.start.size + 2 * program.width)) * every


def rows_of(sampled: Sampled, program: Program, clamps: Clamps, gates: Floats) -> Rows:
    """Samples by neuron and input, in memory of their own: that of a kernel is written again.

    Args:
        sampled: As `buffers` has it.
        program: The circuit.
        clamps: Its electrodes.
        gates: float64[g], gates of the units of networks with memory.
    """
    t, x, lam, b = sampled
    decay = lam[:, program.columns]
    with np.errstate(divide="ignore", invalid="ignore"):
        tau, target = 1.0 / decay, b[:, program.columns] / decay
    target[decay == 0.0] = np.nan  # where nothing decays, no state is headed for
    inputs = x[:, x.shape[1] - len(program.input_ids) :].copy()
    gate = np.repeat(gates[None, :], t.size, axis=0)
    return Rows(t.copy(), x[:, program.columns], tau, target, inputs, clamps.currents(x), gate)
