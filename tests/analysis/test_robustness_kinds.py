"""Robustness of every kind of neuron it accepts: the constant against differences of the engine, and bounds never below it."""

from __future__ import annotations

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

import circuitsim as cs
from circuitsim.circuit.edits import SetKind
from circuitsim.circuit.elements import Table
from circuitsim.engine.proposal import propose
from circuitsim.io.examples import example
from circuitsim.spec.result import Level

ACCEPTED = ("ltc_paper", "ct_rnn", "neural_ode")
RELU = 2  # value of the activation; in a circle only a decay that grows with it keeps the run from diverging
CALLS, ELAPSED, UNFOLDS = 3, 0.5, 5


def chain(kind: str, activation: str, **others: float) -> cs.Circuit:
    """Two inputs, two neurons of a kind that hear them and each other, and an LTC neuron behind them."""
    circuit, r = cs.Circuit(), np.random.default_rng(3)
    for k in range(2):
        times, values = ELAPSED * np.arange(CALLS), r.uniform(-0.4, 0.4, CALLS)
        circuit.add_input(f"u{k}", "table", table=Table(tuple(times.tolist()), tuple(values.tolist())))
        circuit.add_neuron(f"x{k}", kind, start=0.1 + k, bias=0.2, activation=activation, **others)
    circuit.add_neuron("m", capacitance=0.7, leak_conductance=0.6)
    for pre, post, weight in (("u0", "x0", 2.0), ("u1", "x1", -0.9), ("x0", "x1", 0.7), ("x1", "x0", -0.5)):
        circuit.connect(pre, post, "weight", weight=weight)
    circuit.connect("u1", "x0", "current", gain=0.4)
    circuit.connect("x1", "m", "chemical", conductance=0.8, slope=3.0, midpoint=0.4, reversal_potential=1.0)
    return circuit


def by_engine(circuit: cs.Circuit) -> float:
    """The norm of the map from all held values of inputs to all states after each call, by differences of the engine."""
    h, times = 1e-5, ELAPSED * np.arange(CALLS)
    held = {i.name: np.array(i.table.values) for i in circuit.inputs}

    def states(name: str, k: int, aside: float) -> np.ndarray:
        moved = {n: v.copy() for n, v in held.items()}
        moved[name][k] += aside
        trace = cs.simulate(
            circuit, CALLS * ELAPSED, ELAPSED / UNFOLDS, "fused", inputs={n: (times, v) for n, v in moved.items()}
        )  # fmt: skip
        at = np.searchsorted(trace.t, ELAPSED * np.arange(1, CALLS + 1) - 1e-9)
        return np.concatenate([trace[n.name].v[at] for n in circuit.neurons])

    columns = [(states(n, k, h) - states(n, k, -h)) / (2 * h) for n in held for k in range(CALLS)]
    return float(np.linalg.norm(np.array(columns), 2))


def measured(circuit: cs.Circuit) -> cs.Result:
    return cs.analyse(circuit, "robustness", sequences=1, calls=CALLS, elapsed=ELAPSED, unfolds=UNFOLDS)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("kind", ACCEPTED)
def test_the_constant_is_that_of_the_engine(kind, activation):
    others = {} if kind == "neural_ode" else {"time_constant": 2.0}
    if kind == "ltc_paper":
        others |= {"target": 1.5, "decay": 1.0}
    circuit = chain(kind, activation, **others)
    found = measured(circuit)
    assert found["lipschitz"] == pytest.approx(by_engine(circuit), rel=1e-6)
    assert found["certified"] >= found["lipschitz"]
    assert np.isfinite(found["certified"]) == (kind != "neural_ode")  # which never forgets


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_what_is_certified_of_mixed_kinds_is_never_below_what_is_measured(seed, data):
    circuit = random_circuit(seed, 2, 3)
    for neuron in circuit.neurons:
        if neuron.kind == "ltc_paper" and neuron.parameters["activation"] != RELU:
            kind = data.draw(st.sampled_from(("ct_rnn", "ct_rnn", *ACCEPTED)))
            if kind != neuron.kind:
                circuit.apply(SetKind(neuron.id, kind))
    found = measured(circuit)
    assert found["certified"] >= found["lipschitz"] * (1 - 1e-9)
    assert found["by_twins"] <= found["certified"] * (1 + 1e-6)
    assert found["certified_for_all_time"] >= found["lipschitz"] * (1 - 1e-9) * (found["abscissa"] < 0)


def test_of_a_linear_unit_measured_and_certified_are_the_closed_form():
    """A CT-RNN neuron with relu above 0 is x' = (x + h w u) / (1 + h / tau), so the slope is w tau (1 - (1 + h / tau)^-N)."""
    circuit = cs.Circuit()
    circuit.add_input("u", value=0.5)
    circuit.add_neuron("x", "ct_rnn", time_constant=2.0, activation="relu")
    circuit.connect("u", "x", "weight", weight=3.0)
    found = cs.analyse(circuit, "robustness", sequences=1, calls=1, elapsed=1.0, unfolds=10)
    expected = 3.0 * 2.0 * (1.0 - 1.05**-10)
    assert found["lipschitz"] == pytest.approx(expected, rel=1e-9)
    assert found["certified"] == pytest.approx(expected, rel=1e-6)
    assert found["abscissa"] == pytest.approx(-0.5)
    assert found["certified_for_all_time"] == pytest.approx(6.0)


def test_what_keeps_it_from_a_certificate_is_named():
    found = measured(chain("neural_ode", "tanh"))
    (loose,) = [f for f in found.findings if "Nothing can be certified" in f.text]
    assert loose.text == "Nothing can be certified: no interval holds the state of x0 and x1."
    found = cs.analyse(cs.load(example("compass").path), "robustness", sequences=1)
    assert any("the bound grows from call to call" in f.text for f in found.findings)


def test_steps_that_are_much_longer_than_those_of_the_run_are_told():
    circuit = chain("ct_rnn", "tanh", time_constant=2.0)

    def told(**options):
        return [f.text for f in cs.analyse(circuit, "robustness", sequences=1, calls=2, **options).findings]

    assert any(
        "in 1 fused step, each 100 times" in text
        for text in told(elapsed=100 * propose(circuit).dt, unfolds=1)
    )
    assert not any("fused step" in text for text in told(elapsed=6 * propose(circuit).dt))


@pytest.mark.parametrize(("name", "level"), [("sunspots", Level.NOTE), ("liquid", Level.GOOD)])
def test_a_bound_is_praised_only_where_it_says_something(name, level):
    found = cs.analyse(cs.load(example(name).path), "robustness", sequences=1)
    (said,) = [f for f in found.findings if f.text.startswith("Certified for every input")]
    assert said.level is level
    assert ("says little" in said.text) == (found["certified"] > 1e6 * found["lipschitz"])


def test_counts_are_told_in_full():
    found = measured(chain("ct_rnn", "tanh", time_constant=2.0))
    rows = dict(found.pieces[-1].rows)
    assert rows["p, parameters that act"] == str(found["p"])


def test_static_neurons_are_refused_by_name():
    circuit = cs.Circuit()
    circuit.add_input("u")
    circuit.add_neuron("x0", "static")
    circuit.connect("u", "x0", "weight")
    with pytest.raises(cs.InputError, match=r"x0 is of the kind Static neuron.*make it a CT-RNN neuron"):
        measured(circuit)


def test_what_has_no_counterpart_is_refused_in_the_name_of_this_laboratory():
    circuit = cs.Circuit()
    circuit.add_input("u")
    circuit.add_neuron("x", "closed_form")
    with pytest.raises(cs.InputError, match=r"^robustness: x is of the kind .*no counterpart"):
        cs.analyse(circuit, "robustness")


def test_bounds_say_for_which_inputs_and_states_they_hold():
    texts = [f.text for f in cs.analyse(cs.load(example("liquid").path), "robustness").findings]
    for begin in ("Certified", "It contracts"):
        (text,) = (t for t in texts if t.startswith(begin))
        assert "for every input within its declared range, from any state in the bands" in text
