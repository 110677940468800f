"""CT-RNN, neural ODE and static neurons beside the other kinds: against scipy, closed forms, and the bounds they declare."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from summed_circuits import ACTIVATIONS, MIXED, SMOOTH, act, complete, right_hand_side, summed_circuit

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetKind
from circuitsim.engine.bands import bands
from circuitsim.engine.condition import Condition
from circuitsim.engine.hazards import hazards
from circuitsim.engine.run import run
from circuitsim.engine.session import Session

END = 2.0
ROUNDING = 1e-9


def truth(circuit, end=END):
    """States at the end by scipy's DOP853 at a relative tolerance of 1e-12, float64[n]."""
    start = np.array([n.start for n in circuit.neurons])
    found = solve_ivp(right_hand_side(circuit), (0, end), start, method="DOP853", rtol=1e-12, atol=1e-13)
    return complete(circuit, end, found.y[:, -1])


def stays_in_bands(circuit, result):
    """No state leaves its interval and no decay its band."""
    found = bands(circuit)
    slack = ROUNDING * (1.0 + np.abs(result.v))
    assert (result.v >= found.state_low - slack).all()
    assert (result.v <= found.state_high + slack).all()
    assert (result.tau >= found.tau_low * (1 - ROUNDING)).all()
    assert (result.tau <= found.tau_high * (1 + ROUNDING)).all()


@pytest.mark.parametrize("kind", ["ct_rnn", "neural_ode"])
@pytest.mark.parametrize("seed", range(3))
def test_each_kind_alone_reaches_scipy(kind, seed):
    circuit = summed_circuit(seed, SMOOTH, (kind,))
    result = run(circuit, duration=END, dt=0.001, solver="rk4")
    assert np.abs(result.v[-1] - truth(circuit)).max() < 1e-11


@pytest.mark.parametrize("seed", range(4))
def test_all_kinds_together_reach_scipy(seed):
    circuit = summed_circuit(seed, SMOOTH, MIXED, 9)
    result = run(circuit, duration=END, dt=0.0005, solver="rk4")
    assert np.abs(result.v[-1] - truth(circuit)).max() < 1e-10


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_step_response_is_the_closed_form(activation):
    """Alone at constant f both are linear: x = tau f + (x0 - tau f) exp(-t/tau), and x = x0 + f t."""
    circuit = Circuit()
    same = {"bias": -0.4, "activation": activation, "start": 0.3}
    circuit.add_neuron("a", "ct_rnn", time_constant=0.7, **same)
    circuit.add_neuron("b", "neural_ode", **same)
    result = run(circuit, duration=1.5, dt=0.01, solver="rk4")
    f = act(ACTIVATIONS.index(activation), -0.4)
    np.testing.assert_allclose(result.v[:, 0], 0.7 * f + (0.3 - 0.7 * f) * np.exp(-result.t / 0.7), atol=1e-9)
    np.testing.assert_allclose(result.v[:, 1], 0.3 + f * result.t, atol=1e-13)
    assert (result.tau[:, 0] == 0.7).all()
    assert np.isinf(result.tau[:, 1]).all()
    np.testing.assert_allclose(result.vinf[:, 0], 0.7 * f, rtol=1e-14)
    assert np.isnan(result.vinf[:, 1]).all()  # nothing decays: it is heading for no state


@given(seed=st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_bands_hold(seed):
    circuit = summed_circuit(seed, kinds=("ct_rnn", "neural_ode", "ltc_paper", "static"), count=5)
    stays_in_bands(circuit, run(circuit, duration=5.0, dt=0.005, solver="rk4"))


@pytest.mark.parametrize(("activation", "bias", "low", "high"), [
    ("sigmoid", 0.0, 0.5, math.inf), ("tanh", 0.0, -math.inf, math.inf), ("tanh", 2.0, 0.5, math.inf),
    ("tanh", -2.0, -math.inf, 0.5), ("relu", -2.0, 0.5, 0.5), ("relu", 0.0, 0.5, math.inf),
])  # fmt: skip
def test_an_integrator_is_held_only_by_the_sign_of_f(activation, bias, low, high):
    circuit = Circuit()
    circuit.add_neuron("a", "neural_ode", activation=activation, bias=bias, start=0.5)
    circuit.add_input("u", "sine", amplitude=1.0)
    circuit.connect("u", "a", "current", gain=1.0)
    found = bands(circuit)
    assert (found.state_low[0], found.state_high[0]) == (low, high)
    assert np.isinf([found.tau_low[0], found.tau_high[0]]).all()


def test_a_fixed_time_constant_gives_a_sharp_interval():
    """The state comes to rest at the very end of its interval, tau f."""
    circuit = Circuit()
    circuit.add_neuron("a", "ct_rnn", activation="relu", time_constant=0.5, bias=-1.0)
    circuit.add_input("u", "constant", value=3.0)
    circuit.connect("u", "a", "current", gain=2.0)
    found = bands(circuit)
    assert (found.state_low[0], found.state_high[0]) == (0.0, 2.5)
    assert run(circuit, duration=20.0, dt=0.01, solver="rk4").v[-1, 0] == pytest.approx(2.5, abs=1e-12)


@pytest.mark.parametrize("weight", [0.5, 3.0])
def test_relu_that_feeds_itself_has_no_bound(weight):
    """It grows for tau w > 1; below, the state that bounds it is its own, which nothing proves from outside."""
    circuit = Circuit()
    circuit.add_neuron("a", "ct_rnn", activation="relu", bias=0.1)
    circuit.connect("a", "a", "weight", weight=weight)
    assert (bands(circuit).state_low[0], bands(circuit).state_high[0]) == (0.0, np.inf)


def test_a_chain_of_relu_hands_its_bounds_on():
    circuit = Circuit()
    for name, activation in zip("abcd", ("tanh", "relu", "relu", "relu"), strict=True):
        circuit.add_neuron(name, "ct_rnn", activation=activation, time_constant=0.5)
    for pre, post in ("ab", "bc", "cd"):
        circuit.connect(pre, post, "weight", weight=2.0)
    circuit.add_input("u", "sine", amplitude=100.0)
    circuit.connect("u", "a", "current", gain=1.0)
    assert bands(circuit).state_high.tolist() == [0.5, 0.5, 0.5, 0.5]
    assert bands(circuit).state_low.tolist() == [-0.5, 0.0, 0.0, 0.0]


def test_switching_the_kind_keeps_what_the_kinds_share():
    circuit = summed_circuit(3, kinds=("ltc_paper",))
    before, weights = circuit["n0"].parameters, [s.parameters for s in circuit.synapses]
    circuit.apply(SetKind(circuit["n0"].id, "ct_rnn"))
    after = circuit["n0"].parameters
    assert after == {name: before[name] for name in ("time_constant", "bias", "activation")}
    circuit.apply(SetKind(circuit["n0"].id, "neural_ode"))
    assert circuit["n0"].parameters == {name: before[name] for name in ("bias", "activation")}
    assert [s.parameters for s in circuit.synapses] == weights


def test_nothing_is_said_of_an_integrator_that_decays_nowhere():
    circuit = Circuit()
    circuit.add_neuron("a", "neural_ode", activation="tanh")
    assert hazards(circuit, 0.01, "rk4") == []
    session = Session(circuit, "rk4", 0.01)
    session.watch(Condition(circuit["a"].id, "tau", above=True, level=5.0))
    session.advance(10, 0.095)  # the last step ends off the grid
    assert not session.met


def test_the_fused_step_of_an_integrator_is_that_of_euler():
    circuit = summed_circuit(1, kinds=("neural_ode",))
    first = run(circuit, duration=0.01, dt=0.01, solver="fused")
    slope = right_hand_side(circuit)(0.0, first.v[0])
    np.testing.assert_allclose(first.v[1], first.v[0] + 0.01 * slope, rtol=0, atol=1e-16)


def test_slices_of_any_length_give_the_same_bits():
    circuit = summed_circuit(5, kinds=MIXED)
    whole, parts = Session(circuit, "rk4", 0.01), Session(circuit, "rk4", 0.01)
    whole.advance(60)
    for count in (1, 7, 22, 30):
        parts.advance(count)
    assert whole.states() == parts.states()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("bias", [-3.0, -1.0, 0.0, 1.0, 3.0])
@pytest.mark.parametrize("tau", [0.5, 1.0, 2.0])
def test_a_decay_that_can_fall_to_nothing_is_warned_of(activation, bias, tau):
    """The paper's form: where 1/tau + f <= 0 the time constant is not positive, and the warning was there before."""
    circuit = Circuit()
    circuit.add_neuron("a", "ltc_paper", activation=activation, bias=bias, time_constant=tau)
    decay = 1 / tau + act(ACTIVATIONS.index(activation), bias)
    shown = Session(circuit, "rk4", 0.001).present().tau[0, 0]
    assert (0 < shown < math.inf) == (decay > 0)
    warned = any("1/τ + f can become negative" in issue.problem for issue in hazards(circuit, 0.001, "rk4"))
    assert warned or decay > 0
    assert not warned or activation in ("tanh", "hard_tanh")
