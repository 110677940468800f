"""The live run beside its window: ``python tests/benchmarks/live.py [NEURONS+SYNAPSES ...]``.

How many steps the engine keeps while the window draws, against the same run while nothing is drawn, in turn; and how long it
takes from a key of a person until the engine has done what it says: pause, stop and another number of a neuron, at
several speeds. The time for which the engine's thread waited for a processor is taken off, since other programs cause it (Linux
tells it): what is left is its work, and waiting for the interpreter. Draws off-screen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from canvas import sheet
from workload import random_circuit

from circuitsim.api import load
from circuitsim.io.examples import example

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.worker import Worker

THREAD = "circuitsim engine"
PHASE = 1.0  # s of drawing, and of not drawing
ROUNDS = 8
ACTIONS = 16  # of each kind at each speed
SPEEDS = ((0.01, "a hundredth"), (1.0, "as proposed"), (None, "full"))
PATIENCE = 5.0  # s until something must have taken effect
CIRCUITS: dict[str, Callable[[], Circuit]] = {
    "tap withdrawal": lambda: load(example("tap-withdrawal").path),
    "302+5000": lambda: sheet(302, 5_000),
    "10000+160000": lambda: random_circuit(10_000),
}


class Engine:
    """The thread of a run, seen from outside.

    Attributes:
        done: When each kind of command was last carried out, by `clock`.
        steps: How many steps were taken.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        (self._task,) = (t.native_id for t in threading.enumerate() if t.name == THREAD)
        self.done: dict[str, float] = {}
        self.steps = 0
        for name in ("pause", "edit", "play"):
            setattr(type(worker), name, self._noted(name, getattr(type(worker), name)))
        took = worker._pace.took

        def counted(steps: int, *rest: float) -> None:
            self.steps += steps
            took(steps, *rest)

        worker._pace.took = counted  # type: ignore[method-assign]

    def _noted(self, name: str, command: Callable[..., None]) -> Callable[..., None]:
        def noted(worker: Worker, *args: object) -> None:
            command(worker, *args)
            if worker is self._worker:
                self.done[name] = self.clock()

        return noted

    def clock(self) -> float:
        """Seconds by the clock, less those for which its thread was ready and had no processor."""
        told = Path(f"/proc/self/task/{self._task}/schedstat").read_text(encoding="ascii")
        return time.perf_counter() - int(told.split()[1]) * 1e-9


def shown(circuit: Circuit) -> tuple[QApplication, MainWindow]:
    """The real window with a circuit that moves."""
    from circuitsim.app.window import start

    app = start.application()
    window = start.build(circuit, None)
    window.show()
    window.frames.start()
    window.document.play()
    until(app, lambda: window.document.status().t > 0.0)
    return app, window


def until(app: QApplication, met: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    end = time.perf_counter() + 10 * PATIENCE
    while not met():
        app.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() > end:
            raise TimeoutError


def live(app: QApplication, seconds: float) -> None:
    """Let the window live for a while as an event loop would, which sleeps without the interpreter."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(round(1000 * seconds), app.exit)
    app.exec()


def kept(app: QApplication, window: MainWindow, engine: Engine) -> tuple[float, float, list[float]]:
    """Steps per second without and with drawing, medians of phases taken in turn, and their ratios."""
    window.document.simulator.set_speed(None)
    live(app, 2.0)
    rates: dict[bool, list[float]] = {False: [], True: []}
    for k in range(2 * ROUNDS):
        draws = k % 4 in (1, 2)  # there and back, so that neither kind is always first
        window.frames.start() if draws else window.frames.stop()
        live(app, 0.2)
        begun, steps = engine.clock(), engine.steps
        live(app, PHASE)
        rates[draws].append((engine.steps - steps) / (engine.clock() - begun))
    window.frames.start()
    without, drawn = (statistics.median(rates[draws]) for draws in (False, True))
    return without, drawn, [b / a for a, b in zip(rates[False], rates[True], strict=True)]


def press(engine: Engine, name: str, act: Callable[[], None]) -> float:
    """Seconds from a key until the engine has done it; the window goes on drawing, and waiting for a processor is taken off."""
    from PySide6.QtWidgets import QApplication

    engine.done.pop(name, None)
    begun = engine.clock()
    act()
    end = begun + PATIENCE
    while name not in engine.done and engine.clock() < end:
        QApplication.processEvents()
        time.sleep(0.0005)
    return engine.done.get(name, end) - begun


def delays(app: QApplication, window: MainWindow, engine: Engine) -> dict[str, list[float]]:
    """Seconds until a pause, going on and another number take effect, at random moments."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from circuitsim.app.panels._parameter import ParameterRow

    draw = random.Random(1)  # noqa: S311  (no secret)
    neuron = draw.choice(window.document.circuit.neurons)
    window.document.select([neuron.id])
    live(app, 0.5)
    row = next(r for r in window.panels["inspector"].page.findChildren(ParameterRow) if r.isVisible())
    found: dict[str, list[float]] = {"number": [], "pause": [], "play": []}

    def another_number() -> None:
        QTest.keyClick(row.field, Qt.Key.Key_Return)

    def space() -> None:
        QTest.keyClick(window.canvas, Qt.Key.Key_Space)

    for k in range(ACTIONS):
        live(app, draw.uniform(0.05, 0.6))
        row.field.setFocus()
        row.field.selectAll()
        QTest.keyClicks(row.field, f"{0.5 + 0.01 * (k % 2 + 1):g}")
        found["number"].append(press(engine, "edit", another_number))
        live(app, draw.uniform(0.0, 0.6))  # hazards are looked for meanwhile
        window.canvas.setFocus()
        for name in ("pause", "play"):
            found[name].append(press(engine, name, space))
            live(app, draw.uniform(0.02, 0.2))
    return found


def measure(name: str) -> None:
    """Print the lines of one circuit."""
    begun = time.perf_counter()
    app, window = shown(CIRCUITS[name]())
    print(f"{name}: opened and moving after {time.perf_counter() - begun:.1f} s", flush=True)
    engine = Engine(window.document.simulator._worker)
    without, drawn, ratios = kept(app, window, engine)
    print(
        f"  steps/s without drawing {without:.0f}, with {drawn:.0f}: {100 * drawn / without:.0f} % "
        f"(rounds {100 * min(ratios):.0f} to {100 * max(ratios):.0f})",
        flush=True,
    )
    for speed, title in SPEEDS:
        usual = window.document.proposal().speed
        window.document.simulator.set_speed(None if speed is None else speed * usual)
        live(app, 0.5)
        for what, values in delays(app, window, engine).items():
            ordered = sorted(1e3 * value for value in values)
            print(
                f"  {title:<14}{what:<8} median {statistics.median(ordered):6.1f} ms, worst {ordered[-1]:6.1f} ms",
                flush=True,
            )
    window.document.stack.setClean()
    window.close()
    app.processEvents()


def main() -> None:
    """Print the table."""
    for name in sys.argv[1:] or CIRCUITS:
        measure(name)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
