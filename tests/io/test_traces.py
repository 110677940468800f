"""Trace files: their columns, their exactness, their stamp, and nothing left behind by a failure."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from circuitsim.api import Trace
from circuitsim.engine.samples import Samples, Stamp
from circuitsim.io import columns
from circuitsim.io.columns import VARIABLES
from circuitsim.io.dispatch import trace_formats
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STAMP = Stamp("0.1.0", "ab12", "rk4", 0.01, 7, "liquid", {"t": "s", "v": "", "tau": "s"})


def samples(rows: int = 5, *, bits: bool = False) -> Samples:
    """Random samples; with bits every pattern of bits that is a finite number may occur."""
    random = np.random.default_rng(1)

    def values(count: int) -> Any:
        if not bits:
            return random.standard_normal((rows, count))
        found = np.frombuffer(random.bytes(8 * rows * count), dtype=np.float64).copy()
        found[~np.isfinite(found)] = -0.0
        return found.reshape(rows, count)

    return Samples(
        t=np.arange(rows) * 0.1,
        v=values(2), tau=values(2), vinf=values(2), inputs=values(1), clamp=values(1), gate=values(1), outputs=values(1),
        neuron_names=("AVAL", "b_2"), input_names=("tap",), output_names=("y0",), clamped_names=("b_2",),
        unit_names=("AVAL",),
        stamp=STAMP,
    )  # fmt: skip


def test_the_columns_are_grouped_by_variable(tmp_path: Path) -> None:
    Trace(samples()).save(tmp_path / "x.csv")
    header = (tmp_path / "x.csv").read_text().splitlines()[0]
    assert (
        header == "t,v_AVAL,v_b_2,tau_AVAL,tau_b_2,vinf_AVAL,vinf_b_2,clamp_b_2,gate_AVAL,input_tap,output_y0"
    )


def test_chosen_variables_alone_are_written_in_the_order_of_the_file(tmp_path: Path) -> None:
    Trace(samples()).save(tmp_path / "x.csv", record=["tau", "v"])
    header = (tmp_path / "x.csv").read_text().splitlines()[0]
    assert header == "t,v_AVAL,v_b_2,tau_AVAL,tau_b_2"


def test_numpy_reads_the_same_bits_and_pandas_the_same_numbers(tmp_path: Path) -> None:
    made = samples(200, bits=True)
    path = tmp_path / "x.csv"
    Trace(made).save(path)
    with path.open() as file:
        read = np.genfromtxt(file, delimiter=",", names=True)
    frame = pd.read_csv(path)
    expected = {
        "t": made.t,
        "v_AVAL": made.v[:, 0],
        "tau_b_2": made.tau[:, 1],
        "input_tap": made.inputs[:, 0],
    }
    for name, values in expected.items():
        assert np.array_equal(read[name].view(np.int64), values.view(np.int64))
        np.testing.assert_allclose(frame[name].to_numpy(), values, rtol=1e-13, atol=1e-300)
    assert list(read.dtype.names) == list(frame.columns)


def test_what_is_not_finite_survives(tmp_path: Path) -> None:
    made = samples()
    made.tau[2] = [np.inf, np.nan]
    Trace(made).save(tmp_path / "x.csv")
    read = np.genfromtxt(tmp_path / "x.csv", delimiter=",", names=True)
    assert read["tau_AVAL"][2] == np.inf
    assert np.isnan(read["tau_b_2"][2])
    assert np.array_equal(read["v_AVAL"], made.v[:, 0])


def test_blocks_of_rows_join_without_a_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Trace(samples(50)).save(tmp_path / "whole.csv")
    monkeypatch.setattr("circuitsim.io.traces.trace_csv._BLOCK", 7 * 9)
    Trace(samples(50)).save(tmp_path / "parts.csv")
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "parts.csv").read_bytes()


def test_the_stamp_stands_beside_a_csv_and_inside_an_npz(tmp_path: Path) -> None:
    trace = Trace(samples())
    trace.save(tmp_path / "x.csv")
    trace.save(tmp_path / "x.npz")
    beside = json.loads((tmp_path / "x.csv.json").read_text())
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        inside = json.loads(str(arrays["stamp"]))
    assert beside == inside
    assert {"version", "circuit_hash", "solver", "dt", "seed", "unit_system", "units"} <= set(inside)
    assert inside["dt"] == 0.01
    assert inside["units"]["tau"] == "s"


def test_an_npz_needs_no_pickle_and_keeps_names(tmp_path: Path) -> None:
    made = samples(bits=True)
    Trace(made).save(tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz", allow_pickle=False) as arrays:
        names = {f"{sort}_names" for sort in ("neuron", "input", "output", "clamped", "unit")}
        assert set(arrays.files) == {"t", *VARIABLES, *names, "stamp"}
        assert np.array_equal(arrays["v"], made.v)
        assert list(arrays["neuron_names"]) == ["AVAL", "b_2"]


@pytest.mark.parametrize("suffix", [s for f in trace_formats().values() for s in f.suffixes])
def test_a_failure_leaves_what_was_there(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"x{suffix}"
    Trace(samples()).save(path)
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match="the disk is full"):
        Trace(samples(9)).save(path)
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (lambda t, d: t.save(d / "x.txt"), r"its name ends in \.txt; traces can be written to .*\.csv or \.npz"),
        (lambda t, d: t.save(d / "x"), "its name has no ending"),
        (lambda t, d: t.save(d / "x.csv", record=["u"]), "there is no variable 'u'; use some of: v, tau, vinf"),
        (lambda t, d: t.save(d / "no" / "x.csv"), "its folder does not exist"),
        (lambda t, _: t["Z"], "it holds nothing named 'Z'; use one of: AVAL, b_2, tap, y0"),
        (lambda t, _: t["tap"].v, "tap: only neurons have v, tau and vinf; use .value"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_sentence(
    attempt: Callable[[Trace, Path], object], expected: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=expected):
        attempt(Trace(samples()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_traces_are_found_by_name() -> None:
    made = samples()
    trace = Trace(made)
    assert len(trace) == 5
    assert np.array_equal(trace["b_2"].vinf, made.vinf[:, 1])
    assert np.array_equal(trace["tap"].value, made.inputs[:, 0])
    assert np.array_equal(trace["y0"].value, made.outputs[:, 0])
    assert trace.stamp is STAMP
    assert repr(trace) == "<Trace of 2 neurons, 5 rows up to t = 0.4>"


def test_a_list_of_variables_is_parsed() -> None:
    assert columns.parse_variables("tau, v") == ("v", "tau")
    with pytest.raises(InputError, match="there is no variable ''"):
        columns.parse_variables("v,")
