"""Which stretch of time is in sight: it follows the run, or stands where somebody put it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.app.plots.traces import Window

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document

SECONDS = 12.0  # of wall time that the window shows at the speed proposed for the circuit
ZOOM_LEAST, ZOOM_MOST = 0.002, 50.0
MARGIN = 0.15  # of the window that stays free beside an instant that is brought into sight


class Timeline:
    """Length and end of the stretch in sight."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._zoom = 1.0
        self._end: float | None = None

    def start_anew(self) -> None:
        """The usual length, following the run."""
        self._zoom, self._end = 1.0, None

    @property
    def follows(self) -> bool:
        """True while the newest instant stays at the right edge."""
        return self._end is None

    @property
    def length(self) -> float:
        """How much model time is in sight, in the circuit's unit."""
        return SECONDS * self._document.proposal().speed * self._zoom

    def span(self) -> tuple[float, float]:
        """First and last recorded time, both finite."""
        first, last = self._document.simulator.recording.span()
        return (first, last) if math.isfinite(first) and math.isfinite(last) else (0.0, 0.0)

    def window(self, left: float, right: float) -> Window:
        """The stretch in sight, drawn between two places in px."""
        first, last = self.span()
        end = max(last if self._end is None else min(self._end, last), first + self.length)
        return Window(end - self.length, end, left, right)

    def follow(self) -> None:
        """Keep the newest instant at the right edge."""
        self._end = None

    def pan(self, way: float) -> None:
        """Go so much model time into the future, or into the past if it is negative."""
        window = self.window(0.0, 1.0)
        self._stand_at(window.t1 + way)

    def zoom(self, factor: float, t: float) -> None:
        """Show a multiple of the time; an instant keeps its place, unless the run is followed while it goes on."""
        window = self.window(0.0, 1.0)
        before = self.length
        self._zoom = min(max(self._zoom * factor, ZOOM_LEAST), ZOOM_MOST)
        if self.follows and self._document.status().playing:
            return
        self._stand_at(t + (window.t1 - t) * self.length / before)

    def _stand_at(self, end: float) -> None:
        first, last = self.span()
        end = max(end, first + self.length)
        self._end = None if end >= last else end

    def bring_in(self, t: float) -> None:
        """Move the stretch, if it must be, until an instant is well inside."""
        window = self.window(0.0, 1.0)
        free = MARGIN * self.length
        if t < window.t0:
            self._stand_at(t - free + self.length)
        elif t > window.t1:
            self._stand_at(t + free)
