"""Files and functions stay small, and nothing unfinished is committed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "circuitsim").rglob("*.py"))
FILE_LINES = 400
FUNCTION_LINES = 60
SOLVER_LINES = 90
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_file_and_its_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= FILE_LINES
    limit = SOLVER_LINES if name(path).startswith("circuitsim/dynamics/solvers/") else FUNCTION_LINES
    long = {
        node.name: lines
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > limit
    }
    assert not long, f"functions above {limit} lines: {long}"


def test_nothing_unfinished_is_committed() -> None:
    files = [
        path
        for folder in ("circuitsim", "tests", "docs", "packaging", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".sh", ".md", ".toml", ".json", ""} and path.is_file()
    ]
    files += [
        ROOT / name for name in ("README.md", "CHANGELOG.md", "pyproject.toml") if (ROOT / name).exists()
    ]
    found = [
        f"{name(path)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert len(files) > len(SOURCES)
    assert not found
