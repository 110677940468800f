"""Widgets put into the clothes of a style sheet, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def dress(widget: QWidget) -> None:
    """Dress one widget, without those in it; one that is gone, or that was never dressed, is left as it is."""
    if isValid(widget) and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().polish(widget)


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it, outer ones first, since they hand on their colours; without windows of their own."""
    yield widget
    for child in inside(widget):
        yield from in_order(child)


def inside(widget: QWidget) -> list[QWidget]:
    """The widgets that stand in a widget, without windows of their own; none in one that is gone."""
    if not isValid(widget):
        return []
    found = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in found if not child.isWindow()]


class WhenShown(QObject):
    """Dresses what was hidden at once when it is shown before its turn comes.

    Args:
        widgets: Hidden ones, which stand in none of them.
    """

    def __init__(self, widgets: Iterable[QWidget]) -> None:
        super().__init__()
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for somebody to show a widget."""
        if isinstance(watched, QWidget) and event.type() is QEvent.Type.Show:
            watched.removeEventFilter(self)
            for widget in in_order(watched):
                dress(widget)
        return False
