"""The settings of one user, kept in one file, and the circuit that no file held."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec

from circuitsim.spec.atomic import write_bytes
from circuitsim.spec.files import read_bytes, refusal
from circuitsim.spec.issue import InputError
from circuitsim.store.places import folder
from circuitsim.store.settings import RECENT, Settings, dumps, loads

FILE = "settings.json"
DAMAGED = "settings.damaged.json"
SESSION = "session"
UNTITLED = "untitled.circuit.json"
LARGEST = 1 << 20  # bytes


class Store:
    """Reads settings once and writes them when told to.

    Attributes:
        settings: What holds now.
        notices: Sentences about what could not be read.
    """

    def __init__(self, place: Path | None) -> None:
        """Keep things in a folder; None keeps nothing, for pictures and tests."""
        self._place = place
        self._writing = threading.Lock()
        self.settings = Settings()
        self.notices: list[str] = []
        if place is not None:
            self._read(place / FILE)

    @classmethod
    def of_user(cls) -> Store:
        """The store of whoever runs the program."""
        return cls(folder())

    @property
    def session(self) -> Path | None:
        """The folder in which circuits wait for the next start; None if nothing is kept."""
        return None if self._place is None else self._place / SESSION

    @property
    def untitled(self) -> Path | None:
        """Where an unchanged circuit without a file waits, for instance an example; None if nothing is kept."""
        return None if self.session is None else self.session / UNTITLED

    def change(self, **fields: Any) -> None:
        """Change some settings; `write` keeps them.

        Raises:
            TypeError: If there is no such setting.
        """
        self.settings = msgspec.structs.replace(self.settings, **fields)

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones; it is what was open last."""
        name = str(path.absolute())
        others = [other for other in self.settings.recent if other != name]
        self.change(recent=(name, *others)[:RECENT], last=name)

    def recent(self) -> tuple[Path, ...]:
        """Recent files that still exist, the latest first; the others are forgotten."""
        there = tuple(name for name in self.settings.recent if Path(name).is_file())
        if there != self.settings.recent:
            self.change(recent=there)
        return tuple(map(Path, there))

    def write(self) -> None:
        """Bring the settings to the disk, as a whole or not at all; may be called from any thread.

        Raises:
            InputError: If they cannot be written.
        """
        if self._place is None:
            return
        with self._writing:
            make_folder(self._place)
            write_bytes(self._place / FILE, dumps(self.settings))

    def make_session_folder(self) -> None:
        """Make the folder in which circuits wait.

        Raises:
            InputError: If it cannot be made.
        """
        if self.session is not None:
            make_folder(self.session)

    def _read(self, path: Path) -> None:
        if not path.exists():
            return
        try:
            self.settings, refused = loads(read_bytes(path, LARGEST), path)
        except InputError as error:
            self.notices.append(self._set_aside(path, error))
            return
        if refused:
            fields = ", ".join(name.replace("_", " ") for name in refused)
            self.notices.append(f"Some settings could not be read and got their defaults: {fields}.")

    def _set_aside(self, path: Path, error: InputError) -> str:
        """Keep a damaged file under another name, so that it can be looked at."""
        aside = path.with_name(DAMAGED)
        try:
            path.replace(aside)
        except OSError:
            return f"The settings could not be read, so defaults serve: {error.issues[0].problem}."
        return f"The settings were damaged and defaults serve; the old file is now {aside.name}."


def make_folder(path: Path) -> None:
    """Make a folder with everything above it.

    Raises:
        InputError: If it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(path, error, "written") from error
