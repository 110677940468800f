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
from typing import TYPE_CHECKING, Any, NamedTuple

from circuitsim.spec.paths import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication, QMainWindow

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
    return f"{title:<50}" + "".join(f"{value:>9.1f}" for value in shown)


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


class Start(NamedTuple):
    """Seconds of one start.

    Attributes:
        painted: From the start of the process to the first painted window.
        worked: Processor time of the process until then, all its threads.
        moved: From the painted window to the first step of the circuit.
        stall: The longest time that the window stood still from then on.
    """

    painted: float
    worked: float
    moved: float = 0.0
    stall: float = 0.0


def start_times(what: str, cache: str | None = None) -> Start:
    """What a start takes.

    Args:
        what: ``window``, or ``empty`` for a window of Qt with nothing in it, which no program of this kind can be faster than.
        cache: Folder of compiled kernels; None is the usual one.
    """
    env = {**os.environ, **({} if cache is None else {"CIRCUITSIM_CACHE_DIR": cache})}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    begun = time.time()
    command = [sys.executable, __file__, what]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    painted, *others = map(float, told.stdout.split())
    return Start(painted - begun, *others)


def once_painted(window: QMainWindow, then: Callable[[], None]) -> QObject:
    """Call something once the whole window is painted; what is given back must be kept until then."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class FirstPaint(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                window.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    found = FirstPaint()
    window.installEventFilter(found)
    return found


def empty() -> None:
    """Open a window with nothing in it; print when it was painted, and what that took."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app, window = QApplication(["empty"]), QMainWindow()

    def done() -> None:
        print(time.time(), time.process_time())
        app.quit()

    kept = once_painted(window, done)
    window.resize(1440, 900)
    window.show()
    app.exec()
    del kept


def child() -> None:
    """Open the window as the command does; print when it was painted and began to move, and how long it stood still."""
    from circuitsim.app.window import start

    build, kept = start.build, []

    def watched(*given: Any) -> MainWindow:
        window = build(*given)
        kept.append(once_painted(window, lambda: finish(window)))
        return window

    def finish(window: MainWindow) -> None:
        from PySide6.QtWidgets import QApplication

        painted, worked, begun = time.time(), time.process_time(), time.perf_counter()
        stall, moved, last = 0.0, 0.0, begun
        while not moved or time.perf_counter() < begun + moved + AFTER:
            QApplication.processEvents()
            time.sleep(0.001)
            stall, last = max(stall, time.perf_counter() - last), time.perf_counter()
            if not moved and window.document.simulator.status().t > 0.0:
                moved = last - begun
        print(painted, worked, moved, stall, flush=True)
        window.close()

    start.build = watched
    start.main([str(CIRCUITS["tap withdrawal"])])


def main() -> None:
    """Print the table."""
    print(f"{'milliseconds':<50}" + "".join(f"{head:>9}" for head in ("median", "95 %", "99 %", "largest")))
    for title, path in CIRCUITS.items():
        for theme_id in ("light", "dark"):
            wall, worked = frame_times(path, theme_id)
            print(row(f"frame, {title}, {theme_id}", wall))
            print(row("  of it processor time", worked), flush=True)
    start_times("window")  # which may compile kernels
    pairs = [(start_times("empty"), start_times("window")) for _ in range(STARTS)]
    cold = []
    for _ in range(STARTS // 2):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(start_times("window", cache))
    show_start("an empty window of Qt", [bare for bare, _ in pairs])
    for title, found in (("kernels on disk", [ours for _, ours in pairs]), ("first start ever", cold)):
        show_start(title, found)
        print(row(f"window to motion, {title}", [each.moved for each in found]))
        print(row(f"longest stall, {title}", [each.stall for each in found]), flush=True)


def show_start(title: str, found: Sequence[Start]) -> None:
    """Two lines of the table."""
    print(row(f"process start to window, {title}", [each.painted for each in found]))
    print(row("  of it processor time", [each.worked for each in found]), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    {"window": child, "empty": empty}.get("".join(sys.argv[1:2]), main)()
