"""The closed form beside the ODE: against values in 40 digits, one call of the network, and the published sum by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_circuits import VALUES
from scipy.integrate import solve_ivp

import circuitsim as cs
from circuitsim.circuit.edits import SetParameter
from circuitsim.engine.cells import answering
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
    start, limit = found.findings[1:3]
    assert start.text.startswith(f"Start: it misses x₀ = {p['x0']:.3g} by {abs(begin):.3g}")
    assert f"f(−D) = {1 - s:.3g} alone" in start.text
    assert f"heads for A = {p['A']:.3g} whatever it hears" in limit.text
    assert f"which is {s / (1 + s):.3g} at the end; there the two are {abs(end):.3g} apart" in limit.text
    assert start.level is limit.level is Level.WARNING
    assert found["at_start"][0] == pytest.approx(abs(begin))
    assert found["at_end"][0] == pytest.approx(abs(end))


def test_what_does_not_miss_is_not_said_to():
    circuit = neuron("closed_form_constant")
    x = circuit["x"]
    at_target = cs.analyse(circuit, "closed-form", states={"x": x.parameters["target"]}, cost="no")
    assert at_target.findings[1].text == "Start: x₀ is A = 1, so it begins there, and never leaves it."
    assert at_target["at_start"][0] < 1e-12
    circuit.apply(SetParameter((x.id,), "target", 0.0))
    to_zero = cs.analyse(circuit, "closed-form", cost="no", duration=40.0)
    assert to_zero.findings[2].text == "Limit: both head for 0, since A is 0."
    assert to_zero["at_end"][0] < 1e-9
    nowhere = cs.analyse(circuit, "closed-form", states={"x": 0.0}, cost="no")
    assert nowhere.findings[0].text == "The closed form of x is its ODE here."
    assert nowhere["from_ode"][0] < 1e-10


def test_what_the_synapse_wise_form_leaves_out_is_named():
    circuit = cs.Circuit()
    circuit.add_neuron("a", start=0.4, leak_potential=0.2)
    circuit.add_neuron("b", start=-0.3, leak_potential=0.0)
    circuit.connect("a", "b", "electrical")
    texts = [f.text for f in cs.analyse(circuit, "closed-form", neuron="a", cost="no").findings]
    assert "Start: no chemical synapse ends here, so its sum is empty, and it is 0 from x₀ = 0.4 on." in texts
    assert "It leaves out the leak potential and 1 electrical synapse." in texts
    texts = [f.text for f in cs.analyse(circuit, "closed-form", neuron="b", cost="no").findings]
    assert "It leaves out 1 electrical synapse." in texts


def test_a_neuron_that_hears_something_is_drawn_rather_than_one_that_does_not():
    circuit = cs.Circuit()
    circuit.add_neuron("far", start=80.0)
    circuit.add_neuron("near")
    circuit.add_neuron("tanh", "ltc_paper", activation="tanh", start=90.0)
    circuit.connect("far", "near")
    found = cs.analyse(circuit, "closed-form", duration=1.0, cost="no")
    assert found["shown"] == "near"
    assert found["from_ode"][0] > found["from_ode"][1]


def test_without_a_logistic_f_it_says_that_there_is_none_and_draws_no_band():
    found = cs.analyse(neuron("closed_form_constant", activation="tanh"), "closed-form", duration=3.0)
    assert found["closed"] is found["bound"] is None
    assert np.isnan(found["from_ode"]).all()
    assert found.findings[0].text == "f of x is not logistic, so there is no closed form to compare with."
    assert not found.pieces[0].bands
    assert [course.name for course in found.pieces[0].courses] == [
        "ODE",
        "altered ODE, exact",
        "exponential step",
    ]
    assert "closed form" not in found["cost"]


def altered_by_scipy(circuit: cs.Circuit, t: np.ndarray, edges: list[float], sent) -> np.ndarray:
    """The altered equation of the neuron x that hears itself and an input, from edge to edge of what that sends."""
    p = circuit["x"].parameters
    act = {0.0: lambda z: 1 / (1 + np.exp(-z)), 1.0: np.tanh}[p["activation"]]
    own, other = (s.parameters["weight"] for s in circuit.synapses)

    def rate(value):
        def of(_t, y):
            f = act(own * y[0] + other * value + p["bias"])
            decay = 1 / p["time_constant"] + (abs(f) if p["decay"] else f)
            return [f * p["target"] - decay * y[0], -decay * (y[1] - p["target"])]

        return of

    y, found = np.full(2, circuit["x"].start), np.full(t.size, np.nan)
    for begin, end in itertools.pairwise([0.0, *edges, t[-1]]):
        part = solve_ivp(
            rate(sent((begin + end) / 2)),
            (begin, end),
            y,
            "DOP853",
            rtol=1e-12,
            atol=1e-13,
            dense_output=True,
        )
        here = (t >= begin) & (t <= end)
        found[here], y = part.sol(t[here])[1], part.y[:, -1]
    return found


@pytest.mark.parametrize(("activation", "decay"), [("sigmoid", "signed"), ("tanh", "absolute")])
@pytest.mark.parametrize("duration", [5.0, 7.3])
def test_the_altered_equation_is_exact_across_the_edges_of_what_is_heard(activation, decay, duration):
    onset, width, period, base, height = 0.333, 0.27, 0.91, -2.0, 4.0
    circuit = cs.Circuit()
    circuit.add_neuron(
        "x",
        "ltc_paper",
        start=0.2,
        time_constant=2.0,
        target=1.3,
        bias=0.1,
        activation=activation,
        decay=decay,
    )
    circuit.add_input("I", "pulse_train", base=base, height=height, onset=onset, width=width, period=period)
    circuit.connect("x", "x", "weight", weight=-0.7)
    circuit.connect("I", "x", "weight", weight=1.3)
    found = cs.analyse(circuit, "closed-form", duration=duration, cost="no")
    edges = sorted(onset + period * k + w for k in range(9) for w in (0.0, width))
    expected = altered_by_scipy(
        circuit, found["t"], [e for e in edges if e < duration],
        lambda t: base + height * (t > onset and (t - onset) % period < width),
    )  # fmt: skip
    np.testing.assert_allclose(found["altered"], expected, rtol=0, atol=1e-9)


def test_a_lesion_takes_from_the_closed_form_what_it_takes_from_the_neuron():
    for kind, synapse in (("ltc_paper", "weight"), ("ltc", "chemical")):
        circuits = []
        for lesion in (lambda c: c.mute("x"), lambda c: c.mute("a"), lambda c: c.mute(c.synapses[0])):
            circuit = cs.Circuit()
            circuit.add_neuron("x", kind, start=0.3)
            circuit.add_neuron("a", "static", bias=0.8)
            circuit.connect("a", "x", synapse)
            lesion(circuit)
            circuits.append(circuit)
        bare = cs.Circuit()
        bare.add_neuron("x", kind, start=0.3)
        expected = cs.analyse(bare, "closed-form", duration=3.0, cost="no")
        for circuit in circuits:
            found = cs.analyse(circuit, "closed-form", duration=3.0, cost="no")
            np.testing.assert_allclose(
                np.interp(expected["t"], found["t"], found["closed"]), expected["closed"], rtol=0, atol=1e-6
            )


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
    (found,) = answering(circuit, cell, {}, inputs)(np.array([cell.parameters["period"]]))
    np.testing.assert_array_equal(found, [trace[name].v[-1] for name in names])
    slow = circuit.copy()
    slow.apply(SetParameter((cell.id,), "period", 3.0))
    trace = cs.simulate(slow, duration=3.0)
    (found,) = answering(circuit, cell, {}, inputs)(np.array([3.0]))
    np.testing.assert_allclose(found, [trace[name].v[-1] for name in names], rtol=0, atol=1e-15)
    diagram = cs.analyse(circuit, "closed-form", cost="no").pieces[2]
    assert diagram.log_x
    assert {course.name for course in diagram.courses} <= set(names)


def both_forms() -> cs.Circuit:
    """A neuron in each form, and a CfC network."""
    circuit = neuron("closed_form_sine")
    circuit.add_neuron("v")
    circuit.connect("I", "v")
    circuit.add_network("net", "cfc", reads=["I"], units=3)
    return circuit


def test_every_curve_has_its_cost():
    paper, conductance = neuron("closed_form_sine"), cs.Circuit()
    conductance.add_neuron("v")
    conductance.add_neuron("w")
    conductance.connect("v", "w")
    conductance.connect("v", "w", "electrical")
    usual = {"ODE, Runge-Kutta 4": 4, "closed form": 1, "exponential step": 1, "fused step": 1}
    altered = {"altered ODE, Runge-Kutta 4": 4}
    mixed = {f"{t} (paper)": n for t, n in (usual | altered).items()} | {
        f"{t} (conductance)": n for t, n in usual.items()
    }
    for circuit, expected in (
        (paper, usual | altered),
        (conductance, usual),
        (both_forms(), mixed | {"net, a call": 1}),
    ):
        found = cs.analyse(circuit, "closed-form", duration=1.0)
        assert found["evaluations"] == expected
        assert found["cost"].keys() == expected.keys()
        assert all(cost > 0.0 for cost in found["cost"].values())
        (table,) = [p for p in found.pieces if p.title == "Cost of a step"]
        assert [row[0] for row in table.rows] == list(found["cost"])


def test_a_network_alone_is_drawn_and_has_its_cost():
    circuit = cs.Circuit()
    circuit.add_input("I")
    circuit.add_network("net", "cfc", reads=["I"], units=3)
    found = cs.analyse(circuit, "closed-form")
    assert [p.title for p in found.pieces] == ["net by elapsed time", "Cost of a step"]
    assert found["evaluations"] == {"net, a call": 1}
    with pytest.raises(cs.InputError, match="net_n0 is no LTC neuron"):
        cs.analyse(circuit, "closed-form", neuron="net_n0")


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


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_lemma_1_and_the_formula_hold_in_any_circuit(seed, count):
    r = np.random.default_rng(seed)
    circuit = cs.Circuit()
    names = [f"x{k}" for k in range(count)]
    for name in names:
        circuit.add_neuron(
            name, "ltc_paper", start=r.normal(0, 3), time_constant=r.uniform(0.05, 5), target=r.normal(0, 3),
            bias=r.normal(),
        )  # fmt: skip
    circuit.add_input(
        "I", "pulse_train", base=r.normal(), height=r.normal(0, 4), onset=0.1, width=0.2, period=0.5
    )
    for pre in (*names, "I"):
        for post in names:
            circuit.connect(pre, post, "weight", weight=r.normal(0, 2))
    found = cs.analyse(circuit, "closed-form", duration=2.0, cost="no")
    assert not [f for f in found.findings if f.level is Level.ALARM]
    p, t = circuit[found["shown"]].parameters, found["t"]
    aside = found["ode"][0] - p["target"]
    slack = 1e-9 * max(1.0, abs(aside))
    np.testing.assert_allclose(found["bound"], abs(aside) * np.exp(-t / p["time_constant"]), rtol=1e-12)
    assert np.all(np.abs(found["closed"] - found["altered"]) <= found["bound"] + slack)
    share = (found["altered"] - p["target"]) / aside
    fast, slow = (np.exp(-t * (1 / p["time_constant"] + f)) for f in (1.0, 0.0))
    assert np.all((fast - slack <= share) & (share <= slow + slack))  # f stays between 0 and 1
    k = found["neurons"].index(found["shown"])
    assert found["from_ode"][k] == pytest.approx(np.abs(found["closed"] - found["ode"]).max())
