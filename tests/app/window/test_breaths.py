"""After much has changed, large parts of the window are painted one after the other, and events are heard in between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject

from circuitsim.api import load
from circuitsim.app.window import breaths
from circuitsim.circuit.edits import SetParameter
from circuitsim.io.examples import example

pytestmark = pytest.mark.gui


class Heard(QObject):
    """Notes in turn which parts are painted, and when the event loop waits."""

    def __init__(self, window):
        super().__init__()
        self.notes = []
        self._names = {window.canvas: "canvas", window.bottom: "bottom", window.side: "side"}
        for part in self._names:
            part.installEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._waits)

    def close(self):
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._waits)

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            self._note(self._names[watched])
        return False

    def _waits(self):
        self._note("wait")

    def _note(self, what):
        if self.notes[-1:] != [what]:
            self.notes.append(what)

    @property
    def first(self):
        """What is painted for the first time, with the waits before it."""
        painted = [note for note in dict.fromkeys(self.notes) if note != "wait"]
        return painted, [self.notes[self.notes.index(part) - 1] for part in painted]


@pytest.fixture
def window(opened, qtbot):
    made = opened("tap-withdrawal")
    made.document.simulator.pause()
    qtbot.waitUntil(lambda: not made.document.status().playing)
    made.frames.stop()
    qtbot.wait(300)
    return made


@pytest.fixture
def heard(window):
    made = Heard(window)
    yield made
    made.close()


def held(window):
    return [part for part in (window.canvas, window.bottom, window.side) if not part.updatesEnabled()]


def change(window):
    ids = tuple(s.id for s in window.document.circuit.synapses)
    assert window.document.push(SetParameter(ids, "conductance", 0.37))


def test_a_number_of_many_synapses(window, heard, qtbot, monkeypatch):
    monkeypatch.setattr(breaths, "MANY", 20)
    change(window)
    assert len(held(window)) == 3
    qtbot.waitUntil(lambda: not held(window))
    qtbot.waitUntil(lambda: "side" in heard.notes)
    assert heard.first == (["canvas", "bottom", "side"], ["wait"] * 3)
    window.document.stack.undo()
    assert len(held(window)) == 3
    qtbot.waitUntil(lambda: not held(window))


def test_few_changes_are_painted_at_once(window):
    change(window)
    assert not held(window)


def test_another_circuit(window, heard, qtbot):
    path = example("lamprey").path
    window.document.replace(load(path), path)
    assert len(held(window)) == 3
    qtbot.waitUntil(lambda: not held(window))
    qtbot.waitUntil(lambda: "side" in heard.notes)
    assert heard.first == (["canvas", "bottom", "side"], ["wait"] * 3)


def test_edits_that_follow_at_once_keep_nothing_from_being_painted(window, qtbot, monkeypatch):
    monkeypatch.setattr(breaths, "MANY", 20)
    seen = set()
    for _ in range(12):
        change(window)
        window.document.stack.undo()
        qtbot.wait(3)
        seen |= {part for part in (window.canvas, window.bottom, window.side) if part not in held(window)}
    assert len(seen) == 3
    qtbot.waitUntil(lambda: not held(window))
