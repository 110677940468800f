"""Processes of their own that compile, for programs that draw a window.

numba holds the lock of the interpreter for long. In a thread beside the window, its import alone held up drawing for a tenth of a
second. Here two processes compile and leave kernels on disk: what every circuit needs from the moment on when they are there,
and what is asked for meanwhile. Where the system can fork, the first one makes the second, which need not import numba again.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from threading import RLock, Timer
from typing import TYPE_CHECKING

from circuitsim.spec.issue import Issue, RunError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence

    from circuitsim.dynamics.build import Kernel

SILENCE = 20.0  # s without a question, after which a process ends
PATIENCE = 300.0  # s after which one that has not answered is given up: no kernel takes a tenth of that
BEHIND = 5  # how much less pressing its work is than what is drawn
CODE = "from circuitsim.dynamics.compile_process import serve; serve()"
FORKS = hasattr(os, "fork")
UNKEPT = "unkept"  # its answer if a kernel could not be left on disk


class Compiler:
    """Asks these processes."""

    def __init__(self) -> None:
        self._asked = _Process()
        self._common = self._asked if FORKS else _Process()
        self._begun = False

    def begin(self) -> None:
        """Start them, before anything is known of a circuit; once."""
        from circuitsim.dynamics.build import kept
        from circuitsim.dynamics.inventory import common, every

        if not self._begun:
            self._begun = True
            missing = [every().index((function, shape)) for function, shape in common() if not kept(function)]
            if missing:
                self._common.post(*missing)
            self._asked.post()

    def foresee(self, function: Kernel, shape: str) -> None:
        """Have a kernel compiled that will be asked for, unless others are being waited for; never waits."""
        from circuitsim.dynamics.inventory import every

        self.begin()
        self._asked.offer(every().index((function, shape)))

    def compile(self, function: Kernel, shape: str) -> bool:
        """Have a kernel compiled and kept on disk; False if it is none of those that there are, or if it cannot be."""
        from circuitsim.dynamics.inventory import common, every

        known, wanted = every(), (function, shape)
        if wanted not in known:
            return False
        self.begin()
        process = self._common if wanted in common() else self._asked
        return process.answered(known.index(wanted))

    def close(self) -> None:
        """End the processes that there are."""
        for process in (self._asked, self._common):
            process.close()


class _Process:
    """One of them, or both; started when there is something to ask, and once more if it has ended for want of questions."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._open: list[int] = []  # questions without an answer
        self._useless = False  # what it compiles cannot be kept: who asks compiles as fast
        self._lock = RLock()  # one thread asks at a time

    def post(self, *questions: int) -> None:
        """Ask, and do not wait for the answers; what cannot be asked is asked again by `answered`.

        Several at once are answered beside all others, where the system can fork.
        """
        with self._lock, suppress(OSError):
            if self._process is None:
                self._process = _start()
            if self._process.stdin is not None:
                if questions:
                    self._process.stdin.write(" ".join(map(str, questions)) + "\n")
                    self._process.stdin.flush()
                self._open += questions

    def offer(self, question: int) -> None:
        """Ask unless another thread waits for an answer."""
        if self._lock.acquire(blocking=False):
            try:
                self.post(question)
            finally:
                self._lock.release()

    def answered(self, question: int) -> bool:
        """Wait for an answer, and ask first if nobody has.

        Raises:
            RunError: If the system ended the process meanwhile, as it would end this one if it compiled that kernel.
        """
        with self._lock:
            for _ in range(2):
                if self._useless:
                    break
                if question not in self._open:
                    self.post(question)
                try:
                    if question in self._open and self._heard(question):
                        return True
                except RunError:
                    self.close()
                    raise
                self.close()
            return False

    def _heard(self, question: int) -> bool:
        """Whether all answers are to questions that were asked, until the one comes that is waited for."""
        process = self._process
        if process is None or process.stdout is None:
            return False
        limit = Timer(PATIENCE, _end, (process,))
        limit.start()
        try:
            while question in self._open:
                answer = process.stdout.readline().split()
                if not answer:
                    _look_why(process)
                if not answer or not set(answer) <= set(map(str, self._open)):
                    self._useless = answer == [UNKEPT]
                    return False
                for one in answer:
                    self._open.remove(int(one))
        finally:
            limit.cancel()
        return True

    def close(self) -> None:
        """End it, if there is one; who waits for an answer hears of it."""
        process, self._process, self._open = self._process, None, []
        if process is not None:
            _end(process)
            with self._lock:  # after it has heard
                process.communicate()


def _end(process: subprocess.Popen[str]) -> None:
    """End it at once, with the one that it has made."""
    if not FORKS:
        process.kill()
    elif process.returncode is None:  # else the number may be that of others by now
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _look_why(process: subprocess.Popen[str]) -> None:
    """Tell of a process that did not end by itself."""
    from subprocess import TimeoutExpired

    with suppress(TimeoutExpired):
        if (ended := process.wait(1.0)) < 0:
            problem = f"the process that compiles them was ended by signal {-ended}"
            raise RunError(Issue("the equations of the circuit", problem, "make memory free, and play again"))


def _start() -> subprocess.Popen[str]:
    """A Python like this one, which finds the same modules, and none that lie where it happens to be started."""
    import subprocess

    return subprocess.Popen(  # noqa: S603  (our own sentence)
        [sys.executable, "-P", "-c", CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # libraries that calculate with threads would be forked with them
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "OPENBLAS_NUM_THREADS": "1",
        },
        start_new_session=True,  # Ctrl+C is for who has started it
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def serve() -> None:
    """Compile what is asked for, until nobody is there or asks any more."""
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    gc.disable()
    wait = _patience()
    sys.modules["scipy"] = None  # type: ignore[assignment]  # numba asks it for BLAS, which no kernel calls
    from circuitsim.dynamics import compiler, inventory

    compiler.prepare()  # so much is done when the first question comes
    inventory.every()
    gc.freeze()  # numba stays: looking through it for cycles is a tenth of the work
    gc.enable()
    for line in sys.stdin:
        wait.cancel()
        wait.join()
        questions = [int(word) for word in line.split()]
        (_answer_beside if FORKS and len(questions) > 1 else _answer)(questions)
        wait = _patience()


def _answer(questions: Sequence[int]) -> None:
    """Compile kernels one after the other, and say of each when it is on disk."""
    from circuitsim.dynamics import build, inventory

    for question in questions:
        try:
            build.keep(*inventory.every()[question])
            answer = str(question)
        except OSError:
            answer = UNKEPT
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _answer_beside(questions: Sequence[int]) -> None:
    """The same in another process; if that is ended by the system, or fails, this one ends in the same way."""

    def look(*_given: object) -> None:
        with suppress(ChildProcessError):  # there is none any more
            which, status = os.waitpid(other, os.WNOHANG)
            if which == other and os.WIFSIGNALED(status):
                os.kill(os.getpid(), os.WTERMSIG(status))
            elif which == other and status:
                os._exit(1)

    if other := os.fork():
        signal.signal(signal.SIGCHLD, look)
        look()  # it may have ended already
        return
    failed = 1
    try:
        _answer(questions)
        failed = 0
    finally:
        os._exit(failed)


def _patience() -> Timer:
    timer = Timer(SILENCE, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer
