"""Frame time of the canvas with large circuits, at rest and moving: ``python tests/benchmarks/canvas.py``.

The circuit runs. A frame is what the window does on its clock: take over the newest state and paint; the panels are
hidden, and the canvas is as large as the window (``window.py`` measures them together). Wall time also counts what
other programs and the simulation take away; processor time is that of the GUI thread alone.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.build import new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, SetTraced

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window.main_window import MainWindow

FRAMES = 100
INTERVAL = 1.0 / 60.0
TRACES = 20
APART = 112.0  # canvas units between neighbours
SIZES = ((302, 5_000), (1_000, 10_000))


def sheet(neurons: int, synapses: int) -> Circuit:
    """Neurons in a sheet that excite and inhibit each other at random; the order of draws is part of the recipe."""
    rng = np.random.default_rng(neurons)
    columns = math.ceil(math.sqrt(1.7 * neurons))
    circuit = Circuit(f"{neurons} neurons, {synapses} synapses")
    cells = [
        new_neuron(
            circuit,
            f"N{k}",
            start=float(rng.uniform(-0.5, 0.5)),
            position=(APART * (k % columns), APART * (k // columns)),
        )
        for k in range(neurons)
    ]
    pre, post = rng.integers(0, neurons, (2, synapses))
    lines = [
        new_synapse(
            circuit, cells[a].id, cells[b].id, conductance=float(g), reversal_potential=1.0 if k % 3 else -1.0
        )
        for k, (a, b, g) in enumerate(
            zip(pre.tolist(), post.tolist(), rng.uniform(0.01, 0.4, synapses), strict=True)
        )
    ]
    circuit.apply(Add((*cells, *lines)))
    circuit.apply(SetTraced(tuple(cell.id for cell in cells[:TRACES])))
    return circuit


def row(title: str, wall: list[float], cpu: list[float]) -> str:
    """A line of the table: median, 99th percentile and largest wall time, and the same of processor time, in ms."""
    figures = []
    for values in (wall, cpu):
        ordered = sorted(1000.0 * value for value in values)
        high = ordered[math.ceil(0.99 * len(ordered)) - 1]
        figures.append(f"{statistics.median(ordered):>8.1f}{high:>8.1f}{ordered[-1]:>8.1f}")
    return f"{title:<44}{'   '.join(figures)}"


def frames(
    app: QApplication, window: MainWindow, act: Callable[[int], None]
) -> tuple[list[float], list[float]]:
    """Wall and processor time of frames, each after a motion of the hand."""
    from circuitsim.app.window import garbage

    wall, cpu = [], []
    due = time.perf_counter()
    for k in range(FRAMES):
        while (left := due - time.perf_counter()) > 0.0:
            time.sleep(min(left, 0.001))
        begun, used = time.perf_counter(), time.thread_time()
        act(k)
        window.refresh()
        app.processEvents()
        garbage.collect()
        wall.append(time.perf_counter() - begun)
        cpu.append(time.thread_time() - used)
        due = max(due + INTERVAL, time.perf_counter())
    return wall, cpu


def drag(window: MainWindow) -> Callable[[int], None]:
    """Move the neuron nearest to the middle of the view around, without letting it go."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    canvas = window.canvas
    centre = canvas.rect().toRectF().center()
    seen = {n.id: canvas.camera.to_view(canvas.scene.box(n).center()) for n in canvas.scene.circuit.neurons}
    start = min(seen.values(), key=lambda at: (at - centre).manhattanLength())

    def send(kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
        held = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, Qt.KeyboardModifier.AltModifier)
        QApplication.sendEvent(canvas, event)

    send(QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)

    def act(k: int) -> None:
        from PySide6.QtCore import QPointF

        way = QPointF(60 * math.sin(k / 12), 40 * math.cos(k / 12))
        send(QEvent.Type.MouseMove, start + way, Qt.MouseButton.NoButton)

    return act


def measure(app: QApplication, neurons: int, synapses: int) -> None:
    """Print the lines of one size."""
    from circuitsim.app.window import garbage, start

    window = start.build(sheet(neurons, synapses), None)
    garbage.keep_to_this_thread()
    for panel in window.panels.values():
        panel.hide()
    window.show()
    window.document.play()
    while window.document.status().t <= 0.0:
        app.processEvents()
        time.sleep(0.001)
    canvas = window.canvas

    def report(title: str, act: Callable[[int], None]) -> None:
        size = f"{2 * 32 * canvas.camera.zoom:.0f} px"
        print(row(f"{neurons} + {synapses}, {size}, {title}", *frames(app, window, act)), flush=True)

    report("first frames", lambda _k: None)
    for zoom in (None, 0.75):
        if zoom is not None:
            canvas.zoom_to(zoom)
            settle(app, window)
        report("at rest", lambda _k: None)
        report(
            "panning", lambda k: canvas.look(canvas.camera.moved(6 * math.cos(k / 20), 4 * math.sin(k / 20)))
        )
        settle(app, window)
        report("dragging a neuron", drag(window))
        canvas.setFocus()
        window.document.select(())
        canvas.clearFocus()
        settle(app, window)
    report("zooming", lambda k: canvas.zoom_to(0.4 * 1.01 ** (k % 40)))
    window.document.stack.setClean()
    window.close()
    app.processEvents()


def settle(app: QApplication, window: MainWindow) -> None:
    """Let the window come to rest."""
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until:
        window.refresh()
        app.processEvents()
        time.sleep(0.01)


def main() -> None:
    """Print the table."""
    from circuitsim.app.window import start

    app = start.application()
    print(f"{'milliseconds':<44}{'median':>8}{'99 %':>8}{'most':>8}   {'cpu':>8}{'99 %':>8}{'most':>8}")
    sizes = [tuple(map(int, word.split("+"))) for word in sys.argv[1:]] or SIZES
    for neurons, synapses in sizes:
        measure(app, neurons, synapses)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
