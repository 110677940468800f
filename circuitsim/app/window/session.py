"""What was open comes back at the next start: the circuit, where the window stood, which panels were shown."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from circuitsim.api import load, save
from circuitsim.app.window.journal import Journal, Slot, claim
from circuitsim.io.dispatch import is_foreign, reader
from circuitsim.io.examples import example
from circuitsim.spec.issue import CircuitsimError, InputError
from circuitsim.store.settings import Geometry

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.store.store import Store

FIRST = "liquid"  # the example of the very first start
VISIBLE = 80  # px of the window that must lie on a screen


@dataclass(frozen=True)
class Opening:
    """What is shown first.

    Attributes:
        circuit: The circuit.
        path: Its file; None if it has none.
        unsaved: True if it holds changes that no file holds.
        slot: Where the unsaved changes of the window are kept; None keeps none.
        notice: What a person should know about it; may be empty.
    """

    circuit: Circuit
    path: Path | None = None
    unsaved: bool = False
    slot: Slot | None = None
    notice: str = ""


def opening(named: Path | None, store: Store) -> Opening:
    """What to show: the file that was named, else what was open last, else the first example.

    Raises:
        InputError: If a file was named and cannot be read.
    """
    slot, kept = claim(store, named)
    if kept is not None:
        what = "circuit is here as you left it"
        if kept.path is not None:
            what = f"changes of {kept.path.name} are here as you left them"
        return Opening(kept.circuit, kept.path, unsaved=True, slot=slot, notice=f"Your unsaved {what}")
    if named is not None:
        return _named(named, slot)
    notice = ""
    if store.settings.last is not None:
        last = Path(store.settings.last)
        try:
            return Opening(load(last), last, slot=slot)
        except InputError as error:
            notice = error.sentence
    elif (untitled := _kept(store.untitled)) is not None:
        return Opening(untitled, slot=slot)
    return Opening(load(example(FIRST).path), slot=slot, notice=notice)


def _named(path: Path, slot: Slot | None) -> Opening:
    """A file that was named; one of another kind is read as its defaults say, and what is in it is in no file yet."""
    if not is_foreign(path):
        return Opening(load(path), path.absolute(), slot=slot)
    reading = reader(path).read(path, {})
    return Opening(reading.circuit, unsaved=True, slot=slot, notice=" ".join(reading.report))


def _kept(path: Path | None) -> Circuit | None:
    """A circuit that was kept in the store; what cannot be read any more is left where it is."""
    if path is None or not path.exists():
        return None
    try:
        return load(path)
    except InputError:
        return None


class Session:
    """Keeps what is open: unsaved changes while they are made, the rest when the window closes."""

    def __init__(self, document: Document, store: Store, slot: Slot | None) -> None:
        """Look after the document of one window.

        Args:
            document: What is open.
            store: Where it is kept.
            slot: The place of its unsaved changes; None keeps none.
        """
        self._document, self._store, self._slot = document, store, slot
        self._journal = None if slot is None else Journal(document, slot, document)

    @property
    def can_keep(self) -> bool:
        """Whether an unsaved circuit can wait for the next start."""
        return self._slot is not None

    def keep(self, *, given_up: bool) -> None:
        """Note what is open.

        Args:
            given_up: True if the person does not want the unsaved changes.
        """
        document, store = self._document, self._store
        store.change(last=None if document.path is None else str(document.path.absolute()))
        try:
            if self._journal is not None:
                self._journal.close(given_up=given_up)
            self._keep_untitled(wanted=document.path is None and not document.dirty)
        except CircuitsimError as error:
            store.notices.append(error.sentence)

    def _keep_untitled(self, *, wanted: bool) -> None:
        path = self._store.untitled
        if path is None:
            return
        if wanted:
            self._store.make_session_folder()
            save(self._document.circuit, path)
        else:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def keep_place(window: MainWindow, store: Store) -> None:
    """Note where the window stands and which panels are hidden."""
    place = window.normalGeometry() if window.isMaximized() else window.geometry()
    with contextlib.suppress(ValueError):
        store.change(
            geometry=Geometry(
                place.x(), place.y(), place.width(), place.height(), maximized=window.isMaximized()
            ),
            hidden_panels=tuple(
                name
                for name, action in window.panel_actions.items()
                if action.isCheckable() and not action.isChecked()
            ),
        )


def restore_place(window: MainWindow, store: Store) -> None:
    """Put the window where it stood, if that place still exists, and hide what was hidden."""
    kept = store.settings.geometry
    if kept is not None:
        place = QRect(kept.x, kept.y, kept.width, kept.height)
        screens = [screen.availableGeometry().intersected(place) for screen in QGuiApplication.screens()]
        if any(part.width() >= VISIBLE and part.height() >= VISIBLE for part in screens):
            window.setGeometry(place)
        else:
            window.resize(place.size())
    for name in store.settings.hidden_panels:
        if name in window.panel_actions:
            window.panel_actions[name].setChecked(False)
