"""Files of torch.save: an archive with a pickle that names arrays, and one part for the numbers of each."""

from __future__ import annotations

import io
import math
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.io.weights.pickled import Refused, Storage, Tensor, understood
from circuitsim.io.weights.safetensors import widened
from circuitsim.spec.files import LARGEST, read_bytes
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

PICKLE = "data.pkl"
REMEDY = "save the state_dict of the model with safetensors and read that file"
MOST_NUMBERS = LARGEST // 4  # in one array
_MOST_PICKLE = 32 * 2**20  # bytes; a state_dict of ten thousand arrays takes 2 MB
_MOST_NAMES, _DEEPEST = 100_000, 8


def read(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file by name, those of nested dictionaries with dots between the names.

    Nothing in the file is executed; see `circuitsim.io.weights.pickled`.

    Raises:
        InputError: If it is no such file, is damaged or holds more than plain weights.
    """
    data = read_bytes(path)
    if data[:1] == b"\x80":
        problem = "this is a bare pickle, as torch wrote it before version 1.6"
        raise InputError(Issue(str(path), problem, REMEDY))
    try:
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
        if self._archive.getinfo(name).file_size > _MOST_PICKLE:
            raise Refused("its pickle is too large")
        content = understood(self._archive.read(name))
        if isinstance(content, Tensor):
            raise Refused("it holds one array without a name")
        return {key: self._array(key, tensor) for key, tensor in _tensors(content)}

    def _array(self, name: str, tensor: Tensor) -> NDArray[Any]:
        numbers = self._numbers(tensor.storage)
        count = math.prod(tensor.shape)
        reach = tensor.offset + sum(
            (n - 1) * step for n, step in zip(tensor.shape, tensor.strides, strict=True)
        )
        if count and (reach >= numbers.size or count > MOST_NUMBERS or len(tensor.shape) > _DEEPEST):
            problem = (
                f"its shape {list(tensor.shape)} does not fit the {numbers.size} numbers that are stored"
            )
            raise InputError(Issue(f"{self._path}, {name}", problem, "take an intact copy"))
        if not count:
            return np.empty(tensor.shape, numbers.dtype)
        strides = [step * numbers.itemsize for step in tensor.strides]
        return np.lib.stride_tricks.as_strided(
            numbers[tensor.offset :], tensor.shape, strides, writeable=False
        )

    def _numbers(self, storage: Storage) -> NDArray[Any]:
        if storage not in self._storages:
            data = self._archive.read(f"{self._root}data/{storage.key}")
            short = storage.dtype == "bf2"
            kind = np.dtype(self._order + ("u2" if short else storage.dtype))
            numbers = np.frombuffer(data[: len(data) // kind.itemsize * kind.itemsize], dtype=kind)
            self._storages[storage] = widened(numbers) if short else numbers
        return self._storages[storage]


def _tensors(content: object) -> Iterator[tuple[str, Tensor]]:
    """Names and tensors in nested dictionaries; a dictionary may hold itself, so the search has an end."""
    open_, seen = [("", content, 0)], 0
    while open_:
        prefix, value, depth = open_.pop()
        if isinstance(value, Tensor):
            yield prefix, value
        elif isinstance(value, dict):
            seen += len(value)
            if depth >= _DEEPEST or seen > _MOST_NAMES:
                raise Refused("it nests dictionaries without an end")
            dotted = f"{prefix}." if prefix else ""
            open_ += [(f"{dotted}{key}", item, depth + 1) for key, item in reversed(value.items())]
