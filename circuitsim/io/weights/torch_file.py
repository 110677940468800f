"""Files of torch.save: an archive with a pickle that names arrays, and one part for the numbers of each.

Before version 1.6, and when it is told to, torch writes a sequence instead; see `torch_sequence`.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from circuitsim.io.weights.pickled import Refused, Storage, understood
from circuitsim.io.weights.torch_sequence import read_sequence
from circuitsim.io.weights.torch_views import MOST_PICKLE, numbers_of, views
from circuitsim.spec.files import LARGEST, read_bytes
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PICKLE = "data.pkl"
REMEDY = "save the state_dict of the model with safetensors and read that file"


def read(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file by name, those of nested dictionaries with dots between the names.

    Nothing in the file is executed; see `circuitsim.io.weights.pickled`.

    Raises:
        InputError: If it is no such file, is damaged or holds more than plain weights.
    """
    data = read_bytes(path)
    try:
        if data[:1] == b"\x80":
            return read_sequence(path, data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Archive(path, archive).arrays()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError, OSError) as error:
        raise InputError(Issue(str(path), "this is no intact file of torch.save", REMEDY)) from error
    except Refused as refused:
        raise InputError(Issue(str(path), f"{refused}, so nothing of it was read", REMEDY)) from refused


class _Archive:
    """The parts of a file of torch.save."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        self._storages: dict[Storage, NDArray[Any]] = {}
        parts = archive.infolist()
        if any(part.compress_type != zipfile.ZIP_STORED for part in parts):
            raise Refused("its parts are compressed, which torch never does")
        if sum(part.file_size for part in parts) > LARGEST:
            raise Refused("its parts are larger than the file")
        names = [part.filename for part in parts]
        found = [name for name in names if name == PICKLE or name.endswith(f"/{PICKLE}")]
        if len(found) != 1:
            raise Refused(f"it holds {len(found)} parts named {PICKLE} instead of one")
        self._root = found[0].removesuffix(PICKLE)
        order = f"{self._root}byteorder"
        told = archive.read(order) if order in names else b"little"
        if told not in (b"little", b"big"):
            raise Refused("it does not say which end of its numbers comes first")
        self._order = ">" if told == b"big" else "<"

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every array of the pickle by name."""
        name = self._root + PICKLE
        if self._archive.getinfo(name).file_size > MOST_PICKLE:
            raise Refused("its pickle is too large")
        content = understood(self._archive.read(name))
        return views(self._path, content, self._numbers)

    def _numbers(self, storage: Storage) -> NDArray[Any]:
        if storage not in self._storages:
            data = self._archive.read(f"{self._root}data/{storage.key}")
            self._storages[storage] = numbers_of(data, storage.dtype, self._order)
        return self._storages[storage]
