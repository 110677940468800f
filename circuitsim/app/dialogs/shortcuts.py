"""The list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

Entry = tuple[str, tuple[str, ...]]


class Shortcuts(QDialog):
    """Titles and keys, grouped as in the menus."""

    def __init__(self, parent: QWidget, groups: Iterable[tuple[str, list[Entry]]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        columns = []
        for title, entries in groups:
            grid = QGridLayout()
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
            columns.append(grid)
        self.setLayout(row(spacing=36, margins=(24, 20, 24, 22)))
        layout = self.layout()
        assert layout is not None  # noqa: S101  (set above)
        for grid in columns:
            layout.addLayout(grid)  # type: ignore[attr-defined]


def native(keys: str) -> str:
    """A shortcut as the platform writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
