"""Keys: panes, Space in each of them, no key with two meanings, and the list that shows them all."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from circuitsim.app.actions import ACTIONS
from circuitsim.app.dialogs.shortcuts import Shortcuts

SHIFT = Qt.KeyboardModifier.ShiftModifier


def panes(window):
    return [
        window.panels["palette"], window.canvas, window.side, window.bottom, window.transport,
    ]  # fmt: skip


def begin(window):
    window.activateWindow()
    window.canvas.setFocus()


def inside(pane):
    focus = QApplication.focusWidget()
    return focus is pane or pane.isAncestorOf(focus)


def test_a_key_goes_through_the_panes_and_a_ring_shows_where(window):
    begin(window)
    ring = window.panes.ring
    for step in (1, 2, 3, 4, 5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        pane = panes(window)[(1 + step) % 5]
        assert inside(pane)
        assert ring.isVisible()
        assert ring.size() == pane.size()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, SHIFT)
    assert inside(window.panels["palette"])
    window.canvas.setFocus()
    assert not ring.isVisible()


@pytest.mark.parametrize("steps", range(5))
def test_space_plays_and_pauses_in_every_pane(window, qtbot, steps):
    begin(window)
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.document.status().playing
    QTest.keyRelease(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing)


def test_no_key_has_two_meanings(window):
    keys = [QKeySequence(k).toString() for a in ACTIONS for k in a.keys]
    keys += [a.shortcut().toString() for a in window.panel_actions.values()]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert "" not in keys


def test_what_stands_in_a_menu_shows_its_key(window):
    for entry in ACTIONS:
        action = window.commands.actions[entry.id]
        if entry.keys:
            assert action.shortcut() == QKeySequence(entry.keys[0]) or "\t" in action.text()


def test_the_list_of_keys_has_every_key_and_the_mouse_and_fits_a_small_window(window):
    window.resize(1024, 700)
    begin(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_F1)
    dialog = window.findChild(Shortcuts)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Play or pause", "Next pane", "F6", "Issues", "F8", "Connect", "drag from the rim"} <= texts
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
    dialog.close()
