"""Processor time of the GUI thread from one wait for events to the next, and what it goes to."""

from __future__ import annotations

import signal
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

LONG = 0.03  # s; what longer turns go to is told
LOOK = 0.002  # s of processor time of the process between two looks
DEPTH = 5  # calls that tell what it was
SHARE = 0.04  # of all looks, from which on a place is told
OWN = "circuitsim"


class Turns:
    """Watches the main thread; waiting takes no processor time, so a turn is all that passes between two waits.

    Attributes:
        most: Seconds of the longest turn of what is being done.
    """

    def __init__(self) -> None:
        self.most = 0.0
        self._deed = ""
        self._since = time.thread_time()
        self._seen: list[str] = []
        self._told: defaultdict[str, Counter[str]] = defaultdict(Counter)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._rest)
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, LOOK, LOOK)

    def close(self) -> None:
        """Watch no longer."""
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._rest)

    def begin(self, deed: str) -> None:
        """Something is about to be done."""
        self._deed, self.most, self._since = deed, 0.0, time.thread_time()
        self._seen.clear()

    def told(self) -> Iterator[str]:
        """What the long turns of each deed went to, as lines."""
        for deed, seen in self._told.items():
            yield deed
            for calls, count in seen.most_common():
                if count >= SHARE * seen.total():
                    yield f"  {100 * count / seen.total():3.0f} %  {calls}"

    def _rest(self) -> None:
        now = time.thread_time()
        work, self._since = now - self._since, now
        self.most = max(self.most, work)
        if work >= LONG:
            self._told[self._deed].update(self._seen)
        self._seen.clear()

    def _look(self, _number: int, frame: FrameType | None) -> None:
        """Note where the thread is; what Qt does by itself counts for who called it."""
        self._seen.append(_calls(frame))


def _calls(frame: FrameType | None) -> str:
    """The innermost calls of the program."""
    found: list[str] = []
    while frame is not None and len(found) < DEPTH:
        name = frame.f_globals.get("__name__", "")
        if name.startswith(OWN):
            found.append(f"{name.removeprefix(OWN + '.')}.{frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found) or "Qt"
