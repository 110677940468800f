"""The causal model against values in 40 digits, scipy's solver and what the theory says about its error."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_circuits import VALUES, conductance_circuit, paper_circuit
from scipy.integrate import solve_ivp

import circuitsim as cs
from circuitsim.analysis import _bilinear
from circuitsim.analysis._bilinear import Bilinear
from circuitsim.io.examples import example
from circuitsim.spec.result import Level

CASES = [name for name, content in VALUES.items() if content["kind"] == "dcm"]


def circuit_of(name: str) -> cs.Circuit:
    made = conductance_circuit if name == "dcm_conductance" else paper_circuit
    return made(VALUES[name]["parameters"])


def close(found, expected, digits: float = 1e-9) -> None:
    np.testing.assert_allclose(found, expected, rtol=digits, atol=digits)


@pytest.mark.parametrize("name", CASES)
def test_the_matrices_at_zero_are_those_of_the_reference(name):
    point = VALUES[name]["points"]["x = 0, I = 0"]
    found = cs.analyse(circuit_of(name), "dcm", at="zero")
    for ours, theirs in (("g", "g"), ("A", "J"), ("B", "B"), ("C", "C")):
        close(found[ours], point[theirs])


@pytest.mark.parametrize("name", CASES)
def test_the_fixed_point_is_found_from_nearby(name):
    point = VALUES[name]["points"]["fixed point"]
    near = {f"v{k}": x + 0.05 for k, x in enumerate(point["x"])}
    inputs = {f"I{k}": u for k, u in enumerate(point["I"])}
    found = cs.analyse(circuit_of(name), "dcm", states=near, inputs=inputs, at="fixed_point")
    close(found["states"], point["x"], 1e-11)
    assert np.abs(found["g"]).max() < 1e-12
    for ours, theirs in (("A", "J"), ("B", "B"), ("C", "C")):
        close(found[ours], point[theirs])


def test_the_conductance_form_has_diagonal_blocks_to_the_last_bit_and_says_so():
    found = cs.analyse(circuit_of("dcm_conductance"), "dcm")
    assert all(np.array_equal(block, np.diag(np.diag(block))) and block.any() for block in found["B"])
    assert any("exactly diagonal" in f.text and f.level is Level.GOOD for f in found.findings)
    aside = cs.analyse(circuit_of("dcm_paper_tanh"), "dcm")
    assert not any("exactly diagonal" in f.text for f in aside.findings)


def test_the_constant_term_is_named_where_it_is_not_zero():
    sigmoid = cs.analyse(circuit_of("dcm_paper_sigmoid"), "dcm", at="zero")
    assert any("g is not 0" in f.text and "0.689" in f.text for f in sigmoid.findings)
    assert sigmoid.pieces[2].columns[0] == "constant"
    close(sigmoid.pieces[2].values[:, 0], sigmoid["g"])


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 5), m=st.integers(1, 3))
def test_the_bilinear_response_is_that_of_its_differential_equation(seed, n, m):
    r = np.random.default_rng(seed)
    model = Bilinear(
        r.normal(size=n),
        r.normal(size=(n, n)) - 2 * np.eye(n),
        r.normal(size=(m, n, n)),
        r.normal(size=(n, m)),
    )
    step, t = 0.3 * r.normal(size=m), np.sort(np.concatenate([[0.0], r.uniform(0, 3, 12)]))
    total = model.a + np.tensordot(step, model.b, axes=1)
    right = solve_ivp(
        lambda _t, x: model.rate + model.c @ step + total @ x,
        (0, t[-1]),
        np.zeros(n),
        "DOP853",
        t,
        rtol=1e-12,
        atol=1e-12,
    )
    close(model.response(step, t), right.y.T, 1e-8)
    with patch.object(_bilinear, "MANY", 0):  # by products with a sparse matrix, as of many neurons
        close(model.response(step, t), right.y.T, 1e-8)


@pytest.mark.parametrize("name", ["dcm_paper_sigmoid", "dcm_paper_tanh"])
def test_the_error_falls_as_the_square_of_the_step_at_a_fixed_point(name):
    point = VALUES[name]["points"]["fixed point"]
    inputs = {f"I{k}": u for k, u in enumerate(point["I"])}
    near = {f"v{k}": x for k, x in enumerate(point["x"])}
    found = cs.analyse(circuit_of(name), "dcm", states=near, inputs=inputs, at="fixed_point", step=0.2)
    order = np.diff(np.log2(found["errors"]))[-2:]
    assert np.abs(order + 2).max() < 0.2
    assert found["error"] == found["errors"][0]


def test_every_example_with_rates_can_be_taken_apart():
    for name in ("liquid", "product", "two-clocks"):
        found = cs.analyse(cs.load(example(name).path), "dcm", at="present", duration=1.0)
        assert np.isfinite(found["A"]).all()
        assert np.isfinite(found["error"])


def test_networks_that_are_called_are_refused_in_a_sentence():
    with pytest.raises(cs.InputError, match="computed in calls and has no rate of change"):
        cs.analyse(cs.load(example("late-caller").path), "dcm")
