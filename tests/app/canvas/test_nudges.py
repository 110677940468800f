"""Nudging with the arrow keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.gui

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def hold(view, key, repeats):
    """A key that is held: one press, repeats, one release."""
    QTest.keyPress(view, key)
    for _ in range(repeats):
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            QApplication.sendEvent(view, QKeyEvent(kind, key, NONE, "", True, 1))  # noqa: FBT003  (Qt takes it by position)
    QTest.keyRelease(view, key)


def test_arrows_move_by_the_grid_and_with_shift_by_five(canvas, document):
    document.select({document.circuit["A"].id, document.circuit.notes[0].id})
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert document.circuit["A"].position == (176.0, 160.0)
    assert document.circuit.notes[0].position == (496.0, 320.0)
    QTest.keyClick(canvas, Qt.Key.Key_Up, SHIFT)
    assert document.circuit["A"].position == (176.0, 80.0)
    assert document.stack.count() == 2
    assert document.stack.undoText() == "Move 2 things"
    document.stack.undo()
    document.stack.undo()
    assert document.circuit["A"].position == (160.0, 160.0)
    document.stack.redo()
    assert document.circuit["A"].position == (176.0, 160.0)


def test_a_held_arrow_is_one_step_of_undo(canvas, document):
    document.select({document.circuit["B"].id})
    hold(canvas, Qt.Key.Key_Down, 6)
    assert document.circuit["B"].position == (352.0, 160.0 + 7 * 16.0)
    assert document.stack.count() == 1
    hold(canvas, Qt.Key.Key_Down, 1)
    assert document.stack.count() == 2
    document.stack.undo()
    document.stack.undo()
    assert document.circuit["B"].position == (352.0, 160.0)


def test_arrows_do_nothing_without_a_selection_or_with_other_keys(canvas, document):
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    document.select({document.circuit["A"].id})
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert document.stack.count() == 0
    assert document.circuit["A"].position == (160.0, 160.0)
