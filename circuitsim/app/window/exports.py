"""What leaves the program besides circuits: traces, runs, pictures, scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from circuitsim.app.dialogs.export import ExportDialog
from circuitsim.app.dialogs.files import ask_save_run
from circuitsim.app.document.files import copy_script, export_traces, save_run
from circuitsim.io.run_log import SUFFIX

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.document import Document
    from circuitsim.app.document.files import Wanted
    from circuitsim.app.document.preferences import Preferences


class Exports:
    """Export commands of one window."""

    def __init__(self, document: Document, window: QWidget, preferences: Preferences) -> None:
        self._document, self._window, self._preferences = document, window, preferences

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
        dialog = ExportDialog(self._window, self._document, self._folder)
        dialog.chosen.connect(self._write_traces)
        dialog.show()

    def _write_traces(self, path: Path, wanted: Wanted) -> None:
        self._note_folder(path)
        export_traces(self._document, path, wanted)

    def run(self) -> None:
        """Ask for a name and write the log of the run, for `circuitsim replay`."""
        path = ask_save_run(self._window, self._folder / f"{self._document.file_stem}{SUFFIX}")
        if path is not None:
            self._note_folder(path)
            save_run(self._document, path)

    def script(self) -> None:
        """Put a Python script that computes the run again on the clipboard."""
        copy_script(self._document, self._take_script)

    def _take_script(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._document.set_notice(
            f"Script copied, {text.count(chr(10))} lines: paste it where Python can import circuitsim"
        )
