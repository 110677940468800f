"""A second thread for circuits that are large enough to pay for it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from circuitsim.dynamics.turns import HELPED, HOME, MINE, THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Ints

SHARED = 40_000  # slots of a block from which on it is done in pieces and two threads are faster than one (decision 18)
QUOTA = Path(
    "/sys/fs/cgroup/cpu.max"
)  # processor time and the period in which it is granted, in microseconds
THREADS = "CIRCUITSIM_THREADS"  # name of the environment variable that says how many threads a run may have


def processors() -> int:
    """How many processors this process may use, or how many threads it is told to."""
    told = os.environ.get(THREADS, "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    known = getattr(os, "sched_getaffinity", None)
    there = len(known(0)) if known else os.cpu_count() or 1
    return max(1, min(there, _granted()))


def _granted() -> int:
    """How many processors a container grants; more than any where it sets no limit."""
    with suppress(OSError, ValueError):
        quota, period = QUOTA.read_text(encoding="ascii").split()
        return int(quota) // int(period)  # "max" is no number
    return sys.maxsize


def worth_sharing(synapses: Ints) -> bool:
    """Whether one of the blocks of `Tables.synapses` is to be done in pieces."""
    return bool(((synapses[:, 4] >= SHARED) & (synapses[:, 7] == 0)).any())


@contextmanager
def helped(tables: Tables) -> Iterator[None]:
    """A thread helps with a large circuit as long as this lasts."""
    from circuitsim.dynamics import build

    turns = tables.turns
    turns[MINE], turns[THEIRS], turns[HOME], turns[HELPED] = 0, 0, 0, 1
    thread = Thread(target=build.assist(), args=(tables,), name="circuitsim-helper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        turns[HOME], turns[HELPED] = 1, 0
        thread.join()
