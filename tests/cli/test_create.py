"""circuitsim create: the same networks as in Python, and a sentence for what makes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import circuitsim as cs
from circuitsim.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (
            "auto_ncp --units 8 --output-size 2 --inputs 3 --seed 7",
            {"wiring": "auto_ncp", "units": 8, "output_size": 2, "inputs": 3, "seed": 7},
        ),
        (
            "ncp --family cfc_wired --mode pure --mixed-memory yes",
            {"wiring": "ncp", "family": "cfc_wired", "mode": "pure", "mixed_memory": True},
        ),
        (
            "random --sparsity-level 0.75 --stimulus sine --constraints explicit",
            {"wiring": "random", "sparsity_level": 0.75, "stimulus": "sine", "constraints": "explicit"},
        ),
        ("cfc --units 4 --activation gelu", {"wiring": "cfc", "units": 4, "activation": "gelu"}),
    ],
)
def test_a_network_is_written(
    words: str, arguments: dict[str, float], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.circuit.json"
    kind, *options = words.split()
    assert main(["create", kind, str(path), *options]) == 0
    written = cs.load(path)
    assert written == cs.network(**arguments)  # type: ignore[arg-type]  # keywords by name
    out, err = capfd.readouterr()
    assert f"{len(written.neurons)} neurons" in out
    assert err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("zzz x.circuit.json", "there is no wiring 'zzz'; use one of: auto_ncp, "),
        (
            "auto_ncp x.circuit.json --units 5 --output-size 4",
            "output_size: 4 motor neurons leave 5 units too few",
        ),
        (
            "auto_ncp x.circuit.json --units many",
            "units: it cannot be many; give a whole number from 4 to 302.",
        ),
        ("auto_ncp x.circuit.json --seed 1.5", "seed: it cannot be 1.5; give a whole number from 0 to "),
        ("cfc x.circuit.json --inter-neurons 3", "CfC network: it has no 'inter_neurons'; use one of: "),
        ("cfc x.txt", "its name ends in .txt; a circuit can be written to"),
        ("cfc x.circuit.json --family ltc", "CfC network has no family; leave it out."),
    ],
)
def test_what_makes_no_network_is_one_sentence(
    words: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["create", *words.split()]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
