"""Read whole files, with a sentence for everything that can go wrong."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import meant

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 256 * 2**20  # bytes; a circuit of a million synapses is smaller

_REMEDIES = {
    errno.EACCES: ("it may not be {done}", "ask for permission or choose another place"),
    errno.EPERM: ("it may not be {done}", "ask for permission or choose another place"),
    errno.EROFS: ("it lies on a read-only disk", "choose another place"),
    errno.ENOSPC: ("the disk is full", "free some space or choose another place"),
    errno.EDQUOT: ("your share of the disk is used up", "free some space or choose another place"),
    errno.EFBIG: ("the file would become too large", "record fewer variables or choose another place"),
    errno.EISDIR: ("it is a folder, not a file", "name a file in it"),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "check the path"),
    errno.ENOENT: ("its folder does not exist", "make the folder or choose another place"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.ELOOP: ("its links lead in a circle", "mend the links"),
}


def refusal(path: Path, error: OSError | ValueError, done: str) -> InputError:
    """The sentence for what the operating system refused.

    Args:
        path: The file as the user named it.
        error: What was raised.
        done: ``read`` or ``written``.
    """
    if not isinstance(error, OSError):
        return InputError(Issue(repr(str(path)), "this cannot be the name of a file", "choose another name"))
    problem, remedy = _REMEDIES.get(
        error.errno or 0,
        (f"it could not be {{done}} ({(error.strerror or str(error)).lower()})", "check the disk"),
    )
    return InputError(Issue(str(path), problem.format(done=done), remedy))


def read_bytes(path: Path, limit: int = LARGEST) -> bytes:
    """The content of a file.

    Raises:
        InputError: If it does not exist, is a folder, may not be read or is larger than the limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise InputError(Issue(str(path), "there is no such file", nearby(path))) from error
    except (OSError, ValueError) as error:
        raise refusal(path, error, "read") from error
    if len(data) > limit:
        raise InputError(Issue(str(path), f"it is larger than {limit / 2**20:g} MB", "choose a smaller file"))
    return data


def read_text(path: Path, limit: int = LARGEST) -> str:
    """The content of a text file in UTF-8; a byte order mark is dropped.

    Raises:
        InputError: Like `read_bytes`, and if it is not text in UTF-8.
    """
    data = read_bytes(path, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            Issue(f"{path}, line {line}", "this is not text in UTF-8", "save the file as UTF-8")
        ) from error
    if "\0" in text:
        raise InputError(Issue(str(path), "this is a binary file, not text", "choose another file"))
    return text


def nearby(path: Path) -> str:
    """A remedy that names files of a similar name in the same folder."""
    try:
        there = sorted(p.name for p in path.parent.iterdir() if p.is_file())
    except (OSError, ValueError):
        return "check the path"
    return meant(path.name, there, most=3)
