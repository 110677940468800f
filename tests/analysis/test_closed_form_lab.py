"""The closed form beside the ODE: against values in 40 digits, one call of the network, and the published sum by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from reference_circuits import VALUES

import circuitsim as cs
from circuitsim.circuit.edits import SetParameter
from circuitsim.engine.cells import answers
from circuitsim.io.examples import example
from circuitsim.spec.result import Level

CASES = ["closed_form_constant", "closed_form_sine"]


def neuron(case: str, **others: float | str) -> cs.Circuit:
    """One LTC neuron in the paper's form and the input of a case."""
    p = VALUES[case]["parameters"]
    circuit = cs.Circuit()
    circuit.add_neuron(
        "x", "ltc_paper", start=p["x0"], time_constant=p["tau"], target=p["A"], bias=p["mu"],
        **{"activation": "sigmoid", **others},
    )  # fmt: skip
    if "I" in p:
        circuit.add_input("I", value=p["I"])
    else:
        circuit.add_input("I", "sine", amplitude=p["amplitude"], frequency=p["omega"] / (2.0 * math.pi))
    circuit.connect("I", "x", "weight", weight=p["W"])
    return circuit


@pytest.mark.parametrize("case", CASES)
def test_all_four_courses_are_those_of_the_reference(case):
    found = cs.analyse(neuron(case), "closed-form", duration=5.0, cost="no")
    rows = VALUES[case]["rows"]
    at = [int(np.argmin(np.abs(found["t"] - row["t"]))) for row in rows]
    np.testing.assert_allclose(found["t"][at], [row["t"] for row in rows], atol=1e-12)
    for ours, theirs in (
        ("ode", "ltc_ode"),
        ("altered", "altered_ode"),
        ("closed", "x_tilde"),
        ("bound", "bound"),
    ):
        np.testing.assert_allclose(found[ours][at], [row[theirs] for row in rows], rtol=0, atol=1e-9)
    assert np.abs(found["step"] - found["ode"]).max() < 0.02
    texts = [f.text for f in found.findings]
    assert any(t.startswith("Lemma 1 holds") for t in texts)
    assert any("says nothing of the ODE" in t for t in texts)


def test_it_says_what_the_approximation_misses():
    case = "closed_form_constant"
    p, s = VALUES[case]["parameters"], 1 / (1 + math.exp(-2.0))
    found = cs.analyse(neuron(case), "closed-form", duration=40.0, cost="no")
    begin, end = (p["x0"] - p["A"]) * (1 - s) + p["A"] - p["x0"], p["A"] - s / (1 + s)
    assert f"{abs(begin):.3g} at the start" in found.findings[0].text
    assert f"{abs(end):.3g} at the end" in found.findings[0].text
    assert found.findings[0].level is Level.WARNING


def test_without_a_logistic_f_it_says_that_there_is_none():
    found = cs.analyse(
        neuron("closed_form_constant", activation="tanh"), "closed-form", duration=3.0, cost="no"
    )
    assert np.isnan(found["closed"]).all()
    assert any("Without a logistic f" in f.text for f in found.findings)


def test_the_synapse_wise_form_is_the_published_sum():
    circuit = cs.Circuit()
    circuit.add_neuron("v", capacitance=0.8, leak_conductance=0.5, leak_potential=0.3, start=-0.2)
    circuit.add_input("u", value=0.7)
    synapses = [(1.2, 4.0, 0.5, 1.0), (0.6, 6.0, 0.9, -0.8)]
    for g, slope, midpoint, reversal in synapses:
        circuit.connect("u", "v", conductance=g, slope=slope, midpoint=midpoint, reversal_potential=reversal)
    found = cs.analyse(circuit, "closed-form", duration=4.0, cost="no")
    expected = np.zeros_like(found["t"])
    for g, slope, midpoint, reversal in synapses:
        s = 1 / (1 + math.exp(-slope * (0.7 - midpoint)))
        expected += (-0.2 - reversal) * np.exp(-found["t"] * (0.5 + g * s) / 0.8) * (1 - s) + reversal
    np.testing.assert_allclose(found["closed"], expected, rtol=0, atol=1e-14)
    assert found["altered"] is None


def test_a_network_answers_as_in_a_run_of_one_call():
    circuit = cs.load(example("late-caller").path)
    cell = circuit.cells[0]
    trace = cs.simulate(circuit, duration=cell.parameters["period"])
    names = [n.name for n in circuit.units]
    inputs = np.array([trace[i.name].value[0] for i in circuit.inputs])
    (found,) = answers(circuit, cell, {}, inputs, np.array([cell.parameters["period"]]))
    np.testing.assert_array_equal(found, [trace[name].v[-1] for name in names])
    slow = circuit.copy()
    slow.apply(SetParameter((cell.id,), "period", 3.0))
    trace = cs.simulate(slow, duration=3.0)
    (found,) = answers(circuit, cell, {}, inputs, np.array([3.0]))
    np.testing.assert_allclose(found, [trace[name].v[-1] for name in names], rtol=0, atol=1e-15)
    diagram = cs.analyse(circuit, "closed-form", cost="no").pieces[1]
    assert diagram.log_x
    assert {course.name for course in diagram.courses} <= set(names)


def test_the_cost_of_a_step_is_measured_for_every_way():
    found = cs.analyse(neuron("closed_form_sine"), "closed-form", duration=1.0)
    assert set(found["cost"]) > {"Runge-Kutta 4", "exponential step", "fused step"}
    assert all(cost >= 0.0 for cost in found["cost"].values())


@pytest.mark.parametrize(
    ("name", "sentence"), [("I", "there is no neuron 'I'"), ("y", "there is no neuron 'y'")]
)
def test_what_is_no_neuron_is_refused(name, sentence):
    with pytest.raises(cs.InputError, match=sentence):
        cs.analyse(neuron("closed_form_sine"), "closed-form", neuron=name)


def test_the_closed_form_begins_where_its_equation_begins():
    circuit = cs.load(example("closed-form").path)
    (name,) = {n.name for n in circuit.neurons if n.kind == "ltc_paper"} or {""}
    usual = cs.analyse(circuit, "closed-form", cost=False, duration=5.0)
    for start in (-5.0, 1.05):
        moved = cs.analyse(circuit, "closed-form", states={name: start}, cost=False, duration=5.0)
        assert moved["ode"][0] == start
        assert not [f for f in moved.findings if f.level is Level.ALARM]
        target = circuit[name].parameters["target"]
        factor = (usual["closed"][0] - target) / (usual["ode"][0] - target)  # f(-I) at the beginning
        assert (moved["closed"][0] - target) / (start - target) == pytest.approx(factor)
