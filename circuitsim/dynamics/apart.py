"""A process of its own that compiles, for programs that draw a window.

numba holds the lock of the interpreter for long. In a thread beside the window, its import alone held up drawing for a tenth of a
second. Here it is asked for kernels over a pipe, and leaves them on disk.
"""

from __future__ import annotations

import os
import sys
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

    from circuitsim.dynamics.build import Kernel

SILENCE = 20.0  # s without a question, after which the process ends
DONE = "done"
CODE = "from circuitsim.dynamics.apart import serve; serve()"


class Compiler:
    """Asks that process, and starts it when there is something to ask."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def compile(self, function: Kernel, shape: str) -> bool:
        """Have a kernel compiled and kept on disk; False if it is none of those that there are, or if it cannot be."""
        from circuitsim.dynamics.ahead import every

        known = every()
        if (function, shape) not in known:
            return False
        question = f"{known.index((function, shape))}\n"
        return self._asked(question) or self._asked(question)  # it may just have ended for want of questions

    def _asked(self, question: str) -> bool:
        try:
            if self._process is None:
                self._process = _start()
            pipes = self._process.stdin, self._process.stdout
            if pipes[0] is not None and pipes[1] is not None:
                pipes[0].write(question)
                pipes[0].flush()
                if pipes[1].readline().strip() == DONE:
                    return True
        except OSError:
            pass
        self.close()
        return False

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _start() -> subprocess.Popen[str]:
    """A Python like this one, which finds the same modules, and none that lie where it happens to be started."""
    import subprocess

    return subprocess.Popen(  # noqa: S603  (our own sentence)
        [sys.executable, "-P", "-c", CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def serve() -> None:
    """Compile what is asked for, until nobody is there or asks any more."""
    from circuitsim.dynamics import ahead, build

    known = ahead.every()
    wait = _patience()
    for line in sys.stdin:
        wait.cancel()
        build.kernel(*known[int(line)])
        sys.stdout.write(f"{DONE}\n")
        sys.stdout.flush()
        wait = _patience()


def _patience() -> Timer:
    timer = Timer(SILENCE, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer
