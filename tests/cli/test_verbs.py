"""The verbs besides `run`, and what is said when the command line makes no sense."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import circuitsim as cs
from circuitsim.cli import main as cli
from circuitsim.cli.main import main
from circuitsim.cli.parser import WINDOW_VERBS, verbs
from circuitsim.io.examples import examples
from circuitsim.spec.issue import Issue, RunError

if TYPE_CHECKING:
    from pathlib import Path


def test_help_names_every_verb(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    shown = {v.id for v in verbs().values() if not v.hidden} | set(WINDOW_VERBS)
    assert {"run", "check", "convert", "examples", "kinds", "shot", "replay"} <= shown
    assert all(re.search(rf"^  {verb}  +\w", out, re.MULTILINE) for verb in shown)
    assert "\n  docs" not in out


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_explains_itself(verb: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    assert f"usage: circuitsim {verb}" in capfd.readouterr().out


def test_the_version_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capfd.readouterr().out == f"circuitsim {cs.__version__}\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rum", "there is no verb or file 'rum'; did you mean run."),
        ("zzz", "there is no verb or file 'zzz'; use a file or one of: analyse, bench, "),
        ("none.circuit.json", "none.circuit.json: there is no such file; "),
        ("--colour", "unrecognized arguments: --colour; see circuitsim --help."),
        ("check", "check: these arguments are missing: FILE; see circuitsim check --help."),
        ("run", "run: these arguments are missing: FILE, --out; see circuitsim run --help."),
        ("kinds all", "kinds: unrecognized arguments: all; see circuitsim kinds --help."),
        ("examples zzz", "there is no example 'zzz'; use one of: "),
        ("examples --copy x", "examples: it is not said which one to copy; give its ID before --copy."),
        ("convert a.circuit.json b.txt", "b.txt: its name ends in .txt; a circuit can be written to"),
        ("convert a.txt b.circuit.json", "a.txt: its name ends in .txt; a circuit can be read from"),
        ("convert a.circuit.json b.circuit.json", "a.circuit.json: there is no such file; "),
        (
            "convert a.csv b.json --weight-scale 0",
            "convert: --weight-scale: 0 is not a finite number above 0; see",
        ),
        ("convert a.csv b.json --gap-scale x", "convert: --gap-scale: 'x' is not a number; see"),
        ("replay none.run.json --out x.csv", "none.run.json: there is no such file; "),
    ],
)
def test_nonsense_is_one_sentence_and_status_2(
    words: str,
    expected: str,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words.split()) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"circuitsim: {expected}")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_two_files_are_one_too_many(pair: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(pair), "other.circuit.json"]) == 2
    said = f"after the file {pair} nothing is expected, not 'other.circuit.json'; open one file at a time."
    assert capfd.readouterr().err == f"circuitsim: {said}\n"


def test_examples_are_listed_by_id_and_title(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["examples"]) == 0
    lines = [line.split("\t") for line in capfd.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == [e.id for e in examples()]
    assert "tap-withdrawal" in {line[0] for line in lines}
    assert all(re.fullmatch("[a-z0-9-]+", identifier) and title for identifier, title in lines)


def test_an_example_is_copied(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "folder"
    assert main(["examples", "tap-withdrawal", "--copy", str(folder)]) == 0
    copied = folder / "tap-withdrawal.circuit.json"
    assert capfd.readouterr().out == f"{copied}\n"
    assert len(cs.load(copied).neurons) >= 16
    blocked = tmp_path / "file"
    blocked.touch()
    assert main(["examples", "tap-withdrawal", "--copy", str(blocked)]) == 2
    assert capfd.readouterr().err.startswith(f"circuitsim: {blocked}: ")


def test_check_says_a_sentence_for_every_bad_file_and_lists_its_issues(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(pair)]) == 0
    counts = "2 neurons, 2 synapses, 1 input, 1 output, 0 notes"
    assert capfd.readouterr() == (f"{pair}: ok, {counts}\n", "")
    content = json.loads(pair.read_text())
    for neuron in content["neurons"]:
        neuron["parameters"]["capacitance"] = -1
    bad = tmp_path / "bad.circuit.json"
    bad.write_text(json.dumps(content))
    assert main(["check", str(bad), str(tmp_path / "none.json"), str(pair)]) == 2
    out, err = capfd.readouterr()
    *issues, last = out.splitlines()
    assert last == f"{pair}: ok, {counts}"
    assert [
        line.strip().startswith(f"{bad}, neuron {name}: ") for name, line in zip("AB", issues, strict=True)
    ]
    first, second = err.splitlines()  # a sentence for each file that is not legal
    assert "neuron A: " in first
    assert first.endswith(". (1 more like it)")
    assert "there is no such file" in second


def test_check_warns_of_neurons_that_can_become_unstable(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    circuit = cs.Circuit()
    circuit.add_neuron("wild", "ltc_paper", activation="tanh", time_constant=2.0)
    circuit.connect("wild", "wild", "weight")
    path = tmp_path / "wild.circuit.json"
    cs.save(circuit, path)
    assert main(["check", str(path)]) == 0
    out, err = capfd.readouterr()
    assert out.startswith(f"{path}: ok, 1 neuron")
    assert err.startswith("circuitsim: warning: neuron wild: 1/τ + f can become negative")


def test_kinds_are_listed_for_people_and_programs(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["kinds"]) == 0
    text = capfd.readouterr().out
    assert main(["kinds", "--json"]) == 0
    content = json.loads(capfd.readouterr().out)
    groups = ["neurons", "synapses", "stimuli", "networks", "units", "solvers"]
    assert list(content) == [*groups, "legal"]
    ids = [kind["id"] for group in groups for kind in content[group]]
    assert {"ltc", "chemical", "pulse", "rk4"} <= set(ids)
    assert all(f"  {i} " in text for i in ids)
    units = {p["name"]: p["physiological"]["unit"] for p in content["neurons"][0]["parameters"]}
    assert units["leak_potential"] == "mV"
    refused = [row for row in content["legal"] if not row["legal"]]
    assert refused
    assert all(row["reason"] for row in refused)


def test_convert_puts_a_circuit_file_in_order(pair: Path, tmp_path: Path) -> None:
    loose = tmp_path / "loose.json"
    loose.write_text(json.dumps(json.loads(pair.read_text()), indent=7, sort_keys=True))
    assert main(["convert", str(loose), str(tmp_path / "neat.circuit.json")]) == 0
    assert (tmp_path / "neat.circuit.json").read_bytes() == pair.read_bytes()


def test_convert_reads_edge_lists_and_reports(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edges = tmp_path / "edges.csv"
    rows = [
        "Source , target,WEIGHT,Type,extra",
        "A,B,3,chemical,x",
        "A ,C,2,electrical,",
        "C,A,4,electrical,",
    ]
    edges.write_text("\n".join(rows) + "\n")
    target = tmp_path / "x.circuit.json"
    assert main(["convert", str(edges), str(target)]) == 0
    circuit = cs.load(target)
    assert [n.name for n in circuit.neurons] == ["A", "B", "C"]
    assert sorted(s.kind for s in circuit.synapses) == ["chemical", "electrical"]
    assert "A" in capfd.readouterr().err


def test_an_option_of_another_format_is_refused(
    pair: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.circuit.json"
    assert main(["convert", str(pair), str(target), "--weight-scale", "2"]) == 2
    assert (
        capfd.readouterr().err
        == "circuitsim: --weight-scale: Circuit files have no such option; leave it out.\n"
    )
    assert not target.exists()


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (RunError(Issue("x", "it broke")), 1, "x: it broke."),
        (MemoryError(), 1, "There is not enough memory; make the run shorter or --every larger."),
        (OSError(5, "Input/output error", "f"), 2, "f: input/output error; check the disk and the path."),
        (ZeroDivisionError("by\nzero"), 1, "This is a mistake in circuitsim, not yours (ZeroDivisionError: by zero)"),
        (KeyboardInterrupt(), 130, "Interrupted; nothing was left half written."),
    ],
)  # fmt: skip
def test_every_failure_is_one_sentence(
    error: BaseException,
    status: int,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(cli, "_drop_output", lambda: None)
    monkeypatch.delenv("CIRCUITSIM_TRACEBACK", raising=False)
    assert cli.guarded(fail) == status
    err = capsys.readouterr().err
    assert err.startswith(f"circuitsim: {expected}")
    assert err.count("\n") == 1


def test_a_developer_can_ask_for_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRCUITSIM_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        cli.guarded(lambda: 1 // 0)
