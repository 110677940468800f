"""How many steps are due: a run keeps a speed or goes as fast as it can.

When steps take longer than the speed allows, the run falls behind in model time, never in frames.
"""

from __future__ import annotations

import math

SLICE = 0.016  # seconds of wall time in one slice of steps, as long as a frame; between two the engine needs the interpreter
PAUSE = 0.01  # seconds between two slices of a run that keeps a speed; a frame shows no more
LATE = 0.1  # seconds after which lost time is given up
WINDOW = 0.5  # seconds over which the achieved rate is measured


class Pace:
    """The relation of model time and wall time.

    Attributes:
        speed: Model time per second; None for as fast as possible.
        achieved: Model time per second over the last half second.
        steps_per_second: Solver steps per second of wall time over the last half second.
    """

    def __init__(self) -> None:
        self.speed: float | None = 1.0
        self.achieved = 0.0
        self.steps_per_second = 0.0
        self._cost = 1e-5  # seconds of work in a step
        self._owed = 0.0  # model time due but not yet run
        self._asked_at = 0.0
        self._window = (0.0, 0.0, 0)

    def restart(self, now: float, t: float) -> None:
        """Begin to keep time at this instant."""
        self._owed = 0.0
        self._asked_at = now
        self._window = (now, t, 0)

    def due(self, now: float, dt: float) -> int:
        """How many steps to take in the next slice; 0 means to wait."""
        room = max(1, int(SLICE / self._cost))
        if self.speed is None:
            return room
        self._owed = min(self._owed + (now - self._asked_at) * self.speed, max(LATE * self.speed, dt))
        self._asked_at = now
        return min(room, int(self._owed / dt + 1e-9))

    def wait(self, dt: float) -> float:
        """Seconds until the next slice is due: a step, or as many as a pause makes."""
        if self.speed is None:
            return 0.0
        return max(0.0, max(dt, PAUSE * self.speed) - self._owed) / self.speed

    def took(self, steps: int, spent: float, now: float, t: float, model_time: float) -> None:
        """Account for a slice of steps that took some seconds and moved model time on."""
        self._owed = max(0.0, self._owed - model_time)
        if steps:
            cost = max(spent / steps, 1e-8)
            self._cost = math.exp(0.7 * math.log(self._cost) + 0.3 * math.log(cost))
        begun, t_then, so_far = self._window
        so_far += steps
        if now - begun >= WINDOW:
            self.achieved = (t - t_then) / (now - begun)
            self.steps_per_second = so_far / (now - begun)
            self._window = (now, t, 0)
        else:
            self._window = (begun, t_then, so_far)
