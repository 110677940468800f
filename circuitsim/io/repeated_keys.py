"""Refuse JSON in which a key stands twice in one object, of which decoders silently keep the last."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from pathlib import Path

_TOKENS = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|[{}\[\]]')  # texts, keys with their colon, and braces


class _RepeatedError(Exception):
    """A key stands twice."""


def refuse_repeated_keys(data: bytes, path: Path) -> None:
    """Look through a file that is known to be JSON.

    Args:
        data: Its content.
        path: The file, for the sentence.

    Raises:
        InputError: If a key stands twice in one object.
    """
    text = data.decode("utf-8-sig")
    try:
        json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except _RepeatedError:
        key, at = _first_repeated(text)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        where = f"{path}, line {line}, column {column}"
        raise InputError(Issue(where, f"the field {key!r} stands twice", "remove one of the two")) from None


def nothing_lost(data: bytes, read: object) -> bool:
    """Whether what was read from JSON would be written as the same text but for spaces: then no key stands twice in it.

    That is so of nearly all files as they are saved here, and told three times as fast as by looking through them.

    Args:
        data: The JSON, which is known to be some.
        read: What the decoder made of it.
    """
    return msgspec.json.encode(read) == msgspec.json.format(data.removeprefix(codecs.BOM_UTF8), indent=-1)


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise _RepeatedError


def _first_repeated(text: str) -> tuple[str, int]:
    """The key that stands twice, and where it stands for the second time."""
    around: list[set[str]] = []  # keys so far of every object and list around the present place
    for token in _TOKENS.finditer(text):
        if token[0] in "{[":
            around.append(set())
        elif token[0] in "}]":
            around.pop()
        elif token[2]:
            key: str = json.loads(token[1])
            if key in around[-1]:
                return key, token.start()
            around[-1].add(key)
    raise AssertionError  # `_once` has seen one
