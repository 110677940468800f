"""The search for commands, by keyboard alone and by mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.actions import ACTIONS

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def ask(window, text):
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_K, CTRL)
    field = window.search.list.field
    QTest.keyClicks(field, text)
    return field


def test_a_command_is_found_and_done_by_keys(window, qtbot):
    qtbot.waitUntil(lambda: window.document.status().playing)
    field = ask(window, "play")
    assert window.search.list.isVisible()
    assert window.search.list.list.currentItem().text() == "Play or pause"
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.document.status().playing)
    assert not window.search.list.isVisible()
    assert QApplication.focusWidget() is window.canvas


def test_an_element_is_found_and_shown(window):
    field = ask(window, "avbl")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.document.selection == {window.document.circuit["AVBL"].id}
    middle = (
        window.canvas.camera.to_view(window.canvas.scene.box(window.document.circuit["AVBL"]).center())
        - window.canvas.rect().toRectF().center()
    )
    assert abs(middle.x()) + abs(middle.y()) < 60


def test_every_action_that_can_be_done_is_listed_with_its_key(window):
    rows = {row.title: row.keys for row in window.search.rows()}
    for entry in ACTIONS:
        action = window.commands.actions[entry.id]
        if action.isEnabled() and entry.id != "search":
            assert action.text().partition("\t")[0].removesuffix("…") in rows
    assert rows["Keys"] == "F1"
    assert rows["Scope"] == "F11"


def test_the_mouse_opens_it_and_escape_closes_it(window):
    QTest.mouseClick(window.search.field, LEFT)
    shown = window.search.list
    assert shown.isVisible()
    assert shown.x() + shown.width() <= window.width()
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    assert not shown.isVisible()
