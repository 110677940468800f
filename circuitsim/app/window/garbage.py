"""Reference cycles are looked for in the GUI thread alone, and memory that is free goes back to the system.

Python looks for them in whatever thread makes an object at the wrong moment. Where a cycle holds something of Qt, that
thread then takes Qt's lock of connections and waits for the interpreter, while the GUI thread holds the interpreter and
waits for that lock: both stand still for ever.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from ctypes import CDLL
from time import monotonic

EVERY = 5.0  # s from one time when memory is given back to the next one
LARGE = 1 << 20  # bytes from which on memory is given back as soon as it is free
LIMIT = -3  # number of the limit for that (M_MMAP_THRESHOLD of malloc.h)

_given_back = 0.0


def keep_to_this_thread() -> None:
    """Look for cycles no longer by chance; `collect` does it, and leaves out what there is by now.

    That is modules for the most part: one look at them took 0.2 s.
    """
    gc.disable()
    gc.freeze()
    keep_large_apart()


def keep_large_apart() -> None:
    """Let each large block of memory, such as a picture, go back to the system as soon as it is free.

    The C library of Linux begins that way, but takes the size of the largest block that went for its limit from then on, up to 32 MB.
    Pictures then stand among small things, which leaves holes between them: 10 MB within minutes.
    """
    with suppress(AttributeError, OSError, TypeError):  # others have no such call
        CDLL(None).mallopt(LIMIT, LARGE)


def collect() -> None:
    """Look for cycles if as many objects were made as Python would have waited for, and give memory back; after every frame."""
    if gc.isenabled():
        return
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            _give_back_now_and_then()
            return


def _give_back_now_and_then() -> None:
    global _given_back
    now = monotonic()
    if now - _given_back > EVERY:
        _given_back = now
        give_back()


def give_back() -> None:
    """Let the system have memory that is free.

    The C library of Linux keeps it, 20 MB after a few circuits. To give it back takes half a millisecond.
    """
    with suppress(AttributeError, OSError, TypeError):  # others have no such call, or give back by themselves
        CDLL(None).malloc_trim(0)


def keep() -> None:
    """Take what a start has made for what stays, without looking through it, which would take long now."""
    gc.freeze()


def settle() -> None:
    """Take what there is once the window stands for what stays, so that later looks are short."""
    gc.collect()
    gc.freeze()
