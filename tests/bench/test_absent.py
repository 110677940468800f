"""Who cannot be compared is absent with a reason, and takes nobody along."""

from __future__ import annotations

import stat
import tempfile
from subprocess import CompletedProcess

import numpy as np
import pytest

from circuitsim.__main__ import main
from circuitsim.bench import attempt as attempts
from circuitsim.bench import bench as comparison
from circuitsim.bench._declare import Missing, Peer
from circuitsim.bench.bench import Absent, Row, Task, bench, peers
from circuitsim.bench.cases import CASES
from circuitsim.bench.measure import Pace
from circuitsim.bench.peers import _brian2, _compiled, limit
from circuitsim.bench.report import Report
from circuitsim.bench.workload import workload


class Panic(BaseException):
    """As libraries in other languages raise it."""


def compared(*asked):
    found = list(bench(["N19"], asked, lambda _: None, takes=0.001, rounds=2))
    rows = [found for found in found if isinstance(found, Row)]
    assert [row.task.solver for row in rows if row.id == "circuitsim"] == ["rk4", "fused"]
    return rows, [found for found in found if isinstance(found, Absent)]


def raising(error):
    def prepare(_work):
        raise error

    return prepare


def failing(error, calls):
    def prepare(_work):
        left = iter(range(calls))

        def run(_duration):
            if next(left, None) is None:
                raise error
            return np.zeros(CASES["N19"].neurons)

        return run

    return prepare


def fellow(prepare, name="fellow"):
    return Peer(name, name.title(), "rk4", prepare)


def test_who_is_not_installed_is_named_with_the_remedy():
    nobody = Peer(
        "nobody", "Nobody", "rk4", raising(Panic()), modules=("nobody_at_all",), remedy=lambda: "ask"
    )
    _, absent = compared(nobody)
    assert absent == [Absent("N19", "nobody", "Nobody", "it is not installed", "ask")]


@pytest.mark.parametrize(
    "error", [RuntimeError("two\nlines"), SystemExit(3), Panic("deep"), MemoryError()], ids=repr
)
def test_who_raises_when_it_is_made_ready_is_absent(error):
    rows, absent = compared(fellow(raising(error), "bad"), peers()["single_precision"])
    assert "single_precision" in {row.id for row in rows}
    assert [(found.id, found.case) for found in absent] == [("bad", "N19")]
    assert absent[0].reason.startswith(f"it fails when it is made ready: {type(error).__name__}")
    assert "\n" not in absent[0].reason


@pytest.mark.parametrize("calls", [0, 1, 4, 7, 10**9], ids="calls {}".format)
def test_who_raises_while_it_runs_is_absent(calls):
    most = min(calls, 10)
    rows, absent = compared(fellow(failing(Panic("deep"), most), "bad"), peers()["single_precision"])
    assert "single_precision" in {row.id for row in rows}
    assert [found.reason for found in absent] == ["it fails while it runs: Panic: deep"]


@pytest.mark.parametrize("states", [np.full(19, np.nan), np.zeros(3)], ids=["not finite", "too few"])
def test_who_gives_no_states_of_the_workload_is_absent(states):
    _, absent = compared(fellow(lambda _: lambda _: states))
    assert "not finite, or not as many" in absent[0].reason


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError()], ids=["plain", "in a library's error"]
)
def test_an_interruption_is_nobodys_failure(error):
    def wrapping(_work):
        error.__context__ = KeyboardInterrupt()
        raise error

    with pytest.raises(KeyboardInterrupt):
        compared(fellow(wrapping))


def test_the_command_says_who_is_absent_and_ends_well(capsys, monkeypatch):
    bad = {"bad": fellow(raising(RuntimeError("no luck " * 30)), "bad")}
    bad |= {"worse": Peer("worse", "Worse", "rk4", raising(Missing("no luck", "try harder")))}
    real = bench
    monkeypatch.setattr(comparison, "peers", lambda: bad)
    monkeypatch.setattr(
        comparison, "bench", lambda cases, asked, told: real(cases, asked, told, takes=0.001, rounds=1)
    )
    assert main(["bench", "--peers", "--case", "N19", "N64d"]) == 0
    printed = capsys.readouterr().out
    assert "\nBad (N19, N64d)\n  absent: it fails when it is made ready: RuntimeError: no luck" in printed
    assert "\nWorse (N19, N64d)\n  absent: no luck\n    try harder\n" in printed
    assert max(map(len, printed.splitlines())) <= 100


@pytest.fixture
def compiler(tmp_path, monkeypatch):
    """A compiler of which the test says what it does."""

    def made(script):
        path = tmp_path / "compiler"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(limit, "COMPILERS", (str(path),))
        limit._library.cache_clear()

    yield made
    limit._library.cache_clear()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "it ends with status 3 and says nothing"),
        ("echo 'x.cpp:1: error: what?' >&2; echo '   ^' >&2; exit 1", "x.cpp:1: error: what?"),
        ("echo 'no licence'; exit 1", "no licence"),
    ],
)
def test_a_compiler_that_fails_makes_the_limit_absent(script, said, compiler):
    compiler(script)
    _, absent = compared(peers()["limit"])
    assert absent[0].reason.endswith(f"does not compile it: {said}")


def test_a_library_that_may_not_be_loaded_makes_the_limit_absent(compiler):
    compiler('while [ "$1" != -o ]; do shift; done; echo nothing >"$2"')
    _, absent = compared(peers()["limit"])
    assert f"what was compiled in {tempfile.gettempdir()} may not be run" in absent[0].reason
    assert "set TMPDIR to a folder where it may" in absent[0].reason


def test_a_compiler_that_says_much_is_quoted_briefly():
    done = CompletedProcess([], 1, stdout="", stderr="error: " + "word " * 1000)
    assert len(_compiled.complaint(done)) <= attempts.WIDEST


def test_without_a_compiler_the_limit_is_missing(monkeypatch):
    monkeypatch.setattr(limit.shutil, "which", lambda _: None)
    limit._library.cache_clear()
    with pytest.raises(Missing, match=r"no C\+\+ compiler"):
        limit.PEER.prepare(workload(CASES["N19"]))


@pytest.mark.parametrize("error", [ImportError(), AttributeError(), TypeError()], ids=repr)
def test_brian2_beside_a_numpy_that_it_does_not_know_asks_for_its_own(error, monkeypatch):
    def failing(_name):
        raise error

    monkeypatch.setattr(_brian2, "import_module", failing)
    monkeypatch.setattr(_brian2.np, "__version__", "2.4.1")
    with pytest.raises(Missing, match=r"needs numpy below 2\.4\.0, not 2\.4\.1") as missing:
        _brian2.brian2()
    assert "[brian2]" in missing.value.remedy
    monkeypatch.setattr(_brian2.np, "__version__", "2.3.5")
    with pytest.raises(type(error)):
        _brian2.brian2()


def test_a_ratio_of_thousands_does_not_touch_its_neighbour():
    row = Row("N19", Task("rk4"), "slow", "Slow", Pace((1.0,), 0.0, 0.5), 123456.7, 0.1)
    assert "  123,000  " in Report.begun().line(row)
