"""How long a change of theme holds up the GUI thread: ``python tests/benchmarks/themes.py [CHANGES]``.

The circuit runs, all panels, laboratories and pages of the inspector are there. Processor time of the GUI thread, in ms:
the longest piece of work between two passes of the event loop, without a change, in the median change and in the worst,
and in the median where the theme is changed at once, in one piece; by the clock, when a change is seen.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from typing import TYPE_CHECKING

from canvas import SIZES, sheet
from stalls import Stalls

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit

REST = 1500  # ms for which the window is left alone
MOST = 20.0  # s for a change


def wait(until: Callable[[], bool], most: float = MOST) -> None:
    """Let the event loop run until something is so."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    loop, end = QEventLoop(), time.perf_counter() + most
    clock = QTimer(interval=20)
    clock.timeout.connect(lambda: loop.quit() if until() or time.perf_counter() > end else None)
    clock.start()
    loop.exec()
    clock.stop()
    QCoreApplication.sendPostedEvents()


def everything(window: MainWindow) -> None:
    """Show every panel, laboratory and page once."""
    from circuitsim.analysis import analyses
    from circuitsim.app.panels.inspector import Inspector

    inspector = window.panels["inspector"]
    assert isinstance(inspector, Inspector)
    inspector.prepare()
    wait(lambda: inspector._ahead.done)
    for name in analyses():
        window.show_laboratory(name)
        wait(lambda: window.bottom.view.result is not None)
    window.bottom.turn_to("scope")
    window.document.select({window.document.circuit.neurons[0].id})
    window.side.turn_to("issues")
    window.side.turn_to("inspector")


def measure(title: str, circuit: Circuit, changes: int) -> None:
    """A line of the table."""
    from PySide6.QtWidgets import QWidget

    from circuitsim.app import theme
    from circuitsim.app.window import garbage
    from circuitsim.app.window.start import build

    window = build(circuit, None)
    window.show()
    window.frames.start()
    window.document.play()
    wait(lambda: window.document.status().t > 0.1, 120.0)
    everything(window)
    wait(lambda: False, 2.0)
    garbage.settle()
    stalls = Stalls()
    wait(lambda: False, REST / 1e3)
    rest, pieces, after, at_once = stalls.longest, [], [], []
    seen: list[float] = []
    theme.changed.connect(lambda: seen.append(time.perf_counter()))
    for _ in range(changes):
        stalls.forget()
        seen.clear()
        begun = time.perf_counter()
        window.switch_theme()
        wait(lambda: not theme.turning())
        pieces.append(stalls.longest)
        after.append(seen[0] - begun)
        wait(lambda: False, 0.5)
    for k in range(changes):
        stalls.forget()
        theme.set_theme(("dark", "light")[k % 2])
        wait(lambda: False, 0.5)
        at_once.append(stalls.longest)
    stalls.close()
    widgets = len(window.findChildren(QWidget))
    figures = (rest, statistics.median(pieces), max(pieces), statistics.median(at_once))
    print(
        f"{title:<26}{widgets:>8}"
        + "".join(f"{1e3 * figure:>9.0f}" for figure in figures)
        + f"{1e3 * statistics.median(after):>9.0f}"
    )
    window.document.stack.setClean()
    window.close()


def main(changes: int) -> None:
    """Print the table."""
    from circuitsim.api import load
    from circuitsim.app.window import garbage
    from circuitsim.app.window.start import application
    from circuitsim.io.examples import example

    application()
    garbage.keep_to_this_thread()
    print(f"{'':<26}{'widgets':>8}{'at rest':>9}{'median':>9}{'longest':>9}{'at once':>9}{'seen after':>12}")
    measure("tap withdrawal", load(example("tap-withdrawal").path), changes)
    neurons, synapses = SIZES[0]
    measure(f"{neurons} + {synapses}", sheet(neurons, synapses), changes)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
