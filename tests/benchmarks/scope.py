"""Processor time of one frame of the scope, with lines and as a map: ``python tests/benchmarks/scope.py``.

One lane, 2000 recorded points of each trace in sight. A frame of a run that goes on draws what came into sight; a frame
after another scale, length of time or size draws everything anew. Draws off-screen unless QT_QPA_PLATFORM says otherwise;
off-screen, Qt paints by processor alone, as on plain X11. The cases are taken in turn, so that what else the machine does
falls on all alike; compare the ratios.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.app.plots.scope import Scope

FRAMES = 60
WARM_UP = 5
SIZE = (1440, 158)
POINTS = 2000  # of each trace in sight
SECONDS = 20.0  # recorded
AHEAD = 0.01  # s between two frames
LONGER = 1.0001  # times the stretch of time before, where everything is drawn anew


@dataclass
class Case:
    """A scope and how it is drawn.

    Attributes:
        traces: How many.
        as_map: Whether they are a map.
        anew: Whether everything is drawn in every frame.
        lanes: What the lanes show.
        times: Seconds of processor time of each frame.
    """

    traces: int
    as_map: bool = False
    anew: bool = False
    lanes: tuple[str, ...] = ("v",)
    times: list[float] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What stands in the table."""
        what = "map" if self.as_map else "lines"
        how = "all drawn anew" if self.anew else "as time goes on"
        return f"{self.traces} traces of {' and '.join(self.lanes)}, {what}, {how}"


CASES = [
    Case(5), Case(5, anew=True), Case(20), Case(20, anew=True), Case(60), Case(60, anew=True),
    Case(100), Case(100, anew=True), Case(100, lanes=("v", "tau")), Case(300), Case(300, anew=True),
    Case(100, as_map=True), Case(300, as_map=True), Case(300, as_map=True, anew=True), Case(300, as_map=True, lanes=("v", "tau")),
]  # fmt: skip


def scope_of(case: Case) -> Scope:
    """A scope that follows a recording."""
    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.scope import Scope
    from circuitsim.app.plots.timeline import SECONDS as SHOWN
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.edits import Add, SetLanes, SetSettings, SetTraced
    from circuitsim.circuit.elements import Neuron, ScopeLane, Settings
    from circuitsim.engine.rows import Rows

    circuit = Circuit("benchmark")
    first = circuit.add_neuron("n0")
    more = tuple(
        Neuron(id=circuit.new_id(), name=f"n{k}", kind="ltc", parameters=first.parameters)
        for k in range(1, case.traces)
    )
    circuit.apply(Add(more))
    ids = tuple(n.id for n in circuit.neurons)
    circuit.apply(SetTraced(ids))
    circuit.apply(SetSettings(Settings(speed=1.0)))
    circuit.apply(SetLanes(tuple(ScopeLane(variable) for variable in case.lanes)))
    document = Document(circuit)
    t = np.arange(0.0, SECONDS, SHOWN / POINTS)[:, None]
    k = np.arange(case.traces)
    v = np.sin(t * (1 + 0.05 * k) * 2.0 + k) * (0.5 + 0.4 * np.sin(0.3 * t))
    tau = 0.2 + 0.1 * np.cos(t * 3.0 + k)
    rows = Rows(t[:, 0], v, tau, v, np.empty((t.size, 0)), v[:, :0], v[:, :0])
    document.simulator.recording.append(rows, ids, ())
    scope = Scope(document)
    scope.resize(*SIZE)
    scope.timeline.pan(-FRAMES * AHEAD)
    return scope


def frame(scope: Scope, case: Case) -> float:
    """Seconds of processor time of one frame: reading, thinning and painting."""
    scope.timeline.pan(AHEAD)
    if case.anew:
        scope.timeline.zoom(LONGER, scope.window_of_time.t1)
    begun = time.thread_time()
    scope.repaint()
    return time.thread_time() - begun


def main() -> None:
    """Print the table."""
    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window import start

    start.application()
    scopes = [scope_of(case) for case in CASES]
    for scope, case in zip(scopes, CASES, strict=True):
        scope.show()
        QApplication.processEvents()
        for lane in scope.lanes:
            lane.as_map = case.as_map
    for _ in range(FRAMES):
        for scope, case in zip(scopes, CASES, strict=True):
            case.times.append(frame(scope, case))
    print(f"{'milliseconds of processor time':<48}{'median':>8}{'95 %':>8}")
    for case in CASES:
        ordered = sorted(case.times[WARM_UP:])
        middle, late = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
        print(f"{case.title:<48}{1e3 * middle:>8.2f}{1e3 * late:>8.2f}")
    for scope in scopes:
        scope.document.close()
        scope.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
