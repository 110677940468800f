"""Small help with the words of sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_CONSONANT = re.compile(
    r"u(?:ni(?![mn])|s[eu]|ti)|eu|one\b", re.IGNORECASE
)  # spoken with y or w before the vowel


def a(noun: str) -> str:
    """A noun with its indefinite article: ``a weight``, ``an input``, ``an LTC neuron``, ``a unit``."""
    first = noun.split(maxsplit=1)[0]
    spelled = first.isupper() and len(first) > 1  # letter by letter: L is spoken el
    vowels = "AEFHILMNORSX" if spelled else "AEIOUaeiou"
    vowel = first[0] in vowels and (spelled or not _CONSONANT.match(first))
    return f"{'an' if vowel else 'a'} {noun}"


def counted(count: int, noun: str) -> str:
    """A number of things: ``1 column``, ``3 columns``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def inside(title: str) -> str:
    """A title as it is written inside a sentence: ``static neuron``, but ``LTC neuron``."""
    first = title.split(maxsplit=1)[0]
    return title if first[1:] != first[1:].lower() or len(first) == 1 else title[0].lower() + title[1:]


def plain_number(text: str) -> float:
    """The number that a text spells as other programs spell it too; Python alone reads ``1_0`` or digits of other scripts.

    Raises:
        ValueError: If it spells none.
    """
    if "_" in text or not text.isascii():
        raise ValueError(text)
    return float(text)


def together(names: Sequence[str], of: int | None = None, most: int = 4) -> str:
    """Some names as they are said together: ``A and B``, ``A, B, C and 5 others``; ``all 16`` if there are so many of them."""
    if of is not None and len(names) == of > 1:
        return "both" if of == 2 else f"all {of}"
    shown, more = list(names[:most]), len(names) - most
    last = f"{more} others" if more > 1 else names[-1]
    first = shown if more > 1 else [*names[:-1]]
    return f"{', '.join(first)} and {last}" if first else last


def listed(names: Sequence[str], most: int = 8) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" or one of {more} more" if more > 0 else "")


def meant(word: str, known: Iterable[str], otherwise: str = "check the name", most: int = 1) -> str:
    """The remedy for a word that is unknown: the known ones that are nearly spelled like it, or else another remedy."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=most, cutoff=0.5)
    return f"did you mean {' or '.join(close)}" if close else otherwise
