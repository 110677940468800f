"""The gallery: pictures come to life, arrows choose, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from circuitsim.app.dialogs.gallery import COLUMNS, Gallery
from circuitsim.io.examples import examples


def opened(window, qtbot):
    window.commands.trigger("gallery")
    gallery = window.findChild(Gallery)
    qtbot.waitUntil(lambda: gallery.isVisible() and len(gallery.tiles) == len(examples()))
    return gallery


def test_pictures_come_to_life_and_say_what_to_try(window, qtbot):
    gallery = opened(window, qtbot)
    first = gallery.tiles[0]
    qtbot.waitUntil(lambda: first.picture.plays, timeout=60_000)
    qtbot.waitUntil(lambda: first.picture.frame > 2)
    before = first.picture.grab().toImage()
    seen = first.picture.frame
    qtbot.waitUntil(lambda: first.picture.frame > seen + 5)
    assert first.picture.grab().toImage() != before
    assert "neurons" in first.size_text.text()
    assert "Try:" in gallery._note.text()
    gallery.close()


def test_keys_choose_and_open(window, qtbot):
    gallery = opened(window, qtbot)
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    QTest.keyClick(gallery, Qt.Key.Key_Down)
    chosen = gallery.tiles[1 + COLUMNS]
    assert gallery._chosen is chosen
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.circuit.document.title == chosen.example.title)
    qtbot.waitUntil(lambda: window.document.status().playing, timeout=60_000)
    assert window.document.path is None


def test_escape_leaves_everything_as_it_is(window, qtbot):
    circuit = window.document.circuit
    gallery = opened(window, qtbot)
    QTest.keyClick(gallery, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.document.bridge.busy, timeout=60_000)
    assert window.document.circuit is circuit


def test_a_double_click_opens(window, qtbot):
    gallery = opened(window, qtbot)
    tile = gallery.tiles[2]
    QTest.mouseDClick(tile, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.circuit.document.title == tile.example.title)
