"""A noise input in the window: what the inspector says, and what another seed does to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from circuitsim.app.canvas.wave import wave_points, wave_span
from circuitsim.app.panels._live import LiveState
from circuitsim.app.widgets.popup import Ask
from circuitsim.circuit.edits import SetKind
from circuitsim.spec.catalogue import kinds

LEFT = Qt.MouseButton.LeftButton


def course(document, name):
    circuit = document.circuit
    source = circuit[name]
    return wave_points(circuit.kinds.stimuli[source.stimulus], source, circuit.document.settings.seed)


def picture(window):
    """The drawing around the input, as it is on the screen."""
    window.canvas.repaint()
    return window.canvas.grab().toImage()


def test_another_seed_is_another_noise_on_the_canvas_and_in_the_run(hands, window, qtbot):
    document = window.document
    drive = document.circuit["drive"]
    document.push(SetKind(drive.id, "white_noise"))
    qtbot.waitUntil(lambda: document.snapshot() is not None, timeout=120_000)

    def value():
        snapshot = document.snapshot()
        return snapshot.inputs[snapshot.input_ids.index(drive.id)]

    qtbot.waitUntil(lambda: value() not in (0.0, 1.0))
    before, shape, seen = value(), course(document, "drive"), picture(window)
    QTest.mouseClick(window.transport.method.seed, LEFT)
    asked = window.transport.method.findChild(Ask)
    hands.type(asked.field, "12")
    assert document.circuit.document.settings.seed == 12
    qtbot.waitUntil(lambda: value() != before)
    after = value()
    assert course(document, "drive") != shape
    qtbot.waitUntil(lambda: picture(window) != seen)
    document.stack.undo()
    qtbot.waitUntil(lambda: value() == before)
    assert course(document, "drive") == shape
    document.stack.redo()
    qtbot.waitUntil(lambda: value() == after)


def test_the_inspector_says_that_noise_leaves_no_state_band(hands, running, qtbot):
    document, window = running.document, running
    hands.select("A")

    def boundless():
        return window.panels["inspector"].page.findChild(LiveState).boundless.isVisible()

    assert not boundless()
    document.push(SetKind(document.circuit["drive"].id, "ornstein_uhlenbeck"))
    qtbot.waitUntil(boundless)
    hands.select("drive")
    hands.type(hands.row("deviation").field, "0")
    hands.select("A")
    qtbot.waitUntil(lambda: not boundless())
    document.stack.undo()
    qtbot.waitUntil(boundless)


@pytest.mark.parametrize("stimulus", sorted(kinds().stimuli))
def test_every_stimulus_has_a_picture_that_fits_its_frame(stimulus, window):
    document = window.document
    document.push(SetKind(document.circuit["drive"].id, stimulus))
    source = document.circuit["drive"]
    points = course(document, "drive")
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert all(0.0 <= x <= 1.0 and 0.0 <= y <= 1.0 for x, y in points)
    assert 0.0 < wave_span(document.circuit.kinds.stimuli[stimulus], source) < 1e6
    turns = sum(
        (b - a) * (c - b) < 0 for (_, a), (_, b), (_, c) in zip(points, points[1:], points[2:], strict=False)
    )
    assert turns < 60  # a picture of so many pixels shows no more
