"""Files that are let go of over the window, as the desktop tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.app.window.main_window import MainWindow


def drop(window: MainWindow, at: QPoint, *files: Path) -> bool:
    """Let go of files over a place of the window; True if they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, *how)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(at.toPointF(), *how))
    return enter.isAccepted()


def empty(window: MainWindow) -> QPoint:
    """A place of the canvas where nothing stands."""
    return window.canvas.mapTo(window, QPoint(30, window.canvas.height() - 30))
