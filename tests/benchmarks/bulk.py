"""What edits of hundreds and thousands of things hold up: ``python tests/benchmarks/bulk.py [WORD …]``.

All is done by keys on the real window while 302 neurons with 5000 synapses run in it. Figures are processor time of the GUI
thread, from one wait for events to the next: the longest of them from the key until the window has come to rest, the
largest of some rounds, and where the time of long ones went. Words choose rows by their titles. Draws off-screen unless
QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from canvas import sheet
from turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from circuitsim.app.window.main_window import MainWindow

    Act = Callable[[], object]

TIMES = 6
WARM = 1  # rounds before those that count
REST = 900  # ms until the window has come to rest after an act
PART = 302  # neurons of the part that is copied, with all synapses between them


class Person:
    """Keys on the canvas of a window, with a watch on what they bring about."""

    def __init__(self, window: MainWindow, turns: Turns) -> None:
        self.window, self.document, self._turns = window, window.document, turns
        window.activateWindow()  # nobody else would, where windows have no manager

    def key(self, key: object, *, shift: bool = False) -> None:
        """Press and release a key on the canvas, with Ctrl."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        held = Qt.KeyboardModifier.ControlModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        self.window.canvas.setFocus()
        QTest.keyClick(self.window.canvas, key, held)

    def delete(self) -> None:
        """Press Delete on the canvas."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.window.canvas.setFocus()
        QTest.keyClick(self.window.canvas, Qt.Key.Key_Delete)

    def undo(self) -> None:
        """Take back."""
        from PySide6.QtCore import Qt

        self.key(Qt.Key.Key_Z)

    def redo(self) -> None:
        """Do again."""
        from PySide6.QtCore import Qt

        self.key(Qt.Key.Key_Z, shift=True)

    @property
    def done(self) -> tuple[object, ...]:
        """What a person would see of an act: another circuit, an edit, or another selection."""
        document = self.document
        return document.circuit, document.circuit.edition, document.selection, document.copied

    def rest(self, ms: int = REST) -> None:
        """Let events come."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def measure(self, name: str, act: Act) -> float:
        """Processor time of the longest piece that an act brings about, in s."""
        from PySide6.QtCore import QTimer

        self.rest(REST // 3)
        before = self.done
        self._turns.begin(name)
        QTimer.singleShot(0, act)
        self.rest()
        if all(now is then for now, then in zip(self.done, before, strict=True)):
            raise SystemExit(f"{name}: nothing has come of it")
        return self._turns.most


def rows(person: Person, folder: Path) -> Iterator[tuple[str, list[tuple[str, Act]], Act]]:
    """Title of a block; titles and acts in their order; what prepares a round."""
    from PySide6.QtCore import Qt

    document, key = person.document, person.key
    neurons = tuple(n.id for n in document.circuit.neurons[:PART])
    synapses = tuple(s.id for s in document.circuit.synapses)
    files = [folder / f"{k}.circuit.json" for k in range(2)]
    back = [("undo", person.undo), ("redo", person.redo), ("undo again", person.undo)]
    yield "select all", [("select all", lambda: key(Qt.Key.Key_A))], lambda: document.select(())
    yield (
        "conductances",
        [("all conductances at once", lambda: _typed(person, synapses, "conductance", "0.25")), *back],
        lambda: document.select(synapses),
    )
    yield (
        "each conductance",
        [("each conductance by a factor", lambda: _typed(person, synapses, "conductance", "*1.1")), *back],
        lambda: document.select(synapses),
    )
    yield (
        "paste",
        [("copy", lambda: key(Qt.Key.Key_C)), (f"paste of {PART} neurons", lambda: key(Qt.Key.Key_V)), *back],
        lambda: document.select(neurons),
    )
    yield "duplicate", [("duplicate", lambda: key(Qt.Key.Key_D)), *back], lambda: document.select(neurons)
    yield "cut", [("cut", lambda: key(Qt.Key.Key_X)), *back], lambda: document.select(neurons)
    yield (
        "delete",
        [("select all", lambda: key(Qt.Key.Key_A)), ("delete everything", person.delete), *back],
        lambda: document.select(()),
    )
    yield (
        "open",
        [(f"open {path.stem}", lambda path=path: person.window.files.open_path(path)) for path in files],
        lambda: None,
    )


def _typed(person: Person, ids: tuple[int, ...], name: str, text: str) -> None:
    """Set a parameter of all through the handle that fields use."""
    from circuitsim.app.document.group import Group
    from circuitsim.app.document.handle import Handle

    element = person.document.circuit.elements[ids[0]]
    kind = person.document.circuit.kinds.synapses[element.kind]
    handle = Handle(Group(person.document, ids), kind.parameter(name))
    handle.take(text)


def main() -> None:
    """Print the table."""
    from circuitsim.api import save
    from circuitsim.app.window import garbage, start

    app = start.application()
    folder = Path(tempfile.mkdtemp())
    for k, size in enumerate(((302, 5_000), (290, 4_900))):
        save(sheet(*size), folder / f"{k}.circuit.json")
    window = start.build(sheet(302, 5_000), None)
    window.resize(1440, 900)
    window.show()
    window.document.play()
    window.frames.start()
    turns = Turns()
    person = Person(window, turns)
    person.rest(3000)
    garbage.keep_to_this_thread()
    garbage.settle()
    words = sys.argv[1:]
    print(f"{'processor time of the longest piece, ms':<44}{'median':>9}{'largest':>9}")
    for title, acts, prepare in rows(person, folder):
        if words and not any(word in title for word in words):
            continue
        found: dict[str, list[float]] = {name: [] for name, _ in acts}
        for k in range(TIMES):
            prepare()
            for name, act in acts:
                spent = person.measure(f"{title}: {name}", act)
                if k >= WARM:
                    found[name].append(1000.0 * spent)
        for name, spent in found.items():
            print(f"{title + ': ' + name:<44}{statistics.median(spent):>9.1f}{max(spent):>9.1f}", flush=True)
    for line in turns.told():
        print(line)
    turns.close()
    window.document.stack.setClean()
    window.close()
    app.processEvents()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
