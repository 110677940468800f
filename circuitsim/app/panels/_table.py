"""The question which CSV file holds the table of an input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from circuitsim.app.document.incoming import load_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.document import Document


def ask_table(document: Document, source: int, parent: QWidget) -> QFileDialog:
    """Ask for a file with a column t and one other; the window stays alive meanwhile."""
    folder = document.path.parent if document.path is not None else Path.home()
    dialog = QFileDialog(parent.window(), "Load table", str(folder), "Tables (*.csv);;All files (*)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: load_table(document, source, Path(name)))
    dialog.open()
    return dialog
