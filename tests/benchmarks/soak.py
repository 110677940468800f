"""Minutes of random use of the real window: ``python tests/benchmarks/soak.py [MINUTES] [SEED]``.

A seeded hand adds, connects, moves, deletes, undoes, slides, plays, zooms, types, changes the theme and opens
examples, by real mouse and key events that come one by one. Every ten seconds a line tells of memory, threads, timers, objects of Qt and
things on the canvas: after the first ones they must not grow. At the end stand the frames by the log of frames, and what
held up the GUI thread longest: when, for how much of the processor's time, and what it was doing. Draws off-screen
unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from stalls import LONG, Stalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Deed = Iterator[None]

    from PySide6.QtCore import QPoint

    from circuitsim.app.window.main_window import MainWindow

EVERY = 10.0  # seconds between two lines
PAUSE = 15  # ms between two events; a deed is one or a few, and one is left out after it
MOST = 40  # neurons; more are deleted, so that the drawing itself does not grow
FIRST = "tap-withdrawal"
SETTLED = 60.0  # s after which memory must not grow
MOST_MS = 100  # of a frame
LONGEST = 8  # frames that are told of


class Marked:
    """The functions of QTest; each is an event that would come by itself."""

    def __init__(self, test: type, stalls: Stalls) -> None:
        self._test, self._stalls = test, stalls

    def __getattr__(self, name: str) -> Callable[..., None]:
        """One of them."""
        function = getattr(self._test, name)

        def marked(*args: object, **options: object) -> None:
            function(*args, **options)
            self._stalls.mark()

        return marked


class Hand:
    """Does one random thing after another."""

    def __init__(self, window: MainWindow, seed: int, stalls: Stalls) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.window, self.canvas = window, window.canvas
        self.draw = random.Random(seed)  # noqa: S311  (a hand, not a secret)
        self.qt, self.test = Qt, Marked(QTest, stalls)
        self._stalls = stalls
        self.done, self._name = 0, ""
        self._deed: Deed = iter(())
        self._deeds: list[tuple[int, Callable[[], Deed]]] = [
            (6, self.click), (6, self.drag), (3, self.connect), (4, self.add), (2, self.delete), (6, self.undo),
            (4, self.play), (4, self.zoom), (1, self.theme), (1, self.example), (3, self.slide), (3, self.search),
            (2, self.copy), (2, self.panes), (2, self.step), (1, self.resize), (2, self.trace),
        ]  # fmt: skip

    def act(self) -> None:
        """The next event of a deed; then another deed, chosen by weight."""
        self._stalls.mark()  # what came before was not the hand
        self._stalls.deed = self._name
        if next(self._deed, self) is self:
            weights = [weight for weight, _ in self._deeds]
            (deed,) = self.draw.choices([deed for _, deed in self._deeds], weights)
            self._deed, self._name = deed(), deed.__name__
            self.done += 1
        self._stalls.mark()
        self._stalls.deed = ""

    def spot(self) -> QPoint:
        """A point of the canvas, often on an element."""
        from PySide6.QtCore import QPoint

        placed = self.canvas.scene.placed()
        if placed and self.draw.random() < 0.7:
            box = self.canvas.scene.box(self.draw.choice(placed))
            at = self.canvas.camera.to_view(box.center()).toPoint()
            if self.canvas.rect().contains(at):
                return at
        return QPoint(self.draw.randrange(self.canvas.width()), self.draw.randrange(self.canvas.height()))

    def key(self, key: object, *modifiers: object) -> None:
        """Press and release a key on the canvas."""
        held = self.qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier  # type: ignore[operator]
        self.canvas.setFocus()
        self.test.keyClick(self.canvas, key, held)

    def click(self) -> Deed:
        """Select something."""
        held = self.draw.choice([self.qt.KeyboardModifier.NoModifier, self.qt.KeyboardModifier.ShiftModifier])
        self.test.mouseClick(self.canvas, self.qt.MouseButton.LeftButton, held, self.spot())
        yield

    def drag(self) -> Deed:
        """Move something, or draw a rubber band."""
        yield from self.pull(self.spot(), self.spot())

    def pull(self, start: QPoint, end: QPoint) -> Deed:
        """Press, move in some steps, release."""
        left, none = self.qt.MouseButton.LeftButton, self.qt.KeyboardModifier.NoModifier
        self.test.mousePress(self.canvas, left, none, start)
        yield
        for k in range(1, 6):
            self.test.mouseMove(self.canvas, start + (end - start) * k / 5)
            yield
        self.test.mouseRelease(self.canvas, left, none, end)
        yield
        if self.canvas.quick.list.isVisible():
            self.test.keyClick(self.canvas.quick.list.field, self.qt.Key.Key_Return)

    def connect(self) -> Deed:
        """Draw a line from the rim of a neuron."""
        from PySide6.QtCore import QPoint

        neurons = self.window.document.circuit.neurons
        if neurons:
            box = self.canvas.scene.box(self.draw.choice(neurons))
            middle = self.canvas.camera.to_view(box.center()).toPoint()
            rim = QPoint(round(box.width() / 2 * self.canvas.camera.zoom) - 2, 0)
            self.test.mouseMove(self.canvas, middle + rim)
            yield
            yield from self.pull(middle + rim, self.spot())

    def add(self) -> Deed:
        """Add a neuron, an input or a note by its key."""
        self.test.mouseMove(self.canvas, self.spot())
        yield
        self.key(self.draw.choice([self.qt.Key.Key_N, self.qt.Key.Key_I, self.qt.Key.Key_N]))
        yield
        self.key(self.qt.Key.Key_Escape)
        yield

    def delete(self) -> Deed:
        """Delete what is selected, or a lot if there is too much."""
        document = self.window.document
        if len(document.circuit.neurons) > MOST:
            document.select([n.id for n in document.circuit.neurons[MOST // 2 :]])
        self.key(self.qt.Key.Key_Delete)
        yield

    def undo(self) -> Deed:
        """Undo or redo."""
        self.key(
            self.draw.choice([self.qt.Key.Key_Z, self.qt.Key.Key_Y]), self.qt.KeyboardModifier.ControlModifier
        )
        yield

    def play(self) -> Deed:
        """Play or pause, or go back to the start."""
        self.key(self.draw.choice([self.qt.Key.Key_Space, self.qt.Key.Key_Space, self.qt.Key.Key_R]))
        yield

    def step(self) -> Deed:
        """Look back and return."""
        for _ in range(3):
            self.key(self.qt.Key.Key_Comma)
            yield
        self.key(self.qt.Key.Key_End)
        yield

    def zoom(self) -> Deed:
        """Zoom, or show everything."""
        self.key(self.draw.choice([self.qt.Key.Key_F, self.qt.Key.Key_1]))
        yield

    def theme(self) -> Deed:
        """Light to dark and back."""
        self.window.commands.trigger("theme")
        yield

    def example(self) -> Deed:
        """Open another example."""
        from circuitsim.io.examples import examples

        self.window.document.stack.setClean()
        self.window.files.open_example(self.draw.choice(examples()).path)
        yield

    def slide(self) -> Deed:
        """Move the slider of the speed, or a pinned one."""
        sliders = [
            self.window.transport.speed.slider,
            *(row.slider for row in self.window.pins.rows.values()),
        ]
        slider = self.draw.choice(sliders)
        if slider.isVisible():
            middle = slider.rect().center()
            middle.setX(self.draw.randrange(8, max(9, slider.width() - 8)))
            self.test.mouseClick(slider, self.qt.MouseButton.LeftButton, pos=middle)
        yield

    def search(self) -> Deed:
        """Open the search, type and give up or show an element."""
        self.key(self.qt.Key.Key_K, self.qt.KeyboardModifier.ControlModifier)
        yield
        if not self.window.search.list.isVisible():
            return  # something else has the keys
        field = self.window.search.list.field
        for letter in self.draw.choice(["a", "st", "zoom"]):
            self.test.keyClick(field, letter)
            yield
        self.test.keyClick(field, self.qt.Key.Key_Escape)
        yield

    def copy(self) -> Deed:
        """Duplicate what is selected."""
        if len(self.window.document.selection) < MOST // 4:
            self.key(self.qt.Key.Key_D, self.qt.KeyboardModifier.ControlModifier)
        yield

    def trace(self) -> Deed:
        """Put what is selected on the scope, or take it off."""
        self.key(self.qt.Key.Key_V)
        yield

    def panes(self) -> Deed:
        """Walk through the panes and turn to the issues and back."""
        self.key(self.qt.Key.Key_F6)
        yield
        self.key(self.qt.Key.Key_F8)
        yield
        self.key(self.qt.Key.Key_F8)
        yield

    def resize(self) -> Deed:
        """Another size of the window."""
        self.window.resize(*self.draw.choice([(1024, 700), (1440, 900), (1280, 800)]))
        yield


def figures(window: MainWindow) -> dict[str, int]:
    """What must stay flat."""
    from PySide6.QtCore import QObject, QTimer

    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    objects = window.findChildren(QObject)
    return {
        "RSS MB": memory // 1024,
        "threads": threading.active_count(),
        "timers": sum(isinstance(o, QTimer) and o.isActive() for o in objects),
        "QObjects": len(objects),
        "Python": len(gc.get_objects()),
        "elements": len(window.document.circuit.elements),
        "undo": window.document.stack.count(),
    }


def tell(now: float, deeds: int, found: dict[str, int], *, first: bool) -> None:
    """A line of the table, below its head if it is the first one."""
    if first:
        print("   t s" + "".join(f"{name:>10}" for name in ("deeds", *found)))
    print(f"{now:>6.0f}" + "".join(f"{number:>10}" for number in (deeds, *found.values())), flush=True)


def report(told: Sequence[tuple[float, dict[str, int]]], stalls: Stalls, log: Path) -> None:
    """Print what is asked of a soak: growth, frames, and what held up the window."""
    after = [found["RSS MB"] for now, found in told if now >= SETTLED] or [0]
    print(
        f"memory: {max(after) - after[0]:+d} MB at most after the first {SETTLED:.0f} s, {after[-1] - after[0]:+d} at the end"
    )
    lines = log.read_text(encoding="utf-8").splitlines()
    heads, rows = lines[0].split(","), [line.split(",") for line in lines[1:-1]]
    print(lines[-1].removeprefix("# "))
    columns = slice(2, heads.index("work_ms"))
    work = sorted(
        ((float(row[heads.index("work_ms")]), row) for row in rows if float(row[0]) > 1.0), reverse=True
    )
    print(f"frames above {MOST_MS} ms: {sum(ms > MOST_MS for ms, _ in work)}; the longest:")
    for ms, row in work[:LONGEST]:
        parts = sorted(zip(map(float, row[columns]), heads[columns], strict=True), reverse=True)[:3]
        print(
            f"{float(row[0]):8.1f} s{ms:9.0f} ms  " + ", ".join(f"{name} {part:.0f}" for part, name in parts)
        )
    longer = [piece for piece in stalls.long if piece.at > 1.0]
    above = [sum(piece.work > limit for piece in longer) for limit in (LONG, MOST_MS / 1e3)]
    print(
        f"of {stalls.count} pieces of work above 50 and 100 ms by processor time: {above[0]} and {above[1]}"
    )
    print("the longest by processor time, of each deed:")
    for piece in sorted(
        {p.deed: p for p in sorted(longer, key=lambda p: p.work)}.values(), key=lambda p: -p.work
    ):
        print(piece)


def main(minutes: float, seed: int) -> None:
    """Use the window and print the table."""
    from PySide6.QtCore import QTimer

    from circuitsim.app.window import garbage
    from circuitsim.app.window.start import application, start
    from circuitsim.io.examples import example
    from circuitsim.store.store import Store

    app = application()
    folder = Path(tempfile.mkdtemp())
    log = folder / "frames.csv"
    own = folder / "own.circuit.json"
    own.write_bytes(example(FIRST).path.read_bytes())
    window = start(own, Store(folder / "store"))
    window.log_frames(log)
    garbage.keep_to_this_thread()
    stalls = Stalls()
    hand, begun = Hand(window, seed, stalls), time.monotonic()
    told: list[tuple[float, dict[str, int]]] = []

    def turn() -> None:
        """One event, from the event loop as a person's would come."""
        now = time.monotonic() - begun
        if now >= 60.0 * minutes:
            app.exit()  # quitting would close the window, which is closed below
        elif now >= EVERY * len(told):
            count(now)
        else:
            hand.act()

    def count(now: float) -> None:
        """Another line of the table; counting is no frame, and not the window's work."""
        window.frames.stop()
        app.processEvents()  # the last frame ends
        found = figures(window)
        tell(now, hand.done, found, first=not told)
        told.append((now, found))
        stalls.begin()
        window.frames.start()

    clock = QTimer(interval=PAUSE)
    clock.timeout.connect(turn)
    clock.start()
    QTimer.singleShot(2000, garbage.settle)
    app.exec()
    clock.stop()
    stalls.close()
    window.document.stack.setClean()
    window.close()
    app.processEvents()
    print("threads left:", [t.name for t in threading.enumerate() if t is not threading.main_thread()])
    report(told, stalls, log)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
