"""Sensitivities of the states at the end to every parameter, and of a sequence of outputs to the inputs.

Runs at two pairs of neighbouring values, and differences to the fourth order. Fixed steps, so that the error of the
method is as smooth as the solution and falls out of the differences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from reference_circuits import VALUES, conductance_circuit

import circuitsim as cs
from circuitsim.circuit.edits import SetParameter, SetStart

if TYPE_CHECKING:
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Neuron, Synapse

FOURTH = {-2: 1 / 12, -1: -2 / 3, 1: 2 / 3, 2: -1 / 12}
NAMES = {
    "cm": "capacitance", "gleak": "leak_conductance", "vleak": "leak_potential", "w": "conductance",
    "sigma": "slope", "mu": "midpoint", "E": "reversal_potential", "gain": "gain",
}  # fmt: skip
REST = VALUES["sensitivity"]
LIPSCHITZ = VALUES["lipschitz"]


def driven() -> cs.Circuit:
    """Three neurons, a constant and a sine, which all begin where the reference does."""
    p = REST["parameters"]
    circuit = conductance_circuit({**p, "gain": []})
    circuit.apply(SetStart({circuit[f"v{k}"].id: v for k, v in enumerate(REST["v0"])}))
    circuit.add_input(
        "drive", "sine", offset=REST["I0"], amplitude=REST["amplitude"], frequency=REST["omega"] / (2 * np.pi)
    )
    for i, gain in enumerate(p["gain"][0]):
        if gain:
            circuit.connect("drive", f"v{i}", "current", gain=gain)
    return circuit


def end_of(circuit: cs.Circuit, solver: str = "rk4", **options: float) -> np.ndarray:
    end = REST["T"]
    run = cs.simulate(circuit, end, 0.002, solver, every=end, **options)
    return np.array([run[f"v{k}"].v[-1] for k in range(3)])


@pytest.mark.parametrize(("solver", "options"), [("rk4", {}), ("dormand_prince", {"tolerance": 1e-13})])
def test_the_states_at_the_end(solver, options):
    np.testing.assert_allclose(end_of(driven(), solver, **options), REST["v_T"], rtol=0, atol=1e-11)


@pytest.mark.parametrize("row", REST["sensitivities"], ids=lambda row: f"{row['parameter']} {row['index']}")
def test_the_sensitivity_to_each_parameter(row):
    circuit, index, h = driven(), row["index"], 1e-3
    if len(index) == 1:
        element = circuit[f"v{index[0]}"]
    else:
        source = "drive" if row["parameter"] == "gain" else f"v{index[0]}"
        ends = circuit[source].id, circuit[f"v{index[1]}"].id
        (element,) = (s for s in circuit.synapses if (s.pre, s.post) == ends)
    total = np.zeros(3)
    for step, weight in FOURTH.items():
        circuit.apply(shifted(element, row["parameter"], step * h))
        total += weight * end_of(circuit)
    np.testing.assert_allclose(total / h, row["dv_T"], rtol=1e-7, atol=1e-9)


def shifted(element: Neuron | Synapse, parameter: str, by: float) -> Edit:
    """An edit that shifts a number of an element from where it is in the element."""
    if parameter == "v0":
        return SetStart({element.id: element.start + by})
    name = NAMES[parameter]
    return SetParameter((element.id,), name, element.parameters[name] + by)


def outputs(circuit: cs.Circuit, sequence: np.ndarray) -> np.ndarray:
    """The first neuron after each input of a sequence, float64[calls]; every input is held for a time of 1."""
    times = [k * LIPSCHITZ["elapsed"] for k in range(len(sequence))]
    inputs = {f"I{k}": (times, column) for k, column in enumerate(sequence.T)}
    dt = LIPSCHITZ["elapsed"] / LIPSCHITZ["unfolds"]
    initial = {f"v{k}": 0.0 for k in range(len(circuit.neurons))}
    end = len(sequence) * LIPSCHITZ["elapsed"]
    run = cs.simulate(circuit, end, dt, "fused", inputs=inputs, initial=initial)
    return run["v0"].v[LIPSCHITZ["unfolds"] :: LIPSCHITZ["unfolds"]]


@pytest.mark.parametrize("which", range(len(LIPSCHITZ["inputs"])))
def test_the_lipschitz_constant_along_a_sequence(which):
    """The spectral norm of the derivative of all outputs by all inputs, float64[calls, calls * inputs]."""
    circuit, sequence = conductance_circuit(LIPSCHITZ["parameters"]), np.array(LIPSCHITZ["inputs"][which])
    expected, h = LIPSCHITZ["per_sequence"][which], 1e-3
    np.testing.assert_allclose(outputs(circuit, sequence), expected["y"], rtol=0, atol=1e-14)
    columns = []
    for place in np.ndindex(sequence.shape):
        unit = np.zeros_like(sequence)
        unit[place] = h
        columns.append(sum(w * outputs(circuit, sequence + k * unit) for k, w in FOURTH.items()) / h)
    derivative = np.column_stack(columns)
    assert np.linalg.norm(derivative, 2) == pytest.approx(expected["spectral_norm"], rel=1e-9)
    assert np.linalg.norm(derivative[-1]) == pytest.approx(expected["final_output_norm"], rel=1e-9)
    assert expected["spectral_norm"] <= LIPSCHITZ["lipschitz"]
