"""What holds up the GUI thread: how long each piece of its work took, and what it was."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher

if TYPE_CHECKING:
    from types import FrameType

LONG = 0.05  # s; longer pieces are kept
LEAST = 0.0005  # s; shorter ones are passes in which nothing came
LOOK = 0.01  # s between two looks at what a long piece does
DEPTH = 4  # calls that tell what it was
OWN = "circuitsim"


@dataclass(frozen=True)
class Piece:
    """Work without a return to the event loop.

    Attributes:
        at: When it began, in seconds since the watch did.
        work: Seconds of the thread's processor time.
        deed: What the hand was doing; empty if nothing.
        calls: Where it was seen most often, innermost first.
    """

    at: float
    work: float
    deed: str
    calls: str

    def __str__(self) -> str:
        """A line of the report."""
        who = self.deed or "by itself"
        return f"{self.at:8.1f} s{1e3 * self.work:7.0f} ms  {who}: {self.calls}"


class Stalls:
    """Watches the main thread from one pass of the event loop to the next.

    Some event loops say that they wait, and call timers before they say that they are awake again: a piece lies between
    any two of these words, and the processor's time, which does not pass while a thread waits, tells how long it is.

    Attributes:
        deed: What is being done; set by who does it.
        long: Pieces that took long.
        longest: Seconds of the longest piece since `forget`.
        count: Number of all pieces.
    """

    def __init__(self) -> None:
        self.deed = ""
        self.long: list[Piece] = []
        self.longest = 0.0
        self.count = 0
        self._begun = time.perf_counter()
        self._at = self._begun
        self._since = time.thread_time()
        self._seen: Counter[str] = Counter()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self.mark)
        dispatcher.aboutToBlock.connect(self.mark)
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)

    def close(self) -> None:
        """Watch no longer."""
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.disconnect(self.mark)
        dispatcher.aboutToBlock.disconnect(self.mark)
        signal.setitimer(signal.ITIMER_REAL, 0.0)

    def mark(self) -> None:
        """A piece ends, and the next one begins, as where another event comes from the event loop."""
        work = time.thread_time() - self._since
        self.count += work > LEAST
        self.longest = max(self.longest, work)
        if work >= LONG:
            seen, self._seen = self._seen, Counter()  # the next look may come at once
            calls = seen.most_common(1)
            told = calls[0][0] if calls else "?"
            self.long.append(Piece(self._at - self._begun, work, self.deed, told))
        self.begin()

    def begin(self) -> None:
        """A piece begins; what was before does not count."""
        if self._seen:
            self._seen.clear()
        self._at, self._since = time.perf_counter(), time.thread_time()

    def forget(self) -> None:
        """Look for the longest piece from now on."""
        self.begin()
        self.longest = 0.0

    def _look(self, _number: int, frame: FrameType | None) -> None:
        """Note where the thread is while a piece takes long; what Qt does by itself counts for who called it."""
        if time.thread_time() - self._since > LOOK:
            self._seen[_calls(frame)] += 1


def _calls(frame: FrameType | None) -> str:
    """The innermost calls of the program, and the line of the first."""
    found: list[str] = []
    while frame is not None and len(found) < DEPTH:
        name = frame.f_globals.get("__name__", "")
        if name.startswith(OWN):
            line = f":{frame.f_lineno}" if not found else ""
            found.append(f"{name.removeprefix(OWN + '.')}.{frame.f_code.co_name}{line}")
        frame = frame.f_back
    return " < ".join(found) or "Qt"
