"""What is compiled ahead: all that a run can need, once, and no more than is missing."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from circuitsim.api import load
from circuitsim.cli.main import main
from circuitsim.dynamics import build, inventory, precompile
from circuitsim.engine.compile import compile_program, with_derivatives
from circuitsim.engine.session import Session
from circuitsim.io.examples import examples
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.precision import PRECISIONS

RUN = """
import sys
from circuitsim.engine.run import run
from circuitsim.io.examples import examples
from circuitsim.api import load
for example in examples():
    run(load(example.path), duration=0.1, dt=0.01)
assert "numba" not in sys.modules
"""

INTERRUPTED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from circuitsim.__main__ import main
sys.exit(main(["compile"]))
"""


@pytest.fixture
def asked(monkeypatch):
    """The kernels that were asked for, with their shapes."""
    found = set()
    made = build._entry

    def noted(function, shape):
        found.add((function, shape))
        return made(function, shape)

    for cached in (build._listed, build.advance, build.field, build.derivatives, build.assist):
        cached.cache_clear()
    monkeypatch.setattr(build, "_entry", noted)
    return found


def test_every_kernel_that_the_examples_need_is_among_them(asked):
    for example in examples():
        circuit = load(example.path)
        for precision in PRECISIONS:
            with_derivatives(compile_program(circuit, precision))
        for solver in kinds().solvers:
            if not kinds().solvers[solver].calls:
                Session(circuit, solver, 0.01).advance(1)
    build.derivatives()
    build.assist()
    build.share()
    assert {shape for _, shape in asked} > {"STEP", "ADVANCE", "RATES", "ACCUMULATE", "VALUE", "SLOPES"}
    assert asked <= set(inventory.every())


def test_none_is_compiled_twice():
    names = [build.name_of(function) for function, _ in inventory.every()]
    assert len(names) == len(set(names))


@pytest.fixture
def two(monkeypatch, tmp_path):
    """An empty folder, and two kernels that are all there are, compiled by a thread in the place of a process."""
    monkeypatch.setattr(build, "_folder", lambda: tmp_path)
    stimuli = kinds().stimuli
    few = [(stimuli[name].value, "VALUE") for name in ("constant", "step")]
    monkeypatch.setattr(inventory, "every", lambda: few)
    monkeypatch.setattr("circuitsim.engine.helper.processors", lambda: 1)
    monkeypatch.setattr(precompile, "ProcessPoolExecutor", lambda count, **_: ThreadPoolExecutor(count))
    build._entry.cache_clear()
    return tmp_path


def test_only_what_is_missing_is_compiled(two, capfd):
    assert main(["compile"]) == 0
    assert capfd.readouterr().out == f"2 kernels compiled, 0 there before, in {two}\n"
    before = {path: path.stat().st_mtime_ns for path in two.iterdir()}
    assert len(before) == 2
    lost = next(iter(before))
    lost.unlink()
    build._entry.cache_clear()
    assert main(["compile"]) == 0
    assert capfd.readouterr().out == f"1 kernel compiled, 1 there before, in {two}\n"
    assert lost.exists()
    assert all(path.stat().st_mtime_ns == then for path, then in before.items() if path != lost)


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, capfd):
    monkeypatch.setattr(build, "_folder", lambda: None)
    assert main(["compile"]) == 2
    assert "the folder for compiled kernels: cannot be written to" in capfd.readouterr().err


def test_what_finds_no_room_on_the_disk_is_told_in_a_sentence(two, monkeypatch, capfd):
    write = Path.write_bytes

    def once(path: Path, data: bytes) -> int:
        if list(two.glob("*.kernel")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", once)
    assert main(["compile"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err == (
        f"circuitsim: {two}: 1 of 2 kernels could not be kept there (no space left on device); "
        "make room, or set CIRCUITSIM_CACHE_DIR to a folder elsewhere.\n"
    )
    assert len(list(two.iterdir())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_interruption_ends_all_at_once_and_leaves_what_is_done(monkeypatch, tmp_path, processes):
    """Ctrl+C goes to every process that a terminal has started, as here to a group."""
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("CIRCUITSIM_THREADS", processes)
    code = f"import sys; sys.path[:] = {sys.path!r}\n{INTERRUPTED}"
    running = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + 100.0
    while not list(tmp_path.glob("kernels/*/*.kernel")):
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    told = running.communicate(timeout=100)  # until all have closed what they write to
    assert told == ("", "circuitsim: Interrupted; nothing was left half written.\n")
    assert running.returncode == 130
    kept = [path.name for path in tmp_path.glob("kernels/*/*")]
    assert 1 <= len(kept) < len(inventory.every()) // 2
    assert all(name.endswith(".kernel") for name in kept)


@pytest.mark.slow
def test_afterwards_nothing_waits(monkeypatch, tmp_path):
    """All of them, by as many processes as there are processors; then the examples run without the compiler."""
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path))
    command = [sys.executable, "-m", "circuitsim", "compile"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.startswith(f"{len(inventory.every())} kernels compiled, 0 there before, in {tmp_path}")
    subprocess.run([sys.executable, "-c", RUN], check=True)
