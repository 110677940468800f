"""Make very many objects at once."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def many_objects() -> Iterator[None]:
    """Do not look for cycles among objects while they are made: there are none, and all of them are looked at each time.

    Afterwards they count as old at once. A young object is looked through twice before it does.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            if not gc.get_freeze_count():  # what somebody has put aside stays there
                gc.freeze()
                gc.unfreeze()  # to the oldest generation
            gc.enable()
