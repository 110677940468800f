"""Name the key of a dictionary in which something is of the wrong type: the decoder only says that it is in one."""

from __future__ import annotations

import re
from typing import Any

import msgspec

_KEY = "[...]"
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def keyed(document: Any, told: str, kind: Any) -> str:
    """What the decoder said, with the key in the place of the first ``[...]``.

    Entries are tried in their order, since the decoder stops at the first that is wrong; halving finds it.

    Args:
        document: The content as plain dictionaries and lists.
        told: What the decoder said.
        kind: The structure that is expected.
    """
    message, at, place = told.partition(" - at `$")
    before, here, after = place.partition(_KEY)
    found = _at(document, before)
    if not here or not isinstance(found, dict):
        return told
    entries = list(found.items())
    low, high = 0, len(entries)  # with `low` of them all is well, with `high` it is not
    while high - low > 1:
        middle = (low + high) // 2
        found.clear()
        found.update(entries[:middle])
        if _said(document, kind) == told:
            high = middle
        else:
            low = middle
    found.clear()
    found.update(entries)
    return f"{message}{at}{before}.{entries[high - 1][0]}{after}" if entries else told


def _at(document: Any, place: str) -> Any:
    """What stands at a place; None if it cannot be found."""
    found = document
    for field, index in _STEP.findall(place):
        try:
            found = found[field] if field else found[int(index)]
        except (LookupError, TypeError):
            return None
    return found


def _said(document: Any, kind: Any) -> str:
    try:
        msgspec.convert(document, type=kind)
    except msgspec.ValidationError as error:
        return str(error)
    return ""
