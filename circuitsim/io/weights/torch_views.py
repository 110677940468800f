"""Arrays of a file of torch.save: views of storages, by the names in nested dictionaries."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.io.weights.pickled import Refused, Storage, Tensor
from circuitsim.io.weights.safetensors import widened
from circuitsim.spec.files import LARGEST
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

MOST_PICKLE = 32 * 2**20  # bytes; a state_dict of ten thousand arrays takes 2 MB
_MOST_NUMBERS = LARGEST // 4  # in one array
_MOST_NAMES, _DEEPEST = 100_000, 8


def views(path: Path, content: object, numbers: Callable[[Storage], NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays of a file by name.

    Args:
        path: The file.
        content: What its pickle says.
        numbers: Gives the numbers of a storage.

    Raises:
        InputError: If an array reaches beyond its numbers.
        Refused: If the content names no arrays.
    """
    if isinstance(content, Tensor):
        raise Refused("it holds one array without a name")
    return {name: _view(path, name, tensor, numbers(tensor.storage)) for name, tensor in _tensors(content)}


def numbers_of(data: bytes, dtype: str, order: str) -> NDArray[Any]:
    """The numbers of a storage, of a type as in `pickled.STORAGES` and with the end first that `order` says."""
    short = dtype == "bf2"
    kind = np.dtype(order + ("u2" if short else dtype))
    found = np.frombuffer(data[: len(data) // kind.itemsize * kind.itemsize], dtype=kind)
    return widened(found) if short else found


def _view(path: Path, name: str, tensor: Tensor, numbers: NDArray[Any]) -> NDArray[Any]:
    count = math.prod(tensor.shape)
    reach = tensor.offset + sum((n - 1) * step for n, step in zip(tensor.shape, tensor.strides, strict=True))
    if count and (reach >= numbers.size or count > _MOST_NUMBERS or len(tensor.shape) > _DEEPEST):
        problem = f"its shape {list(tensor.shape)} does not fit the {numbers.size} numbers that are stored"
        raise InputError(Issue(f"{path}, {name}", problem, "take an intact copy"))
    if not count:
        return np.empty(tensor.shape, numbers.dtype)
    strides = [step * numbers.itemsize for step in tensor.strides]
    return np.lib.stride_tricks.as_strided(numbers[tensor.offset :], tensor.shape, strides, writeable=False)


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
