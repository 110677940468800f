"""Frame time of the window, and time from process start to window: ``python tests/benchmarks/window.py``.

Draws off-screen unless QT_QPA_PLATFORM says otherwise; off-screen, Qt paints by processor alone, as on plain X11.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from circuitsim.spec.paths import resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window.main_window import MainWindow

FRAMES = 300
INTERVAL = 1.0 / 60.0
STARTS = 7
CIRCUITS = {
    "first run": resource("examples", "liquid.circuit.json"),
    "tap withdrawal": resource("examples", "tap-withdrawal.circuit.json"),
}
FULL = 13.0  # s, after which the lanes are full


def row(title: str, values: Sequence[float]) -> str:
    """A line of the table: median, 95th and 99th percentile and largest, in milliseconds."""
    ordered = sorted(1000.0 * value for value in values)
    shown = (statistics.median(ordered), *(ordered[int(q * (len(ordered) - 1))] for q in (0.95, 0.99, 1.0)))
    return f"{title:<38}" + "".join(f"{value:>9.1f}" for value in shown)


def wait_for_motion(app: QApplication, window: MainWindow) -> None:
    """Let the window live until its circuit moves."""
    while window.document.simulator.status().t <= 0.0:
        app.processEvents()
        time.sleep(0.001)


def frame_times(path: Path, theme_id: str) -> tuple[list[float], list[float]]:
    """Seconds that reading the newest state and painting it took, frame by frame, while the circuit runs.

    Returns:
        Seconds on the wall, and seconds of processor time of the drawing thread, which other programs and the
        engine's thread do not lengthen.
    """
    from circuitsim.api import load
    from circuitsim.app import theme
    from circuitsim.app.window import start

    app = start.application()
    theme.set_theme(theme_id)
    window = start.build(load(path), path)
    window.show()
    window.document.play()
    wait_for_motion(app, window)
    end = time.perf_counter() + FULL
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.001)
    wall, worked = [], []
    due = time.perf_counter()
    for _ in range(FRAMES):
        while (left := due - time.perf_counter()) > 0.0:
            time.sleep(min(left, 0.001))
        begun, at_work = time.perf_counter(), time.thread_time()
        window.refresh()
        app.processEvents()
        wall.append(time.perf_counter() - begun)
        worked.append(time.thread_time() - at_work)
        due = max(due + INTERVAL, time.perf_counter())
    window.close()
    app.processEvents()
    return wall[FRAMES // 10 :], worked[FRAMES // 10 :]


def start_times() -> tuple[float, float]:
    """Seconds from starting a process to its first painted window, and to the first step of its circuit."""
    begun = time.time()
    child = subprocess.run([sys.executable, __file__, "child"], capture_output=True, text=True, check=True)
    painted, moved = map(float, child.stdout.split())
    return painted - begun, moved - begun


def child() -> None:
    """Open the window as the command does; print when it was painted and when its circuit began to move."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    from circuitsim.app.window import start

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                app.removeEventFilter(self)
                QTimer.singleShot(0, finish)  # once the whole window is painted
            return False

    def finish() -> None:
        painted = time.time()
        (window,) = (w for w in app.topLevelWidgets() if isinstance(w, QMainWindow))
        wait_for_motion(app, window)
        print(painted, time.time(), flush=True)
        window.close()

    app = start.application()
    first = FirstPaint()
    app.installEventFilter(first)
    start.main([str(CIRCUITS["tap withdrawal"])])


def main() -> None:
    """Print the table."""
    print(f"{'milliseconds':<38}" + "".join(f"{head:>9}" for head in ("median", "95 %", "99 %", "largest")))
    for title, path in CIRCUITS.items():
        for theme_id in ("light", "dark"):
            wall, worked = frame_times(path, theme_id)
            print(row(f"frame, {title}, {theme_id}", wall))
            print(row("  of it processor time", worked), flush=True)
    starts = [start_times() for _ in range(STARTS + 1)][1:]  # the first may compile kernels
    print(row("process start to window", [painted for painted, _ in starts]))
    print(row("process start to a moving circuit", [moved for _, moved in starts]))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:] == ["child"]:
        child()
    else:
        main()
