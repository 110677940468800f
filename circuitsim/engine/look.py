"""A look for hazards after an edit, in a thread of its own: in large circuits it takes longer than anybody waits for a pause.

Until it is done nobody knows the intervals of the states, so where they went meanwhile is kept.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.bands import bands
from circuitsim.engine.hazards import hazards
from circuitsim.engine.monitor import Monitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.engine.session import Session
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.issue import Issue


class Unwatched:
    """How far states went from an edit on, for the monitor that comes later.

    Attributes:
        states: At the edit, by neuron id, in id order.
        ends: float64[2, n], the lowest and the highest value of each since.
    """

    def __init__(self, states: dict[int, float]) -> None:
        self.states = states
        self.ends: Floats = np.tile(np.fromiter(states.values(), np.float64), (2, 1))

    def see(self, v: Floats) -> None:
        """Take note of sampled states, float64[s, n]."""
        if v.shape[0] and v.shape[1] == len(self.states):
            self.ends = np.stack((np.minimum(self.ends[0], v.min(0)), np.maximum(self.ends[1], v.max(0))))


class Look:
    """Looks at a session as it is now, and hands itself over when it is done.

    Args:
        session: Whose circuit it is.
        states: From which its states go on, by neuron id.
        hand: Takes it then, in its thread.

    Attributes:
        session: The same.
        monitor: What watches its states from now on; None until it is done.
        spent: Seconds it took.
    """

    def __init__(self, session: Session, states: dict[int, float], hand: Callable[[Look], None]) -> None:
        self.session, self._hand = session, hand
        self.monitor: Monitor | None = None
        self.spent = 0.0
        self._found: tuple[Issue, ...] = ()
        self._problem: Exception | None = None
        self._circuit, self._states = session.circuit.copy(), states
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
        self._hand(self)
