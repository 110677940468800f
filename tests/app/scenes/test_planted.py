"""The comparison of scenes sees what a person would see, and nothing else: faults are planted in the real window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from scene_compare import STEP, Difference, difference, difference_picture, pixels, reduced
from scene_list import first_run

from circuitsim.app import theme
from circuitsim.app.canvas.naming import box_of_name
from circuitsim.app.canvas.paint.neuron import name_place, numbers_shown
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.app.theme.tokens import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scene_stage import Stage


LARGEST = (1440, 900)  # the size that is reduced most


@pytest.fixture
def stage(qapp: object) -> Iterator[Stage]:  # noqa: ARG001  (a window needs an application)
    made = first_run(LARGEST)
    yield made
    made.close()


@pytest.fixture(params=("light", "dark"))
def apart(request: pytest.FixtureRequest, stage: Stage):
    """Compares the window as it was with how it is now."""
    before = reduced(stage.picture(request.param))

    def go(now: QImage | None = None) -> Difference:
        return difference(before, reduced(stage.picture(request.param) if now is None else now))

    go.theme = request.param
    return go


def covered(stage: Stage, theme_id: str, box: QRect, token: str) -> QImage:
    """The window with a rectangle of the canvas painted over."""
    image = stage.picture(theme_id)
    p = QPainter(image)
    p.fillRect(box.translated(stage.canvas.mapTo(stage.window, box.topLeft()) - box.topLeft()), QColor(token))
    p.end()
    return image


def name_box(stage: Stage, name: str) -> QRectF:
    """Where the letters of a neuron's name stand; it must not be selected."""
    neuron, at, scene = stage.document.circuit[name], stage.place(name), stage.canvas.scene
    radius = NEURON * stage.canvas.camera.zoom
    numbers = numbers_shown(2 * radius, selected=False)
    side = scene.sides()[neuron.id]
    place = name_place(at.x(), at.y(), radius, side, neuron.role, haloed=False, numbers=numbers)
    return box_of_name(place, name)


def test_the_same_scene_is_the_same_picture(apart) -> None:
    now = apart()
    assert (now.mean, now.local) == (0.0, 0.0)


def test_a_clipped_label_is_seen(stage: Stage, apart) -> None:
    box = name_box(stage, "still").toRect()
    lower_half = QRect(box.left(), box.bottom() - 6, box.width(), 7)
    image = covered(stage, apart.theme, lower_half, theme.current().canvas)
    assert apart(image).seen


def test_a_missing_ring_is_seen(apart, monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    monkeypatch.setattr("circuitsim.app.canvas.sprites.paint_ring", lambda *_args, **_words: None)
    stage.canvas._picture._kept.sprites._sheet = None  # draw them anew
    assert apart().seen


def test_another_colour_is_seen(apart, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = THEMES[apart.theme]
    monkeypatch.setitem(THEMES, apart.theme, replace(tokens, name="other", exc=tokens.inh))
    assert apart().seen


def test_a_panel_out_of_place_is_seen(stage: Stage, apart) -> None:
    inspector = stage.window.panels["inspector"]
    image = stage.picture(apart.theme)
    part = inspector.grab().toImage()
    p = QPainter(image)
    p.drawImage(inspector.mapTo(stage.window, inspector.rect().topLeft()) + QRect(8, 0, 0, 0).topLeft(), part)
    p.end()
    assert apart(image).seen


def test_another_word_in_the_status_line_is_seen(stage: Stage, apart) -> None:
    stage.document.set_hint("drag to move")
    assert apart().seen


def test_noise_is_not_seen(stage: Stage, apart) -> None:
    image = stage.picture(apart.theme)
    noisy = pixels(image) + np.random.default_rng(0).integers(-3, 4, pixels(image).shape)
    rows = np.full((*noisy.shape[:2], 4), 255, dtype=np.uint8)
    rows[..., :3] = noisy.clip(0, 255)
    height, width = rows.shape[:2]
    assert not apart(QImage(rows.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()).seen


def test_a_difference_is_found_where_it_is() -> None:
    one = QImage(120, 80, QImage.Format.Format_RGB32)
    one.fill(QColor("black"))
    other = one.copy()
    other.fill(QColor("black"))
    p = QPainter(other)
    p.fillRect(50, 30, 6, 6, QColor("white"))
    p.end()
    found = difference(one, other)
    assert found.local == pytest.approx(255.0 - STEP)
    assert found.at == (53, 33)
    assert found.mean == pytest.approx((255.0 - STEP) * 36 / (120 * 80))
    assert difference_picture(one, other).pixelColor(52, 32) == QColor("white")
    assert difference_picture(one, other).pixelColor(10, 10) == QColor("black")
