"""A log of frames: one line each, and a summary against the budget at the end."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TextIO

    from circuitsim.app.document.document import Document

    Part = tuple[str, Callable[[], object]]

# neurons, synapses up to which a budget holds -> milliseconds that half, and 99 of 100 frames may take
BUDGETS = (((100, 1_000), 16.0, 25.0), ((302, 5_000), 16.0, 33.0))
LARGE = 33.0, 50.0
WARM_UP = 1.0  # s, in which fonts, icons and sprites are made; logged, but not held against the budget


class FrameLog(QObject):
    """Draws the parts of a frame and writes down how long each took.

    Painting happens after the parts have asked for it; its time is what passes until the event loop is free again.

    Attributes:
        text: The summary, once it is closed.

    Raises:
        InputError: If the file cannot be written.
    """

    def __init__(self, path: Path, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        try:
            self._file: TextIO = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(Issue(str(path), reason, "name another file")) from None
        self._begun = self._last = time.perf_counter()
        self._done = 0.0
        self._row: list[float] | None = None
        self._titled, self.text = False, ""
        self._times: list[float] = []
        self._free = QTimer(self, singleShot=True, interval=0)
        self._free.timeout.connect(self._painted)

    def draw(self, parts: Sequence[Part]) -> None:
        """Draw a frame."""
        self._painted()
        self._free.stop()
        begun = time.perf_counter()
        if not self._titled:
            self._titled = True
            columns = [f"{name}_ms" for name, _ in parts]
            head = ["t_s", "interval_ms", *columns, "paint_ms", "work_ms", "commands", "jobs"]
            self._file.write(",".join(head) + "\n")
        row, self._last = [begun - self._begun, 1000.0 * (begun - self._last)], begun
        before = begun
        for _, draw in parts:
            draw()
            now = time.perf_counter()
            row.append(1000.0 * (now - before))
            before = now
        self._row, self._done = row, before
        self._free.start()

    def _painted(self) -> None:
        """The event loop is free: the frame is on the screen."""
        if self._row is None:
            return
        row, self._row = self._row, None
        row.append(1000.0 * (time.perf_counter() - self._done))
        work = sum(row[2:])
        if row[0] >= WARM_UP:
            self._times.append(work)
        queue = self._document.simulator.waiting, int(self._document.bridge.busy)
        numbers = [f"{value:.3f}" for value in (*row, work)]
        self._file.write(",".join([*numbers, *map(str, queue)]) + "\n")

    def close(self) -> None:
        """End the log with its summary."""
        self._free.stop()
        self._row = None
        self.text = self.summary()
        self._file.write(f"# {self.text}\n")
        self._file.close()

    def summary(self) -> str:
        """Median and 99th percentile of the work in a frame, against the budget for a circuit of this size."""
        if len(self._times) < 2:
            return "no frames after the first second"
        median = statistics.median(self._times)
        worst = statistics.quantiles(self._times, n=100)[98]
        half, most = budget(self._document)
        verdict = "within" if median <= half and worst <= most else "over"
        return (
            f"{len(self._times)} frames after the first second, work {median:.1f} ms median, {worst:.1f} ms 99th percentile; "
            f"{verdict} the budget of {half:g} and {most:g} ms"
        )


def budget(document: Document) -> tuple[float, float]:
    """Milliseconds that half of the frames, and 99 of 100, may take for the circuit that is open."""
    neurons, synapses = len(document.circuit.neurons), len(document.circuit.synapses)
    for (most_neurons, most_synapses), half, most in BUDGETS:
        if neurons <= most_neurons and synapses <= most_synapses:
            return half, most
    return LARGE
