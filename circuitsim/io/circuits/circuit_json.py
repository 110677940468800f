"""NAME.circuit.json: the native file of a circuit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from circuitsim.io.decode import convert, decode
from circuitsim.io.document import FileDocument
from circuitsim.io.format import CircuitFormat, Options, Reading
from circuitsim.io.from_document import circuit_of
from circuitsim.io.many_objects import many_objects
from circuitsim.io.migrations import MIGRATIONS, VERSION, migrate
from circuitsim.io.repeated_keys import nothing_lost, refuse_repeated_keys
from circuitsim.io.to_document import document_of
from circuitsim.spec.atomic import write_bytes
from circuitsim.spec.files import read_bytes
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit


class _Header(msgspec.Struct):
    """What is looked at before the rest, whose shape depends on it."""

    format: str
    version: int


def dumps(circuit: Circuit) -> bytes:
    """A circuit as the content of a file: always the same bytes for the same circuit.

    The layout is made for comparing versions: one element a line, in the order of ids.
    """
    with many_objects():
        document = document_of(circuit)
        content = [(name, getattr(document, name)) for name in FileDocument.__struct_fields__]
        fields = [_field(name, value) for name, value in content if value is not msgspec.UNSET]
    return b"{\n" + b",\n".join(fields) + b"\n}\n"


def loads(data: bytes, path: Path) -> Circuit:
    """The circuit in the content of a file.

    Args:
        data: The content.
        path: The file, for the sentences.

    Raises:
        InputError: If it is not a legal circuit file of this or an older version.
    """
    with many_objects():
        return _loads(data, path)


def _loads(data: bytes, path: Path) -> Circuit:
    header = decode(data, path, _Header)
    if header.format != "circuitsim":
        raise InputError(
            Issue(
                f"{path}, format",
                f"this is {header.format!r}, not a circuit of circuitsim",
                "choose another file",
            )
        )
    if header.version > VERSION:
        problem = (
            f"it was made by a newer circuitsim (version {header.version} of the format, known is {VERSION})"
        )
        raise InputError(Issue(str(path), problem, "update circuitsim"))
    if header.version == VERSION:
        document = decode(data, path, FileDocument)
        if not nothing_lost(data, document):
            refuse_repeated_keys(data, path)
        return circuit_of(document, str(path))
    if header.version < min(MIGRATIONS, default=VERSION):
        raise InputError(
            Issue(
                f"{path}, version", f"there never was a version {header.version}", f"it should be {VERSION}"
            )
        )
    old = decode(data, path, dict[str, Any])
    refuse_repeated_keys(data, path)
    return circuit_of(
        convert(migrate(old, header.version, VERSION, MIGRATIONS), path, FileDocument), str(path)
    )


def read(path: Path, options: Options) -> Reading:  # noqa: ARG001  (the shape of a reader)
    """Read a circuit.

    Raises:
        InputError: If the file cannot be read or is not a legal circuit.
    """
    return Reading(loads(read_bytes(path), path))


def write(circuit: Circuit, path: Path, options: Options) -> tuple[str, ...]:  # noqa: ARG001  (the shape of a writer)
    """Write a circuit, as a whole or not at all; nothing is left out.

    Raises:
        InputError: If the file cannot be written.
    """
    try:
        data = dumps(circuit)
    except UnicodeEncodeError as error:
        problem = f"a text of the circuit holds a character that no file can hold ({error.object[error.start : error.end]!a})"
        raise InputError(Issue(str(path), problem, "remove it")) from error
    write_bytes(path, data)
    return ()


def _field(name: str, value: object) -> bytes:
    """One field of the file; lists of elements get a line for each."""
    key = b"  " + msgspec.json.encode(name) + b": "
    if isinstance(value, list) and value and isinstance(value[0], msgspec.Struct):
        return key + b"[\n    " + b",\n    ".join(map(_line, value)) + b"\n  ]"
    return key + _line(value)


def _line(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=0)


FORMAT = CircuitFormat(
    id="circuit",
    title="Circuit",
    suffixes=(".circuit.json", ".json"),
    read=read,
    write=write,
)
