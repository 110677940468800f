"""How fast networks of ncps run live, and what their window takes: ``python tests/benchmarks/ncps_live.py``.

Calls of the cell a second that the engine's thread makes as fast as it can, alone and beside the window that draws it;
how often the window draws meanwhile, of 60 times a second; and what one frame takes, in processor time of the GUI thread.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from window import INTERVAL, row, wait_for_motion

import circuitsim as cs
from circuitsim.engine.simulator import Simulator

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SIZES = (19, 64, 302)
INPUTS, OUTPUTS = 4, 2
SECONDS = 4.0
FULL = 3.0  # s, until the window stands


def rate(simulator: Simulator, seconds: float, begun: float) -> float:
    """Calls a second since an instant of the model that lies so many seconds back."""
    status = simulator.status()
    return (status.t - begun) / status.dt / seconds


def alone(circuit: cs.Circuit) -> float:
    """Calls a second of the engine's thread when nothing draws."""
    simulator = Simulator(circuit)
    simulator.set_speed(None)
    simulator.play()
    while simulator.status().t <= 0.0:
        time.sleep(0.01)
    begun, at = simulator.status().t, time.perf_counter()
    time.sleep(SECONDS)
    result = rate(simulator, time.perf_counter() - at, begun)
    simulator.close()
    return result


def in_window(app: QApplication, circuit: cs.Circuit) -> tuple[float, float, list[float]]:
    """Calls a second beside the window, frames a second, and seconds of work for each frame."""
    from circuitsim.app.window import garbage, start

    window = start.build(circuit, None)
    window.resize(1440, 900)
    window.show()
    document = window.document
    document.play()
    document.simulator.set_speed(None)
    wait_for_motion(app, window)
    until = time.perf_counter() + FULL
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.001)
    garbage.keep_to_this_thread()
    garbage.settle()
    worked: list[float] = []
    begun, at = document.status().t, time.perf_counter()
    due = at
    while (now := time.perf_counter()) < at + SECONDS:
        if now < due:
            time.sleep(min(due - now, 0.001))
            continue
        before = time.thread_time()
        window.refresh()
        app.processEvents()
        garbage.collect()
        worked.append(time.thread_time() - before)
        due = max(due + INTERVAL, time.perf_counter())
    seconds = time.perf_counter() - at
    result = rate(document.simulator, seconds, begun)
    document.stack.setClean()
    window.close()
    app.processEvents()
    return result, len(worked) / seconds, worked


def main() -> None:
    """Print two lines for each size."""
    from circuitsim.app.window import start

    app = start.application()
    print(
        "frames, ms of processor time           "
        + "".join(f"{h:>9}" for h in ("median", "95 %", "99 %", "most"))
    )
    for units in SIZES:
        circuit = cs.network("auto_ncp", units=units, output_size=OUTPUTS, inputs=INPUTS)
        fast = alone(circuit)
        beside, frames, worked = in_window(app, circuit.copy())
        print(
            f"{units} units, {len(circuit.synapses)} synapses: {fast:.0f} calls/s alone, {beside:.0f} calls/s beside "
            f"the window, {frames:.0f} frames/s"
        )
        print(row(f"  frame, {units} units", worked), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
