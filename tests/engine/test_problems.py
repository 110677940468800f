"""Every check of a drawing finds what it is for, names the culprit, and is silent about the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from circuitsim.api import load
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetSettings, SetTraced
from circuitsim.circuit.elements import DOCUMENT_ID, Settings
from circuitsim.engine.bands import bands
from circuitsim.engine.problems import CHECKS, problems
from circuitsim.engine.proposal import propose, smaller_step
from circuitsim.io.examples import examples

NCPS = Path(__file__).parents[1] / "data" / "ncps"


def pair():
    """Two neurons that see each other, one of them on the scope, driven by a button."""
    circuit = Circuit("pair")
    a, b = circuit.add_neuron("a"), circuit.add_neuron("b")
    circuit.connect("a", "b")
    circuit.connect("b", "a")
    circuit.add_input("push", "button", key="p")
    circuit.connect("push", "a", "current")
    circuit.apply(SetTraced((a.id, b.id)))
    return circuit


def found(circuit):
    known = bands(circuit)
    return problems(circuit, known, propose(circuit, known))


def lonely(circuit):
    return circuit.add_neuron("alone").id


def idle_input(circuit):
    return circuit.add_input("wave", "sine").id


def idle_column(circuit):
    return circuit.add_network("net", units=2).id


def idle_synapse(circuit):
    return circuit.connect("a", "b", "electrical", conductance=0.0).id


def alike(circuit):
    other = circuit.add_neuron("A")
    circuit.connect("a", "A")
    return other.id


def nameless(circuit):
    circuit.add_output("left_muscle", "b")
    return circuit.add_output("y2", "a").id


def same_key(circuit):
    other = circuit.add_input("push2", "button", key="P")
    circuit.connect("push2", "b", "current")
    return other.id


def untraced(circuit):
    circuit.apply(SetTraced(()))
    return DOCUMENT_ID


def large_step(circuit):
    circuit.apply(SetSettings(Settings(solver="rk4", dt=50.0)))
    return propose(circuit).fastest


def unstable(circuit):
    wild = circuit.add_neuron("wild", "ltc_paper", decay=0, activation=1)
    circuit.connect("wild", "wild", "weight", weight=4.0)
    return wild.id


CASES = [
    (lonely, "nothing leads to it"),
    (idle_input, "it reaches no neuron"),
    (idle_column, "its column 0 reads nothing"),
    (idle_synapse, "conductance is 0"),
    (alike, "differs from a by capitals alone"),
    (nameless, "does not say what it reads"),
    (same_key, "its key P presses push too"),
    (untraced, "it shows no neuron"),
    (large_step, "is larger than the time constant"),
    (unstable, "may grow without bound"),
]


@pytest.mark.parametrize(("spoil", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_check_finds_its_culprit_and_nothing_else(spoil, said):
    circuit = pair()
    assert found(circuit) == ()
    culprit = spoil(circuit)
    (issue,) = found(circuit)
    assert said in issue.problem
    assert issue.remedy
    assert issue.warning
    assert issue.element == culprit


@pytest.mark.parametrize(
    ("dt", "tau", "step"),
    [
        (0.2, 0.0014, 0.0005),
        (5.0, 0.5, 0.2),
        (0.0005, 0.0014, 0.00025),
        (1.0, 0.0, 0.5),
        (1.0, float("nan"), 0.5),
    ],
)
def test_a_smaller_step_is_round_and_fits_or_is_half(dt, tau, step):
    assert smaller_step(dt, tau) == pytest.approx(step)


def test_every_check_is_tried():
    assert len(CHECKS) == len(
        CASES
    )  # `hazardous` has two cases, `warned` none: validation warns of nothing yet


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.id)
def test_examples_have_no_problem(example):
    assert [issue.sentence for issue in found(load(example.path))] == []


def test_an_empty_circuit_has_none():
    assert found(Circuit()) == ()


def test_a_curve_that_is_0_everywhere_does_nothing():
    circuit = pair()
    flat = circuit.connect("a", "b", "spline_conductance", knots=((0.0, 1.0), (0.0, 0.0)))
    (issue,) = [i for i in found(circuit) if i.element == flat.id]
    assert "its curve is 0 everywhere" in issue.problem


def test_outputs_that_count_what_they_read_as_ncps_does_are_named():
    """A neuron of the same number, a row of a projection, a unit of the last layer; any other number says nothing."""
    circuit = pair()
    for k in range(3):
        circuit.add_neuron(f"n{k}")
        circuit.connect("a", f"n{k}")
        circuit.add_output(f"y{k}", f"n{k}")
    circuit.add_input("light", "slider")
    circuit.add_network("net", reads=("light",), units=2, projection=2)
    circuit.add_output("output_1", "net", row=1)
    circuit.add_network("policy", "cfc_wired", reads=("light",), units=(3, 2))
    circuit.add_output("output1", "policy_n4")
    assert [issue for issue in found(circuit) if "output" in issue.where] == []
    circuit.add_output("output0", "policy_n3")
    lost = [circuit.add_output(*named).id for named in (("y7", "n1"), ("output5", "policy_n4"), ("y", "a"))]
    issues = [issue for issue in found(circuit) if "output" in issue.where]
    assert {issue.problem for issue in issues} == {"its name does not say what it reads"}
    assert [issue.element for issue in issues] == lost


@pytest.mark.parametrize("case", ["cfc_default8", "ltc_autoncp8_1", "ltc_full4"])
def test_a_trained_network_has_no_problem(case):
    assert [issue.sentence for issue in found(load(NCPS / f"{case}.safetensors"))] == []
