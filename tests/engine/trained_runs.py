"""Networks as ncps trains them, with random numbers, and runs of them at uneven intervals."""

from __future__ import annotations

import numpy as np

import circuitsim as cs
from circuitsim.circuit.edits import SetParameter


def arrays_of(r, n: int, m: int) -> dict[str, np.ndarray]:
    """An LTC network with a random wiring, as it is under explicit constraints."""
    arrays = {"gleak": r.uniform(0.01, 1, n), "vleak": r.normal(0, 0.3, n), "cm": r.uniform(0.2, 2, n)}
    for prefix, rows in (("", n), ("sensory_", m)):
        arrays |= {
            f"{prefix}w": r.uniform(0, 2, (rows, n)), f"{prefix}sigma": r.uniform(-4, 8, (rows, n)),
            f"{prefix}mu": r.uniform(-0.5, 1, (rows, n)), f"{prefix}erev": r.normal(0, 1, (rows, n)),
            f"{prefix}sparsity_mask": (r.random((rows, n)) < 0.6).astype(float),
        }  # fmt: skip
    arrays |= {"input_w": r.normal(1, 0.5, m), "input_b": r.normal(0, 0.5, m)}
    return arrays | {"output_w": r.normal(1, 0.5, 1), "output_b": r.normal(0, 0.5, 1)}


def memory_of(r, n: int, m: int) -> dict[str, np.ndarray]:
    """The mixed memory of a network."""
    return {
        "lstm.input_map.weight": r.normal(0, 0.7, (4 * n, m)), "lstm.input_map.bias": r.normal(0, 0.3, 4 * n),
        "lstm.recurrent_map.weight": r.normal(0, 0.7, (4 * n, n)),
    }  # fmt: skip


def signals(r, m: int, calls: int):
    """Irregular intervals, values, and the inputs of a run."""
    spans = r.uniform(0.05, 3.0, calls)
    times = np.concatenate([[0.0], np.cumsum(spans)])
    values = r.normal(0, 1, (calls, m))
    return spans, times, values, {f"u{k}": (times[:-1], values[:, k]) for k in range(m)}


def states(circuit: cs.Circuit, inputs, times) -> np.ndarray:
    """States at the ends of all intervals; the last one is as long as the step or the period says."""
    last = float(times[-1] - times[-2])
    for cell in circuit.cells:
        circuit.apply(SetParameter((cell.id,), "period", last))
    trace = cs.simulate(circuit, duration=float(times[-1]), dt=last, inputs=inputs)
    rows = np.searchsorted(trace.t, times[1:] - 1e-9)
    return trace.samples.v[rows]
