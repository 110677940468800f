"""Compiled kernels on disk: never those of other sources, never spoilt, and not needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from circuitsim.dynamics import code_store

RUN = """
import sys
from engine_circuits import random_circuit
from circuitsim.engine.run import run
found = run(random_circuit(3), duration=0.5, dt=0.02, solver="rk4").v[-1].tolist()
print(found, "compiled" if "numba" in sys.modules else "loaded")
"""


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A copy of the sources of the kernels that takes their place where the folder of the cache is named."""
    here = Path(code_store.__file__).parents[1]
    for package in ("dynamics", "spec"):
        shutil.copytree(here / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(code_store, "__file__", str(tmp_path / "dynamics" / "store.py"))
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def start(cache: Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(Path(__file__).parents[1] / "engine"), *sys.path])
    env = {**os.environ, "CIRCUITSIM_CACHE_DIR": str(cache), "PYTHONPATH": paths}
    return subprocess.Popen(
        [sys.executable, "-c", RUN], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert not err
    numbers, _, how = out.strip().partition("] ")
    return numbers, how


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("dynamics/synapses/chemical.py", "g[j] * steepness", "2.0 * g[j] * steepness"),
        ("spec/curve.py", "MOST = 2, 32", "MOST = 2, 33"),  # a constant that kernels of splines hold
    ],
)
def test_an_edited_kernel_has_a_folder_of_its_own(sources, file, old, new):
    before = code_store.folder()
    text = (sources / file).read_text()
    assert old in text
    (sources / file).write_text(text.replace(old, new))
    assert code_store.folder() != before


@pytest.mark.parametrize("file", ["dynamics/synapses/another.py", "spec/another.py"])
def test_a_new_helper_of_kernels_has_a_folder_of_its_own(sources, file):
    before = code_store.folder()
    (sources / file).write_text("")
    assert code_store.folder() != before


def test_whatever_a_kernel_can_read_is_among_the_sources_that_count():
    """All of our modules that a process has imported that compiles; the package itself says nothing but its name."""
    code = f"""
import sys; sys.path[:] = {sys.path!r}
from circuitsim.dynamics import inventory, compiler
inventory.every()
compiler.prepare()
print(*(module.__file__ for name, module in sys.modules.items() if name.startswith("circuitsim.")), sep="\\n")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=100
    )
    read = set(map(Path, done.stdout.splitlines()))
    assert Path(code_store.__file__) in read
    assert not read - set(code_store.sources())


@pytest.mark.parametrize(
    "name", ["NUMBA_OPT", "NUMBA_CPU_NAME", "NUMBA_BOUNDSCHECK", "NUMBA_ANY_THAT_MAY_COME"]
)
@pytest.mark.usefixtures("sources")
def test_other_settings_of_the_compiler_have_a_folder_of_their_own(monkeypatch, name):
    monkeypatch.delenv(name, raising=False)
    folders = [code_store.folder()]
    for value in ("0", "1"):
        monkeypatch.setenv(name, value)
        folders.append(code_store.folder())
    assert len(set(folders)) == 3


@pytest.mark.usefixtures("sources")
def test_settings_that_change_no_code_change_no_folder(monkeypatch):
    before = code_store.folder()
    for name in ("NUMBA_NUM_THREADS", "NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT", "ANYTHING_ELSE"):
        monkeypatch.setenv(name, "1")
    assert code_store.folder() == before


def test_a_file_of_settings_has_a_folder_of_its_own(sources, monkeypatch):
    monkeypatch.chdir(sources)
    before = code_store.folder()
    (sources / ".numba_config.yaml").write_text("opt: 0")
    assert code_store.folder() != before


def test_an_edition_is_told_by_a_file_of_the_package_else_by_its_metadata(tmp_path, monkeypatch):
    package = tmp_path / "a_compiler"
    package.mkdir()
    (package / "__init__.py").write_text("raise AssertionError('it must not be imported')")
    (package / "_version.py").write_text("version = 1")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert code_store._edition("a_compiler") == b"version = 1"
    assert code_store._edition("platformdirs").decode() == version("platformdirs")  # it has no such file


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("circuitsim.dynamics.code_store._edition", lambda _package: b"0.0"),
        ("llvmlite.binding.get_host_cpu_name", lambda: "another"),
    ],
)
@pytest.mark.usefixtures("sources")
def test_another_compiler_or_processor_has_a_folder_of_its_own(monkeypatch, what, other):
    before = code_store.folder()
    monkeypatch.setattr(what, other)
    assert code_store.folder() != before


@pytest.mark.slow
def test_two_processes_that_start_at_once_spoil_nothing(tmp_path):
    cache = tmp_path / "cache"
    both = [start(cache) for _ in range(2)]
    first, second = (told(process) for process in both)
    third = told(start(cache))
    assert first[0] == second[0] == third[0]
    assert third[1] == "loaded"


@pytest.mark.slow
def test_where_nothing_can_be_written_kernels_stay_in_memory(tmp_path):
    """A home that is a file stands for one that is read-only, which does not stop root."""
    home = tmp_path / "home"
    home.write_text("")
    numbers, how = told(start(home))
    assert numbers
    assert how == "compiled"
    assert home.read_text() == ""


@pytest.mark.slow
@pytest.mark.parametrize("spoilt", [b"no head", None])
def test_a_damaged_file_is_compiled_again(tmp_path, spoilt):
    cache = tmp_path / "cache"
    expected = told(start(cache))[0]
    (kept,) = cache.glob("kernels/*/field-advance.kernel")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if spoilt is None else spoilt)
    assert told(start(cache)) == (expected, "compiled")
    assert told(start(cache)) == (expected, "loaded")
