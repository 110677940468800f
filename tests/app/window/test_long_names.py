"""Names of any length and script keep to their place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from circuitsim.app.canvas.paint.text import LONGEST

pytestmark = pytest.mark.gui


@pytest.fixture
def window(opened, qtbot):
    """The real window with the first example, standing still."""
    made = opened("liquid")
    made.document.simulator.pause()
    qtbot.waitUntil(lambda: not made.document.status().playing)
    return made


def shown(window):
    image = window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy()


def settled(window, qtbot):
    """The canvas once nothing on it moves any more from frame to frame."""
    last = [shown(window)]

    def still():
        window.refresh()
        last.append(shown(window))
        return bool((last[-1] == last[-2]).all()) and not window.canvas._picture.unfinished

    qtbot.waitUntil(still, timeout=20_000)
    return last[-1]


def rename(window, press, name, text):
    window.document.select({window.document.circuit[name].id})
    press(window, Qt.Key.Key_F2)
    editor = window.canvas.inline.editor.first
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.parametrize("text", ["a" * 500, "<b>α</b> & 神経 " * 40])
def test_a_long_name_is_cut_short_on_canvas_and_scope(window, press, qtbot, text):
    document, legend = window.document, window.panels["scope"].legend
    neuron, other = document.circuit["still"], document.circuit["liquid"].id
    document.select({neuron.id})
    before = settled(window, qtbot)
    rename(window, press, "still", text)
    assert document.circuit.elements[neuron.id] != neuron
    columns = np.flatnonzero((settled(window, qtbot) != before).any(axis=0)) / window.devicePixelRatioF()
    assert columns.size
    assert np.ptp(columns) < LONGEST + 20
    assert legend.place_of(neuron.id) is not None
    assert legend.place_of(other) is not None  # no name crowds out the others
    assert len(document.stack.undoText()) <= 60
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.circuit.elements[neuron.id] == neuron
    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert document.circuit.elements[neuron.id] != neuron
