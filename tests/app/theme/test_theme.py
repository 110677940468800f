"""The theme: contrast as promised, icons that appear, a change that reaches everyone."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.app.theme import icons, tokens
from circuitsim.spec.paths import resource

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

TEXT = {"text": ("canvas", "panel", "raised", "hover"), "text2": ("canvas", "panel", "raised", "hover")}
TEXT |= {"text3": ("canvas", "panel", "raised"), "on_accent": ("accent_fill",)}
MARKS = dict.fromkeys(("exc", "inh", "ele", "ring_slow", "ring_fast", "glass_wall", "error"), ("canvas",))
MARKS |= {
    "liquid_top": ("glass",),
    "accent": ("canvas", "panel", "raised"),
    "ok": ("panel",),
    "warn": ("panel",),
}


@pytest.fixture(autouse=True)
def _light_again():
    yield
    theme.set_theme("light")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_ink_reaches_the_contrast_of_the_design(name):
    t = theme.THEMES[name]
    for least, table in ((4.5, TEXT), (3.0, MARKS)):
        for ink, surfaces in table.items():
            for surface in surfaces:
                assert tokens.contrast(getattr(t, ink), getattr(t, surface)) >= least, (ink, surface)


def test_mix_ends_at_both_colours():
    assert tokens.mix("#102030", "#FFFFFF", 0) == "#102030"
    assert tokens.mix("#102030", "#FFFFFF", 1) == "#FFFFFF"
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_setting_a_theme_reaches_palette_and_listeners(qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.set_theme("dark")
    assert theme.current() is theme.DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == theme.DARK.panel
    assert theme.DARK.accent_fill in QApplication.instance().styleSheet()
    with pytest.raises(KeyError):
        theme.set_theme("blue")
    assert theme.current() is theme.DARK


def test_every_icon_is_drawn_in_its_tint():
    for path in resource("icons").glob("*.svg"):
        image = icons.pixmap(path.stem, "#FF0000", 24, 2.0).toImage()
        inked = [image.pixelColor(x, y) for x in range(0, 48, 2) for y in range(0, 48, 2)]
        solid = [c for c in inked if c.alpha() > 200]
        assert solid, path.stem
        assert all(c.red() > 200 and c.green() < 60 for c in solid), path.stem


def test_icons_follow_the_theme():
    theme.set_theme("light")
    light = theme.icon("play").pixmap(18).toImage()
    theme.set_theme("dark")
    assert theme.icon("play").pixmap(18).toImage() != light


def test_an_unknown_icon_is_an_error():
    with pytest.raises(FileNotFoundError, match="nonsense"):
        theme.icon("nonsense")


def test_figures_have_equal_width():
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.named("value"))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"), abs=0.01)
