"""Frame time of the window, and time from process start to window: ``python tests/benchmarks/window.py``.

Draws off-screen unless QT_QPA_PLATFORM says otherwise; off-screen, Qt paints by processor alone, as on plain X11.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
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
AFTER = 0.5  # s after the first motion during which stalls count
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
    from circuitsim.app.window import garbage, start

    app = start.application()
    theme.set_theme(theme_id)
    window = start.build(load(path), path)
    window.show()
    garbage.keep_to_this_thread()  # as the program does: else Python looks for cycles in the middle of a frame
    window.document.play()
    wait_for_motion(app, window)
    end = time.perf_counter() + FULL
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.001)
    garbage.settle()
    wall, worked = [], []
    due = time.perf_counter()
    for _ in range(FRAMES):
        while (left := due - time.perf_counter()) > 0.0:
            time.sleep(min(left, 0.001))
        begun, at_work = time.perf_counter(), time.thread_time()
        window.refresh()
        app.processEvents()
        garbage.collect()
        wall.append(time.perf_counter() - begun)
        worked.append(time.thread_time() - at_work)
        due = max(due + INTERVAL, time.perf_counter())
    window.close()
    app.processEvents()
    return wall[FRAMES // 10 :], worked[FRAMES // 10 :]


def start_times(cache: str | None = None) -> tuple[float, float, float]:
    """Seconds from starting a process to its first painted window, to the first step of its circuit, and the longest stall.

    Args:
        cache: Folder of compiled kernels; None is the usual one.
    """
    env = {**os.environ, **({} if cache is None else {"CIRCUITSIM_CACHE_DIR": cache})}
    begun = time.time()
    command = [sys.executable, __file__, "child"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    painted, moved, stall = map(float, told.stdout.split())
    return painted - begun, moved - begun, stall


def child() -> None:
    """Open the window as the command does; print when it was painted and began to move, and how long it stood still."""
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
        stall, moved, last = 0.0, None, time.perf_counter()
        while moved is None or time.time() < moved + AFTER:
            app.processEvents()
            time.sleep(0.001)
            stall, last = max(stall, time.perf_counter() - last), time.perf_counter()
            if moved is None and window.document.simulator.status().t > 0.0:
                moved = time.time()
        print(painted, moved, stall, flush=True)
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
    cold = []
    for _ in range(STARTS // 2):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(start_times(cache))
    for title, found in (("kernels on disk", starts), ("first start ever", cold)):
        painted, moved, stalls = zip(*found, strict=True)
        print(row(f"process start to window, {title}", painted))
        print(row(f"window to motion, {title}", [b - a for a, b in zip(painted, moved, strict=True)]))
        print(row(f"longest stall, {title}", stalls), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:] == ["child"]:
        child()
    else:
        main()
