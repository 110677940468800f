"""Write files so that either the whole new content is there or nothing has changed."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

from circuitsim.spec.files import refusal
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file as a whole.

    Raises:
        InputError: If it cannot be written; what was there before is untouched.
    """
    with replacing(path) as (file,):
        file.write(data)


def check(*paths: Path) -> None:
    """Find out beforehand whether files can be written; devices and pipes are not tried, folders are refused.

    Raises:
        InputError: If one of them cannot.
    """
    for path in paths:
        try:
            replaceable = path.is_file() or path.is_dir() or not path.exists()
        except (OSError, ValueError) as error:  # its name is too long, for instance
            raise refusal(path, error, "written") from error
        if replaceable:
            _Draft(path).discard()


@contextlib.contextmanager
def replacing(*paths: Path) -> Iterator[tuple[IO[bytes], ...]]:
    """Open files for writing that take their places together at the end, or not at all.

    Links are followed, permissions are kept. Devices and pipes cannot be replaced and are written
    to directly.

    Raises:
        InputError: If one of them cannot be written; what was there before is untouched.
    """
    drafts: list[_Draft] = []
    path = paths[0]
    try:
        drafts.extend(map(_Draft, paths))
        yield tuple(draft.file for draft in drafts)
        for draft in drafts:
            path = draft.asked
            draft.finish()
        for draft in drafts:
            path = draft.asked
            draft.commit()
    except OSError as error:
        raise refusal(path, error, "written") from error
    finally:
        for draft in drafts:
            draft.discard()


class _Draft:
    """New content beside the file that it will replace."""

    def __init__(self, asked: Path) -> None:
        self.asked = asked
        self.target = _followed(asked)
        self.mode: int | None = None
        self.draft: Path | None = None
        try:
            self._look()
            self.file = self._open()
        except OSError as error:
            raise refusal(asked, error, "written") from error

    def _look(self) -> None:
        """Note the permissions of what is there, and refuse what nobody may change."""
        if self.target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if self.target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        folder = self.target.parent
        if folder.is_dir() and not _writable(folder):
            raise InputError(Issue(str(self.asked), "its folder is read-only", "choose another place"))
        if self.target.is_file():
            if not _writable(self.target):
                remedy = "choose another name or make it writable"
                raise InputError(Issue(str(self.asked), "the file is read-only", remedy))
            self.mode = stat.S_IMODE(self.target.stat().st_mode)

    def _open(self) -> IO[bytes]:
        if self.target.exists() and self.mode is None:
            return self.target.open("wb")  # a device or a pipe
        draft = self.target.with_name(f".{self.target.name[:100]}.{os.urandom(6).hex()}.tmp")
        file = draft.open("xb")
        self.draft = draft
        return file

    def finish(self) -> None:
        """Bring the content to the disk."""
        self.file.flush()
        if self.draft is not None:
            if self.mode is not None:
                self.draft.chmod(self.mode)
            os.fsync(self.file.fileno())
        self.file.close()

    def commit(self) -> None:
        """Take the place of the target."""
        if self.draft is not None:
            self.draft.replace(self.target)
            self.draft = None

    def discard(self) -> None:
        """Remove what has not taken its place."""
        with contextlib.suppress(OSError):
            self.file.close()
        if self.draft is not None:
            with contextlib.suppress(OSError):
                self.draft.unlink()


def _followed(path: Path) -> Path:
    """Where the links of a path lead."""
    try:
        return Path(os.path.realpath(path))
    except ValueError as error:
        raise refusal(path, error, "written") from error


def _writable(path: Path) -> bool:
    """Whether anybody may write there; root, who may everything, respects a read-only mark too."""
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)
