"""The conditions of the causal model, checked for each kind and named with the elements that break them."""

from __future__ import annotations

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.analysis import analysis
from circuitsim.analysis._declare import Question
from circuitsim.circuit.edits import SetParameter
from circuitsim.spec.result import Level


def told(circuit, **options):
    return cs.analyse(circuit, "dcm", duration=0.1, **options).findings


def about(findings, words):
    (found,) = [f for f in findings if words in f.text]
    return found


def paper(activation, *, decay="signed", bias=0.2, kind="ltc_paper", tau=0.5):
    circuit = cs.Circuit()
    numbers = {"time_constant": tau} if kind != "neural_ode" else {}
    numbers |= {"decay": decay} if kind == "ltc_paper" else {}
    circuit.add_neuron("p", kind, activation=activation, bias=bias, start=0.3, **numbers)
    circuit.add_input("u", value=0.0)
    circuit.connect("u", "p", "weight")
    return circuit


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_a_smooth_f_has_nothing_to_be_named(activation):
    findings = told(paper(activation))
    assert about(findings, "The conditions hold").level is Level.GOOD
    assert not [f for f in findings if "kink" in f.text or "no bound of its own" in f.text]


@pytest.mark.parametrize(
    ("activation", "decay", "bias", "words"),
    [
        ("relu", "signed", 0.2, "f of p (relu). A, B and C hold on this side of them; the nearest is 0.2 away in what arrives at p"),
        ("hard_tanh", "signed", 0.2, "f of p (hard tanh). A, B and C hold on this side of them; the nearest is 0.8 away"),
        ("hard_tanh", "absolute", 0.2, "f of p (hard tanh with the decay |f|). A, B and C hold on this side of them; the nearest is 0.2"),
        ("tanh", "absolute", 0.2, "f of p (tanh with the decay |f|). A, B and C hold on this side"),
        ("relu", "signed", 0.0, "what arrives at p (relu) stands on a kink of f"),
        ("tanh", "absolute", 0.0, "what arrives at p (tanh with the decay |f|) stands on a kink of f"),
        ("hard_tanh", "signed", 1.0, "what arrives at p (hard tanh) stands on a kink of f"),
    ],
)  # fmt: skip
def test_kinks_are_named_with_their_distance_or_as_being_here(activation, decay, bias, words):
    found = about(told(paper(activation, decay=decay, bias=bias)), words)
    assert found.level is (Level.WARNING if "stands on" in words else Level.NOTE)
    assert len(found.elements) == 1


def test_a_kink_of_a_static_neuron_counts_as_well():
    circuit = paper("tanh")
    circuit.add_neuron("s", "static", activation="relu", bias=-0.5)
    circuit.connect("u", "s", "weight")
    circuit.connect("s", "p", "weight")
    assert "f of s (relu)" in about(told(circuit), "kinks").text
    assert about(told(circuit), "has no bound of its own").text.startswith("f of s (relu)")


def test_relu_is_said_to_be_bounded_only_by_what_arrives():
    found = about(told(paper("relu", kind="ct_rnn")), "no bound of its own")
    assert found.text.startswith("f of p (relu)")
    noisy = cs.Circuit()
    noisy.add_neuron("p", "ct_rnn", activation="relu")
    noisy.add_input("hiss", "ornstein_uhlenbeck")
    noisy.connect("hiss", "p", "weight")
    assert about(told(noisy), "g is not bounded where p may go").level is Level.WARNING


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "hard_tanh"])
def test_a_neural_ode_has_no_time_constant_but_a_bounded_g(activation):
    findings = told(paper(activation, kind="neural_ode"))
    assert "fails at p (neural ODE neuron)" in about(findings, "positive time constants").text
    assert not [f for f in findings if "not bounded" in f.text]
    assert not [f for f in findings if "conditions hold" in f.text]


def test_a_decay_that_can_become_negative_is_named():
    assert "decay there can become 0 or less" in about(told(paper("tanh", tau=2.0)), "positive time").text


def test_curves_through_knots_are_named_by_line_and_kind():
    circuit = cs.Circuit()
    circuit.add_neuron("v")
    circuit.add_input("u", value=0.3)
    line = circuit.connect("u", "v", "spline_conductance")
    found = about(told(circuit), "curvature jumps")
    assert "u → v (spline conductance)" in found.text
    assert found.elements == (line.id,)


def test_on_a_kink_the_matrices_are_those_of_one_side_and_beside_it_of_that_side():
    """By finite differences of the equation a little to either side: they differ, and the laboratory has one of both."""
    circuit = paper("relu", bias=0.0, kind="ct_rnn")
    slopes = {
        u: cs.analyse(circuit, "dcm", inputs={"u": u}, duration=0.1)["C"][0, 0] for u in (-0.01, 0.0, 0.01)
    }
    assert [slopes[-0.01], slopes[0.01]] == [0.0, 1.0]
    assert slopes[0.0] in (0.0, 1.0)


# the response begins at the instant ---------------------------------------------------------------


def test_a_response_lets_the_time_of_closed_form_neurons_pass_from_its_instant_on():
    """Of v' = -v / 0.8 + tanh(w y(t)), y the closed form; begun at t = 2 by scipy at tight tolerance."""
    from scipy.integrate import solve_ivp

    circuit = cs.Circuit()
    circuit.add_neuron("y", "closed_form", start=-1.0, time_constant=1.5, target=1.2, bias=0.3)
    circuit.add_neuron("v", "ct_rnn", time_constant=0.8, activation="tanh", start=0.1)
    circuit.add_input("u", value=0.4)
    circuit.connect("u", "y", "weight", weight=1.3)
    circuit.connect("y", "v", "weight", weight=0.9)
    found = cs.analyse(circuit, "dcm", t=2.0, step=0.3, duration=4.0)

    def s(z):
        return 1 / (1 + np.exp(-z))

    def rate(t, v):
        drive = 1.3 * 0.7
        y = (-1.0 - 1.2) * np.exp(-(1 / 1.5 + s(0.3 + drive)) * t) * s(0.3 - drive) + 1.2
        return -v / 0.8 + np.tanh(0.9 * y)

    right = solve_ivp(rate, (2.0, 6.0), [0.1], "DOP853", 2.0 + found["t"], rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(found["full"][:, 0], right.y[0] - 0.1, atol=1e-7)
    assert found["t"][0] == 0.0
    assert found["t"][-1] == pytest.approx(4.0)


def swinging():
    circuit = cs.Circuit()
    circuit.add_neuron(
        "v", "ltc_paper", time_constant=0.6, activation="tanh", target=0.9, start=0.2, bias=0.1
    )
    circuit.add_input("u", "sine", amplitude=0.3, frequency=0.4, phase=0.1)
    circuit.add_input("hand", "slider", value=0.2)
    circuit.connect("u", "v", "weight", weight=0.7)
    circuit.connect("hand", "v", "weight", weight=0.5)
    return circuit


def test_stimuli_go_on_from_the_instant_if_they_are_asked_to():
    """Both responses against scipy, the matrices as the differential equation that they stand for."""
    from scipy.integrate import solve_ivp

    t0, step = 1.3, 0.2
    found = cs.analyse(
        swinging(), "dcm", t=t0, step=step, input="u", stimuli="go_on", duration=3.0, inputs={"hand": 0.5}
    )

    def u(t):
        return 0.3 * np.sin(2 * np.pi * (0.4 * t + 0.1))

    def full(t, x):
        f = np.tanh(0.7 * (u(t) + step) + 0.5 * 0.5 + 0.1)
        return -(1 / 0.6 + f) * x + f * 0.9

    def bilinear(t, x):
        moved = u(t) + step - u(t0)
        return found["g"] + found["C"][:, 0] * moved + (found["A"][0] + moved * found["B"][0][0]) * x

    times = t0 + found["t"]
    for name, rate, start, digits in (("full", full, 0.2, 1e-7), ("bilinear", bilinear, 0.0, 2e-5)):
        right = solve_ivp(rate, (t0, times[-1]), [start], "DOP853", times, rtol=1e-11, atol=1e-11)
        np.testing.assert_allclose(found[name][:, 0], right.y[0] - start, atol=digits)
    assert any("while all stimuli go on from t = 1.3 s" in f.text for f in found.findings)
    assert any("does not vanish with the step" in f.text for f in found.findings)


def test_stimuli_stand_still_else_and_the_caption_says_at_which_instant():
    found = cs.analyse(swinging(), "dcm", t=1.3, step=0.2, input="u", duration=200.0)
    assert any("held as they are at t = 1.3 s" in f.text for f in found.findings)
    (diagram,) = [p for p in found.pieces if p.title.startswith("Step of u")]
    assert "held as they are at t = 1.3 s" in diagram.doc
    f = np.tanh(0.7 * (found["input_values"][0] + 0.2) + 0.5 * 0.2 + 0.1)
    np.testing.assert_allclose(found["full"][-1, 0] + 0.2, f * 0.9 / (1 / 0.6 + f), atol=1e-8)
    zero = cs.analyse(swinging(), "dcm", at="zero", duration=0.1)
    assert any("with all inputs at 0 before" in f.text for f in zero.findings)


def test_what_a_hand_moves_stays_where_it_is_while_stimuli_go_on():
    """A slider at 0.9, and a button that is held: on is 2, whatever its state was at the start."""
    circuit = swinging()
    circuit.add_input("press", "button", pressed=2.0)
    circuit.connect("press", "v", "weight", weight=0.3)
    hand, press = circuit["hand"].id, circuit["press"].id
    values = analysis("dcm").values(
        circuit, {"stimuli": "go_on", "input": "u", "step": 0.0, "duration": 60.0}
    )
    inputs = {circuit["u"].id: 0.0, hand: 0.9, press: 2.0}
    circuit.apply(SetParameter((circuit["u"].id,), "amplitude", 0.0))
    found = analysis("dcm").run(Question(circuit, values, None, 1.0, inputs))
    f = np.tanh(0.5 * 0.9 + 0.3 * 2.0 + 0.1)
    np.testing.assert_allclose(0.2 + found["full"][-1, 0], f * 0.9 / (1 / 0.6 + f), atol=1e-8)


def test_matrices_that_run_away_say_so_and_warn_of_nothing_else():
    circuit = cs.Circuit()
    circuit.add_neuron("v", "ltc_paper", activation="tanh", target=1.0, start=0.2)
    circuit.add_input("u", value=0.1)
    circuit.connect("u", "v", "weight")
    found = cs.analyse(circuit, "dcm", step=-1000.0, duration=50.0)
    assert found["error"] == np.inf
    assert about(found.findings, "runs away").level is Level.WARNING


# what the eigenvalues and the fixed point say ------------------------------------------------------


def test_modes_are_told_with_their_time_constant_and_period():
    """Two CT-RNN units that turn round one another in a straight line: eigenvalues -1/tau +- i w by hand."""
    circuit = cs.Circuit()
    for name in "xy":
        circuit.add_neuron(name, "ct_rnn", time_constant=2.0, activation="hard_tanh")
    circuit.connect("x", "y", "weight", weight=0.7)
    circuit.connect("y", "x", "weight", weight=-0.7)
    found = cs.analyse(circuit, "dcm", at="fixed_point")
    assert "slowest mode dies away with a time constant of 2 s" in about(found.findings, "stable").text
    assert (
        f"One mode swings, the least damped with a period of {2 * np.pi / 0.7:.3g} s"
        in about(found.findings, "swings").text
    )
    assert about(found.findings, "rests at the fixed point")
    near = cs.analyse(circuit, "dcm", at="fixed_point", states={"y": 0.2})
    assert about(near.findings, "lies furthest from the present state at y: 0 instead of 0.2")


def test_the_strongest_input_is_the_same_at_every_instant_and_state():
    circuit = cs.Circuit()
    circuit.add_neuron("v")
    for name, conductance in (("weak", 0.5), ("strong", 2.0), ("current", 0.0)):
        circuit.add_input(name, "sine", amplitude=3.0)
        circuit.connect(
            name,
            "v",
            "chemical" if conductance else "current",
            **({"conductance": conductance} if conductance else {}),
        )
    titles = {
        cs.analyse(circuit, "dcm", t=t, states={"v": x}, inputs={"strong": u}, duration=0.1).pieces[1].title
        for t in (0.0, 0.3)
        for x in (-1.0, 1.0)
        for u in (-5.0, 0.0, 9.0)
    }  # fmt: skip
    assert titles == {"B  by strong"}


def test_a_circuit_that_diverges_still_has_its_matrices_and_says_so():
    circuit = cs.Circuit()
    circuit.add_neuron(
        "v", "ltc_paper", activation="tanh", time_constant=2.0, target=-1.0, start=0.2, bias=-3.0
    )
    circuit.add_input("u", value=0.1)
    circuit.connect("u", "v", "weight")
    found = cs.analyse(circuit, "dcm", duration=200.0)
    assert about(found.findings, "no response to compare").level is Level.WARNING
    assert np.isfinite(found["A"]).all()
    assert [p.title[0] for p in found.pieces] == ["A", "B", "C"]
