"""Cycles are looked for between frames, in the thread of the window."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest

from circuitsim.app.window import garbage
from circuitsim.app.window.frames import Frames

pytestmark = pytest.mark.gui
ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="its C library is the one that keeps what is free"
)


class Knot:
    """Holds itself."""

    def __init__(self, died):
        self.itself = self
        weakref.finalize(self, lambda: died.append(threading.current_thread()))


def test_a_cycle_goes_at_a_frame_and_nowhere_else(window, qtbot):
    died = []
    assert not gc.isenabled()
    window.frames.stop()

    def work():
        Knot(died)
        del [[] for _ in range(3 * gc.get_threshold()[0])][:]

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    kept = [[] for _ in range(3 * gc.get_threshold()[0])]
    assert not died
    window.frames.start()
    qtbot.waitUntil(lambda: bool(died))
    assert died == [threading.main_thread()]
    del kept


def test_what_stays_is_not_looked_at_again(window):
    before = gc.get_freeze_count()
    garbage.settle()
    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
    assert isinstance(window.frames, Frames)


def resident():
    """MB of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@ON_LINUX
def test_what_is_free_is_given_back_to_the_system():
    garbage.give_back()
    blocks = [
        bytearray(100_000) for _ in range(600)
    ]  # too small for the C library to give them back by itself
    last = blocks[-1]
    del blocks
    before = resident()
    garbage.give_back()
    assert before - resident() > 40
    assert len(last) == 100_000


LARGE_BESIDE_SMALL = """
import os, sys
from pathlib import Path
from circuitsim.app.window import garbage

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

if sys.argv[1] == "apart":
    garbage.keep_large_apart()
del [b"x" * 20_000_000][:]  # by itself, the C library keeps whatever is smaller from now on
large, small = [], []
for _ in range(30):
    large.append(b"x" * 2_000_000)
    small.append(b"x" * 100_000)
before = resident()
del large[:]
print(before - resident())
"""


@ON_LINUX
@pytest.mark.parametrize(("how", "at_least", "at_most"), [("apart", 50, 60), ("by itself", 0, 5)])
def test_large_blocks_go_back_at_once_whatever_went_before(how, at_least, at_most):
    """In a process of its own: in this one there are holes that large blocks fit into."""
    run = [sys.executable, "-c", LARGE_BESIDE_SMALL, how]
    freed = float(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    assert at_least <= freed <= at_most


@pytest.mark.usefixtures("window")
def test_modules_are_not_looked_at():
    """Numba alone makes a hundred thousand objects; a look at all of them is a pause that is seen."""
    garbage.keep_to_this_thread()
    try:
        known = {id(o) for o in gc.get_objects()}
        assert id(sys.modules) not in known
        assert len(known) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
