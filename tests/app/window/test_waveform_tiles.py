"""A waveform on the canvas: its track changes how strongly it acts, its key switches it off and on, while it runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.canvas.strength import MOST, track
from circuitsim.circuit.circuit import Circuit

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def driven(window, qtbot):
    """A neuron that a sine drives, running."""
    circuit = Circuit("driven")
    circuit.add_neuron("cell", position=(300.0, 0.0))
    circuit.add_input("hum", "sine", key="H", position=(0.0, 0.0))
    circuit.connect("hum", "cell", "chemical")
    window.document.replace(circuit, None)
    window.document.play()
    qtbot.waitUntil(lambda: window.document.status().t > 0.0, timeout=60_000)
    window.canvas.zoom_to(1.0)
    QApplication.processEvents()
    return window


def place(window, share):
    """A point of the track, as a share of its length."""
    left, right, y = track(window.canvas.scene, window.document.circuit["hum"])
    return window.canvas.camera.to_view(QPointF(left + share * (right - left), y)).toPoint()


def gain(window):
    return window.document.circuit["hum"].gain


def pull(window, start, *shares):
    """Press on the track and go along it."""
    QTest.mouseMove(window.canvas, place(window, start))
    QTest.mousePress(window.canvas, LEFT, NONE, place(window, start))
    for share in shares:
        QTest.mouseMove(window.canvas, place(window, share))


def test_the_track_changes_how_strongly_it_acts(driven, qtbot):
    document, canvas = driven.document, driven.canvas
    before = document.status().t
    pull(driven, 0.5, 0.4, 0.3, 0.25)
    QTest.mouseRelease(canvas, LEFT, NONE, place(driven, 0.25))
    assert gain(driven) == pytest.approx(0.25 * MOST, abs=0.05)
    assert document.status().playing
    qtbot.waitUntil(lambda: document.status().t > before)
    assert document.circuit["hum"].position == (0.0, 0.0)
    document.stack.undo()
    assert gain(driven) == 1.0
    document.stack.redo()
    assert gain(driven) == pytest.approx(0.25 * MOST, abs=0.05)


def test_escape_gives_it_back(driven):
    pull(driven, 0.5, 0.9, 1.0)
    assert gain(driven) == pytest.approx(MOST, abs=0.02)
    QTest.keyClick(driven.canvas, Qt.Key.Key_Escape)
    assert gain(driven) == 1.0


def test_above_the_track_the_tile_is_moved(driven):
    middle = driven.canvas.camera.to_view(QPointF(0.0, -4.0)).toPoint()
    QTest.mousePress(driven.canvas, LEFT, NONE, middle)
    for k in range(1, 5):
        QTest.mouseMove(driven.canvas, middle + 16 * k * (place(driven, 1.0) - place(driven, 0.9)) / 8)
    QTest.mouseRelease(driven.canvas, LEFT, NONE, middle + 8 * (place(driven, 1.0) - place(driven, 0.9)))
    assert gain(driven) == 1.0
    assert driven.document.circuit["hum"].position != (0.0, 0.0)


def test_its_key_switches_it_off_and_on_as_strong_as_it_was(driven):
    driven.canvas.setFocus()
    for wanted in (0.0, 1.0, 0.0):
        QTest.keyClick(driven.canvas, Qt.Key.Key_H)
        assert gain(driven) == wanted
    driven.document.stack.undo()
    assert gain(driven) == 1.0
    assert driven.document.status().playing


def test_the_hint_says_what_the_track_and_the_key_do(driven, qtbot):
    heard = []
    driven.document.hint_changed.connect(heard.append)
    QTest.mouseMove(driven.canvas, place(driven, 0.5) - QPoint(0, 12))
    QTest.mouseMove(driven.canvas, place(driven, 0.5))
    told = "drag to change how strongly hum acts · H switches it off and on"
    qtbot.waitUntil(lambda: any(text.startswith(told) for text in heard))
