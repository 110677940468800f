"""`circuitsim run`: every option of the contract, and a sentence instead of half a file."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.cli import progress
from circuitsim.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def files(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def table(path: Path) -> np.ndarray:
    with path.open() as file:
        return np.genfromtxt(file, delimiter=",", names=True)


def test_some_neurons_and_a_stretch_of_time(pair: Path, tmp_path: Path) -> None:
    out = tmp_path / "part.csv"
    words = ["run", str(pair), "--duration", "1", "--dt", "0.01", "--record", "v,input"]
    assert main([*words, "--neurons", "B", "--from", "0.2", "--to", "0.5", "--out", str(out)]) == 0
    part = table(out)
    assert part.dtype.names == ("t", "v_B", "input_tap")
    assert (part["t"][0], part["t"][-1]) == (0.2, 0.5)


def test_a_part_that_is_not_there_writes_nothing(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["run", str(pair), "--duration", "1", "--dt", "0.01", "--out", str(tmp_path / "part.csv")]
    for option, value, said in (("--neurons", "Z", "neuron Z"), ("--from", "7", "holds no row")):
        assert main([*words, option, value]) != 0
        assert said in capfd.readouterr().err
    assert not (tmp_path / "part.csv").exists()


def test_a_run_writes_traces_and_stamp_and_says_how_far_off_they_are(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    words = ["run", str(pair), "--duration", "0.2", "--dt", "0.01", "--solver", "fused", "--seed", "5"]
    assert main([*words, "--out", str(out)]) == 0
    said = capfd.readouterr()
    assert re.fullmatch(r"error about \S+\n", said.out)
    assert said.err == ""
    assert out.read_text().startswith("t,v_A,v_B,tau_A,tau_B,vinf_A,vinf_B,input_tap,output_y0\n")
    stamp = json.loads((tmp_path / "out.csv.json").read_text())
    assert (stamp["solver"], stamp["dt"], stamp["seed"]) == ("fused", 0.01, 5)
    assert table(out)["t"][-1] == 0.2
    assert files(tmp_path) == {"pair.circuit.json", "out.csv", "out.csv.json"}


def test_a_tolerance_stands_in_the_stamp(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["run", str(pair), "--duration", "0.2", "--dt", "0.01", "--out", str(tmp_path / "out.csv")]
    assert main([*words, "--solver", "dormand_prince", "--tolerance", "1e-9"]) == 0
    assert json.loads((tmp_path / "out.csv.json").read_text())["tolerance"] == 1e-9
    capfd.readouterr()
    assert main([*words, "--solver", "rk4", "--tolerance", "1e-9"]) != 0
    assert "use dt, or the solver dormand_prince" in capfd.readouterr().err


def test_recorded_variables_rows_inputs_and_start_states_can_be_chosen(pair: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("t,tap\n0,0.25\n0.1,0.75\n")
    (tmp_path / "start.csv").write_text("neuron,value\nB,-0.5\n")
    words = ["run", str(pair), "--duration", "0.2", "--dt", "0.01", "--every", "0.05", "--record", "v,input"]
    words += ["--input", str(tmp_path / "in.csv"), "--initial", str(tmp_path / "start.csv")]
    assert main([*words, "--out", str(tmp_path / "out.csv")]) == 0
    read = table(tmp_path / "out.csv")
    assert read.dtype.names == ("t", "v_A", "v_B", "input_tap")
    assert read["v_B"][0] == -0.5
    assert list(read["t"]) == pytest.approx([0.0, 0.05, 0.1, 0.15, 0.2])
    assert list(read["input_tap"]) == [0.25, 0.25, 0.75, 0.75, 0.75]


def test_npz_holds_the_numbers_of_the_csv(pair: Path, tmp_path: Path) -> None:
    words = ["run", str(pair), "--duration", "0.1", "--dt", "0.01", "--out"]
    assert main([*words, str(tmp_path / "out.csv")]) == main([*words, str(tmp_path / "out.npz")]) == 0
    with np.load(tmp_path / "out.npz", allow_pickle=False) as arrays:
        assert np.array_equal(arrays["tau"][:, 1], table(tmp_path / "out.csv")["tau_B"])


def test_the_same_run_gives_the_same_bytes(pair: Path, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        assert main(["run", str(pair), "--duration", "0.3", "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--dt x", "run: --dt: 'x' is not a number; see circuitsim run --help"),
        ("--dt 0", "run: --dt: 0 is not above 0"),
        ("--duration -1", "run: --duration: -1"),
        ("--dt 1_0", "run: --dt: '1_0' is not a number"),
        ("--dt 1e300", r"the step dt: it is 1e\+300; use a number above 0 and below 1e\+12"),
        ("--duration inf", "run: --duration: inf is not a finite number"),
        ("--seed 1.5", "run: --seed: '1.5' is not a whole number"),
        ("--seed=-1", "run: --seed: -1 is not between 0 and"),
        ("--solver magic", "there is none called 'magic'; use one of: rk4, fused"),
        ("--record v,w", "there is no variable 'w'; use some of: v, tau, vinf, clamp, gate, input, output"),
        ("--dt 0.002 --every 0.003", "0.003 is not a multiple of dt 0.002; use 0.002 or 0.004"),
        ("--duration 1e9", "rows would not fit into memory; write a row every"),
        ("--input {folder}/none.csv", "none.csv: there is no such file"),
        ("--initial {folder}/none.csv", "none.csv: there is no such file"),
        ("--colour red", "run: unrecognized arguments: --colour red"),
        ("--out {folder}/x.txt", r"x\.txt: its name ends in \.txt; traces can be written to .*\.csv or \.npz"),
        (f"--out {'x' * 300}.csv", r"x\.csv: its name is too long; choose a shorter one"),
        ("--out {folder}/no/x.csv", r"x\.csv: its folder does not exist"),
        ("--out {folder}", "it is a folder, not a file"),
    ],
)  # fmt: skip
def test_bad_usage_is_one_sentence_and_status_2(
    words: str, expected: str, pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = words.replace("{folder}", str(tmp_path)).split()
    assert main(["run", str(pair), "--duration", "0.1", "--out", str(tmp_path / "out.csv"), *given]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert re.fullmatch(rf"circuitsim: .*{expected}.*\.\n", err)
    assert files(tmp_path) == {"pair.circuit.json"}


def test_a_diverging_run_warns_names_neuron_cause_and_remedy_and_is_status_1(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["run", str(pair), "--duration", "500", "--dt", "5", "--solver", "rk4"]
    assert main([*words, "--out", str(tmp_path / "out.csv")]) == 1
    warning, error = capfd.readouterr().err.splitlines()
    assert warning.startswith("circuitsim: warning: neuron A: the step 5 s is larger than")
    told = re.match(
        r"circuitsim: neuron [AB]: the state exploded at t = .*; (?:halve|lower) dt to (\S+) s or take the solver fused\.",
        error,
    )
    assert files(tmp_path) == {"pair.circuit.json"}
    assert told is not None
    words[words.index("--dt") + 1] = told[1]  # the step that it names works
    assert main([*words, "--out", str(tmp_path / "out.csv")]) == 0
    assert capfd.readouterr().err == ""


def test_a_target_that_is_read_only_is_refused_and_kept(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    out.chmod(0o444)
    assert main(["run", str(pair), "--duration", "0.1", "--out", str(out)]) == 2
    assert "the file is read-only" in capfd.readouterr().err
    assert out.read_text() == "old"


def test_a_full_disk_is_a_sentence(pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"
    out.symlink_to("/dev/full")
    assert main(["run", str(pair), "--duration", "0.1", "--out", str(out)]) == 2
    assert "the disk is full" in capfd.readouterr().err
    assert files(tmp_path) == {"pair.circuit.json", "out.csv"}


def test_an_interruption_leaves_no_half_file(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_self: progress.Progress, _fraction: float) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(progress.Progress, "__call__", interrupt)
    assert main(["run", str(pair), "--out", str(tmp_path / "out.csv")]) == 130
    assert capfd.readouterr().err == "circuitsim: Interrupted; nothing was left half written.\n"
    assert files(tmp_path) == {"pair.circuit.json"}


class Terminal(io.StringIO):
    """A standard error that a person watches."""

    def isatty(self) -> bool:
        return True


def test_a_long_run_shows_a_bar_on_a_terminal_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with progress.Progress() as bar:
        assert bar(0.1)
        assert terminal.getvalue() == ""
        now[0] = 1.0
        assert bar(0.25)
        assert " 25 %, 3 s left" in terminal.getvalue()
        now[0] = 200.0
        assert bar(0.5)
        assert " 50 %, 3 min 20 s left" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_nobody_watching_means_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with progress.Progress() as bar:
        now[0] = 100.0
        bar(0.5)
    assert stream.getvalue() == ""


def test_lesions_are_those_of_python(pair: Path, tmp_path: Path) -> None:
    circuit, out = cs.load(pair), tmp_path / "out.csv"
    words = ["run", str(pair), "--duration", "0.3", "--dt", "0.01", "--solver", "rk4", "--out", str(out)]
    options = {"duration": 0.3, "dt": 0.01, "solver": "rk4"}
    rows = []
    for lost in ((), ("B",), ("A:B",), ("tap:A", "B"), ("tap:A", "A:B")):
        assert main([*words, *(word for name in lost for word in ("--mute", name))]) == 0
        muted = circuit.copy()
        muted.mute(*lost)
        due = cs.simulate(muted, **options).samples.v
        found = table(out)
        np.testing.assert_array_equal(np.stack([found["v_A"], found["v_B"]], axis=1), due)
        np.testing.assert_array_equal(cs.lesion(circuit, *lost, **options).after.samples.v, due)
        rows.append(due[-1].tolist())
    assert rows[1] == rows[2]  # nothing else acts on B
    assert rows[3] == rows[4]
    assert len(set(map(tuple, rows))) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("BB", "there is no neuron named 'BB'; did you mean B."),
        ("tap:B", "there is no synapse 'tap:B'; did you mean tap:A."),
        ("tap", "'tap' is an input, and lesions are made of neurons and synapses; name one of these."),
        ("zzz", "there is no neuron named 'zzz'; name a neuron, or a synapse as PRE:POST."),
    ],
)
def test_a_lesion_of_what_is_not_there_is_refused(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    out = tmp_path / "out.csv"
    assert main(["run", str(pair), "--mute", name, "--out", str(out)]) == 2
    assert said in capfd.readouterr().err
    assert not out.exists()
