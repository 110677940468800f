"""Circuits as weights of ncps: read again they are the same, and what ncps cannot express is refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trained import SIZES, cfc_arrays, ltc_arrays, random_masks
from weight_files import write_safetensors

import circuitsim as cs
from circuitsim.circuit.edits import Delete, Replace, SetParameter, SetStart
from circuitsim.circuit.elements import Reading
from circuitsim.cli.main import main
from circuitsim.io.weights import safetensors
from circuitsim.io.weights.export_ltc import inverse_softplus
from circuitsim.io.weights.ltc import softplus

DATA = Path(__file__).parents[1] / "data" / "ncps"
CASES = ("cfc_default8", "ltc_autoncp8_1", "ltc_full4")


def there_and_back(tmp_path: Path, circuit: cs.Circuit, **options):
    """The circuit that is read of the weights of a circuit, and the arrays in the file."""
    path = tmp_path / f"{circuit.document.title}.safetensors"
    cs.save(circuit, path, **options)
    return cs.load(path), safetensors.read(path)[0]


def masked(arrays):
    """Arrays of an LTC network with zeros where there is no synapse, as they are exported."""
    result = dict(arrays)
    for name in arrays:
        prefix = "sensory_" if "sensory_" in name else ""
        mask = arrays[f"rnn_cell.{prefix}sparsity_mask"]
        if arrays[name].ndim == 2:
            result[name] = np.where(mask != 0, arrays[name], np.float32(0))
    return result


@pytest.mark.parametrize("case", CASES)
def test_a_stored_network_comes_back_to_the_last_bit(tmp_path: Path, case: str) -> None:
    options = {"constraints": "explicit"} if case == "ltc_full4" else {}
    circuit = cs.load(DATA / f"{case}.pt", **options)
    again, arrays = there_and_back(tmp_path, circuit, **options)
    assert again == circuit
    due = safetensors.read(DATA / f"{case}.safetensors")[0]
    due = masked(due) if case.startswith("ltc") else due
    assert set(arrays) == set(due)
    for name, array in arrays.items():
        assert array.dtype == np.float32
        assert np.array_equal(array, due[name]), name


@given(**SIZES, data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_ltc_network_comes_back(tmp_path_factory, seed, n, m, density, data) -> None:
    r, folder = np.random.default_rng(seed), tmp_path_factory.mktemp("net")
    arrays = ltc_arrays(r, random_masks(r, n, m, density), data.draw(st.integers(1, n)))
    options = {
        "unfolds": data.draw(st.integers(1, 20)),
        "epsilon": data.draw(st.sampled_from([0.0, 1e-8, 1e-5])),
    }
    circuit = cs.load(write_safetensors(folder / "net.safetensors", arrays), **options)
    again, stored = there_and_back(folder, circuit)
    assert again == circuit
    due = masked(arrays)
    assert all(np.array_equal(stored[name], due[name]) for name in due)
    explicit, _ = there_and_back(folder, circuit, constraints="explicit")
    assert explicit == circuit


VARIANTS = [
    {"units": 5},
    {"units": 4, "backbone": 3, "between": 2, "mixed": True, "projected": 2},
    {"units": 4, "backbone": 0, "pure": True},
    {"units": (4, 3, 2), "mixed": True},
    {"units": (3, 2), "pure": True, "projected": 3},
]


@pytest.mark.parametrize("options", VARIANTS, ids=str)
@pytest.mark.parametrize("given_", [{}, {"cfc_mode": "no_gate"}, {"activation": "silu"}], ids=str)
def test_any_cfc_network_comes_back(tmp_path: Path, options, given_) -> None:
    if options.get("pure") and "cfc_mode" in given_:
        given_ = {}
    arrays = cfc_arrays(np.random.default_rng(2), 3, **options)
    circuit = cs.load(write_safetensors(tmp_path / "net.safetensors", arrays), **given_)
    again, stored = there_and_back(tmp_path, circuit)
    assert again == circuit
    assert set(stored) == set(arrays)
    assert all(np.array_equal(stored[name], arrays[name]) for name in arrays)


def test_an_ltc_network_with_mixed_memory_comes_back(tmp_path: Path) -> None:
    r = np.random.default_rng(4)
    arrays = ltc_arrays(r, random_masks(r, 4, 2), 2)
    arrays |= {n: a for n, a in cfc_arrays(r, 2, 4, mixed=True).items() if n.startswith("lstm.")}
    circuit = cs.load(write_safetensors(tmp_path / "net.safetensors", arrays))
    again, stored = there_and_back(tmp_path, circuit)
    assert again == circuit
    strength = ("rnn_cell.w", "rnn_cell.sensory_w")
    due = arrays | {n: masked({k: a for k, a in arrays.items() if k.startswith("rnn")})[n] for n in strength}
    assert all(np.array_equal(stored[name], due[name]) for name in due)


@given(st.floats(0.0, 1e9))
@settings(max_examples=300, deadline=None)
def test_softplus_is_undone(y: float) -> None:
    back = float(softplus(inverse_softplus(np.array([y])))[0])
    assert back == pytest.approx(y, rel=1e-13, abs=0.0)


def test_a_shut_synapse_stays_shut(tmp_path: Path) -> None:
    circuit = drawn()
    circuit.apply(SetParameter((circuit.synapses[0].id,), "conductance", 0.0))
    again, _ = there_and_back(tmp_path, circuit)
    found = sorted(s.parameters["conductance"] for s in again.synapses)
    assert found == [0.0, pytest.approx(1.3, rel=1e-14)]


def drawn() -> cs.Circuit:
    """A circuit that was drawn by hand, as ncps can express it."""
    circuit = cs.Circuit("drawn")
    circuit.add_neuron("a", role="inter", start=0.0)
    circuit.add_neuron("b", role="motor", capacitance=0.3, start=0.0)
    circuit.add_input("light", "slider", gain=2.0, offset=-0.5)
    circuit.connect("light", "a", conductance=0.7)
    circuit.connect("a", "b", conductance=1.3, slope=-4.0, reversal_potential=-1.0)
    circuit.add_output("move", "b", gain=3.0, offset=0.25)
    return circuit


def test_a_drawn_circuit_becomes_a_network_with_its_motor_neurons_first(tmp_path: Path, capfd) -> None:
    source, target = tmp_path / "drawn.circuit.json", tmp_path / "drawn.safetensors"
    cs.save(drawn(), source)
    assert main(["convert", str(source), str(target), "--constraints", "explicit"]) == 0
    said = capfd.readouterr().err
    assert (
        "Load it into LTC(input_size=1, units=wiring, ode_unfolds=6, epsilon=1e-08, implicit_param_constraints=False) "
        "with wiring = FullyConnected(2, 1); the masks in the file make the wiring."
    ) in said
    assert "Neurons as ncps counts them: b, a." in said
    arrays, told = safetensors.read(target)
    assert told == {
        "circuitsim.unfolds": "6",
        "circuitsim.epsilon": "1e-08",
        "circuitsim.constraints": "explicit",
    }
    cell = {name.removeprefix("rnn_cell."): array.tolist() for name, array in arrays.items()}
    assert cell["sparsity_mask"] == [[0, 0], [1, 0]]
    assert cell["sensory_sparsity_mask"] == [[0, 1]]
    assert cell["cm"] == [0.3, 0.5]
    assert (cell["w"][1][0], cell["sigma"][1][0], cell["erev"][1][0]) == (1.3, -4.0, -1.0)
    assert (cell["input_w"], cell["input_b"], cell["output_w"], cell["output_b"]) == (
        [2.0],
        [-0.5],
        [3.0],
        [0.25],
    )


def test_what_is_no_weight_is_told(tmp_path: Path) -> None:
    from circuitsim.io.dispatch import writer

    circuit = drawn()
    circuit.apply(SetStart({circuit["a"].id: 0.5}))
    circuit.apply(Delete(frozenset({circuit["move"].id})))
    path = tmp_path / "x.safetensors"
    report = writer(path).write(circuit, path, {})
    assert "Start states are no weights; give them to ncps as hx: 0, 0.5." in report
    assert any("output_mapping=None" in sentence for sentence in report)
    assert not any(name.startswith("rnn_cell.output") for name in safetensors.read(path)[0])


@pytest.mark.parametrize(
    ("gains", "said"),
    [
        ((2.0, -0.5, 3.0, 0.25), ""),
        ((2.0, 0.0, 3.0, 0.25), "a model with input_mapping='linear' takes it too."),
        (
            (1.0, 0.0, 3.0, 0.0),
            "with input_mapping=None or 'linear' and output_mapping='linear' takes it too.",
        ),
    ],
)
def test_models_with_other_maps_that_take_the_file_are_told(tmp_path: Path, gains, said: str) -> None:
    from circuitsim.io.dispatch import writer

    circuit = drawn()
    altered(circuit, "light", gain=gains[0], offset=gains[1])
    altered(circuit, "move", gain=gains[2], offset=gains[3])
    path = tmp_path / "x.safetensors"
    report = " ".join(writer(path).write(circuit, path, {}))
    assert ("strict=False" in report) == bool(said)
    assert said in report


def altered(circuit: cs.Circuit, name: str, **changes) -> None:
    circuit.apply(Replace((replace(circuit[name], **changes),), "Alter"))


SPOILED = {
    "kind": lambda c: c.add_neuron("c", "ct_rnn"),
    "gap": lambda c: c.connect("a", "b", "electrical"),
    "clamp": lambda c: c.connect("light", "b", "clamp"),
    "twice": lambda c: c.connect("a", "b"),
    "read twice": lambda c: c.add_output("other", "b"),
    "no input": lambda c: c.apply(Delete(frozenset({c["light"].id}))),
    "two networks": lambda c: c.add_network("second"),
    "lone neuron": lambda c: c.add_neuron("lone"),
    "gain": lambda c: altered(c, "u0", gain=2.0),
    "nothing": lambda c: altered(c, "cfc", reads=(c["cfc"].reads[0], Reading())),
    "output gain": lambda c: altered(c, "y0", gain=2.0),
    "linear": lambda c: c.apply(SetParameter((c["cfc"].id,), "candidates", 1.0)),
    "other output": lambda c: c.add_output("z", "n0"),
}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("kind", "neuron c: it is a CT-RNN neuron, and such a network of ncps has LTC neurons alone"),
        (
            "gap",
            "synapse a to b: it is an electrical synapse, and a network of ncps has chemical synapses alone",
        ),
        ("clamp", "and a network of ncps has chemical synapses alone"),
        (
            "twice",
            "synapse a to b: there are two of them, and ncps has one number for a pair; remove one of them",
        ),
        ("read twice", "output other: its neuron is read twice, and ncps reads a motor neuron once"),
        ("no input", "the circuit: it has no input, and a network of ncps needs one"),
    ],
)
def test_what_an_ltc_network_does_not_have_is_refused(tmp_path: Path, how: str, said: str) -> None:
    circuit = drawn()
    SPOILED[how](circuit)
    assert said in refusal(tmp_path, circuit)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("two networks", "the circuit: it has 2 networks, and a file of ncps holds one"),
        (
            "lone neuron",
            "neuron lone: it is no unit of cfc, and a network with memory of ncps has nothing else",
        ),
        (
            "gain",
            "network cfc: what it reads of u0 has a gain or an offset, and such a network of ncps has none",
        ),
        ("nothing", "network cfc: its column 2 does not read an input of its own; connect an input to it"),
        ("output gain", "output y0: it has a gain or an offset, and a CfC network of ncps has none"),
        (
            "other output",
            "output z: it does not read a unit of the last layer, as outputs of this network in ncps do",
        ),
    ],
)
def test_what_a_cfc_network_does_not_have_is_refused(tmp_path: Path, how: str, said: str) -> None:
    arrays = cfc_arrays(np.random.default_rng(2), 2, (3, 2))
    circuit = cs.load(write_safetensors(tmp_path / "net.safetensors", arrays))
    SPOILED[how](circuit)
    assert said in refusal(tmp_path, circuit)


def refusal(tmp_path: Path, circuit: cs.Circuit) -> str:
    """What is said instead of writing anything."""
    target = tmp_path / "out.safetensors"
    with pytest.raises(cs.InputError) as caught:
        cs.save(circuit, target)
    assert not target.exists()
    return str(caught.value)


def test_other_kinds_of_weights_are_only_read(tmp_path: Path, capfd) -> None:
    assert main(["convert", str(DATA / "ltc_full4.pt"), str(tmp_path / "x.pt")]) == 2
    said = "a circuit can be written to a file ending in .circuit.json or .json or .safetensors"
    assert said in capfd.readouterr().err
    with pytest.raises(cs.InputError, match="no such option; use one of: constraints"):
        cs.save(drawn(), tmp_path / "x.safetensors", unfolds=3)
    with pytest.raises(cs.InputError, match="Circuit files have no such option; leave it out"):
        cs.save(drawn(), tmp_path / "x.circuit.json", constraints="explicit")
