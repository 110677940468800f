"""Values under the pointer: all traces, in the units of their lanes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from scope_hand import LEFT, NONE, drawn, place_in, scope_of

from circuitsim.app.document.carry import unpacked
from circuitsim.app.document.quantity import steady
from circuitsim.app.plots.hover import Entry, Reading, _blocks, read_at


def test_every_trace_has_its_values(window):
    scope, document = scope_of(window), window.document
    reading = read_at(document, scope.lanes, scope.window_of_time, 5.0)
    assert reading.columns == ("v", "τ", "in")
    assert [e.name for e in reading.entries] == ["one", "two", "hold_one", "hold_two"]
    v = document.simulator.recording.at(5.0).v
    assert reading.entries[0].cells == (steady(v[0]), "400 ms", "")
    assert reading.entries[3].cells == ("", "", "−0.300")
    assert reading.time.startswith("5.0")


def test_the_card_follows_the_pointer_and_goes_with_it(window, qtbot):
    scope = scope_of(window)
    drawn(window)
    empty = scope.grab().toImage()
    QTest.mouseMove(scope, place_in(window, 4.0))
    drawn(window)
    left = scope.grab().toImage()
    assert left != empty
    QTest.mouseMove(scope, place_in(window, 5.9))
    drawn(window)
    assert scope.grab().toImage() != left
    QTest.mouseMove(window.canvas, QPoint(50, 50))
    qtbot.waitUntil(lambda: scope.pointer is None)


def test_the_emblem_of_the_inspector_carries_its_neuron(window, monkeypatch):
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: carried.append(unpacked(drag.mimeData())))
    neuron = window.document.circuit["two"].id
    window.document.select({neuron})
    drawn(window)
    emblem = window.panels["inspector"].title.emblem
    QTest.mousePress(emblem, LEFT, NONE, QPoint(20, 20))
    QTest.mouseMove(emblem, QPoint(30, 30))
    QTest.mouseRelease(emblem, LEFT, NONE, QPoint(30, 30))
    assert carried
    assert carried[0] == (neuron,)


@pytest.mark.usefixtures("qapp")
def test_what_finds_no_room_is_counted():
    entries = tuple(Entry(k, f"neuron{k}", "#000000", ("−0.123", "12.3 ms")) for k in range(23))
    reading = Reading("1.00 s", ("v", "τ"), entries)
    blocks = _blocks(reading, 5, 400.0)
    shown = sum(len(block._entries) for block in blocks)
    assert 5 <= shown < 23
    assert blocks[-1]._more == 23 - shown
    assert sum(block.width for block in blocks) <= 400.0
    everything = _blocks(reading, 5, 4000.0)
    assert sum(len(block._entries) for block in everything) == 23
    assert not any(block._more for block in everything)
    assert len(_blocks(reading, 5, 10.0)) == 1
