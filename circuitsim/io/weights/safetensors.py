"""Files of safetensors: a length, a header in JSON, and numbers one after the other.

Source: the description of the format at https://github.com/huggingface/safetensors (version 0.8).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import numpy as np

from circuitsim.spec.atomic import write_bytes
from circuitsim.spec.files import read_bytes
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

T = TypeVar("T")

METADATA = "__metadata__"
_LENGTH = 8  # bytes that hold the length of the header
_TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "|i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "|u1", "BOOL": "|b1",
}  # fmt: skip
_WRITTEN = {"<f8": "F64", "<f4": "F32"}


class _Entry(msgspec.Struct):
    """Where the numbers of an array lie, counted from the end of the header."""

    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


def read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """The arrays of a file by name, and its metadata.

    Raises:
        InputError: If it is no such file, or is damaged.
    """
    data = read_bytes(path)
    length = int.from_bytes(data[:_LENGTH], "little")
    if len(data) < _LENGTH or data[_LENGTH : _LENGTH + 1] != b"{":
        raise InputError(Issue(str(path), "this is no file of safetensors", "choose another file"))
    if length > len(data) - _LENGTH:
        raise _damaged(path, "it ends within its header")
    header = _header(path, data[_LENGTH : _LENGTH + length])
    metadata = header.pop(METADATA, None)
    entries = {name: _decoded(path, name, raw, _Entry) for name, raw in header.items()}
    body = memoryview(data)[_LENGTH + length :]
    _require_gapless(path, entries, len(body))
    told = {} if metadata is None else _decoded(path, METADATA, metadata, dict[str, str])
    return {name: _array(path, name, entry, body) for name, entry in entries.items()}, told


def write(path: Path, arrays: Arrays, metadata: Mapping[str, str]) -> None:
    """Write arrays of float64 or float32, as a whole or not at all.

    Raises:
        InputError: If the file cannot be written.
    """
    header: dict[str, Any] = {METADATA: dict(metadata)}
    parts, at = [], 0
    for name, array in arrays.items():
        part = array.tobytes()
        header[name] = _Entry(_WRITTEN[array.dtype.str], list(array.shape), (at, at + len(part)))
        parts.append(part)
        at += len(part)
    text = msgspec.json.encode(header)
    text += b" " * (-len(text) % _LENGTH)  # numbers begin at a multiple of their size
    write_bytes(path, b"".join((len(text).to_bytes(_LENGTH, "little"), text, *parts)))


def _header(path: Path, text: bytes) -> dict[str, msgspec.Raw]:
    try:
        return msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, "its header is no JSON") from error


def _decoded(path: Path, name: str, raw: msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, f"its header says nothing sensible of {name!r}") from error


def _require_gapless(path: Path, entries: Mapping[str, _Entry], size: int) -> None:
    """Arrays lie one after the other and fill the file; anything else is no file of safetensors."""
    at = 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1].data_offsets):
        begin, end = entry.data_offsets
        if begin != at or end < begin:
            raise _damaged(path, f"{name!r} does not begin where the array before it ends")
        at = end
    if at > size:
        raise _damaged(path, f"it ends {at - size} {'byte' if at - size == 1 else 'bytes'} too early")
    if at < size:
        raise _damaged(path, f"{size - at} bytes in it belong to no array")


def _array(path: Path, name: str, entry: _Entry, body: memoryview) -> NDArray[Any]:
    begin, end = entry.data_offsets
    if entry.dtype not in _TYPES:
        remedy = "save it as F32, F64, F16 or BF16"
        raise InputError(Issue(f"{path}, {name}", f"its numbers are of the type {entry.dtype}", remedy))
    kind = np.dtype(_TYPES[entry.dtype])
    if min(entry.shape, default=0) < 0 or math.prod(entry.shape) * kind.itemsize != end - begin:
        raise _damaged(path, f"{name!r} holds {end - begin} bytes, which is not its shape {entry.shape}")
    array = np.frombuffer(body[begin:end], dtype=kind).reshape(entry.shape)
    return widened(array) if entry.dtype == "BF16" else array


def widened(array: NDArray[np.uint16]) -> NDArray[np.float32]:
    """Numbers of the type bfloat16, of which the first half of a float32 is stored."""
    return (array.astype("<u4") << 16).view("<f4")


def _damaged(path: Path, problem: str) -> InputError:
    return InputError(Issue(str(path), problem, "the file is damaged, take an intact copy"))
