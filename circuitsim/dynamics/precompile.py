"""Compile kernels before anybody waits for them, in as many processes as there are processors."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING

from circuitsim.dynamics import build, inventory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def compile_kernels(wanted: Sequence[int], processes: int, told: Callable[[float], object]) -> None:
    """Compile some of them and keep them on disk.

    Other processes do it, even if it is one: Ctrl+C in the midst of the compiler comes out of it as another error, or
    once it is done.

    Args:
        wanted: Their places in `inventory.every`.
        processes: How many may work at once.
        told: Is told which part is done.

    Raises:
        OSError: If one cannot be kept; the others are not waited for.
    """
    if not wanted:
        return
    with _pool(min(processes, len(wanted))) as pool:
        with _unheard():  # processes are started here
            compiling = [pool.submit(_compile, k) for k in wanted]
        for done, one in enumerate(as_completed(compiling), 1):
            one.result()
            told(done / len(wanted))


def _compile(k: int) -> None:
    build.keep(*inventory.every()[k])


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that compile; whatever is raised meanwhile ends them at once, and what they have kept stays."""
    others = active_children()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_ignore)
    try:
        yield pool
    except BaseException:
        for process in active_children():
            if process not in others:
                process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _unheard() -> Iterator[None]:
    """Ctrl+C is told when this is over, and never to processes that are started meanwhile: it is ours to end them."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    held = hasattr(signal, "pthread_sigmask") and signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if held is not False:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        signal.signal(signal.SIGINT, before)
    if heard:
        signal.raise_signal(signal.SIGINT)


def _ignore() -> None:
    """The same for processes to which no signal can be denied when they are started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
