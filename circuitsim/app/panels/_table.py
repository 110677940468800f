"""Loading the table of an input from a CSV file, away from the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from circuitsim.circuit.edits import SetTable
from circuitsim.circuit.elements import Input
from circuitsim.io.input_csv import read_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.elements import Table


def ask_table(document: Document, source: int, parent: QWidget) -> QFileDialog:
    """Ask for a file with a column t and one other; the window stays alive meanwhile."""
    folder = document.path.parent if document.path is not None else Path.home()
    dialog = QFileDialog(parent.window(), "Load table", str(folder), "Tables (*.csv);;All files (*)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: load_table(document, source, Path(name)))
    dialog.open()
    return dialog


def load_table(document: Document, source: int, path: Path) -> Job:
    """Read a table and give it to an input, as one step of undo."""
    origin = document.circuit

    def done(table: Table) -> None:
        if document.circuit is origin and isinstance(origin.elements.get(source), Input):
            document.push(SetTable(source, table))
            document.set_notice(f"{len(table.times)} rows loaded from {path.name}")

    return document.bridge.run(
        f"Reading {path.name}",
        lambda _job: read_table(path),
        done,
        lambda error: document.refuse(error.issues[0]),
    )
