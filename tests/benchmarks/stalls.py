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
LOOK = 0.01  # s between two looks at what a long piece does
DEPTH = 4  # calls that tell what it was
OWN = "circuitsim"


@dataclass(frozen=True)
class Piece:
    """Work without a return to the event loop.

    Attributes:
        at: When it began, in seconds since the watch did.
        wall: Seconds it took.
        work: Of them, seconds of the thread's processor time.
        deed: What the hand was doing; empty if nothing.
        calls: Where it was seen most often, innermost first.
    """

    at: float
    wall: float
    work: float
    deed: str
    calls: str

    def __str__(self) -> str:
        """A line of the report."""
        who = self.deed or "by itself"
        return f"{self.at:8.1f} s{1e3 * self.wall:9.0f} ms{1e3 * self.work:7.0f} ms  {who}: {self.calls}"


class Stalls:
    """Watches the main thread from one wait for events to the next.

    Attributes:
        deed: What is being done; set by who does it.
        long: Pieces that took long.
        count: Number of all pieces.
    """

    def __init__(self) -> None:
        self.deed = ""
        self.long: list[Piece] = []
        self.count = 0
        self._begun = time.perf_counter()
        self._since: tuple[float, float] | None = None
        self._seen: Counter[str] = Counter()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self.begin)
        dispatcher.aboutToBlock.connect(self._rest)
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)

    def close(self) -> None:
        """Watch no longer."""
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.disconnect(self.begin)
        dispatcher.aboutToBlock.disconnect(self._rest)
        signal.setitimer(signal.ITIMER_REAL, 0.0)

    def mark(self) -> None:
        """One event was dealt with where the next one would come from the event loop."""
        self._rest()
        self.begin()

    def begin(self) -> None:
        """A piece begins; what was before does not count."""
        self._since = time.perf_counter(), time.thread_time()

    def _rest(self) -> None:
        if self._since is None:
            return
        (wall, work), self._since = self._since, None
        took = time.perf_counter() - wall
        self.count += 1
        if took >= LONG:
            calls = self._seen.most_common(1)
            told = calls[0][0] if calls else "?"
            at, work = wall - self._begun, time.thread_time() - work
            self.long.append(Piece(at, took, work, self.deed, told))
        if self._seen:
            self._seen.clear()

    def _look(self, _number: int, frame: FrameType | None) -> None:
        """Note where the thread is while a piece takes long; what Qt does by itself counts for who called it."""
        if self._since is not None and time.perf_counter() - self._since[0] > LOOK:
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
