"""Bring circuit files of older versions up to the present one, a version at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1  # of the circuit files that are written

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[int, Migration] = {}  # version -> function that makes the next version of it


def migrate(
    document: dict[str, Any],
    version: int,
    target: int = VERSION,
    table: Mapping[int, Migration] = MIGRATIONS,
) -> dict[str, Any]:
    """A document of an older version in the shape of the target version.

    Args:
        document: The decoded file.
        version: Version in which it was written.
        target: Version that is wanted.
        table: What to do to a document of each version to make the next.

    Raises:
        KeyError: If there is no way from that version to the target.
    """
    for step in range(version, target):
        document = {**table[step](document), "version": step + 1}
    return document
