"""How long selecting and opening block the window: ``python tests/benchmarks/selecting.py [tap] [302]``.

Everything is done by mouse and keys on the real window while the circuit runs. Figures are processor time of the GUI
thread, so that neither other programs nor the engine lengthen them: the longest piece of work in one go (an event, or
a frame with its painting), from the event until the window stands still, and all that comes of the event until it is
painted for the first time.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from canvas import sheet

from circuitsim.api import load
from circuitsim.app.window import garbage
from circuitsim.spec.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit

TIMES = 18
WARM = 4  # of them come before those that count
CIRCUIT = resource("examples", "tap-withdrawal.circuit.json")
PAUSE = 0.05  # s between two acts
FRAMES = 8  # after an act, until everything stands still


class Person:
    """Mouse and keys on the canvas of a window."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app, self.window = app, window
        self._pieces: list[float] = []
        self.canvas, self.circuit = window.canvas, window.document.circuit

    def rest(self, seconds: float = PAUSE) -> None:
        """Let frames go by."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.window.refresh()
            self._app.processEvents()
            time.sleep(0.004)

    def measure(self, act: Callable[[], object], after: Callable[[], object]) -> list[tuple[float, float]]:
        """Processor time of the longest piece and of all until the first painting, in s, again and again.

        Args:
            act: What is measured.
            after: What is done between two of them, without being measured.
        """
        spent = []
        for _ in range(TIMES):
            self._pieces.clear()
            act()
            self.piece(self._app.processEvents)
            whole = sum(self._pieces)
            for _ in range(FRAMES):
                self.piece(self.window.refresh)
                self.piece(self._app.processEvents)
                garbage.collect()
            spent.append((max(self._pieces), whole))
            self.rest()
            after()
            self.rest()
        return spent[WARM:]

    def piece(self, act: Callable[[], object]) -> None:
        """Do something in one go."""
        begun = time.thread_time()
        act()
        self._pieces.append(time.thread_time() - begun)

    def click(self, at: QPoint, *, add: bool = False) -> None:
        """Press and release on the canvas; with Shift if it adds to the selection."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        modifier = Qt.KeyboardModifier.ShiftModifier if add else Qt.KeyboardModifier.NoModifier
        for act in (QTest.mousePress, QTest.mouseRelease):
            self.piece(lambda act=act: act(self.canvas, Qt.MouseButton.LeftButton, modifier, at))

    def places(self, kind: str) -> Iterator[QPoint]:
        """Where things of a kind can be clicked, round and round."""
        scene, camera = self.canvas.scene, self.canvas.camera
        if kind == "synapses":
            curves = scene.curves(camera.zoom)
            middles = [curves[s.id].at(0.5) / camera.zoom for s in self.circuit.synapses]
        else:
            middles = [scene.box(e).center() for e in getattr(self.circuit, kind)]
        inside = self.canvas.rect().adjusted(40, 90, -40, -90)
        seen = [camera.to_view(middle).toPoint() for middle in middles]
        return itertools.cycle([at for at in seen if inside.contains(at)][:12])

    def empty(self) -> QPoint:
        """A place of the view where there is nothing."""
        from PySide6.QtCore import QPoint, QPointF

        camera = self.canvas.camera
        for x, y in itertools.product(range(60, self.canvas.width() - 60, 12), range(90, 400, 12)):
            clear = all(
                self.canvas.scene.hit(camera.to_canvas(QPointF(x + dx, y + dy)), camera.zoom) is None
                for dx, dy in ((0, 0), (9, 0), (-9, 0), (0, 9), (0, -9))
            )
            if clear and self.canvas.childAt(x, y) is None:
                return QPoint(x, y)
        raise LookupError("The circuit covers the whole view")


Act = Callable[[], object]


def selections(person: Person) -> Iterator[tuple[str, Act, Act]]:
    """Title of a row, what it measures, and what is done in between."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    document, canvas, empty = person.window.document, person.canvas, person.empty()
    neurons, lines, tiles = (person.places(kind) for kind in ("neurons", "synapses", "inputs"))

    def click(places: Iterator[QPoint], *, add: bool = False) -> Act:
        return lambda: person.click(next(places), add=add)

    def nothing() -> None:
        document.select(())

    yield "a neuron, after another", click(neurons), lambda: None
    yield "a neuron, after nothing", click(neurons), nothing
    yield "nothing, after a neuron", lambda: person.click(empty), click(neurons)
    yield "a synapse, after another", click(lines), lambda: None
    yield "a synapse, after a neuron", click(lines), click(neurons)
    if person.circuit.inputs:
        yield "an input, after a neuron", click(tiles), click(neurons)
    yield "a second neuron, with Shift", click(neurons, add=True), click(neurons)
    all_of_it = Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    yield (
        "everything, after a neuron",
        lambda: person.piece(lambda: QTest.keyClick(canvas, *all_of_it)),
        click(neurons),
    )


def openings(person: Person) -> Iterator[tuple[str, Act, Act]]:
    """As `selections`, for what opens over the window."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QDialog, QMenu

    window, canvas, empty = person.window, person.canvas, person.empty()
    neurons = person.places("neurons")

    def menu() -> None:
        at = next(neurons)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
        person.piece(lambda: QApplication.sendEvent(canvas, event))

    def close(kind: type[QMenu | QDialog]) -> None:
        for found in window.findChildren(kind):
            found.close()

    yield "menu of a neuron", menu, lambda: close(QMenu)
    yield (
        "list of what can be added",
        lambda: person.piece(lambda: QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=empty)),
        canvas.quick.list.dismiss,
    )
    yield (
        "gallery of examples",
        lambda: person.piece(lambda: window.commands.trigger("gallery")),
        lambda: close(QDialog),
    )


def row(title: str, spent: list[tuple[float, float]]) -> str:
    """A line of the table: median and largest of the longest pieces, and of the whole, in milliseconds."""
    shown = [1000.0 * of(values) for values in zip(*spent, strict=True) for of in (statistics.median, max)]
    return f"{title:<44}" + "".join(f"{value:>9.1f}" for value in shown)


def measure(app: QApplication, title: str, circuit: Circuit) -> None:
    """Print the lines of one circuit."""
    from circuitsim.app.window import start

    window = start.build(circuit, None)
    window.resize(1440, 900)
    window.show()
    window.document.play()
    person = Person(app, window)
    while window.document.status().t <= 0.0:
        person.rest(0.01)
    person.rest(2.0)
    garbage.keep_to_this_thread()
    garbage.settle()
    print(f"{title:<44}" + "".join(f"{head:>9}" for head in ("piece", "largest", "whole", "largest")))
    for rows in (selections, openings):
        for name, act, after in rows(person):
            print(row(f"  {name}", person.measure(act, after)), flush=True)
    window.document.stack.setClean()
    window.close()
    app.processEvents()


def main() -> None:
    """Print the tables."""
    from circuitsim.app.window import start

    app = start.application()
    circuits = {
        "tap": ("tap withdrawal, ms", lambda: load(CIRCUIT)),
        "302": ("302 neurons, 5000 synapses, ms", lambda: sheet(302, 5_000)),
    }
    for word in sys.argv[1:] or circuits:
        title, make = circuits[word]
        measure(app, title, make())


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
