"""Whole networks from a few numbers: synapses as the wiring says, numbers as ncps begins with, layers side by side."""

from __future__ import annotations

import math
from itertools import combinations, product

import numpy as np
import pytest
from wiring_cases import SEEDS, case, theirs

import circuitsim as cs
from circuitsim.circuit.elements import Output, Role
from circuitsim.circuit.families import families
from circuitsim.circuit.plan import MOST_SYNAPSES, plan_of
from circuitsim.circuit.wirings import wirings

DENSE = [i for i, family in families().items() if not family.wired]
WIRED = [i for i, family in families().items() if family.wired]
NETWORKS = [(w, f) for w, f in product(wirings(), WIRED)] + [(f, None) for f in DENSE]


@pytest.mark.parametrize(("name", "family"), NETWORKS)
def test_every_network_is_named_placed_and_the_same_again(name, family):
    circuit = cs.network(name, family=family, seed=3, inputs=3)
    assert circuit == cs.network(name, family=family, seed=3, inputs=3)
    assert circuit != cs.network(name, family=family, seed=4, inputs=3)
    assert [n.name for n in circuit.neurons] == [f"n{k}" for k in range(len(circuit.neurons))]
    assert [i.name for i in circuit.inputs] == ["u0", "u1", "u2"]
    assert [o.name for o in circuit.outputs] == [f"y{k}" for k in range(len(circuit.outputs))]
    assert circuit.outputs
    assert circuit.document.traced
    places = [e for e in circuit.elements.values() if hasattr(e, "position")]
    for a, b in combinations(places, 2):
        assert math.dist(a.position, b.position) >= 120.0, (a.name, b.name)
    left = max(i.position[0] for i in circuit.inputs)
    right = min(o.position[0] for o in circuit.outputs)
    assert left < min(n.position[0] for n in circuit.neurons)
    assert right > max(n.position[0] for n in circuit.neurons)
    trace = cs.simulate(circuit, duration=0.5)
    assert np.isfinite(trace.samples.v).all()


@pytest.mark.parametrize("name", wirings())
def test_synapses_of_ltc_neurons_are_those_of_the_wiring(name):
    for seed in range(0, SEEDS, 20):
        numbers, inputs = case(name, seed)
        circuit = cs.network(name, seed=seed, inputs=inputs, **numbers)
        drawn = wirings()[name].draw(numbers, inputs, seed)
        index = {n.id: k for k, n in enumerate(circuit.neurons)}
        adjacency, sensory = np.zeros_like(drawn.adjacency), np.zeros_like(drawn.sensory)
        sources = {i.id: k for k, i in enumerate(circuit.inputs)}
        for synapse in circuit.synapses:
            matrix, row = (
                (sensory, sources[synapse.pre]) if synapse.pre in sources else (adjacency, index[synapse.pre])
            )
            matrix[row, index[synapse.post]] = synapse.parameters["reversal_potential"]
        np.testing.assert_array_equal(adjacency, drawn.adjacency)
        np.testing.assert_array_equal(sensory, drawn.sensory)
        assert [n.role for n in circuit.neurons] == list(drawn.roles)
        assert [o.source for o in circuit.outputs] == [n.id for n in circuit.neurons[: drawn.outputs]]


@pytest.mark.parametrize(
    ("constraints", "conductance", "capacitance"),
    [
        ("explicit", (0.001, 1.0), (0.4, 0.6)),
        ("implicit", (math.log1p(math.exp(0.001)), math.log1p(math.e)), (0.9130, 1.0375)),
    ],
)
def test_numbers_of_ltc_neurons_fill_the_ranges_of_ncps(constraints, conductance, capacitance):
    circuit = cs.network("fully_connected", units=40, inputs=4, constraints=constraints)
    found = {
        "conductance": conductance, "slope": (3.0, 8.0), "midpoint": (0.3, 0.8),
        "capacitance": capacitance, "leak_conductance": conductance, "leak_potential": (-0.2, 0.2),
    }  # fmt: skip
    for name, (low, high) in found.items():
        values = np.array(
            [e.parameters[name] for e in (*circuit.neurons, *circuit.synapses) if name in e.parameters]
        )
        assert low - 1e-4 <= values.min() < low + 0.15 * (high - low)
        assert high - 0.15 * (high - low) < values.max() <= high + 1e-4
    assert {n.start for n in circuit.neurons} == {0.0}


def test_layers_stand_from_left_to_right():
    circuit = cs.network("auto_ncp", units=28, output_size=4, inputs=5)
    ends = {
        role: [n.position[0] for n in circuit.neurons if n.role is role]
        for role in (Role.INTER, Role.COMMAND, Role.MOTOR)
    }
    assert max(ends[Role.INTER]) < min(ends[Role.COMMAND])
    assert max(ends[Role.COMMAND]) < min(ends[Role.MOTOR])
    heights = [i.position[1] for i in circuit.inputs]
    assert heights == sorted(heights)


def masks_of(circuit):
    (cell,) = circuit.cells
    return [a.values for name, a in cell.arrays.items() if name.endswith("sparsity_mask")]


def test_masks_of_wired_networks_follow_the_wiring():
    circuit = cs.network("auto_ncp", family="cfc_wired", units=12, output_size=2, inputs=3, seed=5)
    drawn = wirings()["auto_ncp"].draw({"units": 12, "output_size": 2, "sparsity_level": 0.5}, 3, 5)
    inter, command, motor = (list(layer) for layer in drawn.layers)
    sources = (
        drawn.sensory[:, inter],
        drawn.adjacency[np.ix_(inter, command)],
        drawn.adjacency[np.ix_(command, motor)],
    )
    for mask, source in zip(masks_of(circuit), sources, strict=True):
        units = source.shape[1]
        np.testing.assert_array_equal(mask[:, :-units], np.abs(source).T)
        assert mask[:, -units:].all()


@pytest.mark.parametrize("name", wirings())
def test_units_have_the_roles_of_the_wiring_and_motor_units_are_read_out(name):
    circuit = cs.network(name, family="cfc_wired")
    drawn = wirings()[name].draw(wirings()[name].defaults(), 2, wirings()[name].seed)
    assert [n.role for n in circuit.neurons] == [drawn.roles[k] for layer in drawn.layers for k in layer]
    motor = [n.id for n in circuit.neurons if n.role is Role.MOTOR]
    assert [o.source for o in circuit.outputs] == motor


@pytest.mark.peers
@pytest.mark.parametrize("name", wirings())
def test_masks_of_wired_networks_are_those_of_ncps(name):
    from ncps.torch import WiredCfCCell

    for seed in range(0, SEEDS, 20):
        numbers, inputs = case(name, seed)
        peer = theirs(name, seed)
        # Building for a second time draws again, so that the adjacency is taken before.
        signs = (peer.adjacency_matrix.copy(), peer.sensory_adjacency_matrix.copy())
        peer.build = lambda _inputs: None
        peer.adjacency_matrix, peer.sensory_adjacency_matrix = signs
        state = WiredCfCCell(inputs, peer).state_dict()
        expected = [m.numpy() for key, m in state.items() if key.endswith("sparsity_mask")]
        drawn = masks_of(cs.network(name, family="cfc_wired", seed=seed, inputs=inputs, **numbers))
        for ours, other in zip(drawn, expected, strict=True):
            np.testing.assert_array_equal(ours, np.abs(other))


@pytest.mark.peers
@pytest.mark.parametrize("name", DENSE)
def test_arrays_of_dense_networks_are_those_of_ncps(name):
    from ncps.torch import CfC

    mode = name.removeprefix("cfc_") if name != "cfc" else "default"
    peer = CfC(3, 5, proj_size=2, backbone_layers=2, backbone_units=7, mixed_memory=True, mode=mode)
    trained = sum(p.numel() for p in peer.parameters() if p.requires_grad)
    given = {
        "inputs": 3,
        "units": 5,
        "projection": 2,
        "backbone_layers": 2,
        "backbone_units": 7,
        "mixed_memory": True,
    }
    plan = plan_of(name)
    assert plan.family.count(plan.numbers(given), None) == trained
    (cell,) = cs.network(name, **given).cells
    assert sum(math.prod(shape) for shape in cell.shapes.values()) == trained


def test_choices_reach_the_network():
    (cell,) = cs.network("cfc", activation="gelu", backbone_layers=0, mixed_memory=True).cells
    kind = cs.network("cfc").kinds.cells["cfc"]
    assert kind.parameter("activation").choices[int(cell.parameters["activation"])] == "gelu"
    assert not any(name.startswith("backbone") for name in cell.arrays)
    assert any(name.startswith("lstm") for name in cell.arrays)
    (cell,) = cs.network("random", family="cfc_wired", mode="pure").cells
    assert "layer_0.w_tau" in cell.arrays


def test_units_are_read_out_where_nothing_is_projected():
    circuit = cs.network("cfc", units=5, projection=0)
    assert [o.source for o in circuit.outputs] == [n.id for n in circuit.neurons]
    circuit = cs.network("cfc", units=5, projection=3)
    assert [(o.source, o.row) for o in circuit.outputs] == [(circuit.cells[0].id, k) for k in range(3)]
    for output in circuit.outputs:
        assert isinstance(output, Output)


def test_sine_waves_of_inputs_differ():
    circuit = cs.network(inputs=3, stimulus="sine")
    assert len({i.parameters["phase"] for i in circuit.inputs}) == 3


def test_the_number_of_trained_numbers_is_that_of_the_circuit():
    plan = plan_of("auto_ncp")
    numbers = plan.numbers({"units": 19, "output_size": 2, "inputs": 4})
    circuit = plan.build(numbers, plan.seed)
    parts = (*circuit.neurons, *circuit.synapses)
    ends = 2 * (len(circuit.inputs) + len(circuit.outputs))
    assert plan.family.count(numbers, plan.drawn(numbers, plan.seed)) == ends + sum(
        len(e.parameters) for e in parts
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"wiring": "foo"}, "there is no wiring 'foo'"),
        ({"wiring": "ltc"}, "there is no wiring 'ltc'"),
        ({"wiring": "cfc", "family": "ltc"}, "leave it out"),
        ({"family": "cfc"}, "no family 'cfc' over a wiring"),
        ({"neurons": 3}, "it has no 'neurons'; use one of: units, output_size"),
        ({"seed": -1}, "seed: it cannot be -1"),
        ({"seed": 2**32}, "seed: it cannot be"),
        ({"units": 4, "output_size": 2}, "output_size: 2 motor neurons leave"),
        ({"wiring": "fully_connected", "units": 302}, f"a circuit takes {MOST_SYNAPSES}"),
    ],
)
def test_what_makes_no_network_is_said_in_a_sentence(arguments, sentence):
    with pytest.raises(cs.InputError) as error:
        cs.network(**arguments)
    assert sentence in str(error.value)


def test_large_networks_are_built():
    assert len(cs.network(units=302, inputs=32).neurons) == 302
    assert len(cs.network("cfc_pure", units=302).neurons) == 302
