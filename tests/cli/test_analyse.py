"""The verb `analyse`: a laboratory says what it shows and how far it holds wherever it is met."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from circuitsim.analysis import analyses
from circuitsim.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.analysis import Analysis

ALL = pytest.mark.parametrize("laboratory", analyses().values(), ids=lambda a: a.id)


def sentences(laboratory: Analysis) -> tuple[str, ...]:
    return laboratory.doc, laboratory.holds, laboratory.avoid, laboratory.reference


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@ALL
def test_help_says_how_far_each_holds(laboratory, capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    assert main(["analyse", "--help"]) == 0
    out, _ = capfd.readouterr()
    assert all(unwrapped(sentence) in unwrapped(out) for sentence in sentences(laboratory))
    assert all(f"    {option.name}: " in out for option in laboratory.options)
    assert max(map(len, out.splitlines())) <= 90


@ALL
def test_a_result_says_how_far_it_holds_as_text_and_in_its_file(laboratory, pair, tmp_path: Path, capfd):
    out = tmp_path / "result.json"
    assert main(["analyse", str(pair), laboratory.id, "--out", str(out)]) == 0
    text, err = capfd.readouterr()
    assert err == ""
    assert text.startswith(f"{laboratory.title}. {laboratory.doc}\n")
    assert all(sentence in text for sentence in sentences(laboratory))
    found = json.loads(out.read_bytes())
    assert [found[name] for name in ("analysis", "shows", "holds", "avoid", "reference")] == [
        laboratory.id,
        *sentences(laboratory),
    ]
    assert [f["text"] for f in found["findings"]]
    assert all(f["text"] in text for f in found["findings"])
