"""Small help with the words of sentences."""

from __future__ import annotations


def a(noun: str) -> str:
    """A noun with its indefinite article: ``a weight``, ``an input``, ``an LTC neuron``."""
    first = noun.split(maxsplit=1)[0]
    spelled = first.isupper() and len(first) > 1  # letter by letter: L is spoken el
    vowels = "AEFHILMNORSX" if spelled else "AEIOUaeiou"
    return f"{'an' if first[0] in vowels else 'a'} {noun}"
