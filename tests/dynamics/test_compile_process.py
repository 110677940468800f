"""Kernels compiled by other processes: the same numbers, without numba here; and what happens if these cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from circuitsim.dynamics import build, code_store, compile_process, field, inventory
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import RunError

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
def test_other_processes_compile_what_this_one_would_have(monkeypatch, tmp_path):
    """Started before anything is asked or not, where the system can fork or not: the same numbers, and no numba here."""
    here = ran("", monkeypatch, tmp_path / "here")[0]
    for k, call in enumerate(("", "begin=True")):
        assert ran(f"build.compile_in_processes({call})", monkeypatch, tmp_path / str(k)) == [here, "False"]
    apart = "import os; del os.fork; from circuitsim.dynamics import compile_process; build.compile_in_processes()"
    assert ran(apart, monkeypatch, tmp_path / "apart") == [here, "False"]


def test_a_function_that_is_none_of_the_kernels_is_left_to_this_process():
    compiler = compile_process.Compiler()
    assert not compiler.compile(test_a_function_that_is_none_of_the_kernels_is_left_to_this_process, "STEP")


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """A compiler whose processes run some code, with an empty folder; ended afterwards."""
    monkeypatch.setattr(build, "_folder", lambda: tmp_path)
    made = []

    def go(code):
        monkeypatch.setattr(compile_process, "CODE", code)
        made.append(compile_process.Compiler())
        return made[-1]

    yield go
    for compiler in made:
        compiler.close()


STEP = kinds().solvers["rk4"].step, "STEP"
ADVANCE = field.advance, "ADVANCE"  # which they begin with by themselves
ONE = "import sys; sys.stdout.write(sys.stdin.readline()); sys.stdout.flush()"


@pytest.mark.parametrize("code", ["raise SystemExit", "print('what?')", "import os; os._exit(3)"])
@pytest.mark.parametrize("kernel", [STEP, ADVANCE])
def test_a_process_that_fails_is_given_up_and_leaves_nothing_behind(asked, code, kernel):
    assert not asked(code).compile(*kernel)


def test_a_process_that_cannot_keep_anything_is_not_asked_again(asked, tmp_path):
    log = tmp_path / "log"
    note = f"import sys\nfor line in sys.stdin:\n open({str(log)!r}, 'a').write(line)\n print('unkept', flush=True)"
    compiler = asked(note)
    assert not compiler.compile(*STEP)
    asked_for = log.read_text()
    assert asked_for
    assert not compiler.compile(*STEP)
    assert log.read_text() == asked_for


def test_a_process_on_a_full_disk_does_not_say_that_it_is_done(asked, tmp_path, monkeypatch):
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(compile_process.Compiler, "begin", lambda _: None)
    log = tmp_path / "log"
    value = kinds().stimuli["constant"].value, "VALUE"
    compiler = asked(f"""
import errno
from pathlib import Path
def full(path, data):
    open({str(log)!r}, "a").write("full")
    raise OSError(errno.ENOSPC, "full")
Path.write_bytes = full
{compile_process.CODE}""")
    assert not compiler.compile(*value)
    assert not compiler.compile(*value)
    assert log.read_text() == "full"


def test_modules_that_lie_about_where_it_is_started_are_not_imported(asked, monkeypatch, tmp_path):
    (tmp_path / "lying_about.py").write_text("")
    monkeypatch.chdir(tmp_path)
    look = "import sys, importlib.util as u; u.find_spec('lying_about') or sys.stdout.write(sys.stdin.readline())"
    assert asked(look).compile(*STEP)


@pytest.mark.parametrize("kernel", [STEP, ADVANCE])
def test_a_process_that_ended_for_want_of_questions_is_started_again(asked, kernel, monkeypatch):
    started = []

    def start():
        started.append(begin())
        return started[-1]

    begin = compile_process._start
    monkeypatch.setattr(compile_process, "_start", start)
    compiler = asked(ONE)
    assert compiler.compile(*kernel)
    before = len(started)
    for process in started:  # they have ended, but nobody has looked
        if process.returncode is None:
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert compiler.compile(*kernel)
    assert len(started) > before


def test_what_every_circuit_needs_is_asked_for_at_once_and_answered_in_turn(asked, tmp_path):
    """Also by a process that has answered before anybody waits, and of what is on disk nothing is asked."""
    log = tmp_path / "log"
    note = f"import sys\nfor line in sys.stdin:\n open({str(log)!r}, 'a').write(line)\n print(line, end='', flush=True)"

    def noted(*questions):
        end = time.monotonic() + 60.0
        while not log.exists() or log.read_text().split() != [str(question) for question in questions]:
            assert time.monotonic() < end
            time.sleep(0.01)

    compiler = asked(note)
    compiler.begin()
    field_, advance = (inventory.every().index(kernel) for kernel in inventory.common())
    noted(field_, advance)
    for kernel in (ADVANCE, (field.evaluate, "FIELD"), STEP):
        assert compiler.compile(*kernel)
    noted(field_, advance, field_, inventory.every().index(STEP))
    code_store.save(tmp_path, build.name_of(field.advance), code_store.Code(b"code", "f", "d", "d", ()))
    log.unlink()
    asked(note).begin()
    noted(field_)


def test_a_process_that_the_system_ends_is_told_of_and_its_kernel_is_not_compiled_here(asked):
    ended = "import os, signal, sys; sys.stdin.readline(); os.kill(os.getpid(), signal.SIGSEGV)"
    compiler = asked(ended)
    with pytest.raises(RunError, match="signal 11"):
        compiler.compile(*STEP)
    compile_process.CODE = ONE  # whose fault it was is over
    assert compiler.compile(*STEP)


@pytest.mark.skipif(not compile_process.FORKS, reason="this system cannot fork")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_was_made_by_another_and_is_ended_by_the_system_is_told_of_too(asked, sent):
    compiler = asked(f"""
import os
from circuitsim.dynamics import compile_process
compile_process._answer = lambda questions: os.kill(os.getpid(), {int(sent)})
compile_process.serve()""")
    with pytest.raises(RunError, match=f"signal {int(sent)}"):
        compiler.compile(*ADVANCE)


@pytest.mark.skipif(not compile_process.FORKS, reason="this system cannot fork")
def test_a_process_that_was_made_by_another_and_fails_is_given_up_at_once(asked):
    compiler = asked("""
from circuitsim.dynamics import compile_process
compile_process.SILENCE = 600.0
def fail(questions):
    raise MemoryError
compile_process._answer = fail
compile_process.serve()""")
    begun = time.monotonic()
    assert not compiler.compile(*ADVANCE)
    assert time.monotonic() < begun + 120.0


@pytest.mark.skipif(not compile_process.FORKS, reason="this system cannot fork")
def test_a_process_that_was_made_by_another_ends_with_it(asked, tmp_path):
    log = tmp_path / "log"
    compiler = asked(f"""
import os, time
from circuitsim.dynamics import compile_process
def answer(questions):
    open({str(log)!r}, "a").write(f"{{os.getpid()}} ")
    time.sleep(60.0)
compile_process._answer = answer
compile_process.serve()""")
    compiler.begin()
    compiler.foresee(*STEP)
    end = time.monotonic() + 60.0
    while not log.exists() or len(log.read_text().split()) < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    compiler.close()
    for pid in map(int, log.read_text().split()):
        while Path(f"/proc/{pid}").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text():
            assert time.monotonic() < end
            time.sleep(0.01)


def test_a_process_that_does_not_answer_is_given_up(asked, monkeypatch):
    monkeypatch.setattr(compile_process, "PATIENCE", 0.3)
    with pytest.raises(RunError, match="signal 9"):
        asked("import time; time.sleep(60)").compile(*STEP)


def test_who_waits_hears_of_the_end(asked):
    compiler, heard = asked("import time; time.sleep(60)"), []

    def wait():
        try:
            compiler.compile(*STEP)
        except RunError as error:
            heard.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.5)
    compiler.close()
    thread.join(20.0)
    assert len(heard) == 1
