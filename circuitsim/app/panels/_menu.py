"""The context menu of a parameter, in the inspector and on the card of pinned sliders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.handle import Handle


def open_menu(owner: QWidget, handle: Handle, at: QPoint, paste: Callable[[str], object]) -> QMenu:
    """Copy, paste, reset and pin a parameter.

    Args:
        owner: The widget that was clicked.
        handle: The parameter.
        at: Where the menu opens, on the screen.
        paste: Takes the text of the clipboard.
    """
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    clipboard = QGuiApplication.clipboard()
    value, expression = handle.with_unit(handle.text), handle.expression
    add = menu.addAction
    add(f"Copy {value}", lambda: clipboard.setText(value))
    copy = add(
        f"Copy as {expression}" if expression else "Copy as expression", lambda: clipboard.setText(expression)
    )
    copy.setEnabled(bool(expression))
    add("Paste", lambda: paste(clipboard.text())).setEnabled(bool(clipboard.text().strip()))
    menu.addSeparator()
    default = handle.with_unit(handle.told(handle.default))
    add(f"Reset to {default}", handle.reset).setEnabled(handle.changed)
    add("Unpin from the canvas" if handle.pinned else "Pin to the canvas", handle.toggle_pin)
    menu.popup(at)
    return menu
