"""The frame clock: everything on the screen pulls the newest state 60 times a second."""

from __future__ import annotations

import itertools
import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from circuitsim.app.window import garbage

if TYPE_CHECKING:
    from collections.abc import Callable

INTERVAL = 16  # ms
SPAN = 60  # frames over which the rate is taken


class Frames(QObject):
    """Calls a function at every frame and knows how many there are a second."""

    def __init__(self, parent: QObject, draw: Callable[[], None]) -> None:
        super().__init__(parent)
        self._draw = draw
        self._stamps: deque[float] = deque(maxlen=SPAN)
        self._timer = QTimer(self, interval=INTERVAL, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Draw from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Draw no longer."""
        self._timer.stop()

    @property
    def rate(self) -> float:
        """Frames per second, over the last second."""
        if len(self._stamps) < 2:
            return 0.0
        return (len(self._stamps) - 1) / max(1e-6, self._stamps[-1] - self._stamps[0])

    @property
    def dropped(self) -> int:
        """Frames that should have been drawn in the last second and were not."""
        stamps = [stamp for stamp in self._stamps if stamp > self._stamps[-1] - 1.0]
        gaps = (b - a for a, b in itertools.pairwise(stamps))
        return sum(max(0, round(1000.0 * gap / INTERVAL) - 1) for gap in gaps)

    def _tick(self) -> None:
        self._stamps.append(time.perf_counter())
        self._draw()
        garbage.collect()
