"""What a picture keeps between frames, in one theme: layers of what stands still, and sprites of neurons."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import thread_time
from typing import TYPE_CHECKING

from circuitsim.app.canvas.sprites import Sprites

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QPixmap

    from circuitsim.app.canvas.shot import Shot


@dataclass(eq=False)
class Kept:
    """Layers, the job that draws others, and sprites.

    Attributes:
        under: The layer below the neurons; None before the first one.
        over: The layer above them.
        shot: What the layers show.
        aloft: Ids of elements that have been in the air since: they are not in the layers, or were elsewhere then.
        cost: Seconds that it took to draw them.
        sprites: Pictures of neurons.
        job: Draws other layers and puts them in the place of these, a part at each step.
        job_of: What those will show; None without a job.
    """

    under: QPixmap | None = None
    over: QPixmap | None = None
    shot: Shot | None = None
    aloft: frozenset[int] = frozenset()
    cost: float = 0.0
    sprites: Sprites = field(default_factory=Sprites)
    job: Generator[None, None, None] | None = None
    job_of: Shot | None = None
    _spent: float = 0.0

    def begin(self, job: Generator[None, None, None], shot: Shot) -> None:
        """Let a job draw layers that show something else."""
        self.drop_job()
        self.job, self.job_of, self._spent = job, shot, 0.0

    def draw_on(self, room: float) -> bool:
        """Go on with the job for so many seconds of the processor; True once it is done, or where there is none."""
        if self.job is None:
            return True
        start = thread_time()
        for _ in self.job:
            if thread_time() - start > room:
                self._spent += thread_time() - start
                return False
        self.cost = self._spent + thread_time() - start
        self.job, self.shot, self.job_of = None, self.job_of, None
        return True

    def drop_job(self) -> None:
        """Give up the job."""
        if self.job is not None:
            self.job.close()
            self.job, self.job_of = None, None
