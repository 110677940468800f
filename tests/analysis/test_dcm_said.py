"""What the causal model says of its own error and of points of rest, on circuits of which it is known."""

from __future__ import annotations

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.analysis._response import _of_it
from circuitsim.cli.main import main
from circuitsim.spec.result import Level


def drift() -> cs.Circuit:
    """Neural ODE neurons in a ring whose f is above 0 everywhere: far out all slopes vanish, but nothing ever rests."""
    circuit = cs.Circuit()
    circuit.add_input("u", value=0.0)
    for k in range(3):
        circuit.add_neuron(f"x{k}", "neural_ode")
    for k in range(3):
        circuit.connect(f"x{k}", f"x{(k + 1) % 3}", "weight", weight=1.5)
    circuit.connect("u", "x0", "weight", weight=2.0)
    return circuit


def line() -> cs.Circuit:
    """Two membranes, a current and a junction: no conductance opens, so the equations are linear."""
    circuit = cs.Circuit()
    circuit.add_input("u", value=0.3)
    circuit.add_neuron("a", start=0.2)
    circuit.add_neuron("b")
    circuit.connect("u", "a", "current")
    circuit.connect("a", "b", "electrical")
    return circuit


def test_far_out_on_a_sigmoid_is_no_fixed_point():
    with pytest.raises(cs.CircuitsimError, match="no fixed point was found"):
        cs.analyse(drift(), "dcm", at="fixed_point")


def test_where_there_is_one_nothing_moves_there_however_small_its_slopes_are():
    circuit = cs.Circuit()
    circuit.add_neuron("slow", capacitance=1e9, leak_conductance=1e-3, leak_potential=0.7)
    found = cs.analyse(circuit, "dcm", at="fixed_point")
    assert found["states"] == pytest.approx([0.7], rel=1e-9)


@pytest.mark.parametrize("step", [0.5, -1e6])
@pytest.mark.parametrize("at", ["present", "fixed_point"])
def test_a_linear_circuit_is_said_to_be_one(at, step):
    found = cs.analyse(line(), "dcm", at=at, step=step)
    (said,) = [f for f in found.findings if "linear" in f.text]
    assert said.level is Level.GOOD
    assert not [f for f in found.findings if "does not vanish" in f.text]
    assert not np.any(found["B"])


@pytest.mark.parametrize("step", [0.5, 1e-6])
def test_a_circuit_that_is_not_is_not_however_small_the_step(step):
    circuit = line()
    circuit.connect("a", "b", "chemical")
    assert not [f for f in cs.analyse(circuit, "dcm", step=step).findings if "linear" in f.text]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (4.55, "455 % of"),
        (0.22, "22 % of"),
        (0.036, "3.6 % of"),
        (1e-9, "less than 0.01 % of"),
        (1234.0, "1.23e+03 times"),
    ],
)
def test_shares_are_said_without_exponents_where_they_need_none(share, words):
    assert _of_it(share) == words


def test_the_command_line_says_why_a_matrix_is_all_zeros(tmp_path, capsys):
    path = tmp_path / "line.circuit.json"
    cs.save(line(), path)
    assert main(["analyse", str(path), "dcm"]) == 0
    text = capsys.readouterr().out
    assert "B  by u: B is 0: u acts by injected current alone" in text
    assert "How A changes with u" not in text
