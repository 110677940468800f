"""Wirings are those that ncps 1.0.1 draws from the same seeds, and what makes none is refused."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from wiring_cases import SEEDS, case, ours, stored, theirs

from circuitsim.circuit.elements import Role
from circuitsim.circuit.wirings import wirings
from circuitsim.spec.issue import InputError
from circuitsim.spec.size import numbers_of

KINDS = sorted(wirings())


@pytest.mark.parametrize("kind", KINDS)
def test_wirings_are_those_that_ncps_drew(kind):
    expected, at = stored()[kind], 0
    for seed in range(SEEDS):
        drawn = ours(kind, seed)
        for matrix in (drawn.adjacency, drawn.sensory):
            np.testing.assert_array_equal(matrix.ravel(), expected[at : at + matrix.size], f"seed {seed}")
            at += matrix.size
    assert at == expected.size


@pytest.mark.peers
@pytest.mark.parametrize("kind", KINDS)
def test_wirings_are_those_that_ncps_draws(kind):
    for seed in range(SEEDS):
        drawn, peer = ours(kind, seed), theirs(kind, seed)
        np.testing.assert_array_equal(drawn.adjacency, peer.adjacency_matrix, f"seed {seed}")
        np.testing.assert_array_equal(drawn.sensory, peer.sensory_adjacency_matrix, f"seed {seed}")
        assert [role.value for role in drawn.roles] == [peer.get_type_of_neuron(k) for k in range(peer.units)]
        layers = [list(peer.get_neurons_of_layer(k)) for k in range(peer.num_layers)]
        assert [list(layer) for layer in drawn.layers] == layers
        assert drawn.outputs == peer.output_dim


@pytest.mark.peers
@pytest.mark.parametrize("kind", KINDS)
def test_the_seed_is_that_of_ncps_where_none_is_given(kind):
    from ncps import wirings as peers

    usual = {
        "fully_connected": ({"units": 5, "output_dim": 5, "self_connections": 1}, (5,)),
        "random": ({"units": 5, "output_dim": 5, "sparsity_level": 0.5}, (5, None, 0.5)),
        "ncp": (dict(wirings()["ncp"].defaults()), None),
        "auto_ncp": ({"units": 19, "output_size": 1, "sparsity_level": 0.5}, (19, 1)),
    }
    numbers, arguments = usual[kind]
    classes = {"fully_connected": peers.FullyConnected, "random": peers.Random, "auto_ncp": peers.AutoNCP}
    peer = classes[kind](*arguments) if arguments else peers.NCP(**{k: int(v) for k, v in numbers.items()})
    peer.build(3)
    drawn = wirings()[kind].draw(numbers, 3, wirings()[kind].seed)
    np.testing.assert_array_equal(drawn.adjacency, peer.adjacency_matrix)
    np.testing.assert_array_equal(drawn.sensory, peer.sensory_adjacency_matrix)


@given(kind=st.sampled_from(KINDS), seed=st.integers(0, 2**32 - 1))
def test_the_same_arguments_give_the_same_wiring(kind, seed):
    numbers, inputs = case(kind, seed)
    first, second = (wirings()[kind].draw(numbers, inputs, seed) for _ in range(2))
    np.testing.assert_array_equal(first.adjacency, second.adjacency)
    np.testing.assert_array_equal(first.sensory, second.sensory)
    assert set(np.unique(first.adjacency)) | set(np.unique(first.sensory)) <= {-1, 0, 1}


@given(seed=st.integers(0, 2**32 - 1))
def test_an_ncp_has_its_fans_and_reaches_every_neuron(seed):
    numbers, inputs = case("ncp", seed)
    drawn = wirings()["ncp"].draw(numbers, inputs, seed)
    wired, sensed = drawn.adjacency != 0, drawn.sensory != 0
    inter, command, motor = (list(layer) for layer in drawn.layers)
    assert (sensed[:, inter].sum(axis=1) >= numbers["sensory_fanout"]).all()
    assert (wired[np.ix_(inter, command)].sum(axis=1) >= numbers["inter_fanout"]).all()
    assert (wired[np.ix_(command, motor)].sum(axis=0) >= numbers["motor_fanin"]).all()
    assert wired[np.ix_(command, command)].sum() <= numbers["recurrent_command_synapses"]
    assert sensed[:, inter].any(axis=0).all()
    assert wired[np.ix_(inter, command)].any(axis=0).all()
    assert wired[np.ix_(command, motor)].any(axis=1).all()
    wired[np.ix_(inter, command)] = wired[np.ix_(command, command)] = wired[np.ix_(command, motor)] = False
    sensed[:, inter] = False
    assert not wired.any()
    assert not sensed.any()


@given(seed=st.integers(0, 2**32 - 1))
def test_an_auto_ncp_shares_its_neurons_out(seed):
    numbers, inputs = case("auto_ncp", seed)
    drawn = wirings()["auto_ncp"].draw(numbers, inputs, seed)
    sizes = [drawn.roles.count(role) for role in (Role.INTER, Role.COMMAND, Role.MOTOR)]
    assert sum(sizes) == numbers["units"]
    assert sizes[2] == numbers["output_size"] == drawn.outputs
    assert sizes[1] == max(1, int(0.4 * (numbers["units"] - numbers["output_size"])))


@pytest.mark.parametrize(
    ("units", "outputs", "sizes", "synapses"), [(8, 1, (5, 2, 1), 11), (28, 4, (15, 9, 4), None)]
)
def test_auto_ncp_has_the_known_sizes(units, outputs, sizes, synapses):
    numbers = {"units": units, "output_size": outputs, "sparsity_level": 0.5}
    drawn = wirings()["auto_ncp"].draw(numbers, 2, 22222)
    assert tuple(map(len, drawn.layers)) == sizes
    assert synapses is None or np.count_nonzero(drawn.adjacency) == synapses


@given(seed=st.integers(0, 2**32 - 1))
def test_random_and_dense_wirings_have_their_density(seed):
    numbers, inputs = case("random", seed)
    drawn = wirings()["random"].draw(numbers, inputs, seed)
    for matrix in (drawn.adjacency, drawn.sensory):
        assert np.count_nonzero(matrix) == round(matrix.size * (1.0 - numbers["sparsity_level"]))
    numbers, inputs = case("fully_connected", seed)
    drawn = wirings()["fully_connected"].draw(numbers, inputs, seed)
    assert drawn.sensory.all()
    assert np.count_nonzero(drawn.adjacency == 0) == (0 if numbers["self_connections"] else numbers["units"])


@pytest.mark.parametrize(
    ("kind", "given", "size"),
    [
        ("auto_ncp", {"units": 8, "output_size": 6}, "output_size"),
        ("fully_connected", {"units": 3, "output_dim": 4}, "output_dim"),
        ("random", {"units": 3, "output_dim": 4}, "output_dim"),
        ("ncp", {"motor_fanin": 9, "command_neurons": 8}, "motor_fanin"),
        ("ncp", {"sensory_fanout": 9, "inter_neurons": 8}, "sensory_fanout"),
        ("ncp", {"inter_fanout": 9, "command_neurons": 8}, "inter_fanout"),
        ("auto_ncp", {"sparsity_level": 0.05}, "sparsity_level"),
        ("auto_ncp", {"units": 8.5}, "units"),
        ("random", {"sparsity_level": 1.0}, "sparsity_level"),
        ("random", {"units": "many"}, "units"),
        ("fully_connected", {"self_connections": "maybe"}, "self_connections"),
    ],
)
def test_what_makes_no_wiring_is_refused_at_its_number(kind, given, size):
    declared = wirings()[kind]
    with pytest.raises(InputError) as error:
        declared.require(numbers_of("the wiring", declared.sizes, given))
    assert error.value.issues[0].where == size
    assert error.value.issues[0].remedy


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_wiring_begins_with_makes_one(kind):
    declared = wirings()[kind]
    declared.require(declared.defaults())
    assert declared.draw(declared.defaults(), 1, declared.seed).sensory.shape[0] == 1
