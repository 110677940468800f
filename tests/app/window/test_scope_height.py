"""The scope is as high as its lanes need, or as a person drags it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from circuitsim.app.plots.lane import LEAST
from circuitsim.app.plots.lane_edits import add_lane

pytestmark = pytest.mark.gui

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(opened, qtbot):
    """The real window with the first example, 1024 by 700."""
    made = opened("liquid")
    made.resize(1024, 700)
    qtbot.waitUntil(lambda: made.height() == 700)
    return made


def assert_all_in_sight(window):
    """Nothing is pushed out of the window, or over something else."""
    history, status = window.panels["scope"].scrub, window.status
    bottom = history.mapTo(window, history.rect().bottomLeft()).y()
    assert bottom < status.mapTo(window, QPoint(0, 0)).y()
    assert status.mapTo(window, status.rect().bottomLeft()).y() < window.height()


def drag(window, up):
    grip = window.bottom.findChild(QWidget, "grip")
    start = QPoint(grip.width() // 2, 2)
    QTest.mousePress(grip, LEFT, NONE, start)
    at = QPointF(start - QPoint(0, up))
    move = QMouseEvent(QEvent.Type.MouseMove, at, grip.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, NONE)
    QApplication.sendEvent(grip, move)
    QTest.mouseRelease(grip, LEFT, NONE, QPoint(start.x(), 2))
    return grip


def test_many_lanes_make_the_scope_higher_and_stay_readable(window, qtbot):
    panel, document = window.bottom, window.document
    usual = panel.height()
    for variable in ("vinf", "output", "v", "tau", "vinf"):
        add_lane(document, variable)
    qtbot.waitUntil(lambda: len(window.panels["scope"].lanes.lanes) == 8)
    assert panel.height() > usual
    qtbot.waitUntil(lambda: all(lane.box.height() > LEAST - 1 for lane in window.panels["scope"].lanes.lanes))
    assert window.canvas.height() > 200
    assert_all_in_sight(window)
    for _ in range(5):
        QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.height() == usual


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
def test_its_upper_edge_can_be_dragged_and_a_double_click_fits_it(window, size, qtbot):
    window.resize(*size)
    qtbot.waitUntil(lambda: window.height() == size[1])
    QApplication.processEvents()  # the palette has fitted its tiles
    panel = window.bottom
    usual, above = panel.height(), window.canvas.height()
    grip = drag(window, 100)
    QApplication.processEvents()
    assert abs(panel.height() - usual - 100) <= 3
    assert abs(window.canvas.height() - above + 100) <= 3
    drag(window, 2000)
    QApplication.processEvents()
    assert_all_in_sight(window)
    QTest.mouseDClick(grip, LEFT)
    assert panel.height() == usual
    assert not window.document.stack.canUndo()
