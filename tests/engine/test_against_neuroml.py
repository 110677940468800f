"""Gap junctions, symmetric and directed, against traces of another simulator: explicit Euler at the same step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.engine.session import Session

DATA = Path(__file__).parents[1] / "data" / "neuroml"
KEPT = 50  # the files hold one row of so many steps
PRINTED = 2e-5  # mV; what the traces are rounded to, in single precision


def two_cells(kind: str, conductance: float, v: np.ndarray) -> Circuit:
    """Two leaky cells in pF, nS, mV and pA, joined from the first to the second."""
    circuit = Circuit("two cells", unit_system="physiological")
    for name, start in zip("AB", v, strict=True):
        circuit.add_neuron(
            name, start=float(start), capacitance=3.2, leak_conductance=0.2, leak_potential=-70.0
        )
    circuit.connect("A", "B", kind, conductance=conductance)
    return circuit


def inject(circuit: Circuit, name: str, onset: float, width: float, height: float) -> None:
    """A pulse of current in pA into the first cell."""
    circuit.add_input(name, "pulse", base=0.0, height=height, onset=onset, width=width)
    circuit.connect(name, "A", "current", gain=1.0)


def compared(circuit: Circuit, dt: float, trace: np.ndarray) -> None:
    """Hold an Euler run against a trace that begins with its start state."""
    rows = Session(circuit, "euler", dt).advance((len(trace) - 1) * KEPT)
    grid = np.round(rows.t / dt).astype(int)
    kept = np.flatnonzero(grid % KEPT == 0)
    assert np.array_equal(grid[kept] // KEPT, np.arange(1, len(trace)))
    np.testing.assert_allclose(rows.v[kept], trace[1:, 1:], rtol=0, atol=PRINTED)


@pytest.fixture
def read():
    return lambda name: np.loadtxt(DATA / f"{name}.csv", delimiter=",", skiprows=1)


def test_a_gap_junction(read):
    trace = read("gap_junctions")
    circuit = two_cells("electrical", 0.01, trace[0, 1:])
    inject(circuit, "pulse", -1.0, 1000.0, 3.2)
    compared(circuit, 0.01, trace)
    assert np.ptp(trace[:, 2]) > 0.3  # mV; it was worth comparing


def test_a_directed_gap_junction(read):
    """NeuroML calls it a linear graded synapse; its first cell does not feel the second."""
    trace = read("linear_graded_synapse")
    circuit = two_cells("electrical_directed", 0.005, trace[0, 1:])
    begin = trace[0, 0]
    inject(circuit, "first", -1.0, 601.0 - begin, 2.0)
    inject(circuit, "second", 700.0 - begin, 200.0, 1.0)
    compared(circuit, 0.05, trace)
    assert np.ptp(trace[:, 2]) > 0.2
