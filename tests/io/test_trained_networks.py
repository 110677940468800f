"""Networks that were trained with ncps, as circuits: wiring, numbers, roles, names, and what the file does not tell."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trained import SIZES, cfc_arrays, ltc_arrays, policy_masks, random_masks
from weight_files import write_safetensors, write_torch

import circuitsim as cs
from circuitsim.circuit.edits import SetParameter
from circuitsim.circuit.elements import Input
from circuitsim.cli.main import main
from circuitsim.io.dispatch import reader

DATA = Path(__file__).parents[1] / "data" / "ncps"
FORM = reader(Path("x.pt"))
ASSUMED = "Not in the file, so taken as in ncps:"
SUMMARY = (
    "LTC network: 8 neurons (5 inter, 2 command, 1 motor), 2 inputs, 1 output; "
    "11 synapses between neurons and 6 from inputs,"
)
PARAMETERS = {"w": "conductance", "sigma": "slope", "mu": "midpoint", "erev": "reversal_potential"}


def softplus(x):
    return np.where(x > 20, x, np.logaddexp(0.0, np.minimum(x, 20.0)))


def read(path: Path, **options):
    return FORM.read(path, FORM.checked(options))


def saved(tmp_path: Path, arrays, **options):
    """What is read of arrays in a file."""
    return read(write_safetensors(tmp_path / "net.safetensors", arrays), **options)


def wiring(circuit, name):
    """A parameter of all synapses by the names of their ends, and the mask."""
    ends = {e.id: e for e in (*circuit.neurons, *circuit.inputs)}
    n, m = len(circuit.neurons), len(circuit.inputs)
    inner, outer = np.full((n, n), np.nan), np.full((m, n), np.nan)
    for s in circuit.synapses:
        assert s.kind == "chemical"
        pre, post = ends[s.pre], ends[s.post]
        table = outer if isinstance(pre, Input) else inner
        assert np.isnan(table[int(pre.name[1:]), int(post.name[1:])])
        table[int(pre.name[1:]), int(post.name[1:])] = s.parameters[name]
    return inner, outer


def require_ltc(circuit, arrays, become):
    """The circuit holds what the arrays say, once the constraints have acted."""
    arrays = {name.rpartition(".")[2]: a.astype(float) for name, a in arrays.items()}
    for prefix, k in (("", 0), ("sensory_", 1)):
        mask = arrays[f"{prefix}sparsity_mask"] != 0
        for name, parameter in PARAMETERS.items():
            due = become(arrays[prefix + name]) if name == "w" else arrays[prefix + name]
            found = wiring(circuit, parameter)[k]
            assert np.array_equal(~np.isnan(found), mask)
            assert np.allclose(found[mask], due[mask], rtol=1e-15, atol=0)
    for name, parameter in (
        ("gleak", "leak_conductance"),
        ("vleak", "leak_potential"),
        ("cm", "capacitance"),
    ):
        due = arrays[name] if name == "vleak" else become(arrays[name])
        assert np.allclose([n.parameters[parameter] for n in circuit.neurons], due, rtol=1e-15, atol=0)
    assert [n.name for n in circuit.neurons] == [f"n{k}" for k in range(len(arrays["cm"]))]
    assert {n.kind for n in circuit.neurons} == {"ltc"}
    assert {n.start for n in circuit.neurons} == {0.0}
    m = len(arrays["sensory_w"])
    assert [i.name for i in circuit.inputs] == [f"u{k}" for k in range(m)]
    assert [i.gain for i in circuit.inputs] == arrays.get("input_w", np.ones(m)).tolist()
    assert [i.offset for i in circuit.inputs] == arrays.get("input_b", np.zeros(m)).tolist()


@pytest.mark.parametrize("suffix", ["safetensors", "pt", "npz"])
@pytest.mark.parametrize(("case", "mode"), [("ltc_autoncp8_1", "implicit"), ("ltc_full4", "explicit")])
def test_a_stored_ltc_network_becomes_its_circuit(case: str, mode: str, suffix: str) -> None:
    reading = read(DATA / f"{case}.{suffix}", constraints=mode)
    stored, about = np.load(DATA / f"{case}.npz"), json.loads((DATA / f"{case}.json").read_text())
    arrays = {n.removeprefix("param."): stored[n] for n in stored.files if n.startswith("param.")}
    circuit = reading.circuit
    require_ltc(circuit, arrays, softplus if mode == "implicit" else np.asarray)
    inner, outer = wiring(circuit, "conductance")
    assert np.array_equal(~np.isnan(inner), stored["adjacency"] != 0)
    assert np.array_equal(~np.isnan(outer), stored["sensory_adjacency"] != 0)
    assert [n.role.value for n in circuit.neurons] == about["wiring"]["neuron_types"]
    outputs = [(o.name, o.source, o.gain, o.offset) for o in circuit.outputs]
    due = zip(arrays["rnn_cell.output_w"].tolist(), arrays["rnn_cell.output_b"].tolist(), strict=True)
    assert outputs == [(f"y{k}", circuit[f"n{k}"].id, w, b) for k, (w, b) in enumerate(due)]
    assert (
        f"{about['effective_params']} of {about['n_params']} parameters act; the rest are masked."
        in reading.report
    )
    chosen = circuit.document.settings
    assert (chosen.solver, chosen.dt) == ("ncps", 1.0)
    assert chosen.parameters == {"unfolds": 6.0, "epsilon": 1e-8}


def test_the_stored_cfc_network_becomes_its_circuit() -> None:
    due = read(DATA / "cfc_default8.pt")
    stored = np.load(DATA / "cfc_default8.npz")
    (cell,) = due.circuit.cells
    assert cell.kind == "cfc"
    for name, array in cell.arrays.items():
        assert np.array_equal(array.values, stored[f"param.rnn_cell.{name}"])
    assert [due.circuit.elements[i].name for i in cell.units] == [f"n{k}" for k in range(8)]
    assert [due.circuit.elements[r.source].name for r in cell.reads] == ["u0", "u1"]
    assert [(o.name, o.source) for o in due.circuit.outputs] == [
        (f"y{k}", due.circuit[f"n{k}"].id) for k in range(8)
    ]
    assert "All 5536 parameters act." in due.report
    for suffix in ("safetensors", "npz"):
        assert read(DATA / f"cfc_default8.{suffix}").circuit == due.circuit


@given(**SIZES, data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_ltc_network_becomes_its_circuit(tmp_path_factory, seed, n, m, density, data) -> None:
    r = np.random.default_rng(seed)
    motors = data.draw(st.integers(1, n))
    maps = data.draw(
        st.sampled_from(
            [("input_w", "input_b", "output_w", "output_b"), ("input_w", "output_w"), ("output_w",)]
        )
    )
    prefix = data.draw(st.sampled_from(["rnn_cell.", "model.rnn.rnn_cell.", "", "module.cell."]))
    arrays = ltc_arrays(r, random_masks(r, n, m, density), motors, prefix, maps)
    path = write_torch(tmp_path_factory.mktemp("net") / "net.pt", arrays)
    circuit = read(path, constraints="implicit").circuit
    require_ltc(circuit, arrays, softplus)
    assert [o.name for o in circuit.outputs] == [f"y{k}" for k in range(motors)]
    assert len({e.position for e in (*circuit.neurons, *circuit.inputs, *circuit.outputs)}) == n + m + motors


@given(seed=st.integers(0, 2**32), sizes=st.tuples(*[st.integers(1, 6)] * 4))
@settings(max_examples=40, deadline=None)
def test_the_masks_of_a_policy_tell_its_roles(tmp_path_factory, seed, sizes) -> None:
    inter, command, motor, inputs = sizes
    r = np.random.default_rng(seed)
    arrays = ltc_arrays(r, policy_masks(r, inter, command, motor, inputs), motor)
    circuit = saved(tmp_path_factory.mktemp("net"), arrays).circuit
    assert [n.role.value for n in circuit.neurons] == ["motor"] * motor + ["command"] * command + [
        "inter"
    ] * inter
    at = {
        role: [n.position[0] for n in circuit.neurons if n.role.value == role]
        for role in ("inter", "command", "motor")
    }
    assert max(at["inter"]) < min(at["command"]) <= max(at["command"]) < min(at["motor"])
    assert max(i.position[0] for i in circuit.inputs) < min(at["inter"])
    assert min(o.position[0] for o in circuit.outputs) > max(at["motor"])


def test_neurons_that_drive_no_other_are_read_where_there_is_no_output_map(tmp_path: Path) -> None:
    r = np.random.default_rng(5)
    maps = ("input_w", "input_b")
    reading = saved(tmp_path, ltc_arrays(r, policy_masks(r, 4, 3, 2, 2), 0, maps=maps))
    assert [o.name for o in reading.circuit.outputs] == ["y0", "y1"]
    assert {(o.gain, o.offset) for o in reading.circuit.outputs} == {(1.0, 0.0)}
    assert any("The first 2 are read out." in s for s in reading.report)
    reading = saved(tmp_path, ltc_arrays(r, (np.ones((3, 3)), np.ones((2, 3))), 0, maps=maps))
    assert len(reading.circuit.outputs) == 3
    assert any("All neurons are read out." in s for s in reading.report)


VARIANTS = {
    "default": ({}, "cfc"),
    "deep": ({"backbone": 3}, "cfc"),
    "dropout": ({"backbone": 3, "between": 3}, "cfc"),
    "bare": ({"backbone": 0}, "cfc"),
    "pure": ({"pure": True}, "cfc_pure"),
    "mixed": ({"mixed": True, "prefix": "net.rnn."}, "cfc"),
    "projected": ({"projected": 3}, "cfc"),
    "alone": ({"cell": ""}, "cfc"),
    "wired": ({"units": (4, 3, 2)}, "cfc_wired"),
    "wired pure": ({"units": (4, 3, 2), "pure": True, "mixed": True, "projected": 1}, "cfc_wired"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_cfc_network_keeps_its_arrays_under_any_prefix(tmp_path: Path, variant: str) -> None:
    options, kind = VARIANTS[variant]
    units = options.get("units", 5)
    arrays = cfc_arrays(np.random.default_rng(3), 2, **{"units": units, **options})
    circuit = saved(tmp_path, arrays).circuit
    (cell,) = circuit.cells
    assert cell.kind == kind
    total = sum(units) if isinstance(units, tuple) else units
    assert [circuit.elements[i].name for i in cell.units] == [f"n{k}" for k in range(total)]
    assert sum(m.values.size for m in cell.arrays.values()) == sum(a.size for a in arrays.values())
    assert {m.values.astype("f4").tobytes() for m in cell.arrays.values()} == {
        a.tobytes() for a in arrays.values()
    }
    if "projected" in options:
        assert {o.source for o in circuit.outputs} == {cell.id}
        assert [o.row for o in circuit.outputs] == list(range(options["projected"]))
    else:
        last = cell.units[-(units[-1] if isinstance(units, tuple) else units) :]
        assert tuple(o.source for o in circuit.outputs) == last


def test_a_mask_counts_what_acts(tmp_path: Path) -> None:
    arrays = cfc_arrays(np.random.default_rng(3), 2, (4, 3, 2))
    masks = [a for n, a in arrays.items() if n.endswith("mask")]
    acting = sum(a.size for a in arrays.values()) - sum(m.size + 2 * int((m == 0).sum()) for m in masks)
    assert any(s.startswith(f"{acting} of ") for s in saved(tmp_path, arrays).report)


def test_what_was_trained_with_the_other_sign_is_turned(tmp_path: Path) -> None:
    arrays = cfc_arrays(np.random.default_rng(3), 2, 4)
    plain = saved(tmp_path, arrays).circuit.cells[0].arrays
    turned = saved(tmp_path, arrays, time_sign="tf").circuit.cells[0].arrays
    for name in plain:
        sign = -1.0 if name.startswith("time_a") else 1.0
        assert np.array_equal(turned[name].values, sign * plain[name].values)


def keras_names(arrays):
    """The same network as TensorFlow names it: kernels are transposed."""
    result = {}
    for name, array in arrays.items():
        inner = name.removeprefix("rnn_cell.")
        head, _, part = inner.rpartition(".")
        if head in ("ff1", "ff2"):
            key = f"cfc_cell/{head}_{part}:0"
        else:
            key = f"cfc_cell/{head.replace('backbone.', 'sequential/backbone')}/{'kernel' if part == 'weight' else part}:0"
        result[key] = np.ascontiguousarray(array.T) if part == "weight" else array
    return result


def test_names_of_tensorflow_are_understood(tmp_path: Path) -> None:
    arrays = cfc_arrays(np.random.default_rng(3), 2, 4, backbone=2, between=1)
    due = saved(tmp_path, arrays, time_sign="tf").circuit
    due.apply(SetParameter((due.cells[0].id,), "candidates", 1.0))
    np.savez(tmp_path / "net.npz", **keras_names(arrays))
    found = read(tmp_path / "net.npz")
    assert found.circuit == due
    assert any("time-sign tf" in s for s in found.report)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, f"{ASSUMED} implicit constraints, unfolds 6 and epsilon 1e-08 (--constraints, --unfolds and --epsilon)."),
        ({"unfolds": 12, "epsilon": 0}, f"{ASSUMED} implicit constraints (--constraints)."),
        ({"unfolds": 12, "epsilon": 0, "constraints": "implicit"}, None),
        ({"cfc_mode": "pure"}, "Of no use for this network and left aside: cfc-mode."),
    ],
)  # fmt: skip
def test_what_the_file_does_not_tell_is_announced(options, said) -> None:
    reading = read(DATA / "ltc_autoncp8_1.pt", **options)
    if said is None:
        assert len(reading.report) == 2
    else:
        assert said in reading.report
    assert reading.circuit.document.settings.parameters["unfolds"] == options.get("unfolds", 6)


def test_negative_numbers_betray_implicit_constraints(tmp_path: Path) -> None:
    r = np.random.default_rng(1)
    arrays = ltc_arrays(r, random_masks(r, 4, 2, 1.0), 2, prefix="cell.")
    arrays |= {f"cell.{name}": np.abs(arrays[f"cell.{name}"]) for name in ("sensory_w", "cm")}
    report = saved(tmp_path, arrays).report
    assert "Numbers of w and gleak are negative, so constraints are implicit." in report
    positive = {
        n: np.abs(a) if n.rpartition(".")[2] in ("w", "sensory_w", "cm", "gleak") else a
        for n, a in arrays.items()
    }
    reading = saved(tmp_path, positive)
    assert any("explicit constraints" in s for s in reading.report)  # a cell alone has them in ncps
    require_ltc(reading.circuit, positive, np.asarray)
    with pytest.raises(
        cs.InputError, match=r"cell.w: the number at \[0, \d\] is negative, which explicit constraints"
    ):
        saved(tmp_path, arrays, constraints="explicit")


def test_a_capacitance_of_zero_is_replaced_and_told(tmp_path: Path) -> None:
    r = np.random.default_rng(1)
    arrays = {n: np.abs(a) for n, a in ltc_arrays(r, random_masks(r, 3, 2, 1.0), 2).items()}
    arrays["rnn_cell.cm"][1] = 0.0
    reading = saved(tmp_path, arrays, constraints="explicit")
    assert reading.circuit["n1"].parameters["capacitance"] == 1e-12
    assert any(
        s.startswith("The capacitance of n1 is 0, as ncps clips it; 1e-12 stands") for s in reading.report
    )


def test_what_stands_beside_the_network_is_left_out_and_named(tmp_path: Path) -> None:
    arrays = {f"model.rnn.{n}": a for n, a in cfc_arrays(np.random.default_rng(3), 2, 4).items()}
    arrays |= {"model.fc.weight": np.zeros((1, 4), "f4"), "epoch": np.zeros(1)}
    reading = saved(tmp_path, arrays)
    assert "Left out, being no part of the network: model.fc.weight, epoch." in reading.report


LTC = ltc_arrays(np.random.default_rng(0), (np.ones((3, 3)), np.ones((2, 3))), 2)
CFC = cfc_arrays(np.random.default_rng(0), 2, 3)
WIRED = cfc_arrays(np.random.default_rng(0), 2, (3, 2))


def without(arrays, name):
    return {n: a for n, a in arrays.items() if n != name}


def spoiled(arrays, name, value):
    array = arrays[name].copy()
    array.flat[1] = value
    return {**arrays, name: array}


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        (without(LTC, "rnn_cell.gleak"), "rnn_cell.gleak: this array is missing"),
        (without(LTC, "rnn_cell.sensory_w"), "rnn_cell.sensory_w: this array is missing"),
        (without(LTC, "rnn_cell.mu"), "rnn_cell.mu: this array is missing, which an LTC network of these sizes has"),
        (without(LTC, "rnn_cell.sparsity_mask"), "rnn_cell.sparsity_mask: this array is missing"),
        (LTC | {"rnn_cell.w": np.ones((3, 4))}, "rnn_cell.w: its shape is 3 × 4 instead of 3 × 3"),
        (LTC | {"rnn_cell.output_b": np.ones(3)}, "rnn_cell.output_b: its shape is 3 instead of 2"),
        (LTC | {"rnn_cell.output_w": np.ones(4), "rnn_cell.output_b": np.ones(4)}, "it maps 4 motor neurons, more than there are neurons"),
        (LTC | {"rnn_cell.cm": np.ones(())}, "rnn_cell.cm: its shape is a single number instead of 3"),
        (LTC | {"rnn_cell.gates": np.ones(3)}, "rnn_cell.gates: an LTC network of these sizes has no such array"),
        (LTC | {"rnn_cell.mu": np.ones((3, 3), complex)}, ""),
        (spoiled(LTC, "rnn_cell.sigma", np.nan), "rnn_cell.sigma: 1 of its numbers are not finite, the first at [0, 1]"),
        (spoiled(LTC, "rnn_cell.sensory_erev", np.inf), "rnn_cell.sensory_erev: 1 of its numbers are not finite"),
        (LTC | {"other.gleak": np.ones(3)}, "it holds 2 networks of ncps (other, rnn_cell)"),
        (without(CFC, "rnn_cell.ff2.weight"), "rnn_cell.ff2.weight: this array is missing, which a CfC network"),
        (without(CFC, "rnn_cell.ff1.weight"), "rnn_cell.ff1.weight: this array is missing"),
        (without(CFC, "rnn_cell.backbone.0.bias"), "rnn_cell.backbone.0.bias: this array is missing"),
        (CFC | {"rnn_cell.time_a.bias": np.ones(4)}, "rnn_cell.time_a.bias: its shape is 4 instead of 3"),
        (CFC | {"rnn_cell.backbone.0.weight": np.ones((6, 3))}, "with 3 columns for 3 units it reads no input"),
        (CFC | {"rnn_cell.ff3.weight": np.ones(4)}, "rnn_cell.ff3.weight: a CfC network of these sizes has no such"),
        (spoiled(CFC, "rnn_cell.ff1.bias", np.nan), "rnn_cell.ff1.bias: 1 of its numbers are not finite"),
        (CFC | {"mm.recurrent_kernel": np.ones((3, 12))}, "mm.recurrent_kernel: a mixed memory of TensorFlow or Keras"),
        (without(WIRED, "rnn_cell.layer_1.sparsity_mask"), "rnn_cell.layer_1.sparsity_mask: this array is missing"),
        (without(WIRED, "rnn_cell.layer_0.ff1.weight"), "rnn_cell.layer_0.ff1.weight: this array is missing"),
        ({"weight_ih_l0": np.ones((8, 2)), "weight_hh_l0": np.ones((8, 2))}, "these are weights of an LSTM, GRU or"),
        ({"lin.weight": np.ones((8, 2))}, "no LTC or CfC network of ncps is in it, only lin.weight"),
        ({}, "no LTC or CfC network of ncps is in it, and no array at all"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_bad_weights_are_refused_in_one_sentence(tmp_path: Path, arrays, said: str) -> None:
    if not said:
        np.savez(tmp_path / "net.npz", **arrays)
        with pytest.raises(cs.InputError, match=r"net\.npz, rnn_cell"):
            read(tmp_path / "net.npz")
        return
    path = write_safetensors(tmp_path / "net.safetensors", {n: np.asarray(a) for n, a in arrays.items()})
    with pytest.raises(cs.InputError) as caught:
        read(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert str(caught.value).count(";") == 1
    assert "\n" not in str(caught.value)


def test_the_command_line_announces_and_writes(tmp_path: Path, capfd) -> None:
    target = tmp_path / "net.circuit.json"
    assert main(["convert", str(DATA / "ltc_autoncp8_1.pt"), str(target), "--unfolds", "12"]) == 0
    told = [
        f"{SUMMARY} of which 9 excite and 8 inhibit by the sign of erev.",
        "98 of 430 parameters act; the rest are masked.",
        f"{ASSUMED} implicit constraints and epsilon 1e-08 (--constraints and --epsilon).",
    ]
    assert capfd.readouterr() == ("", "".join(f"circuitsim: {sentence}\n" for sentence in told))
    circuit = cs.load(target)
    assert circuit == cs.load(DATA / "ltc_autoncp8_1.safetensors", unfolds=12)
    assert circuit.document.settings.parameters["unfolds"] == 12


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--unfolds", "0"], "--unfolds: unfolds must be at least 1, not 0"),
        (["--unfolds", "2.5"], "--unfolds: unfolds must be a whole number"),
        (["--epsilon", "-1"], "--epsilon: epsilon must be at least 0, not -1"),
        (["--constraints", "none"], "--constraints: invalid choice: 'none'"),
        (["--weight-scale", "1"], "--weight-scale: Weights of ncps files have no such option; leave it out."),
        (["--cfc-mode", "pure"], None),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, capfd, options, said) -> None:
    target = tmp_path / "net.circuit.json"
    status = main(["convert", str(DATA / "ltc_full4.pt"), str(target), *options])
    assert status == (0 if said is None else 2)
    assert said is None or said in capfd.readouterr().err
    assert target.exists() == (said is None)
    with pytest.raises(cs.InputError, match="it cannot be 'never'"):
        cs.load(DATA / "ltc_full4.pt", constraints="never")
    with pytest.raises(cs.InputError, match="no such option; use one of: unfolds"):
        cs.load(DATA / "ltc_full4.pt", depth=3)


@pytest.mark.parametrize(
    ("mode", "said"),
    [("pure", "is not that of a network in the mode pure"), ("default", None), ("no_gate", None)],
)
def test_a_mode_that_the_names_exclude_is_refused(tmp_path: Path, mode, said) -> None:
    if said is None:
        kind = saved(tmp_path, CFC, cfc_mode=mode).circuit.cells[0].kind
        assert kind == {"default": "cfc", "no_gate": "cfc_no_gate"}[mode]
        with pytest.raises(cs.InputError, match="this array is that of a network in the mode pure"):
            saved(tmp_path, cfc_arrays(np.random.default_rng(0), 2, 3, pure=True), cfc_mode=mode)
    else:
        with pytest.raises(cs.InputError, match=said):
            saved(tmp_path, CFC, cfc_mode=mode)


def test_motor_neurons_that_no_output_map_tells_are_asked_for(tmp_path: Path) -> None:
    r = np.random.default_rng(11)
    masks = policy_masks(r, 6, 3, 2, 2)
    arrays = ltc_arrays(r, masks, 2, maps=("input_w", "input_b"))
    path = write_safetensors(tmp_path / "net.safetensors", arrays)
    (asked,) = (q for q in FORM.ask(path).each if q.option == "motors")
    assert (asked.value, asked.hint) == (
        2,
        "There is no output map. So many of the first neurons drive no other.",
    )
    guessed, told = read(path), read(path, motors=1)
    assert [o.name for o in guessed.circuit.outputs] == ["y0", "y1"]
    assert "motors 2" in guessed.report[-1]
    assert "--motors" in guessed.report[-1]
    assert [o.name for o in told.circuit.outputs] == ["y0"]
    assert "motors" not in told.report[-1]
    assert read(path, motors=2).circuit == guessed.circuit
    with pytest.raises(cs.InputError, match="motors: 12 are more motor neurons than the 11 neurons"):
        read(path, motors=12)
    with pytest.raises(cs.InputError, match="'0' is not a whole number above 0"):
        read(path, motors=0)
    mapped = write_safetensors(tmp_path / "mapped.safetensors", ltc_arrays(r, masks, 2))
    assert all(q.option != "motors" for q in FORM.ask(mapped).each)
    assert "Of no use for this network and left aside: motors." in read(mapped, motors=2).report
