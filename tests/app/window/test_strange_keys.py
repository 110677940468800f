"""Keys that no part of the window knows: they do nothing, wherever they arrive."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from circuitsim.app.dialogs.gallery import Gallery
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.slider import Slider

NONE = Qt.KeyboardModifier.NoModifier
NAMELESS = 0x01200001  # no member of the enum has this number
STRANGE = (Qt.Key.Key_MediaPlay, Qt.Key.Key_Dead_Acute, Qt.Key.Key_unknown, 0, NAMELESS)


def send(widget, key):
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, int(key), NONE))


@pytest.fixture
def places(window, qtbot):
    """Everything that acts on keys of its own, each with the focus in turn."""
    document = window.document
    document.select({document.circuit.neurons[0].id})
    QApplication.processEvents()
    inspector, scope = window.panels["inspector"], window.panels["scope"]
    window.commands.trigger("gallery")
    gallery = window.findChild(Gallery)
    qtbot.waitUntil(gallery.isVisible)
    yield [
        window.canvas,
        scope.lanes,
        scope.scrub,
        inspector.page.findChild(Field),
        inspector.page.findChild(Slider),
        gallery,
    ]
    gallery.close()


@pytest.mark.parametrize("key", STRANGE, ids=int)
def test_a_key_that_nobody_knows_does_nothing(window, places, key):
    document = window.document
    before, selection = dict(document.circuit.elements), document.selection
    for widget in places:
        widget.setFocus()
        send(widget, key)
    assert dict(document.circuit.elements) == before
    assert document.selection == selection
    assert document.stack.count() == 0
