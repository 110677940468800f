"""Networks with memory in circuit files: arrays as numbers or in Base64."""

from __future__ import annotations

import base64
import binascii
import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import NOTHING, Matrix
from circuitsim.io.document import TYPES, FileArray, FileCell, FileReading
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.elements import Cell

MOST = 100_000_000  # numbers in an array, 800 MB


def cell_of(cell: Cell, names: Mapping[int, str], parameters: dict[str, float | str]) -> FileCell:
    """A network as it stands in a file."""
    return FileCell(
        id=cell.id, name=cell.name, label=cell.label, kind=cell.kind, position=cell.position, parameters=parameters,
        reads=[FileReading(source=names[r.source] if r.source != NOTHING else "", gain=r.gain, offset=r.offset)
               for r in cell.reads],
        units=[names[i] for i in cell.units],
        memory=list(cell.memory),
        arrays={name: _written(array) for name, array in cell.arrays.items()},
    )  # fmt: skip


def _written(array: Matrix) -> FileArray:
    """In four bytes a number if that loses nothing, as with everything that torch trained."""
    values = array.values
    with np.errstate(over="ignore"):
        short = values.astype("<f4")
    if np.array_equal(short, values):
        return FileArray(shape=list(array.shape), dtype="float32", data=_text(short.tobytes()))
    return FileArray(shape=list(array.shape), dtype="float64", data=_text(array.data))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def matrices_of(cell: FileCell, place: str) -> tuple[dict[str, Matrix], list[Issue]]:
    """The arrays of a network in a file, and what is wrong with them."""
    result: dict[str, Matrix] = {}
    issues: list[Issue] = []
    for name, stored in cell.arrays.items():
        found = _decoded(stored) if isinstance(stored, FileArray) else _listed(stored)
        if isinstance(found, Matrix):
            result[name] = found
        else:
            issues.append(Issue(f"{place}.arrays.{name}", *found))
    return result, issues


def _decoded(stored: FileArray) -> Matrix | tuple[str, str]:
    count = math.prod(stored.shape)
    try:
        data = base64.b64decode(stored.data, validate=True)
    except (binascii.Error, ValueError):
        return "its data is not Base64", "take an intact copy"
    kind = np.dtype(TYPES[stored.dtype])
    shape = " × ".join(map(str, stored.shape)) or "a single number"
    if not 1 <= len(stored.shape) <= 2 or count > MOST:
        return f"its shape is {shape}", "give rows and columns, or the length of a vector"
    if len(data) != kind.itemsize * count:
        held = (
            f"it holds {len(data)} bytes, but {shape} numbers of {stored.dtype} take {kind.itemsize * count}"
        )
        return held, "correct its shape or take an intact copy"
    return Matrix.of(np.frombuffer(data, dtype=kind).reshape(stored.shape).astype("<f8"))


def _listed(rows: list[float | list[float]]) -> Matrix | tuple[str, str]:
    widths = {len(row) if isinstance(row, list) else -1 for row in rows}
    if len(widths) != 1 or 0 in widths:
        return "its rows are not all of one length", "give every row the same number of numbers"
    return Matrix.of(rows)
