"""Liquid or standard: every equation against the engine, lengths against references, and the table of the paper."""

from __future__ import annotations

import numpy as np
import pytest
from engine_circuits import random_circuit
from reference_circuits import VALUES

import circuitsim as cs
from circuitsim.analysis._length import path_of
from circuitsim.analysis._random_networks import CODE, MODELS, network
from circuitsim.analysis._standard import Shared
from circuitsim.circuit.edits import SetKind
from circuitsim.io.examples import example

LENGTHS = VALUES["trajectory_length"]


def course(circuit: cs.Circuit, model: str, duration: float, dt: float) -> np.ndarray:
    t = np.linspace(0.0, duration, round(duration / dt) + 1)
    return Shared(circuit).course(model, t, lambda _f: True)


def by_engine(circuit: cs.Circuit, duration: float, dt: float) -> np.ndarray:
    trace = cs.simulate(circuit, duration, dt, "rk4", every=dt)
    return np.column_stack([trace[n.name].v for n in circuit.neurons])


@pytest.mark.parametrize("seed", range(6))
def test_as_ltc_it_is_what_the_engine_computes(seed):
    circuit = random_circuit(seed, 4, 4)
    for synapse in circuit.synapses:
        if circuit.kinds.synapses[synapse.kind].curve is not None:
            circuit.mute(synapse)
    np.testing.assert_allclose(
        course(circuit, "ltc", 2.0, 0.01), by_engine(circuit, 2.0, 0.01), rtol=1e-11, atol=1e-12
    )


@pytest.mark.parametrize(
    ("model", "kind"), [("ctrnn", "ct_rnn"), ("node", "neural_ode"), ("static", "static")]
)
def test_the_standard_equations_are_those_of_the_kinds_of_that_name(model, kind):
    circuit = cs.Circuit()
    circuit.add_input("u", "sine", amplitude=1.0, frequency=0.3)
    for k, activation in enumerate(("sigmoid", "tanh", "relu", "hard_tanh")):
        circuit.add_neuron(
            f"x{k}", "ltc_paper", start=0.1 * k, time_constant=0.5 + k, bias=0.2, activation=activation
        )
        circuit.connect("u", f"x{k}", "weight", weight=1.0 - 0.4 * k)
    circuit.connect("x0", "x1", "weight", weight=0.7)
    circuit.connect("x1", "x2", "weight", weight=-0.7)
    ours = course(circuit, model, 3.0, 0.01)
    for neuron in circuit.neurons:
        circuit.apply(SetKind(neuron.id, kind))
    np.testing.assert_allclose(ours, by_engine(circuit, 3.0, 0.01), rtol=1e-12, atol=1e-13)


def test_in_conductance_form_only_the_factor_of_the_potential_goes():
    """A membrane on which one open synapse acts, by hand: E g s instead of (E - v) g s."""
    circuit = cs.Circuit()
    circuit.add_neuron("v", capacitance=0.5, leak_conductance=2.0, leak_potential=-0.4, start=0.3)
    circuit.add_input("u", value=50.0)
    circuit.connect("u", "v", conductance=1.5, slope=4.0, midpoint=0.0, reversal_potential=0.9)
    t = np.linspace(0.0, 1.0, 201)
    goal, tau = (2.0 * -0.4 + 1.5 * 0.9) / 2.0, 0.25
    exact = {"ctrnn": goal + (0.3 - goal) * np.exp(-t / tau), "node": 0.3 + goal * 2.0 / 0.5 * t,
             "static": np.full(t.size, goal)}  # fmt: skip
    for model, expected in exact.items():
        found = Shared(circuit).course(model, t, lambda _f: True)[:, 0]
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)


CASES = [
    pytest.param(row, m, id=f"{m} {row['seed']}")
    for row in LENGTHS["rows"][:1]
    for m in MODELS
    if m == "ltc" or not row["seed"]
]


@pytest.mark.parametrize(
    ("row", "model"), CASES
)  # the others are compared in tests/references, by the engine
def test_lengths_of_random_networks_are_those_of_the_reference(row, model):
    path = network(row["seed"], LENGTHS["width"], "tanh", CODE).path(model, 1e-12)
    assert path.length == pytest.approx(row[model]["length"], rel=1e-8)
    assert path.diameter == pytest.approx(row[model]["diameter"], rel=1e-8)
    assert path.shape == pytest.approx(row[model]["length_over_diameter"], rel=1e-8)


def test_the_length_of_a_circle_and_of_what_stands_still():
    angle = np.linspace(0, 2 * np.pi, 2001)
    plane = np.linalg.qr(np.random.default_rng(1).normal(size=(5, 5)))[0][:, :2]
    path = path_of(np.column_stack([3 * np.sin(angle), 3 * np.cos(angle)]) @ plane.T + 7.0)
    assert path.length == pytest.approx(6 * np.pi, rel=1e-5)
    assert path.diameter == pytest.approx(6.0, rel=1e-5)
    still = path_of(np.ones((10, 1)))
    assert (still.length, still.diameter) == (0.0, 0.0)
    assert np.isnan(still.shape)


def test_the_table_of_the_paper_and_what_the_scale_does_to_it():
    """Means over few seeds, so within a fifth of N-ODE 36, CT-RNN 24, LTC 340; with the scale of the text LTC is not longer."""
    found = cs.analyse(cs.Circuit(), "compare", network="random", seeds=2)
    assert found["length_code_mean"] == pytest.approx([36.0, 24.0, 340.0], rel=0.2)
    node, ctrnn, ltc = found["length_paper_mean"]
    assert ltc < 1.5 * ctrnn < node
    assert max(found["length_over_diameter_code_mean"]) < 4.0
    assert [f.text.split(",")[0] for f in found.findings][2].startswith("With the scale that the text states")


def test_the_worm_has_no_static_twin_and_the_shaper_has_one():
    worm = cs.analyse(cs.load(example("tap-withdrawal").path), "compare", duration=0.5)
    assert worm["models"] == ("ltc", "ctrnn", "node")
    assert any("a static network is not defined" in f.text for f in worm.findings)
    shaper = cs.analyse(cs.load(example("pulse-shaper").path), "compare", duration=0.5)
    assert shaper["models"] == ("ltc", "ctrnn", "node", "static")
    assert set(shaper["length"]) == {"ltc", "ctrnn", "node", "static"}


def test_what_has_no_counterpart_is_named():
    for name, sentence in (
        ("late-caller", "network net has no right-hand side"),
        ("product", "has no counterpart"),
    ):
        with pytest.raises(cs.InputError, match=sentence):
            cs.analyse(cs.load(example(name).path), "compare")


def test_a_call_as_long_as_many_time_constants_is_no_step():
    """The trained network is called once a year and its membranes are much faster: no equation of it runs away."""
    found = cs.analyse(cs.load(example("sunspots").path), "compare", duration=20.0)
    assert not [f for f in found.findings if "runs away" in f.text]
    exact = cs.simulate(
        cs.load(example("sunspots").path),
        duration=20.0,
        dt=20.0 / (len(found["t"]) - 1),
        solver="dormand_prince",
        tolerance=1e-10,
    )
    assert (
        np.abs(found["ltc"][-1] - exact.samples.v[-1]).max() < 5e-3
    )  # values that jump at the end of a step act in it


def test_a_circuit_at_rest_has_no_ratio():
    circuit = cs.Circuit("rest")
    circuit.add_neuron("a", "ltc_paper", start=0.0, bias=-1e3)
    found = cs.analyse(circuit, "compare")
    assert not [f for f in found.findings if "nan" in f.text]


def test_where_no_conductance_opens_no_neuron_is_said_to_be_apart():
    circuit = cs.Circuit()
    circuit.add_input("u", "sine")
    circuit.add_neuron("a")
    circuit.connect("u", "a", "current")
    texts = [f.text for f in cs.analyse(circuit, "compare").findings]
    assert any("every neuron does the same" in text for text in texts)
    assert not [text for text in texts if "apart as" in text]


def test_what_runs_away_is_said_in_words_alone():
    circuit = cs.Circuit()
    circuit.add_neuron("x", "ltc_paper", start=2e6, activation="tanh", time_constant=50.0, bias=-3.0)
    circuit.add_input("u", value=1.0)
    circuit.connect("u", "x", "weight")
    found = cs.analyse(circuit, "compare", duration=4.0)
    assert "As an LTC the circuit runs away: its states have no bound there." in [
        f.text for f in found.findings
    ]
    assert not any("nan" in f.text or "inf" in f.text for f in found.findings)


def test_what_a_standard_neuron_lacks_is_said():
    circuit = cs.Circuit()
    for kind in ("ltc_paper", "ct_rnn", "neural_ode", "static", "ltc"):
        circuit.add_neuron(kind, kind)
    text = "ct_rnn, neural_ode and static have no target or no time constant as drawn: where an equation needs one, it is 1."
    assert text in [f.text for f in cs.analyse(circuit, "compare", duration=1.0).findings]
    liquid = cs.load(example("two-clocks").path)
    texts = [f.text for f in cs.analyse(liquid, "compare", duration=1.0).findings]
    assert not any("no target" in text for text in texts)


def test_the_lengths_of_the_paper_stand_beside_ours():
    ours = {"network": "random", "seeds": 2, "width": 100}
    found = cs.analyse(cs.Circuit(), "compare", **ours)
    assert found["length_published"].tolist() == [37.1, 29.4, 438.7]
    np.testing.assert_allclose(found["length_code_mean"], found["length_published"], rtol=0.3)
    table = found.pieces[0]
    assert [row[1] for row in table.rows] == [37.1, 29.4, 438.7]
    assert table.columns[1].title == "in the paper"
    hard = cs.analyse(cs.Circuit(), "compare", **ours, activation="hard_tanh")
    assert hard["length_published"][2] > 10.0 * hard["length_code_mean"][2]
    assert any("those of no activation at all" in f.text for f in hard.findings)
    other = cs.analyse(cs.Circuit(), "compare", network="random", seeds=1, width=10)
    assert other["length_published"] is None
    assert "in the paper" not in [column.title for column in other.pieces[0].columns]


@pytest.mark.parametrize("points", [1, 2, 3, 500])
def test_the_diameter_is_the_largest_of_all_distances(points):
    states = np.random.default_rng(points).normal(size=(points, 5))
    for rows in (states, states[:, :1] * np.ones((1, 5)), np.ones((points, 5))):
        path = path_of(rows)
        apart = np.linalg.norm(path.seen[:, None] - path.seen[None], axis=2)
        assert path.diameter == pytest.approx(apart.max(), rel=1e-12, abs=1e-12)
