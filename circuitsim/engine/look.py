"""A look for hazards after an edit, in a thread of its own: in large circuits it takes longer than anybody waits for a pause."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from circuitsim.engine.bands import bands
from circuitsim.engine.hazards import hazards
from circuitsim.engine.monitor import Monitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.engine.session import Session
    from circuitsim.engine.worker import Worker
    from circuitsim.spec.issue import Issue


class Look:
    """Looks at a session as it is now, and hands itself to its worker when it is done.

    Args:
        session: Whose circuit it is.
        hand: Takes the command that brings it back.

    Attributes:
        session: The same.
        monitor: What watches its states from now on; None until it is done.
        spent: Seconds it took.
    """

    def __init__(self, session: Session, hand: Callable[[Callable[[Worker], None]], None]) -> None:
        self.session, self._hand = session, hand
        self.monitor: Monitor | None = None
        self.spent = 0.0
        self._found: tuple[Issue, ...] = ()
        self._problem: Exception | None = None
        self._circuit, self._states = session.circuit.copy(), session.states()
        self._method = session.solver, session.dt
        self._thread = threading.Thread(target=self._work, name="circuitsim look", daemon=True)
        self._thread.start()

    def warnings(self) -> tuple[Issue, ...]:
        """What was found.

        Raises:
            Exception: What went wrong in its thread.
        """
        if self._problem is not None:
            raise self._problem
        return self._found

    def join(self) -> None:
        """Wait for it."""
        self._thread.join()

    def _work(self) -> None:
        begun, (solver, dt) = time.perf_counter(), self._method
        try:
            found = bands(self._circuit, self._states)
            self._found = tuple(hazards(self._circuit, dt, solver, found))
            self.monitor = Monitor(self._circuit, found, solver, dt)
        except Exception as error:  # the worker shows it
            self._problem = error
        self.spent = time.perf_counter() - begun
        self._hand(lambda worker: worker.take_look(self))
