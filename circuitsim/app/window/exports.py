"""What leaves the program besides circuits: traces, runs, pictures, scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QGuiApplication

from circuitsim.app.canvas.figure import circuit_figure
from circuitsim.app.dialogs.export import ExportDialog
from circuitsim.app.dialogs.figure import FigureDialog
from circuitsim.app.dialogs.files import ask_save_run
from circuitsim.app.document.figure import Figure, png, svg
from circuitsim.app.document.files import copy_script, export_traces, save_run
from circuitsim.io.run_log import SUFFIX
from circuitsim.spec.atomic import write_bytes
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.document.document import Document
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

    def picture(self, subject: str = "circuit") -> None:
        """Ask which picture to write, and write it."""
        dialog = FigureDialog(self._window, self._document.file_stem, self._folder, subject)
        dialog.chosen.connect(self._write_picture)
        dialog.show()

    def _write_picture(self, subject: str, path: Path, scale: float, transparent: bool) -> None:
        self._note_folder(path)
        document = self._document
        drawing = path.suffix.lower() == ".svg"

        def drawn(figure: Figure) -> bytes:
            return (
                svg(figure, transparent=transparent)
                if drawing
                else png(figure, scale, transparent=transparent)
            )

        if subject == "lanes":  # the run goes on, so they are drawn now: it takes no longer than a frame
            try:
                content = drawn(self._lanes())
            except InputError as error:
                document.refuse(error.issues[0])
                return
            work = lambda _job: write_bytes(path, content)  # noqa: E731
        else:
            figure = circuit_figure(document)
            work = lambda _job: write_bytes(path, drawn(figure))  # noqa: E731
        document.bridge.run(
            f"Drawing {path.name}", work,
            lambda _nothing: document.set_notice(f"Picture written to {path.name}"),
            lambda error: document.refuse(error.issues[0]),
        )  # fmt: skip

    def _lanes(self) -> Figure:
        size = QSizeF(self._scope.size()).expandedTo(LANES)
        paint = lambda painter, *, ground: self._scope.render_figure(painter, size, ground=ground)  # noqa: E731
        return Figure(f"{self._document.name}, traces", size, paint)

    def script(self) -> None:
        """Put a Python script that computes the run again on the clipboard."""
        copy_script(self._document, self._take_script)

    def _take_script(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._document.set_notice(
            f"Script copied, {text.count(chr(10))} lines: paste it where Python can import circuitsim"
        )
