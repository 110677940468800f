"""The precision of a run: from the file, from Python, from the command line, and what is none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.circuit.edits import SetSettings
from circuitsim.cli.main import main
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def file(example: Callable[[str], Path]) -> Path:
    return example("liquid")


def single(circuit: cs.Circuit) -> cs.Circuit:
    circuit.apply(SetSettings(replace(circuit.document.settings, precision="single")))
    return circuit


def test_a_file_keeps_it_and_names_it_only_where_it_is_not_double(file: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    cs.save(cs.load(file), one)
    cs.save(single(cs.load(file)), other)
    assert "precision" not in json.loads(one.read_text())["settings"]
    assert json.loads(other.read_text())["settings"]["precision"] == "single"
    assert cs.load(other).document.settings.precision == "single"


def test_a_file_may_name_double_and_nothing_unknown(file: Path, tmp_path: Path) -> None:
    content = json.loads(file.read_text())
    path = tmp_path / "c.json"
    content["settings"]["precision"] = "double"
    path.write_text(json.dumps(content))
    assert cs.load(path) == cs.load(file)
    for wrong in ("half", "", 32):
        content["settings"]["precision"] = wrong
        path.write_text(json.dumps(content))
        with pytest.raises(InputError, match="precision") as told:
            cs.load(path)
        assert "\n" not in str(told.value)


def test_what_is_given_goes_before_the_settings(file: Path) -> None:
    circuit = cs.load(file)
    double, found = (cs.simulate(circuit, 2.0, precision=p) for p in ("double", "single"))
    assert 0.0 < np.abs(double.samples.v - found.samples.v).max() < 1e-5
    np.testing.assert_array_equal(cs.simulate(circuit, 2.0).samples.v, double.samples.v)
    single(circuit)
    np.testing.assert_array_equal(cs.simulate(circuit, 2.0).samples.v, found.samples.v)
    assert cs.simulate(circuit, 2.0).stamp.precision == "single"
    again = cs.simulate(circuit, 2.0, precision="double")
    np.testing.assert_array_equal(again.samples.v, double.samples.v)
    assert again.stamp.precision == "double"


@pytest.mark.parametrize("wrong", ["half", "", 32, ["single"]])
def test_what_is_no_precision_is_refused_in_a_sentence(file: Path, wrong: Any) -> None:
    columns = cs.Columns()
    columns.add_neurons(2)
    for go in (
        lambda: cs.simulate(cs.load(file), 1.0, precision=wrong),
        lambda: columns.simulate(1.0, 0.1, precision=wrong),
    ):
        with pytest.raises(InputError, match=r"the precision: there is none called .*double, single"):
            go()


def test_the_command_line_takes_it_and_refuses_others(
    file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.csv"
    words = ["run", str(file), "--duration", "1", "--every", "0.1", "--out", str(out)]
    assert main([*words, "--precision", "single"]) == 0
    assert json.loads(out.with_suffix(".csv.json").read_text())["precision"] == "single"
    out.unlink()
    capfd.readouterr()
    fine = ["--solver", "dormand_prince", "--tolerance", "1e-9", "--precision", "single"]
    assert main([*words, *fine]) == 0
    assert "single precision is too coarse for a tolerance of 1e-09" in capfd.readouterr().err
    out.unlink()
    assert main([*words, "--precision", "half"]) != 0
    said = capfd.readouterr().err
    assert "precision" in said
    assert "double, single" in said
    assert "Traceback" not in said
    assert not out.exists()
