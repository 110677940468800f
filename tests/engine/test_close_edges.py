"""Edges of inputs that mean the same instant and differ by a rounding stop no solver."""

from __future__ import annotations

import numpy as np
import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.engine.run import run
from circuitsim.spec.catalogue import kinds

SUM = 0.1 + 0.2
assert SUM != 0.3
PULSES = (("pulse", {"onset": 0.1, "width": 0.2}), ("pulse", {"onset": 0.3, "width": 10.0}))
ALIKE = (PULSES[0], ("pulse", {"onset": SUM, "width": 10.0}))
TRAINS = tuple(("pulse_train", {"onset": 0.0, "width": p / 2, "period": p}) for p in (0.3, 0.7))
NOISES = tuple(("white_noise", {"hold": p, "shape": 1.0}) for p in (0.3, 0.7))


def driven(inputs) -> Circuit:
    """A neuron that hears inputs of some kinds."""
    circuit = Circuit("driven")
    circuit.add_neuron("A", start=0.1)
    for k, (kind, numbers) in enumerate(inputs):
        circuit.add_input(f"u{k}", kind, **numbers)
        circuit.connect(f"u{k}", "A", "current", gain=0.7 - 0.3 * k)
    return circuit


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
@pytest.mark.parametrize("dt", [0.05, 0.037])
@pytest.mark.parametrize("inputs", [PULSES, TRAINS, NOISES], ids=["pulses", "trains", "noises"])
def test_a_run_goes_on_through_edges_a_rounding_apart(inputs, dt, solver):
    result = run(driven(inputs), duration=2.5, dt=dt, solver=solver)
    assert np.isfinite(result.v).all()
    assert (np.diff(result.t) > 0.0).all()
    assert result.t[-1] == 2.5


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_a_rounding_changes_the_states_no_more_than_itself(solver):
    """Against the same pulses with the edge in one place to the last bit."""
    apart, alike = (run(driven(each), duration=1.0, dt=0.05, solver=solver) for each in (PULSES, ALIKE))
    assert np.abs(apart.v[-1] - alike.v[-1]).max() < 1e-12
