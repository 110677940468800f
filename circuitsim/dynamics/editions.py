"""Folders of compiled kernels that nobody uses any more: those of other sources, compilers and processors."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86400.0  # s
UNUSED = 30 * DAY  # after so long without a start, a folder is removed
STRAY = DAY  # after so long, a draft is that of a process that has ended in the midst of writing
FOLDER = re.compile(r"[0-9a-f]{16}")
KERNEL = re.compile(r"[\w.-]+\.kernel")
DRAFT = re.compile(r"\.[\w.-]+-\d+")  # of a kernel, or what was written to see whether anything can be


def clear(own: Path) -> None:
    """Remove the folders beside this one that have not been used for long, and drafts that nobody finishes.

    Only what is named as ours are is touched, no link is followed, and what cannot be removed stays.

    Args:
        own: A folder that has just been made; its time is the present one, on the clock of that disk.
    """
    with suppress(OSError):
        now = own.stat().st_mtime
        for other in sorted(own.parent.iterdir()):
            if other != own and FOLDER.fullmatch(other.name) and other.is_dir() and not other.is_symlink():
                _tidy(other, now)


def _tidy(folder: Path, now: float) -> None:
    with suppress(OSError):
        unused = now - folder.stat().st_mtime > UNUSED
        for file in list(folder.iterdir()):
            kernel, draft = KERNEL.fullmatch(file.name), DRAFT.fullmatch(file.name)
            if (kernel and unused) or (draft and now - file.lstat().st_mtime > STRAY):
                with suppress(OSError):
                    file.unlink()
        if unused:
            folder.rmdir()  # not if it holds anything else
