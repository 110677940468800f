"""Run a verb and turn whatever happens into an exit status and at most one sentence."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from circuitsim.cli.output import say
from circuitsim.cli.parser import parse
from circuitsim.spec.issue import InputError, RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DONE, FAILED, BAD_INPUT, INTERRUPTED, TERMINATED, CLOSED = 0, 1, 2, 130, 143, 141

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class _Terminated(KeyboardInterrupt):
    """The system asked the program to end."""


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says.

    Args:
        arguments: What follows the name of the program.

    Returns:
        0 done, 1 the run failed, 2 bad input or usage, 130 interrupted.
    """

    def verb() -> int:
        chosen, values = parse(arguments)
        return chosen.run(values)

    return guarded(verb)


def guarded(work: Callable[[], int]) -> int:
    """The exit status of some work; errors become one sentence on standard error."""
    asked: list[KeyboardInterrupt] = []
    try:
        with _ended_by_signal(asked):
            status = work()
            if sys.stdout is not None:  # closed by whoever started the program
                sys.stdout.flush()
            return status
    except SystemExit as end:  # --help and --version
        return end.code if isinstance(end.code, int) else DONE
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("CIRCUITSIM_TRACEBACK"):
            raise
        return _report(asked[0] if asked else error)


def _report(error: BaseException) -> int:
    """Say what happened in a sentence and return the exit status."""
    match error:
        case InputError():
            return _say(error.sentence, BAD_INPUT)
        case RunError():
            return _say(error.sentence, FAILED)
        case _Terminated():
            return _say("Ended from outside; nothing was left half written.", TERMINATED)
        case KeyboardInterrupt():
            return _say("Interrupted; nothing was left half written.", INTERRUPTED)
        case BrokenPipeError():
            _drop_output()
            return CLOSED
        case MemoryError():
            return _say("There is not enough memory; make the run shorter or --every larger.", FAILED)
        case OSError():
            _drop_output()
            name = f"{error.filename}: " if error.filename else ""
            reason = (error.strerror or str(error)).lower()
            return _say(f"{name}{reason}; check the disk and the path.", BAD_INPUT)
    text = " ".join(f"{type(error).__name__}: {error}".split())
    hint = "set CIRCUITSIM_TRACEBACK=1 to see where, and report it"
    return _say(f"This is a mistake in circuitsim, not yours ({text}); {hint}.", FAILED)


def _say(sentence: str, status: int) -> int:
    say(sentence)
    return status


def _drop_output() -> None:
    """Send what is still to be printed nowhere, so that leaving does not fail once more."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def _ended_by_signal(asked: list[KeyboardInterrupt]) -> Iterator[None]:
    """Let the request to end unwind the program as Ctrl+C does, so that half files are removed.

    The request is kept too: what is raised in the midst of a library may come out of it as another error.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: object) -> NoReturn:
        asked.append(_Terminated())
        raise asked[-1]

    before = {number: signal.signal(number, end) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
