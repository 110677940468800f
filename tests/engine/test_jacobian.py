"""The Jacobian of whole circuits against differences of an independent right-hand side and against the formulas."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from engine_circuits import input_value, random_circuit, right_hand_side, with_maps
from hypothesis import given, settings
from hypothesis import strategies as st

import circuitsim as cs
from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.engine.jacobian import Linearizer


def _states(circuit, seed):
    values = np.random.default_rng(seed).uniform(-1.2, 1.2, len(circuit.neurons))
    return values, dict(zip((n.id for n in circuit.neurons), values, strict=True))


def _kinks(circuit, t, v, d):
    """Rows whose derivative differs on the two sides: relu, hard tanh and |f| at their kinks."""
    f = right_hand_side(circuit)
    rows = np.zeros(v.size, dtype=bool)
    for i in range(v.size):
        e = np.zeros(v.size)
        e[i] = d
        rows |= np.abs(f(t, v + e) - 2 * f(t, v) + f(t, v - e)) > 1e-3 * d
    return rows


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6), t=st.floats(0.0, 3.0), shape=st.tuples(st.integers(0, 9), st.integers(0, 9))
)
def test_it_is_the_difference_of_an_independent_right_hand_side(seed, t, shape):
    circuit = with_maps(random_circuit(seed, max(1, shape[0]), shape[1], stable=False))
    v, states = _states(circuit, seed)
    f, d = right_hand_side(circuit), 1e-6
    found = Linearizer(circuit).at(states, t)
    np.testing.assert_allclose(found.rate, f(t, v), rtol=1e-12, atol=1e-12)
    smooth = ~_kinks(circuit, t, v, d)
    for column in range(v.size):
        e = np.zeros(v.size)
        e[column] = d
        difference = (f(t, v + e) - f(t, v - e)) / (2 * d)
        np.testing.assert_allclose(found.state[smooth, column], difference[smooth], rtol=1e-5, atol=1e-6)


def _drawn(kind, r):
    """Random parameters between the slider ends."""
    numbers = {}
    for q in kind.parameters:
        low, high = q.liquid.slider_low, q.liquid.slider_high
        numbers[q.name] = float(r.integers(len(q.choices))) if q.choices else r.uniform(low, high)
    return numbers


def mixed_circuit(seed, each=2):
    """Neurons of every registered kind, joined by synapses of every registered kind that may join them."""
    r = np.random.default_rng(seed)
    circuit = Circuit()
    kinds = circuit.kinds
    cells = [
        new_neuron(circuit, f"{name}{k}", name, start=r.uniform(-1, 1), **_drawn(kind, r))
        for name, kind in kinds.neurons.items()
        for k in range(each)
    ]
    source = new_input(circuit, "u", "constant", value=r.uniform(-1, 1))
    circuit.apply(Add((*cells, source)))
    for post in cells:
        for pre in (*cells, source):
            kind_of_pre = getattr(pre, "kind", "input")
            for name, kind in kinds.synapses.items():
                if kinds.synapse_refusal(name, kind_of_pre, post.kind) is None and r.random() < 0.5:
                    with suppress(cs.InputError):  # to itself, or in a cycle that is not allowed
                        circuit.apply(Add((new_synapse(circuit, pre.id, post.id, name, **_drawn(kind, r)),)))
    return circuit


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_circuits_of_all_kinds_are_differentiated(seed):
    """Against differences of dx/dt as the kernels give it, which knows nothing of derivatives."""
    circuit = mixed_circuit(seed)
    linearizer = Linearizer(circuit)
    ids, d = linearizer.neuron_ids, 1e-6
    v = np.random.default_rng(seed).uniform(-1.2, 1.2, len(ids))
    found = linearizer.at(dict(zip(ids, v, strict=True)))
    for column in range(v.size):
        low, middle, high = (
            linearizer.at(dict(zip(ids, v + step * (np.arange(v.size) == column), strict=True))).rate
            for step in (-d, 0.0, d)
        )
        smooth = np.abs(high - 2 * middle + low) <= 1e-3 * d * (1.0 + np.abs(found.state[:, column]))
        assert smooth.mean() > 0.5
        difference = (high - low) / (2 * d)
        scale = 1e-5 * (1.0 + np.abs(difference)) + 1e-15 * np.abs(middle) / d
        assert (np.abs(found.state[:, column] - difference) <= scale)[smooth].all()


@pytest.mark.parametrize("seed", range(4))
def test_derivatives_by_inputs(seed):
    """With respect to a slider, whose value is a parameter of the circuit."""
    circuit = random_circuit(seed, stable=False)
    _, states = _states(circuit, seed)
    found = Linearizer(circuit).at(states, 0.4)
    names = [i.name for i in circuit.inputs]
    values = {i.name: input_value(i, 0.4) for i in circuit.inputs}
    d = 1e-6
    for column, name in enumerate(names):
        sides = []
        for change in (-d, d):
            given = {n: x + (change if n == name else 0.0) for n, x in values.items()}
            named = {n.name: states[n.id] for n in circuit.neurons}
            sides.append(cs.jacobian(circuit, named, inputs=given).rate)
        difference = (sides[1] - sides[0]) / (2 * d)
        np.testing.assert_allclose(found.input[:, column], difference, rtol=1e-5, atol=1e-6)


def test_conductance_form_is_that_of_the_formula():
    """J and C of the conductance form, written out neuron by neuron."""
    circuit = with_maps(random_circuit(7, conductance=6, paper=0))
    v, states = _states(circuit, 7)
    t = 0.7
    cells, inputs = list(circuit.neurons), list(circuit.inputs)
    row = {n.id: k for k, n in enumerate(cells)}
    column = {i.id: k for k, i in enumerate(inputs)}
    x = {n.id: v[k] for k, n in enumerate(cells)} | {
        i.id: i.gain * input_value(i, t) + i.offset for i in inputs
    }
    J, C = np.zeros((6, 6)), np.zeros((6, 2))
    for k, n in enumerate(cells):
        J[k, k] = -n.parameters["leak_conductance"] / n.parameters["capacitance"]
    for s in circuit.synapses:
        i, p = row[s.post], s.parameters
        cm = cells[i].parameters["capacitance"]
        if s.kind == "chemical":
            open_ = 1 / (1 + np.exp(-p["slope"] * (x[s.pre] - p["midpoint"])))
            J[i, i] -= p["conductance"] * open_ / cm
            part = p["conductance"] * open_ * (1 - open_) * p["slope"] * (p["reversal_potential"] - v[i]) / cm
            (J if s.pre in row else C)[i, row[s.pre] if s.pre in row else column[s.pre]] += part
        elif s.kind == "electrical":
            j, cm_other = row[s.pre], cells[row[s.pre]].parameters["capacitance"]
            J[i, i] -= p["conductance"] / cm
            J[i, j] += p["conductance"] / cm
            J[j, j] -= p["conductance"] / cm_other
            J[j, i] += p["conductance"] / cm_other
        elif s.kind == "electrical_directed":
            J[i, i] -= p["conductance"] / cm
            J[i, row[s.pre]] += p["conductance"] / cm
        else:
            C[i, column[s.pre]] += p["gain"] / cm
    found = Linearizer(circuit).at(states, t)
    np.testing.assert_allclose(found.state, J, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.input, C * [i.gain for i in inputs], rtol=1e-12, atol=1e-12)


def test_paper_form_is_that_of_the_scalar_example():
    """One sigmoid neuron with f = s(3 (x + u - 0.2)): a tenth digit worked out by hand."""
    circuit = Circuit()
    cell = new_neuron(circuit, "a", "ltc_paper", time_constant=0.8, target=1.1, bias=-0.6, start=0.3)
    source = new_input(circuit, "u", "constant", value=0.5)
    own = new_synapse(circuit, cell.id, cell.id, "weight", weight=3.0)
    circuit.apply(Add((cell, source, own, new_synapse(circuit, source.id, cell.id, "weight", weight=3.0))))
    s = 1 / (1 + np.exp(-1.8))
    found = cs.jacobian(circuit)
    by_drive = s * (1 - s) * (1.1 - 0.3)
    assert found.state[0, 0] == pytest.approx(-(1 / 0.8 + s) + 3 * by_drive, rel=1e-13)
    assert found.input[0, 0] == pytest.approx(3 * by_drive, rel=1e-13)


@pytest.mark.parametrize("seed", range(4))
def test_sparse_and_dense_agree(seed):
    circuit = random_circuit(seed, 20, 11, stable=False)
    _, states = _states(circuit, seed)
    sparse, dense = (Linearizer(circuit, sparse=s).at(states, 0.2) for s in (True, False))
    assert sparse.state.format == "csr"
    assert sparse.state.nnz <= len(circuit.neurons) + 2 * len(circuit.synapses)
    np.testing.assert_allclose(sparse.state.toarray(), dense.state, rtol=0, atol=1e-14)
    np.testing.assert_allclose(sparse.input.toarray(), dense.input, rtol=0, atol=1e-14)


def test_large_circuits_are_sparse():
    circuit = Circuit()
    cells = [new_neuron(circuit, f"n{k}") for k in range(500)]
    circuit.apply(Add(tuple(cells)))
    assert cs.jacobian(circuit).state.nnz == 500
    assert cs.jacobian(circuit).input.shape == (500, 0)
    assert isinstance(cs.jacobian(circuit, sparse=False).state, np.ndarray)


def test_names_and_wrong_names():
    circuit = random_circuit(0)
    found = cs.jacobian(circuit, {"c0": 0.5}, t=0.1)
    assert found.neurons[:2] == ("c0", "c1")
    assert found.inputs == ("sine", "hand")
    assert (found.t, found.state.shape, found.input.shape) == (0.1, (8, 8), (8, 2))
    for arguments in ({"states": {"zz": 0.0}}, {"inputs": {"zz": 0.0}}, {"t": "soon"}):
        with pytest.raises(cs.InputError):
            cs.jacobian(circuit, **arguments)
