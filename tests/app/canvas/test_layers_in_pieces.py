"""Layers of a drawing are painted in pieces, over some frames; nothing waits for long, and nothing that is moved vanishes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from circuitsim.api import load
from circuitsim.app.canvas import picture as painting
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.picture import Picture
from circuitsim.app.canvas.scene import Scene
from circuitsim.app.canvas.shot import Frame, Shot
from circuitsim.app.theme.tokens import THEMES
from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.edits import Add, Delete, Move, SetParameter
from circuitsim.spec.paths import resource

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

FRAMES = 400  # more than one layer has pieces


@pytest.fixture
def scene():
    return Scene(load(resource("examples", "tap-withdrawal.circuit.json")), lambda: None)


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """As on a machine that gets no further than one piece in a frame."""
    monkeypatch.setattr(painting, "SLICE_SMALL", 0.0)


def shot_of(scene, zoom=0.7):
    return Shot(Camera(zoom, 60.0, 60.0), QSize(900, 600), 1.0, THEMES["light"], frozenset(), scene.revision)


def painted(picture, shot):
    image = QImage(shot.size, QImage.Format.Format_RGB32)
    p = QPainter(image)
    picture.paint(p, shot, Frame(), moving=False)
    p.end()
    return image


def to_the_end(picture, shot):
    image = painted(picture, shot)
    while picture.unfinished:
        image = painted(picture, shot)
    return image


def test_another_view_comes_over_some_frames_and_looks_as_if_at_once(scene):
    picture, near = Picture(scene), shot_of(scene, 1.1)
    assert picture.unfinished is False
    to_the_end(picture, shot_of(scene))
    first = painted(picture, near)
    assert picture.unfinished
    whole = to_the_end(picture, near)
    assert whole != first
    assert whole == to_the_end(Picture(scene), near)


def test_edits_in_every_frame_do_not_keep_the_layers_from_being_drawn(scene):
    picture, synapse = Picture(scene), scene.circuit.synapses[0].id
    to_the_end(picture, shot_of(scene))
    drawn = {picture._kept.shot.revision}
    for edit in range(FRAMES):
        scene.circuit.apply(SetParameter((synapse,), "conductance", 0.1 + edit / FRAMES))
        painted(picture, shot_of(scene))
        assert picture.unfinished
        drawn.add(picture._kept.shot.revision)
    assert len(drawn) > 1
    assert to_the_end(picture, shot_of(scene)) == to_the_end(Picture(scene), shot_of(scene))


@pytest.mark.parametrize("piece", range(1, 140, 6))
def test_what_is_deleted_and_added_while_layers_are_drawn_does_no_harm(scene, piece):
    picture, circuit = Picture(scene), scene.circuit
    for _ in range(piece):  # lines, then names
        painted(picture, shot_of(scene))
    assert picture.unfinished
    gone = frozenset(neuron.id for neuron in circuit.neurons[::3])
    circuit.apply(Delete(gone))
    painted(picture, shot_of(scene))
    circuit.apply(Add((new_neuron(circuit, "more", position=(200.0, 200.0)),)))
    assert to_the_end(picture, shot_of(scene)) == to_the_end(Picture(scene), shot_of(scene))


def pixels(image):
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[..., :3].astype(int)


def differ(one, other):
    """Where two pictures are plainly not alike, bool[height, width]."""
    return np.abs(pixels(one) - pixels(other)).sum(axis=2) > 48


def without():
    """The same without the neuron that is moved about."""
    circuit = load(resource("examples", "tap-withdrawal.circuit.json"))
    circuit.apply(Delete(frozenset({circuit["AVAL"].id})))
    return Scene(circuit, lambda: None)


def lost(seen, now, before):
    """How much of what is new is not seen, as a share of it; where lines cross, some of it is below others for a while."""
    new = differ(now, before) & (np.abs(pixels(now) - pixels(now)[1, 1]).sum(axis=2) > 48)
    assert new.any()
    return (differ(seen, now) & new).sum() / new.sum()


def test_what_is_lifted_and_let_go_is_there_in_every_frame(scene):
    """Where it is; and for some frames also where it was, when it is lifted."""
    picture, neuron = Picture(scene), scene.circuit["AVAL"]
    before = to_the_end(picture, shot_of(scene))
    x, y = neuron.position
    scene.preview({neuron.id: (x + 40.0, y)})
    held, afresh = painted(picture, shot_of(scene)), to_the_end(Picture(scene), shot_of(scene))
    assert picture.unfinished
    assert lost(held, afresh, before) < 0.3
    assert to_the_end(picture, shot_of(scene)) == afresh
    scene.preview({neuron.id: (x + 41.0, y)})
    assert painted(picture, shot_of(scene)) == to_the_end(Picture(scene), shot_of(scene))
    assert not picture.unfinished
    bare = to_the_end(Picture(without()), shot_of(scene))
    for place in ((x, y), (x + 40.0, y)):
        scene.circuit.apply(Move({neuron.id: place}))
        scene.preview({})
        let_go = painted(picture, shot_of(scene))
        assert picture.unfinished
        now = to_the_end(Picture(scene), shot_of(scene))
        assert lost(let_go, now, bare) < 0.3
        assert to_the_end(picture, shot_of(scene)) == now
        scene.preview({neuron.id: (x + 41.0, y)})
        to_the_end(picture, shot_of(scene))


def test_what_is_let_go_at_once_is_not_lost_either(scene):
    """Layers without it were never finished, and those with it are not begun before it is somewhere else."""
    picture, neuron = Picture(scene), scene.circuit["AVAL"]
    to_the_end(picture, shot_of(scene))
    before = painted(picture, shot_of(scene))
    x, y = neuron.position
    scene.preview({neuron.id: (x + 40.0, y)})
    painted(picture, shot_of(scene))
    scene.circuit.apply(Move({neuron.id: (x + 40.0, y)}))
    scene.preview({})
    let_go, now = painted(picture, shot_of(scene)), to_the_end(Picture(scene), shot_of(scene))
    assert picture.unfinished
    assert lost(let_go, now, before) < 0.3
    assert to_the_end(picture, shot_of(scene)) == now


@pytest.mark.parametrize("pieces", [0, 1, 40])
def test_another_theme_goes_on_with_what_was_drawn_ahead_and_is_whole_at_once(scene, pieces):
    picture, shot = Picture(scene), shot_of(scene)
    to_the_end(picture, shot)
    for _ in range(pieces):
        assert not picture.draw_ahead(THEMES["dark"], 0.0)
    dark = replace(shot, theme=THEMES["dark"])
    seen = painted(picture, dark)
    assert not picture.unfinished
    assert seen == to_the_end(Picture(scene), dark)


def test_a_circuit_that_was_opened_just_now_is_waited_for(scene):
    """Else its layers would have to be drawn in the one frame that shows the other theme."""
    picture, shot = Picture(scene), shot_of(scene)
    assert not picture.draw_ahead(THEMES["dark"], 1.0)
    painted(picture, shot)
    ahead = 0
    while not picture.draw_ahead(THEMES["dark"], 1.0):
        ahead += 1
        assert ahead < 100
    dark = replace(shot, theme=THEMES["dark"])
    assert painted(picture, dark) == to_the_end(Picture(scene), dark)
