"""Networks with memory in files: weights to the last bit, in numbers or Base64; what does not fit is named."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.circuit.elements import Matrix
from circuitsim.cli.main import main
from circuitsim.io.circuits.circuit_json import dumps

NCPS = Path(__file__).parents[1] / "data" / "ncps" / "cfc_default8.npz"


def ncps_circuit() -> cs.Circuit:
    """The network of the stored case, reading two sliders, with a read-out."""
    data = np.load(NCPS)
    arrays = {n.removeprefix("param.rnn_cell."): data[n] for n in data.files if n.startswith("param.")}
    circuit = cs.Circuit("ncps")
    circuit.add_input("u0", "slider")
    circuit.add_input("u1", "slider")
    names = [f"n{k}" for k in range(8)]
    circuit.add_network("net", reads=("u0", "u1"), units=8, arrays=arrays, unit_names=names, clock="samples")
    circuit.add_output("y0", "n0", gain=2.0, offset=1.0)
    return circuit


def content(circuit: cs.Circuit) -> dict:
    return json.loads(dumps(circuit))


def altered(change) -> str:
    """The file of a small network after a change of its content."""
    circuit = cs.Circuit()
    circuit.add_input("u", "slider")
    circuit.add_network("net", reads=("u",), units=2, backbone_units=3)
    document = content(circuit)
    change(document["networks"][0], document)
    return json.dumps(document)


def test_trained_numbers_take_four_bytes_and_others_eight():
    circuit = ncps_circuit()
    arrays = content(circuit)["networks"][0]["arrays"]
    assert {a["dtype"] for a in arrays.values()} == {"float32"}
    stored = np.frombuffer(base64.b64decode(arrays["ff1.weight"]["data"]), "<f4").reshape(8, 128)
    assert np.array_equal(stored, circuit["net"].arrays["ff1.weight"].values)
    assert cs.loads(dumps(circuit).decode()) == circuit


def test_weights_may_be_written_by_hand():
    def by_hand(network, _document):
        for name, array in network["arrays"].items():
            network["arrays"][name] = np.full(array["shape"], 0.25).tolist()

    circuit = cs.loads(altered(by_hand))
    assert {v for m in circuit["net"].arrays.values() for v in m.values.ravel()} == {0.25}
    assert circuit["net"].arrays["ff1.weight"] == Matrix.of(np.full((2, 3), 0.25))


BAD = [
    (lambda n, _: n["arrays"].pop("ff2.bias"), "the array ff2.bias (2) is missing"),
    (lambda n, _: n["arrays"]["ff1.bias"].update(data="=="), "arrays.ff1.bias: its data is not Base64"),
    (lambda n, _: n["arrays"]["ff1.bias"].update(shape=[3]), "it holds 8 bytes, but 3 numbers of float32 take 12"),
    (lambda n, _: n["arrays"]["ff1.bias"].update(shape=[2, 1, 1]), "its shape is 2 × 1 × 1"),
    (lambda n, _: n["arrays"].update({"ff1.bias": [1.0, 2.0, 3.0]}), "the array ff1.bias is 3, but 1 column and 2 units need 2"),
    (lambda n, _: n["arrays"].update({"ff1.weight": [[1.0], [2.0, 3.0]]}), "its rows are not all of one length"),
    (lambda n, _: n["arrays"].update({"other": [1.0]}), "CfC network has no array 'other'"),
    (lambda n, _: n["arrays"].update({"ff1.bias": [1.0, 1e12]}), "holds a number that is not finite or beyond 1e+09"),
    (lambda n, _: n["arrays"]["ff1.bias"].update(dtype="int8"), "arrays.ff1.bias.dtype: 'int8' is not allowed here; use one of: float32, float64"),
    (lambda n, _: n["arrays"].update({"time_a.bias": ["x", 1.0]}), "networks[0].arrays.time_a.bias"),
    (lambda n, _: n["arrays"].update({"backbone.99999999.weight": [1.0]}), "CfC network has no array 'backbone.99999999.weight'"),
    (lambda n, _: n["arrays"].update({f"backbone.{'9' * 5000}.bias": [1.0]}), "CfC network has no array 'backbone.999"),
    (lambda n, _: n["arrays"].pop("backbone.0.weight"), "the array backbone.0.weight (3 × 3) is missing"),
    (lambda n, _: n["units"].__setitem__(1, "net_n0"), "networks[0].units[1]: net_n0 is named twice"),
    (lambda n, _: n.update(kind="cfc_wired"), "parameters.activation: CfC network over layers has no parameter 'activation'"),
    (lambda n, _: n["units"].pop(), "neuron net_n1: it is a unit, but no network has it"),
    (lambda n, _: n["units"].append("u"), "there is no neuron named 'u'"),
    (lambda n, _: n["reads"].append({"from": "u"}), "backbone.0.weight is 3 × 3, but 2 columns and 2 units need 3 × 4"),
    (lambda n, _: n["reads"][0].update({"from": "net_n0"}), "is its own unit"),
    (lambda n, _: n["reads"][0].update({"from": "v"}), "there is no neuron or input named 'v'"),
    (lambda n, _: n.update(kind="lstm"), "there is no kind of network 'lstm'; use one of: cfc"),
    (lambda n, _: n.update(memory=[1.0]), "its memory has 1 number for 2 units"),
    (lambda n, _: n["parameters"].update(period=0.0), "period must be at least"),
    (lambda n, _: n["parameters"].update(clock="never"), "'never' is not one of period, samples"),
    (lambda _, d: d.update(networks=[]), "it is a unit, but no network has it"),
    (lambda _, d: d["networks"].append({**d["networks"][0], "id": 99, "name": "two"}), "it is a unit of net and of two"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), BAD, ids=range(len(BAD)))
def test_what_does_not_fit_is_named(change, sentence):
    with pytest.raises(cs.InputError) as caught:
        cs.loads(altered(change))
    assert any(sentence in issue.sentence for issue in caught.value.issues), caught.value.issues


def test_a_layer_with_a_huge_number_is_a_strange_array():
    circuit = cs.Circuit()
    circuit.add_network("net", kind="cfc_wired", units=(2, 1))
    document = content(circuit)
    document["networks"][0]["arrays"]["layer_99999999.ff1.weight"] = [1.0]
    with pytest.raises(cs.InputError, match=r"has no array 'layer_99999999\.ff1\.weight'"):
        cs.loads(json.dumps(document))


SIZES = [
    ({"backbone_units": 0}, "its backbone cannot have 0 units"),
    ({"backbone_layers": 65}, "its backbone cannot have 65 layers; give from 0 to 64"),
    ({"kind": "cfc_wired", "backbone_layers": 3}, "CfC network over layers has no backbone"),
    ({"kind": "cfc_wired", "units": (1,) * 65}, "it cannot have 65 layers"),
]


@pytest.mark.parametrize(("sizes", "sentence"), SIZES, ids=range(len(SIZES)))
def test_sizes_that_make_no_network_are_refused(sizes, sentence):
    with pytest.raises(cs.InputError, match=sentence):
        cs.Circuit().add_network("net", **sizes)


def test_a_file_without_a_timespan_means_one():
    circuit = cs.loads(altered(lambda n, _: n["parameters"].pop("timespan_per_time")))
    assert circuit["net"].parameters["timespan_per_time"] == 1.0


def test_the_command_line_does_what_ncps_does(tmp_path, capsys):
    data = np.load(NCPS)
    cs.save(ncps_circuit(), tmp_path / "net.circuit.json")
    rows = np.column_stack([np.arange(50.0), data["input"].astype(float)])
    np.savetxt(tmp_path / "in.csv", rows, "%.17g", ",", header="t,u0,u1", comments="")
    code = main(
        ["run", str(tmp_path / "net.circuit.json"), "--input", str(tmp_path / "in.csv"), "--duration", "50",
         "--dt", "1", "--out", str(tmp_path / "out.csv")]
    )  # fmt: skip
    assert code == 0, capsys.readouterr().err
    with (tmp_path / "out.csv").open() as file:
        head = next(line for line in file if not line.startswith("#")).strip().split(",")
    out = np.genfromtxt(tmp_path / "out.csv", delimiter=",", names=True)
    assert [n for n in head if n.startswith("gate_")] == [f"gate_n{k}" for k in range(8)]
    found = np.column_stack([out[f"v_n{k}"] for k in range(8)])
    assert out["t"].tolist() == list(range(51))
    assert np.abs(found[1:] - data["hidden_f64"]).max() < 1e-12
    assert np.abs(out["output_y0"] - (2 * out["v_n0"] + 1)).max() < 1e-12


def test_traces_of_python_know_gates(tmp_path):
    trace = cs.simulate(ncps_circuit(), duration=3.0)
    assert trace["n3"].gate.shape == trace.t.shape
    with pytest.raises(cs.InputError, match="only units of networks have a gate"):
        _ = trace["u0"].gate
    trace.save(tmp_path / "t.npz", record="v,gate")
    stored = np.load(tmp_path / "t.npz")
    assert stored["unit_names"].tolist() == [f"n{k}" for k in range(8)]
    assert np.array_equal(stored["gate"][:, 3], trace["n3"].gate, equal_nan=True)
    some = trace.part(neurons=["n1", "n4"])
    assert np.array_equal(some["n4"].gate, trace["n4"].gate, equal_nan=True)
