"""The pulse of what lights up: it beats on the clock of the frames, and only while something is lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.paint.preview import BEATS, Mark
from circuitsim.app.theme import reduced_motion

if TYPE_CHECKING:
    from collections.abc import Mapping

PERIOD = 0.9  # s


class Pulse:
    """Counts beats; it stands at the first one, the strongest, where motion is not wanted."""

    def __init__(self) -> None:
        self._phase = 0.0

    @property
    def beat(self) -> int:
        """How far the pulse is, from 0 to `BEATS` - 1."""
        return int(self._phase * BEATS) % BEATS

    def advance(self, seconds: float, marks: Mapping[int, Mark]) -> bool:
        """Let time pass; True if what is lit looks different now."""
        before = self.beat
        lit = Mark.LEGAL in marks.values() and not reduced_motion()
        self._phase = (self._phase + seconds / PERIOD) % 1.0 if lit else 0.0
        return self.beat != before
