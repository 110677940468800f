"""Kernels compiled by another process: the same numbers, without numba here; and what happens if that process cannot."""

from __future__ import annotations

import subprocess
import sys

import pytest

from circuitsim.dynamics import apart, field

RUN = """
import sys
from engine_circuits import random_circuit
from circuitsim.dynamics import build
from circuitsim.engine.run import run
{}
print(run(random_circuit(3), duration=0.5, dt=0.02, solver="rk4").v[-1].tolist())
print("numba" in sys.modules)
"""


def ran(first: str, monkeypatch: pytest.MonkeyPatch, cache: object) -> list[str]:
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(cache))
    code = f"import sys; sys.path[:] = {sys.path!r}\n{RUN.format(first)}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=250
    )
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_other_process_compiles_what_this_one_would_have(monkeypatch, tmp_path):
    assert ran("build.compile_apart()", monkeypatch, tmp_path / "apart") == [
        *ran("", monkeypatch, tmp_path / "here")[:1],
        "False",
    ]


def test_a_function_that_is_none_of_the_kernels_is_left_to_this_process():
    compiler = apart.Compiler()
    assert not compiler.compile(test_a_function_that_is_none_of_the_kernels_is_left_to_this_process, "STEP")


@pytest.mark.parametrize("code", ["raise SystemExit", "print('what?')", "import os; os._exit(3)"])
def test_a_process_that_fails_is_given_up_and_leaves_nothing_behind(monkeypatch, code):
    monkeypatch.setattr(apart, "CODE", code)
    compiler = apart.Compiler()
    assert not compiler.compile(field.advance, "ADVANCE")
    compiler.close()


def test_modules_that_lie_about_where_it_is_started_are_not_imported(monkeypatch, tmp_path):
    (tmp_path / "lying_about.py").write_text("")
    monkeypatch.chdir(tmp_path)
    look = "import sys, importlib.util as u; sys.stdin.readline(); print(u.find_spec('lying_about') or 'done', flush=True)"
    monkeypatch.setattr(apart, "CODE", look)
    compiler = apart.Compiler()
    assert compiler.compile(field.advance, "ADVANCE")
    compiler.close()


def test_a_process_that_ended_for_want_of_questions_is_started_again(monkeypatch):
    once = "import sys; sys.stdin.readline(); print('done', flush=True)"
    monkeypatch.setattr(apart, "CODE", once)
    compiler = apart.Compiler()
    assert compiler.compile(field.advance, "ADVANCE")
    assert compiler.compile(field.advance, "ADVANCE")
    compiler.close()
