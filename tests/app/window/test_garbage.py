"""Cycles are looked for between frames, in the thread of the window."""

from __future__ import annotations

import gc
import os
import sys
import threading
import weakref
from pathlib import Path

import pytest

from circuitsim.app.window import garbage
from circuitsim.app.window.frames import Frames

pytestmark = pytest.mark.gui


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


@pytest.mark.skipif(
    sys.platform != "linux", reason="the C library of Linux is the one that keeps what is free"
)
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
