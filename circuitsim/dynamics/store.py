"""Compiled kernels on disk: machine code under the name of its kernel.

Edited kernels must never be served from an old folder, nor those that another compiler or another processor made. So
the folder is named by a hash of all of it. Files are written aside and put in place at once, so that processes that
start together spoil nothing, and a file that is damaged counts as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

COMPILERS = ("numba", "llvmlite")


class Code(NamedTuple):
    """Machine code of a kernel.

    Attributes:
        binary: An object file.
        symbol: Name of the kernel in it.
        takes: A letter for each argument: d a number, i a whole number, v a vector, m a matrix, t the tables of a
            circuit.
        gives: A letter for each result.
        needs: Names of the functions that it calls and does not hold.
    """

    binary: bytes
    symbol: str
    takes: str
    gives: str
    needs: tuple[str, ...]


def root() -> Path:
    """The folder of all such folders."""
    import platformdirs

    base = os.environ.get("CIRCUITSIM_CACHE_DIR") or platformdirs.user_cache_dir(
        "circuitsim", appauthor=False
    )
    return Path(base) / "kernels"


def folder() -> Path | None:
    """The folder for these sources, this compiler and this processor; None if nothing can be written there."""
    import llvmlite.binding as llvm

    digest = hashlib.sha256(llvm.get_host_cpu_name().encode())
    digest.update(llvm.get_host_cpu_features().flatten().encode())
    for compiler in COMPILERS:
        digest.update(_edition(compiler))
    here = Path(__file__).parent
    for source in sorted(here.rglob("*.py")):
        digest.update(str(source.relative_to(here)).encode())
        digest.update(source.read_bytes())
    found = root() / digest.hexdigest()[:16]
    try:
        found.mkdir(parents=True, exist_ok=True)
        probe = found / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return found


def _edition(package: str) -> bytes:
    """What tells editions of a package apart: a file of its own, read without importing it, else what its metadata say.

    To look through the metadata takes as long as to load all kernels.
    """
    found = find_spec(package)
    if found is not None and found.origin is not None:
        with suppress(OSError):
            return Path(found.origin).with_name("_version.py").read_bytes()
    from importlib.metadata import version

    return version(package).encode()


def load(place: Path, name: str) -> Code | None:
    """The code of a kernel; None if there is none, or none that is whole."""
    with suppress(OSError, ValueError, KeyError):
        head, _, binary = (place / f"{name}.kernel").read_bytes().partition(b"\n")
        told = json.loads(head)
        if told["sha256"] == hashlib.sha256(binary).hexdigest():
            return Code(binary, told["symbol"], told["takes"], told["gives"], tuple(told["needs"]))
    return None


def save(place: Path, name: str, code: Code) -> None:
    """Keep the code of a kernel; where that cannot be, it is compiled again next time."""
    told = code._asdict()
    digest = hashlib.sha256(told.pop("binary")).hexdigest()
    head = json.dumps({**told, "sha256": digest})
    draft = place / f".{name}-{os.getpid()}"
    with suppress(OSError):
        draft.write_bytes(head.encode() + b"\n" + code.binary)
        draft.replace(place / f"{name}.kernel")
