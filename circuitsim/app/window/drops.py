"""Files that are dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from circuitsim.app.document.incoming import load_table, load_tables
from circuitsim.circuit.elements import Input
from circuitsim.io.dispatch import circuit_formats, is_foreign
from circuitsim.io.input_csv import is_table
from circuitsim.io.run_log import SUFFIX as RUN
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from circuitsim.app.window.main_window import MainWindow

TABLES = (".csv", ".tsv")
_TYPES = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop)


class Drops(QObject):
    """Opens circuits, turns edge lists and weights into circuits, loads tables into the inputs they are dropped on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  (Qt's signature)
        """Take what is a file; everything else is not for the window."""
        if event.type() not in _TYPES:
            return False
        document = self._window.document
        if not isinstance(event, QDropEvent):
            document.set_hint("")
            return False
        files = _files(event.mimeData())
        if not files:
            return False
        event.acceptProposedAction()
        if isinstance(event, QDragMoveEvent):
            document.set_hint(self._hint(files, event.position()))
        else:
            document.set_hint("")
            self._take(files, event.position())
        return True

    def _input_at(self, at: QPointF) -> Input | None:
        """The input tile at a place of the window."""
        canvas = self._window.canvas
        place = canvas.mapFrom(self._window, at)
        if not canvas.rect().contains(place.toPoint()):
            return None
        found = canvas.scene.hit(canvas.camera.to_canvas(place), canvas.camera.zoom)
        element = self._window.document.circuit.elements.get(found or 0)
        return element if isinstance(element, Input) else None

    def _hint(self, files: list[Path], at: QPointF) -> str:
        """What would happen to the files here."""
        refused = _refusal(files)
        if refused is not None:
            return refused.sentence
        name = files[0].name
        if files[0].suffix.lower() not in TABLES:
            return f"{'Import' if is_foreign(files[0]) else 'Open'} {name}"
        tile = self._input_at(at)
        if tile is not None:
            return f"Load {name} into {tile.name}"
        if is_table(files[0]):
            return f"Load {name} into the inputs that its columns name, or drop it on one of them"
        return f"Read {name} as an edge list; drop it on an input as its table"

    def _take(self, files: list[Path], at: QPointF) -> None:
        window, path, refused = self._window, files[0], _refusal(files)
        tile = self._input_at(at)
        if refused is not None:
            window.document.refuse(refused)
        elif path.suffix.lower() not in TABLES:
            window.files.open_known(path)
        elif tile is not None:
            load_table(window.document, tile.id, path)
        elif is_table(path):
            load_tables(window.document, path)
        else:
            window.files.import_known(path, {})


def _refusal(files: list[Path]) -> Issue | None:
    """Why files cannot be taken, as far as their names tell."""
    path = files[0]
    name = path.name.lower()
    if len(files) > 1:
        return Issue("", f"{len(files)} files are too many", "drop one at a time")
    if name.endswith(RUN):
        remedy = "replay it with: circuitsim replay FILE --out TRACES.csv"
        return Issue(path.name, "this is a saved run, not a circuit", remedy)
    known = [suffix for form in circuit_formats().values() for suffix in form.suffixes]
    if not name.endswith((*known, *TABLES)):
        remedy = "drop a .circuit.json, a .csv, a .safetensors or a .pt file"
        return Issue(path.name, "this is neither a circuit, a table nor a network", remedy)
    return None


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
