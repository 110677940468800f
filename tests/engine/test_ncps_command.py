"""`circuitsim run` with the solver ncps and a table of inputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from ncps_circuits import Case

import circuitsim as cs
from circuitsim.circuit.edits import SetKind
from circuitsim.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def table(path: Path) -> np.ndarray:
    with path.open() as file:
        return np.genfromtxt(file, delimiter=",", names=True)


def test_a_table_of_inputs_makes_the_calls_of_ncps(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """One row after each call, up to the end of the interval of the last row; the numbers of the solver stand beside."""
    case = Case("ltc_autoncp8_1")
    circuit = case.circuit()
    for source in circuit.inputs:
        circuit.apply(SetKind(source.id, "constant"))
    cs.save(circuit, tmp_path / "net.circuit.json")
    columns = np.column_stack([case.times[:-1], case.arrays["input"]])
    (tmp_path / "in.csv").write_text(
        "t,u0,u1\n" + "".join(",".join(map(repr, row)) + "\n" for row in columns.tolist())
    )
    words = [
        "run",
        str(tmp_path / "net.circuit.json"),
        "--solver",
        "ncps",
        "--input",
        str(tmp_path / "in.csv"),
    ]
    assert main([*words, "--out", str(tmp_path / "out.csv")]) == 0
    found = table(tmp_path / "out.csv")
    assert found["t"].tolist() == list(range(61))
    for k in range(8):
        np.testing.assert_allclose(found[f"v_n{k}"][1:], case.arrays["hidden_f64"][:, k], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["output_y0"][1:], case.arrays["output_f64"][:, 0], rtol=0, atol=1e-12)
    more = [*words, "--unfolds", "24", "--epsilon", "0", "--out", str(tmp_path / "more.csv")]
    assert main(more) == 0
    stamp = json.loads((tmp_path / "more.csv.json").read_text())
    assert stamp["parameters"] == {"unfolds": 24.0, "epsilon": 0.0}
    off = np.abs(table(tmp_path / "more.csv")["v_n0"][1:] - case.arrays["ode_truth"][:, 0]).max()
    assert off <= case.facts["fused_error_by_unfolds"]["24"] + 1e-6
    capfd.readouterr()
    for option, value in (
        ("--unfolds", "0"),
        ("--unfolds", "2.5"),
        ("--epsilon", "-1"),
        ("--epsilon", "nan"),
    ):
        assert main([*words, option, value, "--out", str(tmp_path / "no.csv")]) != 0
        assert option.strip("-") in capfd.readouterr().err
