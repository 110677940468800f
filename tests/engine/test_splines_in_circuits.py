"""Splines in whole circuits: against scipy, through live edits, as weights in disguise, and in files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import curve, random_circuit, right_hand_side
from scipy.integrate import solve_ivp

import circuitsim as cs
from circuitsim.circuit.edits import Replace, SetKind, SetKnots
from circuitsim.circuit.elements import Synapse
from circuitsim.engine.bands import bands
from circuitsim.engine.change import Effect
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.session import Session
from circuitsim.spec.curve import Knots

BENT = Knots((-1.0, -0.2, 0.1, 0.8), (1.5, 0.2, 0.9, -1.0))


def splined(kind: str = "spline_drive", target: str = "ltc_paper") -> cs.Circuit:
    """A sine that drives a leaky neuron, and a spline from that to another."""
    circuit = cs.Circuit()
    circuit.add_neuron("a")
    circuit.add_neuron("b", target)
    circuit.add_input("u", "sine", amplitude=2.0, frequency=0.3)
    circuit.connect("u", "a", "current")
    circuit.connect("a", "b", kind)
    return circuit


@pytest.mark.parametrize("seed", range(4))
def test_circuits_with_splines_follow_an_independent_integration(seed):
    circuit = random_circuit(seed, 4, 3, curves=True)
    assert any(s.knots for s in circuit.synapses)
    found = cs.simulate(circuit, 1.0, dt=1e-3, solver="rk4", every=0.05)
    start = [n.start for n in circuit.neurons]
    truth = solve_ivp(
        right_hand_side(circuit), (0, 1), start, method="DOP853", rtol=1e-9, atol=1e-11, t_eval=found.t
    )
    np.testing.assert_allclose(found.samples.v, truth.y.T, rtol=0, atol=5e-7)  # corners, at a step of 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_the_jacobian_is_the_difference_of_the_independent_right_hand_side(seed):
    circuit = random_circuit(seed, 4, 3, curves=True)
    f, d = right_hand_side(circuit), 1e-7
    v = np.random.default_rng(seed).uniform(-0.9, 0.9, len(circuit.neurons))
    found = Linearizer(circuit).at(dict(zip((n.id for n in circuit.neurons), v, strict=True)), 0.3)
    for column in range(v.size):
        e = d * (np.arange(v.size) == column)
        np.testing.assert_allclose(
            found.state[:, column], (f(0.3, v + e) - f(0.3, v - e)) / (2 * d), atol=2e-5
        )


@pytest.mark.parametrize("solver", ["rk4", "rosenbrock", "dormand_prince", "fused"])
@pytest.mark.parametrize(("kind", "target"), [("spline_drive", "ct_rnn"), ("spline_conductance", "ltc")])
def test_a_live_edit_of_the_knots_equals_a_restart_from_the_present_state(solver, kind, target):
    """Another number of knots is written in place too."""
    circuit = splined(kind, target)
    live = Session(circuit, solver, 0.01)
    live.advance(100)
    spline = replace(circuit.synapses[-1], knots=Knots((-1.0, 0.0, 0.4, 0.5, 2.0), (0.9, 0.3, 0.3, 1.0, 0.0)))
    assert live.edit({spline.id: spline}) is Effect.NUMBERS
    anew = Session(live.circuit, solver, 0.01, initial=live.states())
    anew.t = live.t  # the same instant, so that the sine goes on
    for session in (anew, live):
        session._ends.origin, session._ends.k = live.t, 0
    rounding = 1e-8 if live.own_steps else 0.0  # a solver that chooses its steps goes on with the last one
    np.testing.assert_allclose(live.advance(50).v, anew.advance(50).v, rtol=0, atol=rounding)


def test_a_straight_line_is_a_weight():
    line, weight = splined(), splined("weight")
    line.apply(SetKnots((line.synapses[-1].id,), Knots((0.0, 1.0), (0.0, 1.0))))
    np.testing.assert_allclose(
        cs.simulate(line, 5.0)["b"].v, cs.simulate(weight, 5.0)["b"].v, rtol=0, atol=1e-14
    )


def test_bands_hold_what_the_curve_can_do():
    """The drive of b is w times what the curve takes on over the band of a."""
    circuit = splined(target="ct_rnn")
    spline = circuit.synapses[-1]
    circuit.apply(Replace((replace(spline, knots=BENT, parameters={"weight": -2.0}),), "Draw"))
    found, trace = bands(circuit), cs.simulate(circuit, 20.0, every=0.1)
    b = [n.name for n in circuit.neurons].index("b")
    at = np.linspace(found.state_low[0], found.state_high[0], 2001)
    drive = np.array([-2.0 * curve(BENT, v, held=False) for v in at])
    ends = [1.0 / (1.0 + np.exp(-z)) for z in (drive.min(), drive.max())]
    assert (found.state_low[b], found.state_high[b]) == pytest.approx((min(0.0, ends[0]), ends[1]), abs=1e-5)
    assert found.state_low[b] <= trace["b"].v.min() <= trace["b"].v.max() <= found.state_high[b]


def test_another_kind_keeps_knots_that_it_may_have():
    circuit = splined("spline_conductance", "ltc")
    spline = circuit.synapses[-1].id
    usual = circuit.synapses[-1].knots
    circuit.apply(SetKind(spline, "chemical"))
    assert circuit.get(spline, Synapse).knots is None
    circuit.apply(SetKind(spline, "spline_conductance"))
    assert circuit.get(spline, Synapse).knots == usual


@pytest.mark.parametrize(
    ("knots", "told"),
    [
        (([0.0], [1.0]), "2 to 32 knots, not 1"),
        ((range(33), [0.0] * 33), "2 to 32 knots, not 33"),
        (([0.0, 1.0], [0.0]), "2 x for 1 y"),
        (([0.0, 0.0], [0.0, 1.0]), "increasing x"),
        (([0.0, np.nan], [0.0, 1.0]), "finite"),
        (([0.0, 1.0], [0.0, 1.2]), "between 0 and 1, not be 1.2"),
        ("ab", "not a pair of x and y"),
        (7, "int is not a pair of x and y"),
    ],
)
def test_knots_that_make_no_curve_are_refused_in_a_sentence(knots, told):
    circuit = splined("spline_conductance", "ltc")
    with pytest.raises(cs.InputError, match=told):
        circuit.connect("u", "b", "spline_conductance", knots=knots)
    assert len(circuit.synapses) == 2


def test_only_kinds_with_a_curve_take_knots():
    with pytest.raises(cs.InputError, match="has no curve"):
        splined().connect("u", "a", "chemical", knots=([0, 1], [0, 1]))


def test_a_file_without_knots_says_which_are_missing(tmp_path):
    path = tmp_path / "c.circuit.json"
    cs.save(splined(), path)
    assert cs.load(path) == splined()
    text = path.read_text(encoding="utf-8")
    broken = (
        text[: text.index('"knots"')].rstrip().rstrip(",")
        + text[text.index("}", text.index('"knots"')) + 1 :]
    )
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(cs.InputError, match="synapse a to b: its knots are missing; give the x and the y"):
        cs.load(path)
