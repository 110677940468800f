"""Decode JSON into structures, with a sentence that names the place of whatever is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from circuitsim.circuit.elements import Role
from circuitsim.io.document import TYPES
from circuitsim.io.keys import keyed
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.unit import UNIT_SYSTEMS

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

_WORDS = {
    "float": "a number", "int": "a whole number", "str": "a text", "bool": "true or false", "null": "null",
    "array": "a list", "object": "an object in braces",
}  # fmt: skip
_ALLOWED = {
    "dtype": tuple(TYPES),
    "role": tuple(Role),
    "unit_system": tuple(UNIT_SYSTEMS),
    "format": ("circuitsim",),
}
_UNDEFINED = re.compile(rb"\s*(-?(?:NaN|Infinity|inf|nan))")


def decode(data: bytes, path: Path, kind: type[T]) -> T:
    """Decode the content of a file.

    Args:
        data: The content.
        path: The file, for the sentence.
        kind: The structure that is expected.

    Raises:
        InputError: If it is not JSON or not of that structure.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError as error:
        raise InputError(Issue(str(path), "it is nested too deeply", "choose another file")) from error
    except UnicodeDecodeError as error:
        raise _not_text(path) from error
    except msgspec.ValidationError as error:
        raise misshapen(path, keyed(_plain(data), str(error), kind)) from error
    except msgspec.DecodeError as error:
        raise _malformed(path, data, str(error)) from error


def convert(document: Any, path: Path, kind: type[T]) -> T:
    """Turn plain dictionaries and lists into a structure.

    Raises:
        InputError: If they do not have that structure.
    """
    try:
        return msgspec.convert(document, type=kind)
    except msgspec.ValidationError as error:
        raise misshapen(path, keyed(document, str(error), kind)) from error


def _plain(data: bytes) -> Any:
    """Dictionaries and lists; None if even these cannot be made."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def misshapen(path: Path, told: str) -> InputError:
    """The sentence for something of the wrong type, missing or unknown."""
    message, _, place = told.partition(" - at `$")
    place = place.rstrip("`").lstrip(".").replace("[...]", "")
    where = f"{path}, {place}" if place else str(path)
    if match := re.match(r"Object contains unknown field `(.*)`", message):
        return InputError(Issue(where, f"there is no field {match[1]!r}", "check its spelling or remove it"))
    if match := re.match(r"Object missing required field `(.*)`", message):
        return InputError(Issue(where, f"the field {match[1]!r} is missing", "add it"))
    if match := re.match(r"Expected `(.*?)`(.*), got `(.*)`", message):
        problem = f"{_words(match[1])}{_limits(match[2])} is expected, not {_words(match[3])}"
        return InputError(Issue(where, problem, "correct it"))
    if match := re.match(r"Expected `(.*?)` (of length|<=|>=|<|>) (.*)", message):
        problem = f"{_words(match[1])} {match[2]} {match[3]} is expected"
        return InputError(Issue(where, problem, "correct it"))
    if match := re.match(r"Expected `str` matching regex", message):
        remedy = "use letters, digits and _, not beginning with a digit"
        return InputError(Issue(where, "this is not an identifier", remedy))
    if match := re.match(r"Invalid enum value '(.*)'", message):
        allowed = ", ".join(_ALLOWED.get(place.rpartition(".")[2], ()))
        remedy = f"use one of: {allowed}" if allowed else "correct it"
        return InputError(Issue(where, f"{match[1]!r} is not allowed here", remedy))
    return InputError(Issue(where, message[:1].lower() + message[1:], "correct it"))


def _words(types: str) -> str:
    return " or ".join(_WORDS.get(t, t) for t in types.split(" | "))


def _limits(rest: str) -> str:
    return f" {rest.strip()}" if rest.strip() else ""


def _malformed(path: Path, data: bytes, message: str) -> InputError:
    if "truncated" in message:
        problem = "it is empty" if not data.strip() else "it breaks off before its end"
        return InputError(Issue(str(path), problem, "take an intact copy"))
    if b"\0" in data[:4096] or not _is_text(data):
        return _not_text(path)
    match = re.search(r"\(byte (\d+)\)", message)
    at = int(match[1]) if match else 0
    line = data.count(b"\n", 0, at) + 1
    column = at - (data.rfind(b"\n", 0, at) + 1) + 1
    where = f"{path}, line {line}, column {column}"
    if undefined := _UNDEFINED.match(data, max(at - 1, 0)) or _UNDEFINED.match(data, at):
        word = undefined[1].decode()
        return InputError(
            Issue(where, f"{word} is not a number that a circuit can hold", "give a finite number")
        )
    reason = message.removeprefix("JSON is malformed: ").partition(" (byte")[0]
    return InputError(Issue(where, f"this is not JSON ({reason})", "correct it or take an intact copy"))


def _not_text(path: Path) -> InputError:
    return InputError(Issue(str(path), "this is a binary file, not text in UTF-8", "choose another file"))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
