"""What may go wrong in a run: hazards of its circuit, looked for after edits, and states that leave their intervals."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from circuitsim.engine.hazards import hazards
from circuitsim.engine.look import Look, Unwatched
from circuitsim.engine.monitor import HOLD, Monitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.engine.bands import Bands
    from circuitsim.engine.commands import Command
    from circuitsim.engine.session import Session
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.issue import Issue

BETWEEN = 0.3  # seconds of wall time between two looks for hazards while edits come in


class Guard:
    """Guards one run, in the engine thread.

    Args:
        put: Takes a command for that thread.
    """

    def __init__(self, put: Callable[[Command], None]) -> None:
        self._put = put
        self._hazards: tuple[Issue, ...] = ()
        self._monitor: Monitor | None = None
        self._unwatched: Unwatched | None = None  # while there is no monitor
        self._look: Look | None = None
        self._due, self._rested = False, 0.0

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was found, states outside of their intervals first."""
        return self._hazards if self._monitor is None else self._monitor.issues + self._hazards

    def begin(self, session: Session, found: Bands) -> None:
        """Guard a run from its begin on, whose bands are known."""
        circuit, method = session.circuit, (session.solver, session.dt)
        self._hazards = tuple(hazards(circuit, session.dt, session.solver, found))
        self._monitor, self._unwatched = Monitor(circuit, found, *method), None

    def edited(self, session: Session, *, other: bool) -> None:
        """Look again after an edit; if it made another circuit or method, the intervals are others too."""
        self._due = True
        if other:
            self._monitor, self._unwatched = None, Unwatched(session.states())

    def go_on(self, session: Session) -> None:
        """Look for hazards if that is due; not at every tick of a slider, and in a thread of its own, since it may take long."""
        if self._due and self._look is None and time.perf_counter() > self._rested:
            self._due = False
            states = session.states() if self._unwatched is None else self._unwatched.states
            self._look = Look(session, states, self._hand)

    def _hand(self, look: Look) -> None:
        self._put(lambda worker: self._take(look, worker.session))

    def _take(self, look: Look, session: Session | None) -> None:
        """Take over what was found, unless an edit has come in since, after which it is looked for again."""
        self._look, self._rested = None, time.perf_counter() + BETWEEN + 10.0 * look.spent
        if look.session is not session or self._due:
            return
        self._hazards = look.warnings()
        passed, self._unwatched = self._unwatched, None
        if passed is not None and look.monitor is not None:
            self._monitor = look.monitor
            self._monitor.look(passed.ends, time.perf_counter())

    def see(self, v: Floats, now: float, hold: float = HOLD) -> None:
        """Look at sampled states, float64[s, n], at a wall time; a neuron that came back is named for so long."""
        if self._monitor is not None:
            self._monitor.look(v, now, hold)
        elif self._unwatched is not None:
            self._unwatched.see(v)

    def join(self) -> None:
        """Wait for a look that is under way."""
        if self._look is not None:
            self._look.join()
