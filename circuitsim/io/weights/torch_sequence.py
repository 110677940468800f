"""Files of torch.save as it wrote them before version 1.6: pickles one after the other, then the numbers of all storages.

A magic number, the version of the format, facts about the machine, the content, the keys of the storages, and for each
of them how many numbers it has, in eight bytes, and these numbers. Source: torch/serialization.py (BSD licence).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.io.weights.pickled import Machine, Refused
from circuitsim.io.weights.torch_views import MOST_PICKLE, numbers_of, views

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from circuitsim.io.weights.pickled import Storage

MAGIC = 0x1950A86A20F9469CFC6C
VERSION = 1001
_COUNT = 8  # bytes


def read_sequence(path: Path, data: bytes) -> dict[str, NDArray[Any]]:
    """The arrays of such a file by name.

    Raises:
        InputError: If an array reaches beyond its numbers.
        Refused: If it is no such file, is damaged or holds more than plain weights.
    """
    stream = io.BytesIO(data)
    if Machine().read(stream) != MAGIC:
        raise Refused("it is a pickle, but not one of torch.save")
    version, facts = Machine().read(stream), Machine().read(stream)
    if version != VERSION or type(facts) is not dict or type(facts.get("little_endian")) is not bool:
        raise Refused("it does not say which end of its numbers comes first")
    order = "<" if facts["little_endian"] else ">"
    begin, machine = stream.tell(), Machine()
    content, keys = machine.read(stream), Machine().read(stream)
    if stream.tell() - begin > MOST_PICKLE:
        raise Refused("its pickle is too large")
    if type(keys) is not list or any(type(key) is not str or key not in machine.storages for key in keys):
        raise Refused("its pickle is damaged")
    found: dict[str, NDArray[Any]] = {}
    for key in keys:
        dtype = machine.storages[key]
        width = np.dtype("u2" if dtype == "bf2" else dtype).itemsize
        count = int.from_bytes(stream.read(_COUNT), "little")
        part = stream.read(min(count * width, len(data)))
        if len(part) < count * width:
            raise Refused("it ends too early")
        found[key] = numbers_of(part, dtype, order)

    def numbers(storage: Storage) -> NDArray[Any]:
        if storage.key not in found:
            raise Refused(f"the numbers of {storage.key[:80]!r} are missing in it")
        return found[storage.key]

    return views(path, content, numbers)
