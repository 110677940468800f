"""The part of a widget that nothing stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from circuitsim.app.theme.measures import RADIUS_CARD

if TYPE_CHECKING:
    from PySide6.QtCore import QRect


def uncovered(widget: QWidget) -> QRegion:
    """Everything but the cards on it, so that a frame need not paint them anew together with what lies below."""
    region = QRegion(widget.rect())
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible():
            region -= _without_corners(child.geometry())
    return region


def _without_corners(card: QRect) -> QRegion:
    """A card without the squares in its corners, in which its rounding lets through what lies below."""
    r = RADIUS_CARD
    return QRegion(card.adjusted(r, 0, -r, 0)) + QRegion(card.adjusted(0, r, 0, -r))
