"""The gallery: every example as a small live picture, with its note."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from circuitsim.api import load
from circuitsim.app import theme
from circuitsim.app.canvas.thumbnail import RATE, Thumbnail
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.engine.preview import preview
from circuitsim.io.examples import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent, QMouseEvent

    from circuitsim.app.document.bridge import Bridge, Job
    from circuitsim.engine.preview import Preview
    from circuitsim.io.examples import Example

PICTURE = QSize(244, 150)
COLUMNS = 3
SHARES = 4  # a frame moves one in so many pictures, so that no frame of the window is late
STEP: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


class Tile(QFrame):
    """One example: picture and title.

    Signals:
        chosen: It was clicked or reached by a key.
        opened: It was double-clicked.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, example: Example) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(example.title)
        self.example = example
        self.picture = Thumbnail(PICTURE)
        title = Text()
        title.setFont(theme.named("field"))
        title.setText(example.title)
        self.size_text = QLabel(" ")
        self.size_text.setFont(theme.named("label"))
        self.size_text.setProperty("dim", "2")
        text = column(title, self.size_text, spacing=2, margins=(10, 7, 10, 9))
        self.setLayout(column(self.picture, text, margins=(1, 1, 1, 0)))

    def choose(self, *, chosen: bool) -> None:
        """Show whether this is the chosen one."""
        word = "1" if chosen else ""
        if word != (self.property("chosen") or ""):
            self.setProperty("chosen", word)
            self.style().unpolish(self)
            self.style().polish(self)

    def play(self, found: Preview) -> None:
        """Come to life."""
        circuit = found.circuit
        self.size_text.setText(f"{len(circuit.neurons)} neurons · {len(circuit.synapses)} synapses")
        self.picture.play(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What has the focus is chosen."""
        super().focusInEvent(event)
        self.chosen.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        event.accept()
        self.opened.emit()


class Gallery(QDialog):
    """Every example; the chosen one says below what to try.

    The first row is there at once, the others come one by one, since all at a time would make the window wait.

    Signals:
        opened: The `Example` to open.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget, bridge: Bridge) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Examples")
        self._notes: dict[str, tuple[str, str]] = {}
        self._examples = sorted(examples(), key=lambda example: example.path.stat().st_size)
        self.tiles: list[Tile] = []
        self._turn = 0
        self._title, self._note = QLabel(), QLabel()
        self._grid = QGridLayout()
        self._add_row()
        self._chosen = self.tiles[0]
        self._lay_out()
        self._job = bridge.run("", lambda job: self._rehearse(job, self._examples))
        self._ready: list[tuple[int, Preview]] = []
        self._timer = QTimer(self, interval=round(1000 / RATE / SHARES))
        self._timer.timeout.connect(self._advance)
        self._timer.start()
        self._choose(self._chosen)
        self.tiles[0].setFocus()

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setSpacing(14)
        grid.setContentsMargins(18, 16, 18, 16)
        for k in range(math.ceil(len(self._examples) / COLUMNS)):
            grid.setRowMinimumHeight(k, self._chosen.sizeHint().height())
        inside = QWidget()
        inside.setLayout(grid)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title.setFont(theme.named("title"))
        self._note.setWordWrap(True)
        self._note.setProperty("dim", "1")
        self._note.setMinimumHeight(52)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        button = QPushButton("Open")
        button.setObjectName("primary")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._open(self._chosen))
        foot = row(column(self._title, self._note, spacing=3), 20, button, margins=(20, 12, 20, 14))
        foot.setStretch(0, 1)
        body = column(self._scroll, foot)
        body.setStretch(0, 1)
        self.setLayout(body)
        width = COLUMNS * (PICTURE.width() + 2) + (COLUMNS - 1) * 14 + 36 + 18
        self.setFixedWidth(width)
        self.resize(width, 640)

    def _add_row(self) -> None:
        """The tiles of the next row, if there is one."""
        first = len(self.tiles)
        for k, example in enumerate(self._examples[first : first + COLUMNS]):
            tile = Tile(example)
            tile.chosen.connect(lambda t=tile: self._choose(t))
            tile.opened.connect(lambda t=tile: self._open(t))
            self._grid.addWidget(tile, first // COLUMNS, k)
            self.tiles.append(tile)

    # coming to life -----------------------------------------------------------------------------

    def _rehearse(self, job: Job, wanted: Sequence[Example]) -> None:
        """Run every example for a while; in a thread of its own."""
        for k, example in enumerate(wanted):
            found = preview(load(example.path), RATE, lambda _share: not job.cancelled)
            self._ready.append((k, found))

    def _advance(self) -> None:
        """Show what has arrived, and move a part of the pictures."""
        self._add_row()
        while self._ready and self._ready[0][0] < len(self.tiles):
            k, found = self._ready.pop(0)
            note = found.circuit.notes[0] if found.circuit.notes else None
            self._notes[self.tiles[k].example.id] = (note.title, note.text) if note else ("", "")
            self.tiles[k].play(found)
            if self.tiles[k] is self._chosen:
                self._choose(self._chosen)
        self._turn += 1
        for k, tile in enumerate(self.tiles):
            if k % SHARES == self._turn % SHARES and not tile.visibleRegion().isEmpty():
                tile.picture.advance()

    # choosing -----------------------------------------------------------------------------------

    def _choose(self, tile: Tile) -> None:
        self._chosen.choose(chosen=False)
        self._chosen = tile
        tile.choose(chosen=True)
        self._scroll.ensureWidgetVisible(tile, 0, 16)
        title, text = self._notes.get(tile.example.id, ("", ""))
        self._title.setText(title or tile.example.title)
        self._note.setText(text)

    def _open(self, tile: Tile) -> None:
        self.opened.emit(tile.example)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter opens, Esc closes."""
        key = event.key()
        if key in STEP:
            k = self.tiles.index(self._chosen) + STEP[key]
            if 0 <= k < len(self.tiles):
                self.tiles[k].setFocus()
                self._choose(self.tiles[k])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._chosen)
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Stop everything."""
        self._stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything."""
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        self._timer.stop()
        self._job.cancel()
