"""A change of selection is drawn over a few frames, and ends in the picture that is drawn in one go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from circuitsim.api import load
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.extent import Extent
from circuitsim.app.canvas.looks import Looks, Scales
from circuitsim.app.canvas.picture import Picture
from circuitsim.app.canvas.scene import Scene
from circuitsim.app.canvas.shot import Frame, Shot
from circuitsim.app.theme.tokens import THEMES
from circuitsim.spec.paths import resource

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

FRAMES = 500  # in which it must be done, however slow the machine


@pytest.fixture
def scene():
    return Scene(load(resource("examples", "tap-withdrawal.circuit.json")), lambda: None)


def painted(picture, shot, frame=None):
    image = QImage(shot.size * shot.ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(shot.ratio)
    p = QPainter(image)
    picture.paint(p, shot, frame or Frame(), moving=False)
    p.end()
    return image


def to_the_end(picture, shot):
    for _ in range(FRAMES):
        image = painted(picture, shot)
        if not picture.unfinished:
            return image
    raise AssertionError("it is never done")


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_selection_looks_as_if_it_had_been_drawn_at_once(scene, name, ratio):
    box = Extent(scene).whole(0.7)
    camera = Camera(0.7, 20.0 - box.left(), 20.0 - box.top())
    shot = Shot(camera, QSize(900, 600), ratio, THEMES[name], frozenset(), scene.revision)
    picture = Picture(scene)
    to_the_end(picture, shot)
    first, second = (n.id for n in scene.circuit.neurons[:2])
    for chosen in ({first}, {second}, {first, second}, {scene.circuit.synapses[3].id}, set()):
        now = replace(shot, selection=frozenset(chosen))
        assert to_the_end(picture, now) == to_the_end(Picture(scene), now)


def test_another_selection_before_the_last_was_drawn_wins(scene, monkeypatch):
    monkeypatch.setattr("circuitsim.app.canvas.picture.SLICE_SMALL", 0.0)
    shot = Shot(Camera(0.7, 60.0, 60.0), QSize(900, 600), 1.0, THEMES["light"], frozenset(), scene.revision)
    picture = Picture(scene)
    empty = to_the_end(picture, shot)
    first, second = (replace(shot, selection=frozenset({n.id})) for n in scene.circuit.neurons[:2])
    painted(picture, first)
    assert picture.unfinished
    assert to_the_end(picture, second) == to_the_end(Picture(scene), second)
    painted(picture, first)
    assert picture.unfinished
    assert to_the_end(picture, shot) == empty


def test_numbers_stand_under_the_name_only_where_it_already_stands(scene, monkeypatch):
    monkeypatch.setattr("circuitsim.app.canvas.picture.SLICE_SMALL", 0.0)
    shot = Shot(Camera(1.0, 60.0, 60.0), QSize(900, 600), 1.0, THEMES["light"], frozenset(), scene.revision)
    looks = Looks(Scales(None).table(scene.circuit), THEMES["light"])
    bare, live = Frame(looks), Frame(looks, lambda _neuron: "0.25  τ 1 s")
    picture, other = Picture(scene), Picture(scene)
    to_the_end(picture, shot)
    to_the_end(other, shot)
    now = replace(shot, selection=frozenset({scene.circuit["AVDL"].id}))
    assert painted(picture, now, live) == painted(other, now, bare)  # the name is still where no numbers are
    assert picture.unfinished
    to_the_end(picture, now)
    to_the_end(other, now)
    assert painted(picture, now, live) != painted(other, now, bare)
    painted(picture, shot, live)
    assert picture.unfinished  # nothing is selected, but the name has yet to go back
    assert painted(picture, shot, live) != painted(other, shot, bare)
    assert to_the_end(picture, shot) == to_the_end(other, shot)


def test_distances_from_many_curves_are_those_from_each(scene):
    curves = scene.curves(1.0)
    rows = np.arange(len(curves.ids))
    for x, y in ((0.0, 0.0), (310.0, 205.0), (curves.points[5].mean(axis=0).tolist())):
        each = [curves[i].distance(x, y) for i in curves.ids]
        assert curves.distances(rows, x, y) == pytest.approx(each)


def test_a_press_on_the_middle_of_a_synapse_meets_one_that_runs_there(scene):
    curves = scene.curves(1.0)
    met = 0
    for synapse in scene.circuit.synapses:
        at = curves[synapse.id].at(0.5)
        if scene.hit_body(at, 1.0) is None:
            met += 1
            assert curves[scene.hit(at, 1.0)].distance(at.x(), at.y()) < 1e-6 + curves[synapse.id].distance(
                at.x(), at.y()
            )
    assert met > 50
