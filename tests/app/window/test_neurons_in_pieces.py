"""Neurons of a large drawing come over some frames when it is opened, and are then all there in every frame."""

from __future__ import annotations

import pytest

from circuitsim.app.canvas import sprites
from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add

pytestmark = pytest.mark.gui

NEURONS = 420  # more than are drawn in one go


@pytest.fixture
def crowd():
    """Neurons that nearly all look different."""
    circuit = Circuit()
    circuit.apply(
        Add(
            tuple(
                new_neuron(
                    circuit,
                    f"N{k}",
                    position=(60.0 + 70.0 * (k % 30), 60.0 + 70.0 * (k // 30)),
                    start=k / NEURONS,
                )
                for k in range(NEURONS)
            )
        )
    )
    return circuit


@pytest.fixture
def show(opened, qtbot):
    """Shows a circuit in the real window after a step; the window draws no frames of its own."""
    window = opened("liquid")
    window.frames.stop()
    window.document.simulator.pause()

    def act(circuit):
        window.document.replace(circuit, None)
        step(window.document, qtbot, 1)
        while not window.canvas._whole.known:  # a large drawing is fitted after some frames
            window.canvas.refresh()
        return window.canvas

    return act


def step(document, qtbot, steps):
    before = 0.0 if document.snapshot() is None else document.snapshot().t
    document.simulator.step(steps)
    qtbot.waitUntil(lambda: document.snapshot() is not None and document.snapshot().t > before)


def shown(canvas):
    return canvas.grab().toImage()


def to_the_end(canvas):
    for frames in range(5000):
        image = shown(canvas)
        if not canvas._picture.unfinished:
            return frames, image
    raise AssertionError("never finished")


def test_they_come_over_some_frames_and_look_as_if_at_once(show, crowd, monkeypatch, qtbot):
    canvas = show(crowd)
    to_the_end(canvas)
    qtbot.wait(50)  # until the zoom is told, too
    at_once = shown(canvas)
    # as on a machine that gets no further than one picture in a frame
    monkeypatch.setattr(sprites, "SLICE", 0.0)
    canvas = show(crowd.copy())
    first = shown(canvas)
    assert canvas._picture._kept.sprites.unfinished
    frames, _ = to_the_end(canvas)
    assert frames > 2
    qtbot.wait(50)
    assert first != at_once
    assert shown(canvas) == at_once


def test_once_they_were_all_there_none_is_missing_in_any_frame(show, crowd, monkeypatch, qtbot):
    canvas = show(crowd)
    to_the_end(canvas)
    monkeypatch.setattr(sprites, "SLICE", 0.0)
    step(canvas.document, qtbot, 300)
    canvas.refresh()
    shown(canvas)
    assert not canvas._picture._kept.sprites.unfinished
