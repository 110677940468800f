"""Compiled kernels on disk: machine code under the name of its kernel.

Edited kernels must never be served from an old folder, nor those that another compiler, other settings of it or another
processor made. So the folder is named by a hash of all of it. Files are written aside and put in place at once, so that
processes that start together spoil nothing, and a file that is not whole counts as none.
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
PACKAGES = ("dynamics", "spec")  # what kernels are made of: numba compiles constants of both into them
SETTINGS = Path(".numba_config.yaml")  # where numba looks for settings besides its variables
HARMLESS = {
    "NUMBA_CACHE_DIR", "NUMBA_COLOR_SCHEME", "NUMBA_DISABLE_JIT", "NUMBA_NUM_THREADS", "NUMBA_THREADING_LAYER",
    "NUMBA_THREADING_LAYER_PRIORITY",
}  # fmt: skip  # variables of numba that change nothing in what it makes


class Code(NamedTuple):
    """Machine code of a kernel.

    Attributes:
        binary: An object file.
        symbol: Name of the kernel in it.
        takes: A letter for each argument: d a number, i a whole number, t the tables of a circuit, or one of
            `tables.SORTS`.
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
    found = root() / _key()
    try:
        there = found.exists()
        found.mkdir(parents=True, exist_ok=True)
        probe = found / f".writable-{os.getpid()}"
        probe.touch()  # by this, the time of the folder is that of its last use
        probe.unlink()
    except OSError:
        return None
    if not there:
        from circuitsim.dynamics.editions import clear

        clear(found)
    return found


def sources() -> list[Path]:
    """All that a kernel may be compiled from."""
    here = Path(__file__).parents[1]
    return [source for package in PACKAGES for source in sorted((here / package).rglob("*.py"))]


def _key() -> str:
    """The name of that folder."""
    import llvmlite.binding as llvm

    digest = hashlib.sha256(llvm.get_host_cpu_name().encode())
    digest.update(llvm.get_host_cpu_features().flatten().encode())
    for compiler in COMPILERS:
        digest.update(_edition(compiler))
    digest.update(_settings())
    here = Path(__file__).parents[1]
    for source in sources():
        digest.update(str(source.relative_to(here)).encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _settings() -> bytes:
    """What numba is told besides what kernels tell it: variables of the environment, and a file."""
    told = {k: v for k, v in sorted(os.environ.items()) if k.startswith("NUMBA_") and k not in HARMLESS}
    file = b""
    with suppress(OSError):
        file = SETTINGS.read_bytes()
    return json.dumps(told).encode() + file


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


def file(place: Path, name: str) -> Path:
    """The file of a kernel."""
    return place / f"{name}.kernel"


def load(place: Path, name: str) -> Code | None:
    """The code of a kernel; None if there is none, or none that is whole."""
    try:
        digest, _, rest = file(place, name).read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest != _digest(rest):
        return None
    head, _, binary = rest.partition(b"\n")
    told = json.loads(head)
    return Code(binary, told["symbol"], told["takes"], told["gives"], tuple(told["needs"]))


def save(place: Path, name: str, code: Code) -> None:
    """Keep the code of a kernel.

    Raises:
        OSError: If that cannot be; nothing is left of the attempt.
    """
    told = code._asdict()
    binary = told.pop("binary")
    rest = json.dumps(told).encode() + b"\n" + binary
    draft = place / f".{name}-{os.getpid()}"
    try:
        draft.write_bytes(_digest(rest) + b"\n" + rest)
        draft.replace(file(place, name))
    finally:
        with suppress(OSError):  # it is there if it could not take its place
            draft.unlink()


def _digest(rest: bytes) -> bytes:
    """What the first line of a file says of the others."""
    return hashlib.sha256(rest).hexdigest().encode()
