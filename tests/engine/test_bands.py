"""State intervals and tau bands as properties over random circuits (DYNAMICS: theorems 1 and 2)."""

from __future__ import annotations

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Delete
from circuitsim.engine.bands import bands
from circuitsim.engine.hazards import hazards
from circuitsim.engine.rows import Rows
from circuitsim.engine.run import run
from circuitsim.engine.session import Session

ROUNDING = 1e-9


def _inside(circuit, result, slack):
    b = bands(circuit)
    assert (result.v >= b.state_low - slack).all()
    assert (result.v <= b.state_high + slack).all()
    assert (result.tau >= b.tau_low * (1 - ROUNDING)).all()
    assert (result.tau <= b.tau_high * (1 + ROUNDING)).all()


@given(seed=st.integers(0, 10_000), step=st.sampled_from([0.01, 0.5, 20.0]))
@settings(max_examples=40)
def test_fused_stays_in_the_interval_at_any_step(seed, step):
    circuit = random_circuit(seed, paper=0)
    _inside(circuit, run(circuit, duration=200 * step, dt=step, solver="fused"), 1e-12)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40)
def test_accurate_solution_stays_in_the_interval(seed):
    circuit = random_circuit(seed)
    _inside(circuit, run(circuit, duration=10.0, dt=0.005, solver="rk4"), ROUNDING)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_signed_decay_is_bounded_below_tau_one(seed):
    circuit = random_circuit(seed, conductance=1, paper=4, stable=False)
    result = run(circuit, duration=10.0, dt=0.005, solver="rk4")
    found = bands(circuit)
    assert np.isfinite(found.state_high).all()  # every tau is below 1 here
    _inside(circuit, result, ROUNDING)


ACTIVATIONS = ("sigmoid", "tanh", "relu", "hard_tanh")


def paper_circuit(seed):
    """Neurons in the paper's form of every activation and decay, fast and slow, that excite and inhibit each other."""
    r = np.random.default_rng(seed)
    circuit = Circuit()
    names = [f"p{k}" for k in range(int(r.integers(2, 6)))]
    for name in names:
        circuit.add_neuron(
            name, "ltc_paper", start=r.uniform(-1, 1), time_constant=np.exp(r.uniform(-1.6, 1.4)),
            target=r.normal(0, 1.5), bias=r.normal(), activation=ACTIVATIONS[int(r.integers(4))],
            decay=["signed", "absolute"][int(r.integers(2))],
        )  # fmt: skip
    circuit.add_input("u", "sine", amplitude=1.0, frequency=r.uniform(0.1, 0.8))
    for post in names:
        for pre in names:
            if r.random() < 0.5:
                circuit.connect(pre, post, "weight", weight=r.normal(0, 2))
        if r.random() < 0.4:
            circuit.connect("u", post, "current", gain=r.normal())
    return circuit


def until_explosion(circuit, duration, dt):
    session = Session(circuit, "rk4", dt)
    parts = [session.present()]
    while session.t < duration and session.explosion is None:
        parts.append(session.advance(500, duration))
    return Rows.joined(parts)


def _no_band_is_left(circuit):
    rows, found = until_explosion(circuit, 15.0, 0.005), bands(circuit)
    assert (rows.v >= found.state_low - ROUNDING).all()
    assert (rows.v <= found.state_high + ROUNDING).all()
    with np.errstate(divide="ignore"):
        assert (1 / rows.tau <= (1 + ROUNDING) / found.tau_low).all()
    bounded = np.isfinite(found.tau_high)  # the others may turn negative
    assert (1 / rows.tau[:, bounded] >= (1 - ROUNDING) / found.tau_high[bounded]).all()


@given(seed=st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_no_band_is_left_whatever_explodes(seed):
    _no_band_is_left(paper_circuit(seed))


@pytest.mark.parametrize("seed", [346, 374, 572, 1311])  # where relu follows a state that grows
def test_what_follows_a_state_without_bound_through_relu_has_none(seed):
    circuit = paper_circuit(seed)
    assert "no step is small enough" in hazards(circuit, 0.005, "rk4")[-1].problem
    _no_band_is_left(circuit)


def chain(*activations, tau=0.5, weight=1.0):
    """Neurons a, b, c, ... that drive one another in a row; the first drives itself too."""
    circuit = Circuit()
    names = "abcdef"[: len(activations)]
    for name, activation in zip(names, activations, strict=True):
        circuit.add_neuron(name, "ltc_paper", activation=activation, time_constant=tau, target=1.5)
    for pre, post in zip("a" + names, names, strict=False):
        circuit.connect(pre, post, "weight", weight=weight)
    return circuit


def test_a_chain_hands_on_that_there_is_no_bound():
    circuit = chain("tanh", "relu", "relu", "sigmoid", "relu", tau=2.0, weight=-2.0)
    found = bands(circuit)
    assert np.isinf(found.state_high).tolist() == [True, True, True, False, False]
    assert found.tau_low.tolist()[1:3] == [0.0, 0.0]
    unstable, driven = hazards(circuit, 0.01, "rk4")
    assert "may grow without bound" in unstable.problem
    assert driven.where == "neuron b and 1 more"
    assert "no step is small enough" in driven.problem
    assert hazards(circuit, 0.01, "fused") == [unstable]


def test_relu_that_drives_itself_keeps_a_sharp_band():
    circuit = chain("relu", "relu")
    low, high = bands(circuit).state_low, bands(circuit).state_high
    assert (low.tolist(), np.isfinite(high).tolist()) == ([0.0, 0.0], [True, True])
    assert (high < 1.5).all()


def test_tanh_with_slow_tau_has_no_bound():
    circuit = Circuit()
    circuit.apply(Add((new_neuron(circuit, "a", "ltc_paper", time_constant=2.0, activation="tanh"),)))
    found = bands(circuit)
    assert found.state_high[0] == np.inf
    assert found.tau_high[0] == np.inf


def test_interval_is_sharp():
    """Where all good synapses stand open the neuron comes to rest at the very end of its interval."""
    circuit = Circuit()
    from circuitsim.circuit.build import new_input, new_synapse

    cell = new_neuron(circuit, "a", leak_conductance=0.5, leak_potential=-0.2, start=0.0)
    on = new_input(circuit, "on", "constant", value=100.0)
    off = new_input(circuit, "off", "constant", value=-100.0)
    open_ = new_synapse(circuit, on.id, cell.id, "chemical", conductance=2.0, reversal_potential=1.0)
    shut = new_synapse(circuit, off.id, cell.id, "chemical", conductance=3.0, reversal_potential=-1.0)
    circuit.apply(Add((cell, on, off, open_, shut)))
    result = run(circuit, duration=20.0, dt=0.01, solver="rk4")
    assert result.v[-1, 0] == pytest.approx((0.5 * -0.2 + 2.0) / 2.5, abs=1e-9)
    assert bands(circuit).state_high[0] == pytest.approx(result.v[-1, 0], abs=1e-9)


def test_present_states_widen_the_interval():
    circuit = random_circuit(4, paper=0)
    first = circuit.neurons[0].id
    far = dict.fromkeys((n.id for n in circuit.neurons), 0.0) | {first: 9.0}
    assert bands(circuit, far).state_high[0] >= 9.0
    assert bands(circuit).state_high[0] < 9.0


def test_a_neuron_without_leak_and_with_current_has_no_bound():
    circuit = random_circuit(5, conductance=1, paper=0)
    only = circuit.neurons[0]
    circuit.apply(Delete(frozenset(i for i in circuit.attached(only.id))))
    from circuitsim.circuit.build import new_synapse
    from circuitsim.circuit.edits import SetParameter

    circuit.apply(SetParameter((only.id,), "leak_conductance", 0.0))
    assert bands(circuit).state_high[0] == only.start  # nothing moves it
    circuit.apply(Add((new_synapse(circuit, circuit["hand"].id, only.id, "current", gain=1.0),)))
    assert bands(circuit).state_high[0] == np.inf
