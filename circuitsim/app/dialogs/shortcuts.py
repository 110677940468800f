"""The list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import row

if TYPE_CHECKING:
    from collections.abc import Iterable

Entry = tuple[str, tuple[str, ...]]


class Shortcuts(QDialog):
    """Titles and keys, grouped as in the menus."""

    def __init__(self, parent: QWidget, groups: Iterable[tuple[str, list[Entry]]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.setLayout(
            row(
                *(key_list(title, entries) for title, entries in groups),
                spacing=36, margins=(24, 20, 24, 22),
            )
        )  # fmt: skip


def key_list(title: str, entries: list[Entry]) -> QWidget:
    """The keys of one menu below its title."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    head = QLabel(title)
    head.setProperty("head", "1")
    grid.addWidget(head, 0, 0)
    for line, (name, keys) in enumerate(entries, 1):
        grid.addWidget(QLabel(name), line, 0)
        shown = QLabel("  ".join(native(k) for k in keys))
        shown.setFont(theme.named("field"))
        shown.setProperty("dim", "1")
        grid.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(len(entries) + 1, 1)
    result = QWidget()
    result.setLayout(grid)
    return result


def native(keys: str) -> str:
    """A shortcut as the platform writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
