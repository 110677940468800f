"""Notices when another program changes the open file, and offers what can be done about it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from circuitsim.app import theme
from circuitsim.app.document.incoming import reload_file
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.cards import Card
from circuitsim.spec.files import read_bytes
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.app.document.document import Document

REST = 250  # ms without a sign from the disk after which the file is looked at


class Watch(QObject):
    """Compares the content of the open file with what was read or written last.

    Signals:
        changed: Another program has written it.
        gone: It is no longer there.
    """

    changed = Signal()
    gone = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._known: bytes | None = None  # digest of the content that this program knows
        self._watcher = QFileSystemWatcher(self)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._rest.start)
        self._watcher.directoryChanged.connect(self._rest.start)
        document.filed.connect(self.begin)
        document.replaced.connect(self.begin)

    def begin(self) -> None:
        """What lies on the disk now is known: it was read or written just now."""
        self._watch()
        path = self._document.path
        if path is None:
            self._known = None
        else:
            self._document.bridge.run("", lambda _job: _digest(path), self._learn)

    def stop(self) -> None:
        """Watch no longer."""
        self._rest.stop()
        for path in (*self._watcher.files(), *self._watcher.directories()):
            self._watcher.removePath(path)

    def _learn(self, digest: bytes | None) -> None:
        self._known = digest

    def _watch(self) -> None:
        """Watch file and folder; a file that was replaced by another must be watched anew."""
        path = self._document.path
        wanted = set() if path is None else {str(path), str(path.parent)}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        for name in watched - wanted:
            self._watcher.removePath(name)
        for name in wanted - watched:
            self._watcher.addPath(name)

    def _look(self) -> None:
        """Read the file, unless this program is at work on it."""
        path = self._document.path
        if path is None or self._known is None:
            return
        if self._document.bridge.busy:
            self._rest.start()
            return
        self._document.bridge.run("", lambda _job: _digest(path), lambda found: self._compare(path, found))

    def _compare(self, path: Path, found: bytes | None) -> None:
        if path != self._document.path or found == self._known:
            return
        self._known = found
        if found is None:
            self._document.not_saved()
            self.gone.emit()
            return
        self._watch()
        self.changed.emit()


def _digest(path: Path) -> bytes | None:
    """A short sign of the content of a file; None if it cannot be read."""
    try:
        return hashlib.sha256(read_bytes(path)).digest()
    except InputError:
        return None


class ChangedCard(Card):
    """The open file was changed by another program: take that, or keep what is here."""

    def __init__(self, document: Document, watch: Watch, over: QWidget) -> None:
        super().__init__(over, top=True)
        self._document = document
        self.text, self.more = QLabel(), QLabel("Undo brings back what is here now.")
        self.text.setFont(theme.named("field"))
        self.more.setFont(theme.font(11))
        self.more.setProperty("dim", "1")
        self.reload, self.keep = QPushButton("Reload"), QPushButton("Keep mine")
        self.reload.setObjectName("primary")
        for button, act in ((self.reload, self._reload), (self.keep, self._keep)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
        texts = column(self.text, self.more, spacing=2)
        self.setLayout(row(texts, 12, self.reload, self.keep, spacing=8, margins=(14, 9, 10, 9)))
        watch.changed.connect(self._ask)
        watch.gone.connect(self._tell)
        document.filed.connect(self.hide)
        document.replaced.connect(self.hide)

    def _ask(self) -> None:
        path = self._document.path
        assert path is not None  # noqa: S101  (only files are watched)
        self.text.setText(f"{path.name} was changed by another program")
        self.show()
        self.place()

    def _tell(self) -> None:
        self.hide()
        path = self._document.path
        assert path is not None  # noqa: S101
        self._document.set_notice(f"{path.name} is no longer on the disk; saving writes it again")

    def _reload(self) -> None:
        reload_file(self._document)

    def _keep(self) -> None:
        self._document.not_saved()
        self.hide()
