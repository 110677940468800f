"""Programs that are compiled into a folder for temporary files, and what their compilers say."""

from __future__ import annotations

import ctypes
import tempfile
from textwrap import shorten
from typing import TYPE_CHECKING

from circuitsim.bench._declare import Missing
from circuitsim.bench.attempt import WIDEST

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def complaint(done: CompletedProcess[str]) -> str:
    """What a compiler that failed says is wrong, on one line, or how it ended if it says nothing."""
    lines = [line for line in f"{done.stderr}\n{done.stdout}".splitlines() if line.strip()]
    telling = next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "")
    silent = f"it ends with status {done.returncode} and says nothing"
    return shorten(telling or silent, WIDEST, placeholder=" ...")


def loaded(library: Path) -> ctypes.CDLL:
    """A shared library that was just compiled.

    Raises:
        Missing: If the system does not let it be loaded.
    """
    try:
        return ctypes.CDLL(str(library))
    except OSError as error:
        raise refused(error) from error


def refused(error: OSError) -> Missing:
    """What to say if the system does not run what was compiled."""
    why = shorten(str(error), WIDEST, placeholder=" ...")
    folder = tempfile.gettempdir()
    return Missing(
        f"what was compiled in {folder} may not be run ({why}); set TMPDIR to a folder where it may"
    )
