"""What leaves the program besides circuits: traces, runs, pictures, scripts; what writes them is imported by then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QGuiApplication

from circuitsim.io.run_log import SUFFIX
from circuitsim.spec.atomic import write_bytes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.document import Document
    from circuitsim.app.document.figure import Figure
    from circuitsim.app.document.files import Wanted
    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.plots.scope import Scope

LANES = QSizeF(600, 240)  # px; a picture of the lanes is at least so large


class Exports:
    """Export commands of one window."""

    def __init__(self, document: Document, window: QWidget, preferences: Preferences, scope: Scope) -> None:
        self._document, self._window, self._preferences = document, window, preferences
        self._scope = scope
        scope.figure_wanted.connect(lambda: self.picture("lanes"))

    @property
    def _folder(self) -> Path:
        """Where something was written last, if that is still there, else beside the circuit."""
        kept = self._preferences.settings.export_folder
        if kept is not None and Path(kept).is_dir():
            return Path(kept)
        path = self._document.path
        return path.parent if path is not None else Path.cwd()

    def _note_folder(self, path: Path) -> None:
        self._preferences.set(export_folder=str(path.absolute().parent))

    def traces(self) -> None:
        """Ask what to export, and write it."""
        from circuitsim.app.dialogs.export import ExportDialog

        dialog = ExportDialog(self._window, self._document, self._folder)
        dialog.chosen.connect(self._write_traces)
        dialog.show()

    def _write_traces(self, path: Path, wanted: Wanted) -> None:
        from circuitsim.app.document.files import export_traces

        self._note_folder(path)
        export_traces(self._document, path, wanted)

    def run(self) -> None:
        """Ask for a name and write the log of the run, for `circuitsim replay`."""
        from circuitsim.app.dialogs.files import ask_save_run
        from circuitsim.app.document.files import save_run

        path = ask_save_run(self._window, self._folder / f"{self._document.file_stem}{SUFFIX}")
        if path is not None:
            self._note_folder(path)
            save_run(self._document, path)

    def picture(self, subject: str = "circuit") -> None:
        """Ask which picture to write, and write it."""
        from circuitsim.app.dialogs.figure import FigureDialog

        dialog = FigureDialog(self._window, self._document.file_stem, self._folder, subject)
        dialog.chosen.connect(self._write_picture)
        dialog.show()

    def _write_picture(self, subject: str, path: Path, scale: float, transparent: bool) -> None:
        from circuitsim.app.document.figure import png, svg

        self._note_folder(path)
        document = self._document
        drawing = path.suffix.lower() == ".svg"

        figure = self._lanes() if subject == "lanes" else self._circuit()

        def work(_job: Job) -> None:
            if drawing:
                content = svg(figure, transparent=transparent)
            else:
                content = png(figure, scale, transparent=transparent)
            write_bytes(path, content)

        document.bridge.run(
            f"Drawing {path.name}", work,
            lambda _nothing: document.set_notice(f"Picture written to {path.name}"),
            lambda error: document.refuse(error.issues[0]),
        )  # fmt: skip

    def _circuit(self) -> Figure:
        from circuitsim.app.canvas.figure import circuit_figure

        return circuit_figure(self._document)

    def _lanes(self) -> Figure:
        from circuitsim.app.plots.figure import lanes_figure

        return lanes_figure(self._scope, QSizeF(self._scope.size()).expandedTo(LANES))

    def script(self) -> None:
        """Put a Python script that computes the run again on the clipboard."""
        from circuitsim.app.document.files import copy_script

        copy_script(self._document, self._take_script)

    def _take_script(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._document.set_notice(
            f"Script copied, {text.count(chr(10))} lines: paste it where Python can import circuitsim"
        )
