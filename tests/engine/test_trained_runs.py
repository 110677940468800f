"""Networks that were trained with ncps give the numbers of ncps, by the command line, from Python and after an export."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ncps_circuits import hidden
from numpy_cfc import memory as remembered
from numpy_cfc import sequence
from trained_runs import arrays_of, memory_of, signals, states

import circuitsim as cs
from circuitsim.circuit.edits import SetMuted, SetParameter
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.cli.main import main
from circuitsim.io.weights import safetensors

DATA = Path(__file__).parents[1] / "data" / "ncps"
CASES = {"cfc_default8": [], "ltc_autoncp8_1": [], "ltc_full4": ["--constraints", "explicit"]}


def table(path: Path, header: list[str], rows) -> Path:
    """A CSV file."""
    lines = [",".join(header), *(",".join(repr(float(x)) for x in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("suffix", ["safetensors", "pt"])
@pytest.mark.parametrize("case", CASES)
def test_a_stored_case_gives_the_numbers_of_ncps(tmp_path: Path, case: str, suffix: str) -> None:
    stored = np.load(DATA / f"{case}.npz")
    times = np.concatenate([[0.0], np.cumsum(stored["timespans"])])
    n, m = stored["hidden"].shape[1], stored["input"].shape[1]
    given_ = table(
        tmp_path / "in.csv", ["t", *(f"u{k}" for k in range(m))], np.c_[times[:-1], stored["input"]]
    )
    start = tmp_path / "h0.csv"
    start.write_text("neuron,value\n" + "".join(f"n{k},{float(v)!r}\n" for k, v in enumerate(stored["h0"])))
    circuit, out = tmp_path / "net.circuit.json", tmp_path / "out.csv"
    assert main(["convert", str(DATA / f"{case}.{suffix}"), str(circuit), *CASES[case]]) == 0
    words = ["run", str(circuit), "--solver", "ncps", "--input", str(given_), "--initial", str(start)]
    assert main([*words, "--duration", repr(float(times[-1])), "--out", str(out)]) == 0
    found = np.genfromtxt(out, delimiter=",", names=True)
    rows = np.searchsorted(found["t"], times[1:])
    assert np.array_equal(found["t"][rows], times[1:])
    for names, sort in ((f"v_n{k}" for k in range(n)), "hidden"), (
        (f"output_y{k}" for k in range(stored["output"].shape[1])), "output"
    ):  # fmt: skip
        values = np.stack([found[name][rows] for name in names], axis=1)
        assert np.abs(values - stored[f"{sort}_f64"]).max() < 1e-12
        assert np.abs(values - stored[sort]).max() < 1e-6


@given(seed=st.integers(0, 2**32), n=st.integers(1, 7), m=st.integers(1, 3), unfolds=st.integers(1, 9))
@settings(max_examples=15, deadline=None)
def test_any_ltc_network_gives_its_numbers_before_and_after_an_export(
    tmp_path_factory, seed, n, m, unfolds
) -> None:
    r, folder = np.random.default_rng(seed), tmp_path_factory.mktemp("net")
    arrays = arrays_of(r, n, m)
    spans, times, values, inputs = signals(r, m, 8)
    path = folder / "net.safetensors"
    safetensors.write(path, {f"rnn_cell.{name}": array for name, array in arrays.items()}, {})
    circuit = cs.load(path, constraints="explicit", unfolds=unfolds)
    due = hidden(arrays, values, spans, np.zeros(n), unfolds=unfolds)
    assert np.abs(states(circuit, inputs, times) - due).max() < 1e-12
    cs.save(circuit, folder / "again.safetensors")  # under implicit constraints
    assert np.abs(states(cs.load(folder / "again.safetensors"), inputs, times) - due).max() < 1e-12


@given(seed=st.integers(0, 2**32), n=st.integers(1, 6), unfolds=st.integers(1, 9))
@settings(max_examples=10, deadline=None)
def test_an_ltc_network_with_mixed_memory_gives_its_numbers(tmp_path_factory, seed, n, unfolds) -> None:
    r, m = np.random.default_rng(seed), 2
    arrays = arrays_of(r, n, m)
    memory = memory_of(r, n, m)
    spans, times, values, inputs = signals(r, m, 8)
    path = tmp_path_factory.mktemp("net") / "net.safetensors"
    safetensors.write(path, memory | {f"rnn_cell.{name}": array for name, array in arrays.items()}, {})
    circuit = cs.load(path, constraints="explicit", unfolds=unfolds)
    due, h, c = [], np.zeros(n), np.zeros(n)
    for x, span in zip(values, spans, strict=True):
        h, c = remembered(memory, x, h, c)
        h = hidden(arrays, x[None], np.array([span]), h, unfolds=unfolds)[0]
        due.append(h)
    assert np.abs(states(circuit, inputs, times) - np.array(due)).max() < 1e-12


VARIANTS = {
    "default": {},
    "no_gate": {"mode": "no_gate"},
    "pure": {"mode": "pure"},
    "silu": {"activation": "silu"},
    "wired": {"layers": (3, 2, 2)},
    "wired pure": {"layers": (3, 2), "mode": "pure"},
}


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_cfc_network_gives_its_numbers_before_and_after_an_export(tmp_path: Path, variant, mixed) -> None:
    options = {"mode": "default", "activation": "lecun_tanh", "layers": (), **VARIANTS[variant]}
    r = np.random.default_rng(len(variant))
    layers = options["layers"]
    drawn = cs.Circuit()
    kind = (
        "cfc_wired" if layers else {"no_gate": "cfc_no_gate", "pure": "cfc_pure"}.get(options["mode"], "cfc")
    )
    given_ = {"mode": options["mode"]} if layers else {"backbone_units": 7}
    drawn.add_input("u0", "slider")
    drawn.add_input("u1", "slider")
    cell = drawn.add_network("net", kind, reads=("u0", "u1"), units=layers or 4, mixed_memory=mixed, **given_)
    arrays = {name: matrix.values for name, matrix in cell.arrays.items()}
    names = {n: n if n.startswith("lstm.") else f"rnn_cell.{n}" for n in arrays}
    path = tmp_path / "net.safetensors"
    safetensors.write(path, {names[n]: a for n, a in arrays.items()}, {})
    chosen = {} if options["mode"] == "pure" else {"cfc_mode": options["mode"]}
    circuit = cs.load(path, **chosen, activation=options["activation"])
    spans, times, _, inputs = signals(r, 2, 8)
    values = np.stack([inputs["u0"][1], inputs["u1"][1]], axis=1)
    n = sum(layers) or 4
    due, _ = sequence(arrays, values, spans, np.zeros(n), np.zeros(n), **options)
    assert np.abs(states(circuit, inputs, times) - due).max() < 1e-12
    cs.save(circuit, tmp_path / "again.safetensors")
    assert np.array_equal(
        states(cs.load(tmp_path / "again.safetensors"), inputs, times), states(circuit, inputs, times)
    )


def test_a_lesion_of_neurons_and_synapses_is_exported_as_a_mask_of_zeros(tmp_path: Path) -> None:
    r = np.random.default_rng(7)
    arrays = arrays_of(r, 6, 2)
    _, times, _, inputs = signals(r, 2, 8)
    path = tmp_path / "net.safetensors"
    safetensors.write(path, {f"rnn_cell.{name}": array for name, array in arrays.items()}, {})
    circuit = cs.load(path, constraints="explicit")
    whole = states(circuit, inputs, times)
    lost = circuit.synapses[3]
    circuit.apply(SetMuted((circuit["n4"].id, lost.id), muted=True))
    due = states(circuit, inputs, times)
    assert np.abs(due - whole).max() > 1e-3
    cs.save(circuit, tmp_path / "lesioned.safetensors")
    again = cs.load(tmp_path / "lesioned.safetensors")
    assert np.abs(states(again, inputs, times) - due).max() < 1e-12
    stored, _ = safetensors.read(tmp_path / "lesioned.safetensors")
    assert not stored["rnn_cell.sparsity_mask"][4].any()
    assert not stored["rnn_cell.sparsity_mask"][:, 4].any()
    assert not stored["rnn_cell.sensory_sparsity_mask"][:, 4].any()
    assert stored["rnn_cell.w"].any(axis=None)
    assert len(again.synapses) == len(acting_synapses(circuit))


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_lesion_of_units_is_exported(tmp_path: Path, variant, mixed) -> None:
    options = {"mode": "default", "layers": (), **VARIANTS[variant]}
    layers = options["layers"]
    drawn = cs.Circuit()
    for name in ("u0", "u1"):
        drawn.add_input(name, "slider")
    kind = (
        "cfc_wired" if layers else {"no_gate": "cfc_no_gate", "pure": "cfc_pure"}.get(options["mode"], "cfc")
    )
    numbers = {"mode": options["mode"]} if layers else {"backbone_units": 7}
    drawn.add_network("net", kind, reads=("u0", "u1"), units=layers or 4, mixed_memory=mixed, **numbers)
    drawn.apply(SetMuted((drawn["net_n1"].id, drawn["net_n3"].id), muted=True))
    drawn.apply(SetParameter((drawn["net"].id,), "clock", 1.0))
    _, times, _, inputs = signals(np.random.default_rng(3), 2, 8)
    due = states(drawn, inputs, times)
    assert not due[:, [1, 3]].any()
    cs.save(drawn, tmp_path / "lesioned.safetensors")
    again = cs.load(tmp_path / "lesioned.safetensors")
    assert np.abs(states(again, inputs, times) - due).max() < 1e-12
