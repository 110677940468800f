"""The blocks of the bilinear view and the frequency response, from the product's Jacobian and its input derivative.

The blocks A and C are analytic: they agree to rounding. B is the derivative of A with respect to an input, by central
differences of order 6, which leave about 1e-11 of it.
"""

from __future__ import annotations

import numpy as np
import pytest
from reference_circuits import VALUES, conductance_circuit, linearised, paper_circuit

import circuitsim as cs

ANALYTIC = {"rtol": 1e-12, "atol": 1e-13}
BY_DIFFERENCES = {"rtol": 1e-9, "atol": 1e-10}
H, WEIGHTS = 0.004, {1: 3 / 4, 2: -3 / 20, 3: 1 / 60}
POINTS = [
    pytest.param(name, point, id=f"{name}: {at}")
    for name, content in VALUES.items()
    if content["kind"] == "dcm"
    for at, point in content["points"].items()
]


def circuit_of(name: str) -> cs.Circuit:
    made = conductance_circuit if name == "dcm_conductance" else paper_circuit
    return made(VALUES[name]["parameters"])


def by_input(circuit: cs.Circuit, x: list[float], inputs: list[float], k: int) -> np.ndarray:
    """How the Jacobian changes with an input."""
    total = np.zeros((len(x), len(x)))
    for step, weight in WEIGHTS.items():
        for sign in (-1, 1):
            there = list(inputs)
            there[k] += sign * step * H
            total += sign * weight * linearised(circuit, x, there).state
    return total / H


@pytest.mark.parametrize(("name", "point"), POINTS)
def test_rate_and_blocks(name, point):
    circuit = circuit_of(name)
    at = linearised(circuit, point["x"], point["I"])
    np.testing.assert_allclose(at.rate, point["g"], **ANALYTIC)
    np.testing.assert_allclose(at.state, point["J"], **ANALYTIC)
    np.testing.assert_allclose(at.input, point["C"], **ANALYTIC)
    for k, block in enumerate(point["B"]):
        found = by_input(circuit, point["x"], point["I"], k)
        np.testing.assert_allclose(found, block, **BY_DIFFERENCES)


def test_an_input_of_the_conductance_form_changes_no_connection():
    """Its sensory synapses add to a neuron's own decay alone, so its block B is diagonal to the last bit."""
    for point in VALUES["dcm_conductance"]["points"].values():
        for k in range(2):
            found = by_input(circuit_of("dcm_conductance"), point["x"], point["I"], k)
            assert np.abs(found - np.diag(np.diag(found))).max() < 1e-12


RESPONSE = VALUES["frequency_response"]


@pytest.mark.parametrize("row", RESPONSE["response"], ids=lambda row: str(row["frequency"]))
def test_frequency_response(row):
    """H = (2 pi i f - J)^-1 b."""
    circuit = conductance_circuit(RESPONSE["parameters"])
    at = linearised(circuit, RESPONSE["fixed_point"], [RESPONSE["input"]])
    assert np.abs(at.rate).max() < 1e-14
    found = np.linalg.solve(2j * np.pi * row["frequency"] * np.eye(3) - at.state, at.input[:, 0])
    np.testing.assert_allclose(found, [complex(*z) for z in row["gain"]], **ANALYTIC)
    np.testing.assert_allclose(np.abs(found), row["magnitude"], **ANALYTIC)
    np.testing.assert_allclose(np.angle(found), row["phase_radians"], **ANALYTIC)


@pytest.mark.parametrize("row", RESPONSE["response"], ids=lambda row: str(row["frequency"]))
def test_a_small_sine_is_answered_as_the_response_says(row):
    """Amplitude and phase by least squares over whole periods; what is not linear is of the order of the amplitude."""
    frequency, amplitude = row["frequency"], 1e-4
    circuit = conductance_circuit(RESPONSE["parameters"])
    circuit.add_input("tone", "sine", amplitude=amplitude, frequency=frequency)
    circuit.connect("tone", "v0", "current", gain=1.0)
    period, settled = 1 / frequency, 15.0
    initial = {f"v{k}": v for k, v in enumerate(RESPONSE["fixed_point"])}
    run = cs.simulate(
        circuit, settled + 3 * period, period / 200, "dormand_prince", inputs={"I0": RESPONSE["input"]},
        initial=initial, tolerance=1e-12,
    ).part(start=settled)  # fmt: skip
    angle = 2 * np.pi * frequency * run.t
    basis = np.column_stack([np.ones_like(angle), np.sin(angle), np.cos(angle)])
    for name, gain in zip(initial, row["gain"], strict=True):
        _, s, c = np.linalg.lstsq(basis, run[name].v, rcond=None)[0] / amplitude
        assert complex(s, c) == pytest.approx(complex(*gain), rel=1e-4, abs=1e-5)
