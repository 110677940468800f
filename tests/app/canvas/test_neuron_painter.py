"""The neuron glyph says what it must at every size and in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_neuron
from circuitsim.app.theme.tokens import DARK, LIGHT


def picture(look, diameter, theme):
    side = 2 * diameter
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    p = QPainter(image)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_neuron(p, diameter, diameter, diameter / 2, look, theme)
    p.end()
    return image


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda t: t.name)
@pytest.mark.parametrize("diameter", [8, 12, 24, 48, 96, 200])
def test_level_ring_role_and_failure_are_seen(theme, diameter):
    plain = picture(NeuronLook(level=0.5, sweep=0.5, pace=0.5), diameter, theme)
    assert any(plain.pixelColor(x, diameter).alpha() for x in range(2 * diameter))
    others = {
        "level": NeuronLook(level=0.9, sweep=0.5, pace=0.5),
        "failure": NeuronLook(level=0.5, sweep=0.5, pace=0.5, failure="NaN"),
    }
    if diameter >= 10:  # smaller ones are discs without ring and role
        others |= {
            "ring": NeuronLook(level=0.5, sweep=0.9, pace=0.5),
            "pace": NeuronLook(level=0.5, sweep=0.5, pace=0.0),
            "role": NeuronLook(level=0.5, sweep=0.5, pace=0.5, role="sensory"),
        }
    for what, look in others.items():
        assert picture(look, diameter, theme) != plain, what


@pytest.mark.usefixtures("qapp")
def test_themes_differ():
    look = NeuronLook(level=0.5, sweep=0.5, pace=0.5)
    assert picture(look, 48, DARK) != picture(look, 48, LIGHT)


def test_a_level_line_is_seen():
    """Qt says that a box without height meets nothing; the line of an output may be exactly level."""
    from PySide6.QtCore import QRectF

    from circuitsim.app.canvas.geometry import Curve

    curve = Curve((0.0, 5.0), (10.0, 5.0), (20.0, 5.0), (30.0, 5.0))
    assert curve.bounds.intersects(QRectF(0, 0, 40, 10))
