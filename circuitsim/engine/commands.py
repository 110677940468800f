"""Commands for the engine thread, and which of them wait while it waits for kernels."""

from __future__ import annotations

import queue
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.engine.worker import Worker

    Command = Callable[[Worker], None]


class Commands:
    """They come in from any thread; the engine thread takes them in turn.

    Attributes:
        held: While this is so only those are handed out that need no kernel; the others keep their order.
    """

    def __init__(self, *at_once: Command) -> None:
        self._at_once = frozenset(at_once)
        self._queue: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._later: deque[Command] = deque()
        self.held = False

    def put(self, command: Command) -> None:
        """Have it carried out."""
        self._queue.put(command)

    def count(self) -> int:
        """How many nobody has taken up yet."""
        return self._queue.qsize() + len(self._later)

    def next(self, patience: float) -> Command | None:
        """The next one, if there is one within so many seconds."""
        if self._later and not self.held:
            return self._later.popleft()
        while True:
            try:
                command = self._queue.get(patience > 0.0, patience)
            except queue.Empty:
                return None
            if not self.held or command in self._at_once:
                return command
            self._later.append(command)
            patience = 0.0
