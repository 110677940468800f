"""The painters: at every size and in both themes, pictures that differ where the quantity differs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from circuitsim.app.canvas.geometry import End, bow, loop
from circuitsim.app.canvas.looks import Looks, Scales
from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_neuron
from circuitsim.app.canvas.paint.note import note_height, paint_note
from circuitsim.app.canvas.paint.synapse import Sign, SynapseLook, paint_synapse
from circuitsim.app.canvas.paint.tiles import paint_key_cap, paint_slider, paint_tile
from circuitsim.app.canvas.sprites import Sprites
from circuitsim.app.theme.tokens import THEMES
from circuitsim.circuit.circuit import Circuit

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

SIZES = (8, 9, 10, 12, 16, 22, 24, 30, 36, 48, 64, 84, 96, 140, 200)
THEME_NAMES = ("light", "dark")
LOOK = NeuronLook(level=0.4, target=0.7, sweep=0.5, pace=0.5)


def picture(size, theme, draw, ratio=1.0):
    image = QImage(round(size[0] * ratio), round(size[1] * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.canvas))
    p = QPainter(image)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(p)
    p.end()
    return image


def neuron(diameter, theme, look=LOOK):
    side = round(diameter * 1.6 + 16)
    return picture(
        (side, side), theme, lambda p: paint_neuron(p, side / 2, side / 2, diameter / 2, look, theme)
    )


def pixels(image):
    flat = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(flat.constBits(), dtype=np.uint8).reshape(flat.height(), flat.bytesPerLine() // 4, 4)
    return rows[:, : flat.width(), :3].astype(int)


def differing(one, other):
    """Number of pixels in which two pictures differ clearly."""
    return int((np.abs(pixels(one) - pixels(other)).sum(2) > 48).sum())


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("diameter", SIZES)
def test_level_is_seen_at_every_size(diameter, name):
    theme = THEMES[name]
    low, high = (neuron(diameter, theme, replace(LOOK, level=v)) for v in (0.1, 0.9))
    assert differing(low, high) >= 0.12 * diameter**2


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("diameter", [d for d in SIZES if d >= 10])
def test_ring_is_seen_from_ten_px(diameter, name):
    theme = THEMES[name]
    short, long = (neuron(diameter, theme, replace(LOOK, sweep=s)) for s in (0.05, 0.95))
    assert differing(short, long) >= 0.8 * diameter


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("diameter", [d for d in SIZES if d >= 22])
def test_every_state_has_its_own_picture(diameter, name):
    theme = THEMES[name]
    looks = {
        "plain": LOOK,
        "sensory": replace(LOOK, role="sensory"),
        "command": replace(LOOK, role="command"),
        "motor": replace(LOOK, role="motor"),
        "traced": replace(LOOK, tint=theme.trace(1), tag="1"),
        "traced second": replace(LOOK, tint=theme.trace(2), tag="2"),
        "selected": replace(LOOK, selected=True),
        "open": replace(LOOK, open_top=True),
        "fixed": replace(LOOK, fixed=True),
        "instant": replace(LOOK, instant=True),
        "slow": replace(LOOK, pace=1.0),
        "NaN": replace(LOOK, failure="NaN"),
    }
    seen = {key: neuron(diameter, theme, look) for key, look in looks.items()}
    keys = list(seen)
    for i, one in enumerate(keys):
        for other in keys[i + 1 :]:
            assert seen[one] != seen[other], (one, other)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_notch_moves_with_its_target(name):
    theme = THEMES[name]
    low, high = (neuron(64, theme, replace(LOOK, target=v)) for v in (0.2, 0.9))
    assert differing(low, high) > 10


def test_nothing_is_painted_outside_the_halo():
    theme = THEMES["light"]
    image = neuron(64, theme, replace(LOOK, selected=True, role="sensory", tint=theme.trace(1), tag="12"))
    empty = QColor(theme.canvas)
    border = [image.pixelColor(x, y) for x in range(image.width()) for y in (0, image.height() - 1)]
    assert all(c == empty for c in border)


@pytest.mark.parametrize("instant", [False, True])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_sprite_is_as_good_as_the_vectors(ratio, instant):
    theme = THEMES["light"]
    sprites = Sprites()
    sprites.begin(32.0, ratio, theme)
    look = replace(
        LOOK, level=0.5, target=0.75, sweep=0.5, pace=0.5, role="command", tint=theme.trace(3), tag="3", instant=instant,
    )  # fmt: skip
    circuit = Circuit()
    circuit.add_neuron("A", role="command")
    looks = Looks(Scales(None).table(circuit), theme)
    looks.level[:] = looks.sweep[:] = looks.pace[:] = 0.5
    looks.target[:], looks.tint[:], looks.instant[:] = 0.75, 3, instant
    assert looks.at(0) == look
    at = np.array([(60.0, 60.0)])
    vectors = picture((120, 120), theme, lambda p: paint_neuron(p, 60, 60, 32.0, look, theme), ratio)
    sprite = picture((120, 120), theme, lambda p: sprites.paint(p, at, looks, np.array([0])), ratio)
    assert differing(vectors, sprite) <= 12 * ratio


@pytest.mark.parametrize("name", THEME_NAMES)
def test_signs_are_told_apart_without_colour(name):
    theme = THEMES[name]
    curve = bow(End(30, 40, 12), End(170, 40, 12), 0.1)

    def grey(sign):
        look = SynapseLook(sign, strength=0.6)
        drawn = picture((200, 80), theme, lambda p: paint_synapse(p, curve, look, theme))
        return drawn.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(
            QImage.Format.Format_RGB32
        )

    pictures = [grey(s) for s in Sign if s is not Sign.READING]
    empty = picture((200, 80), theme, lambda _p: None)
    for i, one in enumerate(pictures):
        assert differing(one, empty) > 150
        assert all(differing(one, other) > 30 for other in pictures[i + 1 :])


def test_strength_is_width():
    theme = THEMES["dark"]
    curve = bow(End(30, 40, 12), End(170, 40, 12), 0.1)
    empty = picture((200, 80), theme, lambda _p: None)
    inked = [
        differing(
            empty,
            picture(
                (200, 80),
                theme,
                lambda p, w=w: paint_synapse(p, curve, SynapseLook(Sign.EXCITATORY, w), theme),
            ),
        )
        for w in (0.0, 0.5, 1.0)
    ]
    assert inked[0] < inked[1] < inked[2]


def test_a_self_synapse_stays_outside_its_neuron():
    curve = loop(End(100, 100, 32), 150)
    far = ((curve.samples - (100, 100)) ** 2).sum(1) ** 0.5
    assert far.min() > 32
    assert far.max() > 45


def test_a_key_shows_that_it_is_down():
    theme, box = THEMES["light"], QRectF(4, 4, 60, 50)
    up, down = (
        picture((70, 64), theme, lambda p, k=k: paint_key_cap(p, box, theme, pressed=k, key="t"))
        for k in (False, True)
    )
    assert differing(up, down) > 100


def test_a_slider_shows_where_it_stands():
    theme, box = THEMES["dark"], QRectF(5, 5, 140, 48)

    def draw(fraction):
        def on(p):
            paint_tile(p, box, theme)
            paint_slider(p, box, theme, fraction=fraction, name="drive", value="0.50")

        return picture((150, 58), theme, on)

    assert differing(draw(0.0), draw(1.0)) > 200


@pytest.mark.parametrize("width", [120.0, 256.0, 400.0])
def test_a_note_grows_until_its_text_fits(width):
    theme = THEMES["light"]
    text = "A note with a text that is long enough for several lines, and\nanother paragraph. " * 3
    height = note_height("Title", text, width)
    assert height > note_height("Title", "short", width)
    assert note_height("", "short", width, least=300.0) == 300.0

    def on(p):
        paint_note(p, QRectF(0, 0, width, height), theme, "Title", text, selected=False)

    drawn = picture((width, height + 200), theme, on)
    paper = drawn.pixelColor(round(width / 2), round(height) - 4)
    inside = {drawn.pixelColor(x, round(height) - 4).name() for x in range(10, round(width) - 10)}
    below = {drawn.pixelColor(x, round(height) + 6).name() for x in range(round(width))}
    assert inside == {paper.name()}  # room below the last line
    assert below == {QColor(theme.canvas).name()}


def test_a_painter_leaves_no_state_for_the_next():
    theme = THEMES["light"]
    image = QImage(80, 80, QImage.Format.Format_ARGB32_Premultiplied)
    p = QPainter(image)
    before = p.transform(), p.opacity()
    paint_neuron(p, 40, 40, 20, replace(LOOK, failure="NaN", selected=True), theme)
    assert (p.transform(), p.opacity()) == before
    p.end()


def test_letters_of_a_note_are_never_too_small_and_stay_on_the_paper():
    theme = THEMES["light"]
    text = "A note with a text that is long enough for several lines. " * 4
    height = note_height("Title", text, 240.0)

    def at(zoom):
        def on(p):
            p.scale(zoom, zoom)
            paint_note(p, QRectF(0, 0, 240, height), theme, "Title", text, selected=False, zoom=zoom)

        return picture((240, height), theme, on)

    def ink(drawn, end):
        """Height of the T of the title, px, which stands in the first rows."""
        rows = [y for y in range(end) if any(drawn.pixelColor(x, y).lightness() < 90 for x in range(3, 16))]
        return rows[-1] - rows[0]

    whole, half = at(1.0), at(0.5)
    assert ink(half, 18) > 0.7 * ink(whole, 26)
    edge = round(height * 0.5) - 3
    assert len({half.pixelColor(x, edge).name() for x in range(10, 110)}) == 1
