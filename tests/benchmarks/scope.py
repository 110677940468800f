"""Processor time of one frame of the scope, with lines and as a map: ``python tests/benchmarks/scope.py``.

Draws off-screen unless QT_QPA_PLATFORM says otherwise; off-screen, Qt paints by processor alone, as on plain X11.
The cases are taken in turn, so that what else the machine does falls on all alike; compare the ratios.
"""

from __future__ import annotations

import os
import statistics
import time

import numpy as np

FRAMES = 60
SIZE = (1440, 158)
ROWS_PER_SECOND = 300.0  # of recorded rows; the window shows 12 s
CASES = (5, 20, 60, 100, 300)


def scope_with(count: int) -> object:
    """A scope that shows v and tau of so many neurons, with a recording of 20 s."""
    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.scope import Scope
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.edits import Add, SetSettings, SetTraced
    from circuitsim.circuit.elements import Neuron, Settings
    from circuitsim.engine.rows import Rows

    circuit = Circuit("benchmark")
    first = circuit.add_neuron("n0")
    more = tuple(
        Neuron(id=circuit.new_id(), name=f"n{k}", kind="ltc", parameters=first.parameters)
        for k in range(1, count)
    )
    circuit.apply(Add(more))
    ids = tuple(n.id for n in circuit.neurons)
    circuit.apply(SetTraced(ids))
    circuit.apply(SetSettings(Settings(speed=1.0)))
    document = Document(circuit)
    t = np.arange(0.0, 20.0, 1.0 / ROWS_PER_SECOND)[:, None]
    k = np.arange(count)
    v = np.sin(t * (1 + 0.05 * k) * 2.0 + k) * (0.5 + 0.4 * np.sin(0.3 * t))
    tau = 0.2 + 0.1 * np.cos(t * 3.0 + k)
    rows = Rows(t[:, 0], v, tau, v, np.empty((t.size, 0)), v[:, :0], v[:, :0])
    document.simulator.recording.append(rows, ids, ())
    scope = Scope(document)
    scope.resize(*SIZE)
    return scope


def frame(scope: object) -> float:
    """Seconds of processor time that one frame takes: reading, thinning and painting."""
    begun = time.process_time()
    scope.repaint()
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window import start

    start.application()
    scopes = {count: scope_with(count) for count in CASES}
    for scope in scopes.values():
        scope.show()
    QApplication.processEvents()
    times: dict[int, list[float]] = {count: [] for count in CASES}
    for k in range(FRAMES):
        for count, scope in scopes.items():
            scope.timeline.pan(0.01 if k % 2 else -0.01)  # as if it scrolled
            times[count].append(frame(scope))
    base = statistics.median(times[CASES[0]])
    print(f"{'traces':>8}{'median ms':>12}{'95th ms':>10}{'ratio':>8}")
    for count, values in times.items():
        ordered = sorted(values[FRAMES // 10 :])
        middle, late = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
        print(f"{count:>8}{1e3 * middle:>12.2f}{1e3 * late:>10.2f}{middle / base:>8.2f}")
    for scope in scopes.values():
        scope.document.close()
        scope.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
