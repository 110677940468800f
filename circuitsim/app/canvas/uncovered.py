"""The part of a widget that nothing stands on."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from circuitsim.app.theme.measures import RADIUS_CARD


def uncovered(widget: QWidget) -> QRegion:
    """Everything but the cards on it, so that a frame need not paint them anew together with what lies below."""
    cards = [
        child.geometry() for child in widget.children() if isinstance(child, QWidget) and child.isVisible()
    ]
    return _around(widget.size().toTuple(), tuple(card.getRect() for card in cards))


@lru_cache(1)  # cards seldom move
def _around(size: tuple[int, int], cards: tuple[tuple[int, int, int, int], ...]) -> QRegion:
    """An area of a size without cards."""
    region = QRegion(0, 0, *size)
    for card in cards:
        region -= _without_corners(QRect(*card))
    return region


def _without_corners(card: QRect) -> QRegion:
    """A card without the squares in its corners, in which its rounding lets through what lies below."""
    r = RADIUS_CARD
    return QRegion(card.adjusted(r, 0, -r, 0)) + QRegion(card.adjusted(0, r, 0, -r))
