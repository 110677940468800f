"""Unsaved changes lie on the disk while they are made, so that not even a crash loses them."""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer

from circuitsim.api import load, save
from circuitsim.spec.atomic import write_bytes
from circuitsim.spec.files import read_bytes
from circuitsim.spec.issue import CircuitsimError, InputError

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.store.store import Store

REST = 400  # ms between an edit and its way to the disk
CIRCUIT, ORIGIN, LOCK = ".circuit.json", ".origin.txt", ".lock"  # what one place in the folder consists of
PLACES = 99  # windows that can keep something at the same time


@dataclass(frozen=True)
class Kept:
    """An unsaved circuit that waited.

    Attributes:
        circuit: The circuit.
        path: The file whose changes these are; None if it has none.
    """

    circuit: Circuit
    path: Path | None


class Slot:
    """A place for the unsaved changes of one window, which no other window and program touches meanwhile."""

    def __init__(self, folder: Path, number: int) -> None:
        stem = "unsaved" if number == 1 else f"unsaved-{number}"
        self.circuit, self.origin = folder / f"{stem}{CIRCUIT}", folder / f"{stem}{ORIGIN}"
        self._lock = QLockFile(str(folder / f"{stem}{LOCK}"))
        self._lock.setStaleLockTime(0)  # a lock is as old as its program, which may run for days
        self._writing = threading.Lock()
        self._closed = False

    def claim(self) -> bool:
        """Take the place; False if somebody has it, who is still alive."""
        return self._lock.tryLock(0)

    def read(self) -> Kept | None:
        """What waits here; None if nothing does, or nothing that can be read: that is left where it is."""
        try:
            circuit = load(self.circuit)
            path = Path(os.fsdecode(read_bytes(self.origin))) if self.origin.exists() else None
        except InputError:
            return None
        return Kept(circuit, path)

    def release(self) -> None:
        """Leave the place to others, with what waits there."""
        self._lock.unlock()

    def write(self, kept: Kept | None, *, last: bool = False) -> None:
        """Let this wait here, or nothing; may be called from any thread.

        Args:
            kept: What waits from now on.
            last: True to leave the place after it: what another thread is still about to write is older.

        Raises:
            InputError: If it cannot be written.
        """
        with self._writing:
            if self._closed:
                return
            self._closed = last
            try:
                self._write(kept)
            finally:
                if last:
                    self.release()

    def _write(self, kept: Kept | None) -> None:
        if kept is None or kept.path is None:
            _remove(self.origin)
        else:
            write_bytes(self.origin, os.fsencode(kept.path.absolute()))
        if kept is None:
            _remove(self.circuit)
        else:
            save(kept.circuit, self.circuit)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def claim(store: Store, named: Path | None) -> tuple[Slot | None, Kept | None]:
    """Take a place for a new window, with what waits there since its window is gone.

    Args:
        store: Whose folder holds the places; without a folder nothing is kept.
        named: The file that is to be opened: changes of this file alone are taken then, and others wait on.
    """
    try:
        store.make_session_folder()
    except CircuitsimError as error:
        store.notices.append(error.sentence)
        return None, None
    if store.session is None:
        return None, None
    slots = [Slot(store.session, number) for number in range(1, PLACES + 1)]
    for slot in slots:
        if slot.circuit.exists() and slot.claim():
            kept = slot.read()
            if kept is not None and (named is None or kept.path == named.absolute()):
                return slot, kept
            slot.release()
    free = (slot for slot in slots if not slot.circuit.exists() and slot.claim())
    return next(free, None), None


class Journal(QObject):
    """Writes the unsaved changes of a document into its place a moment after each edit, away from the GUI thread."""

    def __init__(self, document: Document, slot: Slot, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._slot = document, slot
        self._writing = self._told = False
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self._write)
        for signal in (document.changed, document.state_changed, document.replaced):
            signal.connect(self._note)

    def close(self, *, given_up: bool) -> None:
        """Write for the last time, nothing if the person does not want the changes.

        Raises:
            InputError: If it cannot be written.
        """
        self._timer.stop()
        self._slot.write(None if given_up else self._kept(), last=True)

    def _kept(self) -> Kept | None:
        document = self._document
        return Kept(document.circuit.copy(), document.path) if document.dirty else None

    def _note(self) -> None:
        if not self._timer.isActive():  # edits that never rest are written all the same
            self._timer.start()

    def _write(self) -> None:
        if self._writing:
            self._timer.start()
            return
        self._writing = True
        slot, kept = self._slot, self._kept()
        self._document.bridge.run("", lambda _job: slot.write(kept), self._written, self._failed)

    def _written(self, _nothing: None) -> None:
        self._writing = self._told = False

    def _failed(self, error: CircuitsimError) -> None:
        self._writing = False
        if not self._told:  # once is enough until it works again
            self._document.set_notice(f"A crash would lose what is not saved: {error.sentence}")
        self._told = True
