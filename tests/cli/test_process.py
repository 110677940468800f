"""The program as a process: without Qt, quick to answer, ended by signals and closed pipes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from circuitsim.cli.main import guarded

BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Blocked())
from circuitsim.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def process(*words: str, code: str | None = None, **options: object) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["-m", "circuitsim"]
    return subprocess.run(
        [sys.executable, *start, *words], capture_output=True, text=True, check=False, timeout=120, **options
    )  # type: ignore[call-overload, no-any-return]


def test_the_command_line_works_where_qt_cannot_be_imported(pair: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = process("run", str(pair), "--duration", "0.1", "--out", str(out), code=BLOCKED)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"error (about|below) \S+\n", done.stdout)
    assert out.read_text().startswith("t,v_A")


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_simple_questions_are_answered_at_once(word: str) -> None:
    code = "import sys\nfrom circuitsim.__main__ import main\nmain(sys.argv[1:])\n"
    heavy = "assert not {'numba', 'scipy', 'numpy', 'PySide6', 'msgspec'} & set(sys.modules), 'too much is imported'"
    begin = time.perf_counter()
    done = process(word, code=code + heavy)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.perf_counter() - begin < 2.0  # a loaded machine; the imports are what counts


def test_bad_input_is_status_2_and_no_traceback(tmp_path: Path) -> None:
    bad = tmp_path / "x.circuit.json"
    bad.write_bytes(b"\x00\x01")
    done = process("run", str(bad), "--out", str(tmp_path / "x.csv"))
    assert done.returncode == 2
    assert (
        done.stderr == f"circuitsim: {bad}: this is a binary file, not text in UTF-8; choose another file.\n"
    )


def test_a_full_standard_output_is_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "circuitsim", "kinds"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "circuitsim: no space left on device; check the disk and the path.\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_streams_that_are_closed_are_done_without(closed: str, pair: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    line = f'exec "{sys.executable}" -m circuitsim run "{pair}" --duration 0.1 --out "{out}" {closed}'
    assert subprocess.run(["bash", "-c", line], check=False, timeout=120).returncode == 0
    assert out.exists()


def test_a_warning_that_nobody_can_read_spoils_nothing(pair: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "circuitsim", "run", pair, "--duration", "9", "--dt", "9", "--out", out],
            stderr=full, check=False, timeout=120,
        )  # fmt: skip
    assert done.returncode == 0
    assert out.exists()


def test_a_closed_pipe_is_left_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "circuitsim", "kinds"],
            stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
def test_a_signal_ends_a_long_run_without_half_a_file(
    number: signal.Signals, status: int, pair: Path, tmp_path: Path
) -> None:
    words = ["run", str(pair), "--duration", "1e6", "--dt", "0.0001", "--every", "1000"]
    running = subprocess.Popen(
        [sys.executable, "-c", SIGNALLING, *words, "--out", str(tmp_path / "out.csv")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.readline() == "running\n"
    running.send_signal(number)
    _, err = running.communicate(timeout=60)
    assert running.returncode == status, err
    assert err.count("\n") == 1
    assert {p.name for p in tmp_path.iterdir()} == {"pair.circuit.json"}


def test_a_request_to_end_is_told_as_one_whatever_a_library_makes_of_it(capsys):
    def work() -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt as ending:
            raise ValueError("a callback failed") from ending
        return 0

    assert guarded(work) == 143
    assert capsys.readouterr().err.startswith("circuitsim: Ended from outside")


SIGNALLING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from circuitsim.cli import progress
draw = progress.Progress.__call__
def told(self, fraction):
    if not getattr(self, "told", False):
        self.told = True
        print("running", flush=True)
    return draw(self, fraction)
progress.Progress.__call__ = told
from circuitsim.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
