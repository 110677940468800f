"""Test files are told apart by their names alone, whatever folder they are in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_no_two_test_files_have_one_name() -> None:
    names = Counter(path.name for path in TESTS.rglob("test_*.py"))
    assert names[Path(__file__).name] == 1
    assert not [name for name, count in names.items() if count > 1]
