"""A frame of the run paints the canvas around the cards on it, up to their rounded corners."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from circuitsim.app.canvas.uncovered import uncovered


def test_what_a_card_covers_is_left_out_but_for_its_corners(qtbot):
    below = QWidget()
    qtbot.addWidget(below)
    below.resize(300, 200)
    card, hidden = QWidget(below), QWidget(below)
    card.setGeometry(100, 50, 80, 60)
    hidden.setGeometry(0, 0, 50, 50)
    below.show()
    hidden.hide()
    region = uncovered(below)
    assert not region.contains(card.geometry().center())
    assert not region.contains(QPoint(140, 50))
    for corner in (QPoint(100, 50), QPoint(179, 50), QPoint(100, 109), QPoint(179, 109)):
        assert region.contains(corner)
    assert region.contains(QPoint(10, 10))
    assert region.contains(QPoint(299, 199))
